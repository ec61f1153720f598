package demo_test

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

type hashes struct{}

func (hashes) PutText(_ context.Context, text string) (string, int64, error) {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:]), int64(len(text)), nil
}

func TestEverySampleWalkReachesAnEnd(t *testing.T) {
	forms, err := installation.LoadForms("")
	if err != nil {
		t.Fatal(err)
	}
	kept, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "hejnal.sqlite"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kept.Close() })
	eng, err := installation.Config{}.OpenEngine(t.Context(), kept, forms)
	if err != nil {
		t.Fatal(err)
	}
	walks, people, err := demo.Plan()
	if err != nil {
		t.Fatal(err)
	}
	walker := demo.Walker{Engine: eng, Files: hashes{}, People: enter(t, eng, people)}
	official := engine.Request{By: workflow.Person{ID: walker.People[0].ID, Roles: walker.People[0].Roles}}
	entries, err := legacy.Krakow()
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if _, err := eng.ImportLegacy(t.Context(), official, entry); err != nil {
			t.Fatalf("%s: %v", entry.Title, err)
		}
	}
	for _, walk := range walks {
		t.Run(walk.Form, func(t *testing.T) {
			id, err := walker.Walk(t.Context(), walk)
			if err != nil {
				t.Fatal(err)
			}
			p, err := kept.Case(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			if p.Stage != "ended" {
				t.Errorf("rests in %s (%s), not in an end", p.State, p.Stage)
			}
		})
	}
}

func enter(t *testing.T, eng *engine.Engine, people []demo.Person) []store.Person {
	t.Helper()
	var entered []store.Person
	for _, person := range people {
		added, err := eng.AddPerson(t.Context(), engine.NewPerson{Name: person.Name, FullName: person.FullName, Roles: person.Roles})
		if err != nil {
			t.Fatal(err)
		}
		entered = append(entered, added)
	}
	return entered
}
