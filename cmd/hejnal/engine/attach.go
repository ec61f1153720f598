package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// File is a document whose bytes are already kept under their hash.
type File struct {
	Kind      string
	Title     string // "" takes the file's name
	Language  string // ISO 639-1; may be empty
	Date      string // YYYY-MM-DD; may be empty
	FileName  string
	MediaType string
	Size      int64 // bytes
	SHA256    string
	NamesCity string // yes, no, unknown
}

const (
	maxDocuments     = 1_000 // of one case
	maxDocumentTitle = 300   // characters
)

// MayAttach refuses what would be refused once the file is read: a case that does not exist, a stale version, a person who
// moves nothing. It lets a large upload be refused before it is read.
func (e *Engine) MayAttach(ctx context.Context, request Request, id string) (workflow.Case, error) {
	return acting(ctx, e, request, func(request Request) (workflow.Case, error) { return e.mayAttach(ctx, request, id) })
}

func (e *Engine) mayAttach(ctx context.Context, request Request, id string) (workflow.Case, error) {
	c, err := e.Load(ctx, id, workflow.Command{Transition: "-"})
	if err != nil {
		return workflow.Case{}, err
	}
	if err := e.expected(ctx, request, c.Proposal); err != nil {
		return workflow.Case{}, err
	}
	if err := mayMove(request.By, "Twoja rola nie dołącza dokumentów.", "Your role does not attach documents."); err != nil {
		return workflow.Case{}, err
	}
	return c, nil
}

// Attach adds a document to a case. Errors as of Advance.
func (e *Engine) Attach(ctx context.Context, request Request, id string, file File) (Result, error) {
	defer e.turns.take(id)()
	return acting(ctx, e, request, func(request Request) (Result, error) { return e.attach(ctx, request, id, file) })
}

func (e *Engine) attach(ctx context.Context, request Request, id string, file File) (Result, error) {
	return e.commit(ctx, request, func(ctx context.Context) (store.Change, Result, error) {
		c, err := e.mayAttach(ctx, request, id)
		if err != nil {
			return store.Change{}, Result{}, err
		}
		if refusal := file.check(c); refusal != nil {
			return store.Change{}, Result{}, refusal
		}
		by, err := e.attaching(ctx, request.By, c, file.Kind)
		if err != nil {
			return store.Change{}, Result{}, err
		}
		document := file.document(c, by)
		before := c.Proposal.Version
		p := c.Proposal
		p.Documents = append(slices.Clone(p.Documents), document)
		p.Version, p.UpdatedAt = before+1, c.Moment.Now
		entry, err := e.documentEntry(p, document, request.TraceParent)
		if err != nil {
			return store.Change{}, Result{}, err
		}
		change := store.Change{
			At: c.Moment.Now, Cases: []store.CaseWrite{{Expect: before, Proposal: p}}, Entries: []store.Entry{entry},
			Documents: []store.DocumentWrite{{ProposalID: p.ID, Document: document}},
		}
		return change, Result{Proposal: p, Document: document}, nil
	})
}

// supply adds files to a case that is decided on, as attaching them would.
func (e *Engine) supply(ctx context.Context, by workflow.Person, c *workflow.Case, files []File) error {
	for _, file := range files {
		if refusal := file.check(*c); refusal != nil {
			return refusal
		}
		as, err := e.attaching(ctx, by, *c, file.Kind)
		if err != nil {
			return err
		}
		c.Proposal.Documents = append(slices.Clone(c.Proposal.Documents), file.document(*c, as))
	}
	return nil
}

// attaching gives the person as whom a document is attached: where only documents of certain roles count and the person's own
// is none of them, on behalf of whoever lends one.
func (e *Engine) attaching(ctx context.Context, by workflow.Person, c workflow.Case, kind string) (workflow.Person, error) {
	var counts []workflow.Role
	for _, t := range c.Definition.Transitions {
		for _, asked := range t.Documents {
			if slices.Contains(asked.AnyOf, kind) {
				counts = append(counts, asked.By...)
			}
		}
	}
	if len(counts) == 0 || by.Has(counts...) || by.OnBehalfOf != "" {
		return by, nil
	}
	standing, err := e.Standing(ctx, by)
	for _, other := range standing {
		if other.Has(counts...) {
			return other, err
		}
	}
	return by, err
}

func (f File) document(c workflow.Case, by workflow.Person) workflow.Document {
	version := 1
	for _, other := range c.Proposal.Documents {
		if other.Kind == f.Kind {
			version++
		}
	}
	title := strings.TrimSpace(f.Title)
	if title == "" {
		title = f.FileName
	}
	return workflow.Document{
		ID: c.Moment.NewID(), Kind: f.Kind, Title: title, Language: f.Language, Date: f.Date, FileName: f.FileName, MediaType: f.MediaType,
		Size: f.Size, SHA256: f.SHA256, Version: version, By: by.ID, OnBehalfOf: by.OnBehalfOf, Roles: by.Roles, AttachedAt: c.Moment.Now, NamesCity: f.NamesCity,
	}
}

func (f File) check(c workflow.Case) *workflow.Refusal {
	known := slices.ContainsFunc(c.Definition.Source.City.Documents, func(kind workflow.Code) bool { return kind.ID == f.Kind })
	if !known {
		return invalid("/kind", "Nieznany rodzaj dokumentu „"+f.Kind+"”. Rodzaje: "+kindList(c)+".", "Unknown kind of document “"+f.Kind+"”. The kinds are: "+kindList(c)+".")
	}
	if why := wrongText(strings.TrimSpace(f.Title), maxDocumentTitle, workflow.NotPlainLine); !why.IsZero() {
		return invalid("/title", why.PL, why.EN)
	}
	if f.Language != "" && (len(f.Language) != 2 || strings.ToLower(f.Language) != f.Language) {
		return invalid("/language", "Podaj dwuliterowy kod języka ISO 639-1, na przykład pl.", "Give the two-letter ISO 639-1 code of the language, such as pl.")
	}
	if f.Date != "" {
		if _, err := calendar.Parse(f.Date); err != nil {
			return invalid("/date", "Podaj istniejącą datę w postaci RRRR-MM-DD.", "Give a date that exists, as YYYY-MM-DD.")
		}
	}
	if len(c.Proposal.Documents) >= maxDocuments {
		return invalid("/file", fmt.Sprintf("Sprawa może mieć najwyżej %d dokumentów.", maxDocuments), fmt.Sprintf("A case may have %d documents at most.", maxDocuments))
	}
	return nil
}

func kindList(c workflow.Case) string {
	var kinds []string
	for _, kind := range c.Definition.Source.City.Documents {
		kinds = append(kinds, kind.ID)
	}
	return strings.Join(kinds, ", ")
}

// documentData is what a document event tells; the title and the file's name may be personal and stay out.
type documentData struct {
	ProposalID string `json:"proposal_id"`
	Form       string `json:"form"`
	Number     string `json:"number"`
	ID         string `json:"id"`
	Kind       string `json:"kind"`
	Language   string `json:"language,omitempty"`
	Date       string `json:"date,omitempty"`
	MediaType  string `json:"media_type"`
	Size       int64  `json:"size"`
	SHA256     string `json:"sha256"`
	Version    int    `json:"version"`
	By         string `json:"by"`
	OnBehalfOf string `json:"on_behalf_of,omitempty"`
}

func (e *Engine) documentEntry(p workflow.Proposal, d workflow.Document, trace string) (store.Entry, error) {
	subject, err := e.opts.Subjects.DocumentAttached(p.Form, p.ID)
	if err != nil {
		return store.Entry{}, err
	}
	id := e.opts.NewID()
	text, err := e.text(id, "document", p.ID, p.UpdatedAt, trace, documentData{
		ProposalID: p.ID, Form: p.Form, Number: p.Number, ID: d.ID, Kind: d.Kind, Language: d.Language, Date: d.Date, MediaType: d.MediaType,
		Size: d.Size, SHA256: d.SHA256, Version: d.Version, By: d.By, OnBehalfOf: d.OnBehalfOf,
	})
	if err != nil {
		return store.Entry{}, err
	}
	return store.Entry{ID: id, Kind: "document", ProposalID: p.ID, Cause: p.LastAct, Subject: subject, Text: text}, nil
}
