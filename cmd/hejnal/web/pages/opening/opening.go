// Package opening leads through a new proposal, one topic a page: the kind of cooperation first, then the partner, what it is
// about, and a look at everything before it is opened. What was entered is kept as a draft after each page.
package opening

import (
	"embed"
	"encoding/json"
	"fmt"
	"net/http"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
)

//go:embed templates/*.html
var templates embed.FS

// Feature is what the site needs to show the pages of this package.
func Feature() frame.Feature { return frame.Feature{Name: "opening", Templates: templates} }

type pages struct{ *frame.Site }

// Path is where a new proposal begins.
const Path = "/sprawy/nowa"

const draftPath = Path + "/{draft}"

// Routes are the pages of the package.
func Routes(site *frame.Site) []frame.Route {
	p := &pages{Site: site}
	return []frame.Route{
		{Method: http.MethodGet, Path: Path, Access: frame.Readers, Handle: p.askForm},
		{Method: http.MethodPost, Path: Path, Access: frame.Readers, Handle: p.chooseForm},
		{Method: http.MethodGet, Path: draftPath, Access: frame.Readers, Handle: p.orCase(p.hub)},
		{Method: http.MethodPost, Path: draftPath, Access: frame.Readers, Handle: p.open},
		{Method: http.MethodGet, Path: draftPath + "/partner", Access: frame.Readers, Handle: p.orCase(p.askPartner)},
		{Method: http.MethodPost, Path: draftPath + "/partner", Access: frame.Readers, Handle: p.choosePartner},
		{Method: http.MethodGet, Path: draftPath + "/tresc", Access: frame.Readers, Handle: p.orCase(p.askSubject)},
		{Method: http.MethodPost, Path: draftPath + "/tresc", Access: frame.Readers, Handle: p.describe},
		{Method: http.MethodGet, Path: draftPath + "/usun", Access: frame.Readers, Handle: p.orCase(p.askDrop)},
		{Method: http.MethodPost, Path: draftPath + "/usun", Access: frame.Readers, Handle: p.drop, Plain: true},
	}
}

// kind of the drafts of this package.
const draftKind = "proposal"

// draft is a proposal that is not opened yet.
type draft struct {
	ID             string             `json:"-"`
	Form           string             `json:"form"`
	Title          string             `json:"title,omitempty"`
	Description    string             `json:"description,omitempty"`
	PartnerID      string             `json:"partner_id,omitempty"`
	Partner        *engine.NewPartner `json:"partner,omitempty"`
	Fields         []string           `json:"fields,omitempty"`
	Tools          []string           `json:"tools,omitempty"`
	Readings       int                `json:"readings,omitempty"`
	ReadingsReason string             `json:"readings_reason,omitempty"`
}

func (d draft) path() string { return Path + "/" + d.ID }

func (d draft) proposal() engine.NewProposal {
	return engine.NewProposal{
		Form: d.Form, Title: d.Title, Description: d.Description, PartnerID: d.PartnerID, Partner: d.Partner, Fields: d.Fields, Tools: d.Tools,
		Readings: d.Readings, ReadingsReason: d.ReadingsReason,
	}
}

// openable are the forms that the reader opens cases of; who opens none is refused.
func (p *pages) openable(r *http.Request) ([]*workflow.Definition, error) {
	return p.Engine.Openable(r.Context(), call.Of(r).By(), p.Engine.Forms()...)
}

// draft loads the draft that the address names, with its form.
func (p *pages) draft(r *http.Request) (draft, *workflow.Definition, error) {
	if _, err := p.openable(r); err != nil {
		return draft{}, nil, err
	}
	id, err := call.ID(r, "draft")
	if err != nil {
		return draft{}, nil, err
	}
	kept, err := p.Store.Draft(r.Context(), id, call.Of(r).Person.ID)
	if err != nil {
		return draft{}, nil, fmt.Errorf("load draft: %w", err)
	}
	found := draft{ID: id}
	if err := json.Unmarshal(kept.Data, &found); err != nil {
		return found, nil, fmt.Errorf("read draft: %w", err)
	}
	definition, ok := p.Engine.Form(found.Form)
	if !ok {
		return found, nil, store.ErrNotFound
	}
	return found, definition, nil
}

func (p *pages) keep(r *http.Request, d draft) error {
	data, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("write draft: %w", err)
	}
	if len(data) > store.DraftSize {
		return &fault.TooLargeError{What: workflow.Text{PL: "Szkic", EN: "A draft"}, Bound: store.DraftSize}
	}
	err = p.Store.PutDraft(r.Context(), store.Draft{ID: d.ID, PersonID: call.Of(r).Person.ID, Kind: draftKind, Data: data, UpdatedAt: p.Now().UTC()})
	if err != nil {
		return fmt.Errorf("keep draft: %w", err)
	}
	return nil
}
