package engine_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/store"
	"hejnal/workflow"
)

// invited opens a case that waits for the President at once, and gives its task.
func (h *house) invited(t *testing.T) workflow.Task {
	t.Helper()
	p := h.proposal(t, "political_body", "Forum Miast", "SE", "organisation")
	page, err := h.store.ListTasks(t.Context(), store.TaskFilter{Role: workflow.President, State: "open"})
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range page.Items {
		if task.ProposalID == p.ID {
			return task
		}
	}
	t.Fatalf("no task waits for the President: %+v", page.Items)
	return workflow.Task{}
}

func TestATaskIsClaimedByOneOfItsRole(t *testing.T) {
	h := open(t)
	task := h.invited(t)
	var refusal *workflow.Refusal
	if _, err := h.Claim(t.Context(), as(h.official), task.ID); !errors.As(err, &refusal) || refusal.Kind != workflow.Forbidden {
		t.Errorf("another role claimed it: %v", err)
	}
	second, err := h.AddPerson(t.Context(), engine.NewPerson{Name: "second.president", Roles: []workflow.Role{workflow.President}})
	if err != nil {
		t.Fatal(err)
	}
	people := []workflow.Person{h.president, {ID: second.ID, Roles: second.Roles}}
	errs := make([]error, len(people))
	var group sync.WaitGroup
	for i, person := range people {
		group.Go(func() { _, errs[i] = h.Claim(t.Context(), as(person), task.ID) })
	}
	group.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("not exactly one claimed it: %v", errs)
	}
	if _, err := h.Assign(t.Context(), as(h.president), task.ID, "second.president"); err != nil {
		t.Errorf("assign by login: %v", err)
	}
	if _, err := h.Assign(t.Context(), as(h.president), task.ID, h.official.ID); !errors.As(err, &refusal) || refusal.Kind != workflow.Invalid {
		t.Errorf("assigned to somebody without the role: %v", err)
	}
	released, err := h.Release(t.Context(), as(h.president), task.ID)
	if err != nil || released.Task.Assignee != "" {
		t.Errorf("release: %v, %q", err, released.Task.Assignee)
	}
}

func TestATaskEndsByTheTransitionThatItAsksFor(t *testing.T) {
	h := open(t)
	task := h.invited(t)
	_, err := h.Advance(t.Context(), as(h.president), task.ProposalID, workflow.Command{
		Transition: "decline_invitation", Inputs: input(t, map[string]any{"reason": "Brak środków"}),
	})
	if err != nil {
		t.Fatal(err)
	}
	closed, err := h.store.Task(t.Context(), task.ID)
	if err != nil {
		t.Fatal(err)
	}
	if closed.State != "completed" || closed.Outcome != "overtaken" {
		t.Errorf("declining ends the task as %s, %q", closed.State, closed.Outcome)
	}
	if _, err := h.Claim(t.Context(), as(h.president), task.ID); err == nil {
		t.Error("a completed task was claimed")
	}
}

func TestAPassedDayIsJournalledOnceAndMovesNothing(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "informal_cooperation", "Bergen", "NO", "city")
	h.attach(t, p.ID, h.official, "letter_of_intent")
	_, err := h.Advance(t.Context(), as(h.president), p.ID, workflow.Command{Transition: "sign_working_document", Inputs: input(t, map[string]any{
		"document_kind": "letter_of_intent", "creates_obligation": "no",
	})})
	if err != nil {
		t.Fatal(err)
	}
	if marked, err := h.MarkOverdue(t.Context()); err != nil || marked != 0 {
		t.Fatalf("marked %d before the day, %v", marked, err)
	}
	h.now.Add(400 * 24 * 3600)
	if marked, err := h.MarkOverdue(t.Context()); err != nil || marked != 1 {
		t.Fatalf("marked %d after the day, %v", marked, err)
	}
	if marked, err := h.MarkOverdue(t.Context()); err != nil || marked != 0 {
		t.Errorf("marked %d again, %v", marked, err)
	}
	records, err := h.store.After(t.Context(), h.head(t)-1, 10)
	if err != nil || len(records) != 1 || !strings.Contains(records[0].Subject, ".task.official.overdue.") {
		t.Errorf("journalled %v, %v", records, err)
	}
	after, err := h.store.Case(t.Context(), p.ID)
	if err != nil || after.State != "working_document" {
		t.Errorf("the case is %s, %v", after.State, err)
	}
}

func (h *house) attach(t *testing.T, id string, by workflow.Person, kind string) workflow.Document {
	t.Helper()
	result, err := h.Attach(t.Context(), as(by), id, engine.File{
		Kind: kind, FileName: kind + ".txt", MediaType: "text/plain", Size: 3, SHA256: strings.Repeat("ab", 32),
	})
	if err != nil {
		t.Fatal(err)
	}
	return result.Document
}
