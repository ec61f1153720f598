package storetest

import (
	"testing"

	"hejnal/store"
)

// positions commits changes with several entries, and one that is refused in between.
func positions(t *testing.T, database Database) {
	s := database.Open(t)
	p := opened(t, s, "first")
	stale := opening(proposal("second"))
	stale.Cases = append(stale.Cases, store.CaseWrite{Expect: 9, Proposal: p})
	if _, err := s.Commit(t.Context(), stale); err == nil {
		t.Fatal("a stale change was committed")
	}
	three := store.Change{Entries: []store.Entry{admin(1), admin(2), admin(3)}}
	three.Entries[1].Public = &store.PublicEntry{ID: newID(), Subject: "s", Text: []byte("{}")}
	if done := commit(t, s, three); done.FirstPos != 2 {
		t.Errorf("first position %d, want 2", done.FirstPos)
	}
	if done := commit(t, s, store.Change{}); done.FirstPos != 0 {
		t.Errorf("first position %d of a change without entries, want 0", done.FirstPos)
	}
	records := must[[]store.Record](t)(s.After(t.Context(), 1, 10))
	for i, record := range records {
		if record.Pos != int64(i+2) || record.ID != three.Entries[i].ID {
			t.Errorf("entry %d stands at %d", i, record.Pos)
		}
	}
	if len(records) != 3 || records[1].PublicPos != 1 {
		t.Errorf("got %s", compact(records))
	}
	if rest := must[[]store.Record](t)(s.After(t.Context(), 0, 2)); len(rest) != 2 {
		t.Errorf("got %d entries, want 2", len(rest))
	}
}
