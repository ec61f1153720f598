package storetest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// noon is the moment at which the tests' changes happen.
var noon = time.Date(2026, 3, 2, 12, 0, 0, 123456000, time.UTC)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// proposal is a case in its first version, named by its title.
func proposal(title string) workflow.Proposal {
	return workflow.Proposal{
		ID: newID(), Number: "7/2026", Serial: 7, Form: "agreement", Definition: workflow.Ref{Version: 1, Digest: "d1"},
		Title: title, Description: "opis: zażółć gęślą jaźń", Partner: city("Kyoto", "京都市", "JP"), Fields: []string{"culture"},
		Readings: 2, Stage: "contacts", State: "draft", Tracks: map[string]string{"publication": "unpublished"}, Round: 1,
		Version: 1, Seq: 1, CreatedAt: noon, UpdatedAt: noon, LastAct: newID(),
		Since:     map[string]calendar.Date{"route": "2026-03-02"},
		Record:    map[string]any{"votes": 21.0, "resolution": "XII/345/26"},
		LastBy:    map[string][]string{"open": {"u1"}},
		Deadlines: []workflow.Deadline{{Clock: "reply", StartsOn: "2026-03-02", DueOn: "2026-04-01", State: "running"}},
		Holds:     []workflow.Hold{{Scope: "country:JP", Label: "open"}},
	}
}

func city(name, native, country string) workflow.Partner {
	return workflow.Partner{ID: newID(), Name: name, NativeName: native, Country: country, Kind: "city", Continent: "Asia"}
}

// opening is the change that begins a case, with its first entry.
func opening(p workflow.Proposal) store.Change {
	return store.Change{At: p.CreatedAt, Cases: []store.CaseWrite{{Proposal: p}}, Entries: []store.Entry{transition(p)}}
}

// next is the change that moves a case on: the case in its next version, and the entry.
func next(p workflow.Proposal) (workflow.Proposal, store.Change) {
	before := p
	p.Version++
	p.Seq++
	p.UpdatedAt = p.UpdatedAt.Add(time.Second)
	return p, store.Change{At: p.UpdatedAt, Cases: []store.CaseWrite{{Expect: before.Version, Proposal: p, Before: &before}}, Entries: []store.Entry{transition(p)}}
}

func transition(p workflow.Proposal) store.Entry {
	id := newID()
	return store.Entry{
		ID: id, Kind: "transition", ProposalID: p.ID, Seq: p.Seq, Subject: "krakow.cooperation.transition.agreement.opened." + p.ID,
		Text: fmt.Appendf(nil, `{"id":%q,"seq":%d}`, id, p.Seq),
	}
}

func admin(n int) store.Entry {
	return store.Entry{ID: newID(), Kind: "admin", Subject: "krakow.cooperation.admin.tested", Text: fmt.Appendf(nil, `{"n":%d}`, n)}
}

func task(p workflow.Proposal, role workflow.Role, due calendar.Date) workflow.Task {
	return workflow.Task{
		ID: newID(), Rule: "answer", ProposalID: p.ID, Form: p.Form, Title: workflow.Text{PL: "Odpowiedz", EN: "Answer"}, Role: role,
		AsksFor: []string{"sign", "refuse"}, State: "open", OpenedAt: noon, DueOn: due,
	}
}

func partner(name, country string) store.Partner {
	return store.Partner{Partner: city(name, "", country), Fold: store.Fold(name), Version: 1, CreatedAt: noon, UpdatedAt: noon}
}

func person(name string, roles ...workflow.Role) store.Person {
	return store.Person{ID: newID(), Name: name, FullName: name + " Nowak", Roles: roles, PasswordHash: "hash of " + name, Version: 1, CreatedAt: noon}
}

// commit commits a change that must succeed.
func commit(t testing.TB, s store.Writer, change store.Change) store.Committed {
	t.Helper()
	if change.At.IsZero() {
		change.At = noon
	}
	done, err := s.Commit(t.Context(), change)
	if err != nil {
		t.Fatalf("commit: %v", err)
	}
	return done
}

// opened commits a new case with the title.
func opened(t testing.TB, s store.Writer, title string) workflow.Proposal {
	t.Helper()
	p := proposal(title)
	commit(t, s, opening(p))
	return p
}

// must unwraps a read that must succeed.
func must[T any](t testing.TB) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func compact(value any) string {
	raw, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

// informal is a case as contacts are recorded in, of the size it has in an installation.
func informal() workflow.Proposal {
	official, open := newID(), newID()
	return workflow.Proposal{
		ID: newID(), Number: "1/2026", Serial: 1, Form: "informal_cooperation",
		Definition: workflow.Ref{Version: 1, Digest: "9a9d6dbfcb4707a378617dc3c1d7d7360b58d20904121a1c45c42c63918b397c"},
		Title:      "Współpraca: Bergen", Partner: city("Bergen", "", "NO"), Readings: 1, Stage: "contacts", State: "contacts", Round: 1,
		Version: 1, Seq: 1, CreatedAt: noon, UpdatedAt: noon, LastAct: open,
		LastOn: map[string]calendar.Date{"open": "2026-03-02", "record_contact": "2026-03-02"},
		LastBy: map[string][]string{"open": {official}, "record_contact": {official}},
	}
}

// recorded is next for a contact: its event has the size that it has in an installation.
func recorded(p workflow.Proposal) (workflow.Proposal, store.Change) {
	p, change := next(p)
	entry := &change.Entries[0]
	entry.Text = append(entry.Text, told...)
	return p, change
}

// told is what the event of a contact tells beside its head, in length.
var told = strings.Repeat("Rozmowa o współpracy. ", 46)
