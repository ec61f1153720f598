package storetest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"hejnal/store"
	"hejnal/workflow"
)

// people lists those who are not disabled, by role.
func people(t *testing.T, database Database) {
	s := database.Open(t)
	gone := person("gone", workflow.Official)
	gone.Disabled = true
	commit(t, s, store.Change{People: []store.PersonWrite{
		{Person: person("zofia", workflow.Official, workflow.Admin)}, {Person: person("anna", workflow.Official)}, {Person: gone}, {Person: person("ewa")},
	}})
	for role, want := range map[workflow.Role][]string{
		"": {"anna", "ewa", "zofia"}, workflow.Official: {"anna", "zofia"}, workflow.Admin: {"zofia"}, workflow.Lawyer: nil, "offic": nil,
	} {
		var got []string
		for _, p := range must[store.Page[store.Person]](t)(s.ListPeople(t.Context(), role, store.PageRequest{})).Items {
			got = append(got, p.Name)
		}
		same(t, "people with role "+string(role), want, got)
	}
}

// logins lets tokens and sessions expire, and sweeps them.
func logins(t *testing.T, database Database) {
	s := database.Open(t)
	ctx, anna, hour := t.Context(), person("anna"), noon.Add(time.Hour)
	commit(t, s, store.Change{People: []store.PersonWrite{{Person: anna}}, Tokens: []store.Token{
		{ID: newID(), PersonID: anna.ID, Hash: "short", CreatedAt: noon, ExpiresAt: hour}, {ID: newID(), PersonID: anna.ID, Hash: "endless", CreatedAt: noon},
	}})
	session := store.Session{Hash: "h", PersonID: anna.ID, Data: []byte("one"), CreatedAt: noon, ExpiresAt: hour}
	for _, data := range []string{"one", "two"} {
		session.Data = []byte(data)
		if err := s.PutSession(ctx, session); err != nil {
			t.Fatal(err)
		}
		same(t, "session", session, must[store.Session](t)(s.Session(ctx, "h", noon)))
	}
	found := func(what string, err error, want bool) {
		t.Helper()
		if (err == nil) != want || err != nil && !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: got %v, found should be %v", what, err, want)
		}
	}
	check := func(at time.Time, short, open bool) {
		t.Helper()
		_, err := s.PersonByToken(ctx, "short", at)
		found("short token", err, short)
		_, err = s.PersonByToken(ctx, "endless", at)
		found("endless token", err, true)
		_, err = s.Session(ctx, "h", at)
		found("session", err, open)
	}
	check(hour.Add(-time.Microsecond), true, true)
	check(hour, false, false)
	for _, sweep := range []struct {
		before time.Time
		there  bool
	}{{hour, true}, {hour.Add(time.Microsecond), false}} {
		if err := s.Sweep(ctx, sweep.before); err != nil {
			t.Fatal(err)
		}
		check(noon, sweep.there, sweep.there)
	}
	if err := s.PutSession(ctx, session); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.EndSession(ctx, "h"); err != nil {
			t.Fatal(err)
		}
	}
	check(noon, false, false)
	sessionsElsewhere(t, s, session)
}

// sessionsElsewhere ends every session of a person but the one in use, and nobody else's.
func sessionsElsewhere(t *testing.T, s store.Store, session store.Session) {
	t.Helper()
	ctx := t.Context()
	stranger := session
	stranger.PersonID = "another"
	for hash, kept := range map[string]store.Session{"here": session, "there": session, "strange": stranger} {
		kept.Hash = hash
		if err := s.PutSession(ctx, kept); err != nil {
			t.Fatal(err)
		}
	}
	for _, end := range []struct {
		except string
		left   []string
	}{{"here", []string{"here", "strange"}}, {"", []string{"strange"}}} {
		if err := s.EndSessions(ctx, session.PersonID, end.except); err != nil {
			t.Fatal(err)
		}
		for _, hash := range []string{"here", "there", "strange"} {
			_, err := s.Session(ctx, hash, noon)
			if left := slices.Contains(end.left, hash); left != (err == nil) {
				t.Errorf("all but %q are ended: session %s: %v", end.except, hash, err)
			}
		}
	}
}

// answersKept sweeps answers that are thirty days old, and no others.
func answersKept(t *testing.T, database Database) {
	s := database.Open(t)
	commit(t, s, keyed("k", "h"))
	end := noon.Add(store.AnswersKept)
	for _, sweep := range []struct {
		before time.Time
		want   error
	}{{end, nil}, {end.Add(time.Microsecond), store.ErrNotFound}} {
		if err := s.Sweep(t.Context(), sweep.before); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Answered(t.Context(), "u", "POST", "/p", "k"); !errors.Is(err, sweep.want) {
			t.Errorf("swept before %v: got %v, want %v", sweep.before, err, sweep.want)
		}
	}
}
