package storetest

import (
	"testing"
	"time"

	"hejnal/store"
	"hejnal/workflow"
)

// migrated opens databases of every earlier version with data in them: nothing of it is lost, and the store works.
func migrated(t *testing.T, factory Factory) {
	for version := int64(1); version <= Versions; version++ {
		database := factory(t)
		database.Migrate(t, version)
		s := database.Open(t)
		ctx := t.Context()
		same(t, "entry", "e1", must[store.Record](t)(s.Entry(ctx, "e1")).ID)
		for _, look := range []struct {
			since int64
			at    func()
		}{
			{2, func() {
				same(t, "case", "c1", must[workflow.Proposal](t)(s.Case(ctx, "c1")).ID)
				same(t, "cases found", 1, int64(len(allCases(t, s, store.CaseFilter{Text: "ramowa krakow"}))))
				same(t, "scope", int64(4), must[workflow.Facts](t)(s.Scopes(ctx, []string{"s"}))["s"].Version)
			}},
			{3, func() { same(t, "task", "t1", must[workflow.Task](t)(s.Task(ctx, "t1")).ID) }},
			{4, func() {
				page := must[store.Page[store.Partner]](t)(s.ListPartners(ctx, store.PartnerFilter{Text: "fu"}))
				same(t, "partners found", 1, int64(len(page.Items)))
			}},
			{5, func() { same(t, "person", "u1", must[store.Person](t)(s.PersonByName(ctx, "anna")).ID) }},
			{6, func() {
				same(t, "answer", 201, int64(must[store.Answered](t)(s.Answered(ctx, "u1", "POST", "/p", "k")).Answer.Status))
				same(t, "serial", 9, int64(must[int](t)(s.NextSerial(ctx, "2026"))))
			}},
			{7, func() { same(t, "definition", "{}", string(must[[]byte](t)(s.Definition(ctx, "d1")))) }},
			{8, func() { same(t, "lease", false, must[bool](t)(s.Acquire(ctx, "relay", "new", time.Second))) }},
		} {
			if version >= look.since {
				look.at()
			}
		}
		same(t, "next position", int64(2), commit(t, s, opening(proposal("new"))).FirstPos)
		if t.Failed() {
			t.Fatalf("from version %d", version)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// Versions is how many versions the schema had before the newest.
const Versions = 18
