package storetest

import (
	"errors"
	"testing"
	"time"

	"hejnal/store"
)

// drafts keeps forms that are half filled in: each is its owner's alone, and is swept when it is old.
func drafts(t *testing.T, database Database) {
	s := database.Open(t)
	ctx := t.Context()
	first := store.Draft{ID: "d1", PersonID: "anna", Kind: "proposal", Data: []byte("one"), UpdatedAt: noon}
	second := store.Draft{ID: "d2", PersonID: "anna", Kind: "proposal", Data: []byte("two"), UpdatedAt: noon.Add(time.Second)}
	for _, draft := range []store.Draft{first, second, {ID: "d3", PersonID: "piotr", Kind: "proposal", UpdatedAt: noon}} {
		if err := s.PutDraft(ctx, draft); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "drafts", []store.Draft{second, first}, must[[]store.Draft](t)(s.ListDrafts(ctx, "anna")))
	first.Data, first.UpdatedAt = []byte("more"), noon.Add(time.Minute)
	if err := s.PutDraft(ctx, first); err != nil {
		t.Fatal(err)
	}
	same(t, "draft", first, must[store.Draft](t)(s.Draft(ctx, "d1", "anna")))
	stolen := first
	stolen.PersonID = "piotr"
	_, err := s.Draft(ctx, "d1", "piotr")
	for what, err := range map[string]error{"read": err, "written": s.PutDraft(ctx, stolen)} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("another's draft is %s: %v", what, err)
		}
	}
	if err := s.PutDraft(ctx, store.Draft{ID: "d4", PersonID: "anna", Data: make([]byte, store.DraftSize+1), UpdatedAt: noon}); err == nil {
		t.Error("a draft that is too large is kept")
	}
	if err := s.DropDraft(ctx, "d1", "piotr"); err != nil {
		t.Fatal(err)
	}
	same(t, "draft", first, must[store.Draft](t)(s.Draft(ctx, "d1", "anna")))
	if err := s.DropDraft(ctx, "d1", "anna"); err != nil {
		t.Fatal(err)
	}
	if err := s.Sweep(ctx, second.UpdatedAt.Add(store.DraftsKept)); err != nil {
		t.Fatal(err)
	}
	same(t, "drafts", []store.Draft{second}, must[[]store.Draft](t)(s.ListDrafts(ctx, "anna")))
	if err := s.Sweep(ctx, second.UpdatedAt.Add(store.DraftsKept+time.Microsecond)); err != nil {
		t.Fatal(err)
	}
	same(t, "drafts", []store.Draft{}, must[[]store.Draft](t)(s.ListDrafts(ctx, "anna")))
}

// looks tells who had acts of cases open lately.
func looks(t *testing.T, database Database) {
	s := database.Open(t)
	ctx := t.Context()
	look := func(proposal, person string, after time.Duration) store.Look {
		look := store.Look{ProposalID: proposal, PersonID: person, At: noon.Add(after)}
		if err := s.PutLook(ctx, look); err != nil {
			t.Fatal(err)
		}
		return look
	}
	look("c1", "anna", 0)
	piotr := look("c1", "piotr", time.Minute)
	anna := look("c1", "anna", 2*time.Minute)
	look("c2", "anna", time.Minute)
	ewa := look("c3", "ewa", 3*time.Minute)
	read := func(since time.Duration, proposals ...string) []store.Look {
		return must[[]store.Look](t)(s.Looks(ctx, proposals, noon.Add(since)))
	}
	same(t, "looks", []store.Look{ewa, anna, piotr}, read(0, "c1", "c3"))
	same(t, "looks since", []store.Look{anna}, read(2*time.Minute, "c1"))
	same(t, "looks at nothing", []store.Look{}, read(0))
	if err := s.Sweep(ctx, anna.At.Add(store.LooksKept)); err != nil {
		t.Fatal(err)
	}
	same(t, "looks", []store.Look{ewa, anna}, read(0, "c1", "c2", "c3"))
}
