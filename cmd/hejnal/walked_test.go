package main_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"testing"

	"hejnal/cmd/hejnal/demo"
	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/installation"
	"hejnal/cmd/hejnal/legacy"
	"hejnal/store"
	"hejnal/store/sqlite"
	"hejnal/workflow"
)

// walked enters people, a subscriber and the register, takes every sample walk, and answers the store of it.
func walked(t *testing.T) store.Store {
	t.Helper()
	kept, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "hejnal.sqlite"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kept.Close() })
	eng := opened(t, kept)
	if err := eng.AddSubscriber(t.Context(), "council", "", []string{"krakow.cooperation.>"}); err != nil {
		t.Fatal(err)
	}
	walker, walks := walking(t, eng)
	entries, err := legacy.Krakow()
	if err != nil {
		t.Fatal(err)
	}
	official := engine.Request{By: workflow.Person{ID: walker.People[0].ID, Roles: walker.People[0].Roles}}
	for _, entry := range entries {
		if _, err := eng.ImportLegacy(t.Context(), official, entry); err != nil {
			t.Fatal(err)
		}
	}
	for _, walk := range walks {
		if _, err := walker.Walk(t.Context(), walk); err != nil {
			t.Fatal(err)
		}
	}
	return kept
}

// opened is an engine over a store.
func opened(t *testing.T, kept store.Store) *engine.Engine {
	t.Helper()
	forms, err := installation.LoadForms("")
	if err != nil {
		t.Fatal(err)
	}
	eng, err := installation.Config{}.OpenEngine(t.Context(), kept, forms)
	if err != nil {
		t.Fatal(err)
	}
	return eng
}

// walking enters the people of the sample walks.
func walking(t *testing.T, eng *engine.Engine) (demo.Walker, []demo.Walk) {
	t.Helper()
	walks, people, err := demo.Plan()
	if err != nil {
		t.Fatal(err)
	}
	walker := demo.Walker{Engine: eng, Files: hashes{}}
	for _, person := range people {
		entered, err := eng.AddPerson(t.Context(), engine.NewPerson{Name: person.Name, Roles: person.Roles})
		if err != nil {
			t.Fatal(err)
		}
		walker.People = append(walker.People, entered)
	}
	return walker, walks
}

// whole reads a journal from its beginning to its end.
func whole(t *testing.T, kept store.Store) []store.Record {
	t.Helper()
	head, err := kept.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	journal, err := kept.After(t.Context(), 0, int(head))
	if err != nil || len(journal) != int(head) {
		t.Fatalf("%d of %d entries: %v", len(journal), head, err)
	}
	return journal
}

// hashes stands for the files of an installation and keeps nothing.
type hashes struct{}

func (hashes) PutText(_ context.Context, text string) (string, int64, error) {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:]), int64(len(text)), nil
}
