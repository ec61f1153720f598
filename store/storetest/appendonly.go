package storetest

import (
	"testing"

	"hejnal/store"
)

// appendOnly tries to change the journal past the store.
func appendOnly(t *testing.T, database Database) {
	s := database.Open(t)
	for i := range 3 {
		commit(t, s, store.Change{Entries: []store.Entry{admin(i)}})
	}
	before := must[[]store.Record](t)(s.After(t.Context(), 0, 10))
	for _, statement := range []string{
		"UPDATE journal SET subject = 'another'",
		"UPDATE journal SET pos = 9 WHERE pos = 3",
		"DELETE FROM journal",
		"DELETE FROM journal WHERE pos = 3",
		"INSERT INTO journal (pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf) SELECT pos, at, 'x', kind, proposal_id, seq, cause, subject, text, leaf FROM journal WHERE pos = 3",
		"INSERT INTO journal (pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf) SELECT 4, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf FROM journal WHERE pos = 3",
	} {
		if err := database.Exec(t.Context(), statement); err == nil {
			t.Errorf("the database took: %s", statement)
		}
	}
	same(t, "journal", before, must[[]store.Record](t)(s.After(t.Context(), 0, 10)))
}

// oneSeq commits a transition of a case under a number that the case has used.
func oneSeq(t *testing.T, database Database) {
	s := database.Open(t)
	p := opened(t, s, "counted")
	if _, err := s.Commit(t.Context(), store.Change{At: noon, Entries: []store.Entry{transition(p)}}); err == nil {
		t.Error("a second transition got the number of the first")
	}
	if got := must[[]store.Record](t)(s.History(t.Context(), p.ID, 0, 10)); len(got) != 1 {
		t.Errorf("the history has %d transitions, want 1", len(got))
	}
}

// erasable removes a personal value and leaves the journal as it was.
func erasable(t *testing.T, database Database) {
	s := database.Open(t)
	entry := admin(1)
	entry.Personal = []store.Personal{{Pointer: "/comment", Value: []byte(`"x"`), Salt: []byte("s")}}
	commit(t, s, store.Change{Entries: []store.Entry{entry}})
	if err := database.Exec(t.Context(), "DELETE FROM personal WHERE pos = 1"); err != nil {
		t.Fatal(err)
	}
	entry.Personal = nil
	same(t, "entry", store.Record{Pos: 1, At: noon, Entry: entry}, must[store.Record](t)(s.Entry(t.Context(), entry.ID)))
}
