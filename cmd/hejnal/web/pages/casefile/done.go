package casefile

import (
	"errors"
	"fmt"
	"net/http"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
)

// doneView is what the page after an act shows.
type doneView struct {
	Head   head
	Entry  entry
	Public string // page on which anybody reads what is public of the case
	Tasks  []task
	Next   *button // what the case asks of the reader now; nil where it asks for nothing
	Other  *button // the reader's next task in another case; nil where there is none
	Opened []link
}

func (p *pages) done(w http.ResponseWriter, r *http.Request) error {
	s, err := p.subject(r)
	if err != nil {
		return err
	}
	id := r.URL.Query().Get("wpis")
	if !call.IsID(id) {
		return store.ErrNotFound
	}
	record, err := p.Store.Entry(r.Context(), id)
	if errors.Is(err, store.ErrNotFound) || err == nil && (record.ProposalID != s.Proposal.ID || record.Kind != "transition") {
		return store.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("load entry: %w", err)
	}
	if !s.personal() {
		record.Personal = nil
	}
	act, err := engine.ReadAct(record)
	if err != nil {
		return err
	}
	shown := doneView{Head: s.head(r.Context(), "act"), Entry: s.entry(r.Context(), act), Public: s.publicPath()}
	shown.Entry.Public = record.Public != nil
	for _, open := range s.Proposal.Tasks {
		shown.Tasks = append(shown.Tasks, task{Task: open, Who: s.name(r.Context(), open.Assignee)})
	}
	if shown.Next = s.nextHere(); shown.Next == nil {
		if shown.Other, err = p.nextElsewhere(r, s); err != nil {
			return err
		}
	}
	if len(s.Proposal.Links) > 0 {
		if shown.Opened, err = p.links(r.Context(), s); err != nil {
			return err
		}
	}
	return p.Render(w, r, http.StatusOK, frame.Page{Template: "casefile/done", Title: s.words.In(act.EventTitle) + ": " + s.Proposal.Number, Main: shown})
}

// nextHere is the first act that the case's tasks ask of the reader.
func (s *subject) nextHere() *button {
	for _, open := range s.Proposal.Tasks {
		mine := open.Assignee == s.Reader.ID || open.Assignee == "" && s.Reader.Has(open.Role)
		if mine && len(open.AsksFor) > 0 {
			return &button{Title: open.Title, Href: s.path() + "/czynnosci/" + open.AsksFor[0]}
		}
	}
	return nil
}

// nextElsewhere is the first task that waits for the reader in another case.
func (p *pages) nextElsewhere(r *http.Request, s *subject) (*button, error) {
	page, err := p.Store.ListTasks(r.Context(), store.TaskFilter{MineUser: s.Reader.ID, MineRoles: s.Reader.Roles, State: "open", PageRequest: store.PageRequest{Limit: 1}})
	if err != nil {
		return nil, fmt.Errorf("find next task: %w", err)
	}
	for _, next := range page.Items {
		if len(next.AsksFor) == 0 {
			continue
		}
		about, err := p.Store.Case(r.Context(), next.ProposalID)
		if err != nil {
			return nil, fmt.Errorf("load case of next task: %w", err)
		}
		of := " (" + about.Number + ", " + about.Title + ")"
		return &button{Title: workflow.Text{PL: next.Title.PL + of, EN: next.Title.EN + of}, Href: "/sprawy/" + next.ProposalID + "/czynnosci/" + next.AsksFor[0]}, nil
	}
	return nil, nil //nolint:nilnil // Nothing waits, which is no error.
}
