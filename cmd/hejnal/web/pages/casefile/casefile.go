// Package casefile is the page of one case and what is done on it: acts, documents, talk, its data. What can be done, and what
// stands against it, is what the engine explains; these pages put it into words.
package casefile

import (
	"context"
	"embed"
	"fmt"
	"net/http"
	"slices"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
	"hejnal/workflow/country"
)

//go:embed templates/*.html
var templates embed.FS

// Feature is what the site needs to show the pages of this package.
func Feature() frame.Feature { return frame.Feature{Name: "casefile", Templates: templates} }

type pages struct{ *frame.Site }

const casePath = "/sprawy/{id}"

// Routes are the pages of the package.
func Routes(site *frame.Site) []frame.Route {
	p := &pages{Site: site}
	return []frame.Route{
		{Method: http.MethodGet, Path: casePath, Access: frame.Readers, Handle: p.overview},
		{Method: http.MethodGet, Path: casePath + "/historia", Access: frame.Readers, Handle: p.history},
		{Method: http.MethodGet, Path: casePath + "/dokumenty", Access: frame.Readers, Handle: p.documents},
		{Method: http.MethodPost, Path: casePath + "/dokumenty", Access: frame.Readers, Handle: p.attach},
		{Method: http.MethodGet, Path: casePath + "/dokumenty/{document}", Access: frame.Readers, Handle: p.download, Plain: true},
		{Method: http.MethodGet, Path: casePath + "/pakiet.zip", Access: frame.Readers, Handle: p.packet, Plain: true},
		{Method: http.MethodGet, Path: casePath + "/rozmowa", Access: frame.Readers, Handle: p.talk},
		{Method: http.MethodPost, Path: casePath + "/rozmowa", Access: frame.Readers, Handle: p.say},
		{Method: http.MethodGet, Path: casePath + "/dane", Access: frame.Readers, Handle: p.askData},
		{Method: http.MethodPost, Path: casePath + "/dane", Access: frame.Readers, Handle: p.amend},
		{Method: http.MethodGet, Path: casePath + "/czynnosci/{transition}", Access: frame.Readers, Handle: p.askAct},
		{Method: http.MethodPost, Path: casePath + "/czynnosci/{transition}", Access: frame.Readers, Handle: p.act},
		{Method: http.MethodGet, Path: casePath + "/czynnosci/{transition}/wykonano", Access: frame.Readers, Handle: p.done},
	}
}

// subject is a case as one reader meets it.
type subject struct {
	Proposal   workflow.Proposal
	Definition *workflow.Definition
	Actions    []workflow.Action
	Reader     workflow.Person
	Today      calendar.Date
	words      frame.Words
	names      *frame.Names
	told       map[string]workflow.CorrectedAct // acts that were read, by id
	corrected  map[string][]correction          // by the id of the act that they correct
}

// subject loads the case that the address names.
func (p *pages) subject(r *http.Request) (*subject, error) {
	id, err := call.ID(r, "id")
	if err != nil {
		return nil, err
	}
	proposal, err := p.Store.Case(r.Context(), id)
	if err != nil {
		return nil, fmt.Errorf("load case: %w", err)
	}
	c := call.Of(r)
	c.Proposal = id
	s := &subject{Proposal: proposal, Reader: c.By(), Today: p.Engine.Today(), words: frame.WordsOf(c.Language), names: p.Names()}
	if s.Definition, err = p.Engine.DefinitionOf(r.Context(), proposal); err != nil {
		return nil, err
	}
	if s.Actions, err = p.Engine.Explain(r.Context(), proposal, s.Reader); err != nil {
		return nil, err
	}
	return s, nil
}

// action gives an action of the case by its transition.
func (s *subject) action(transition string) (workflow.Action, bool) {
	i := slices.IndexFunc(s.Actions, func(a workflow.Action) bool { return a.Transition == transition })
	if i < 0 {
		return workflow.Action{}, false
	}
	return s.Actions[i], true
}

// transition gives a transition of the definition on a strand; of any strand where none is named.
func (s *subject) transition(id, strand string) *workflow.Transition {
	for _, t := range s.Definition.Transitions {
		if t.ID == id && (strand == "" || t.Strand == strand) {
			return t
		}
	}
	return nil
}

// mine reports whether an act is the reader's part, by their own roles or by those that are lent to them.
func (s *subject) mine(a workflow.Action) bool {
	return !slices.ContainsFunc(a.BlockedBy, func(b workflow.Blocker) bool { return b.Code == "role" })
}

// moves reports whether the reader works on cases at all.
func (s *subject) moves() bool { return slices.ContainsFunc(s.Reader.Roles, workflow.Role.Moves) }

// name is the name of a person by id; the id itself where nobody has it.
func (s *subject) name(ctx context.Context, id string) string {
	name, err := s.names.Of(ctx, id)
	if err != nil {
		return id
	}
	return name
}

// actor names who made an act, and for whom.
func (s *subject) actor(ctx context.Context, actor workflow.Actor) string {
	name := s.name(ctx, actor.User)
	if actor.OnBehalfOf == "" {
		return name
	}
	return name + s.words.T(" w zastępstwie: ", " for ") + s.name(ctx, actor.OnBehalfOf)
}

// state is the title of a state.
func (s *subject) state(strand, id string) workflow.Text {
	state, ok := s.Definition.State(strand, id)
	if !ok {
		return workflow.Text{PL: id, EN: id}
	}
	return state.Title
}

// country is the name of the partner's country; empty where it is not known.
func (s *subject) country() workflow.Text {
	found, ok := country.Find(s.Proposal.Partner.Country)
	if !ok {
		return workflow.Text{}
	}
	return found.Name
}

// personal reports whether the reader may read remarks and personal inputs.
func (s *subject) personal() bool {
	return slices.ContainsFunc(s.Reader.Roles, workflow.Role.ReadsPersonal)
}

func (s *subject) path() string { return "/sprawy/" + s.Proposal.ID }

// kind names a kind of document.
func (s *subject) kind(id string) workflow.Text {
	return frame.TitleOf(s.Definition.Source.City.Documents, id)
}
