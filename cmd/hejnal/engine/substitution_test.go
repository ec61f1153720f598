package engine_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// The house's clock stands on 2026-11-20.
const (
	today    = calendar.Date("2026-11-20")
	tomorrow = calendar.Date("2026-11-21")
)

// member adds a person of the roles.
func (h *house) member(t *testing.T, name string, roles ...workflow.Role) workflow.Person {
	t.Helper()
	added, err := h.AddPerson(t.Context(), engine.NewPerson{Name: name, Roles: roles})
	if err != nil {
		t.Fatal(err)
	}
	return workflow.Person{ID: added.ID, Roles: added.Roles}
}

// away lets somebody stand in for the absent person today.
func (h *house) away(t *testing.T, absent, substitute workflow.Person, roles ...workflow.Role) store.Substitution {
	t.Helper()
	result, err := h.Substitute(t.Context(), as(absent), engine.NewSubstitution{
		Substitute: substitute.ID, From: today, Until: "2026-12-01", Roles: roles, Reason: "urlop",
	})
	if err != nil {
		t.Fatal(err)
	}
	return result.Substitution
}

func TestASubstitutionIsRefusedWithEverythingThatIsWrong(t *testing.T) {
	h := open(t)
	admin, subscriber := h.member(t, "admin", workflow.Admin), h.member(t, "bus", workflow.Subscriber)
	gone := h.member(t, "gone", workflow.Lawyer)
	if _, err := h.DisablePerson(t.Context(), "gone"); err != nil {
		t.Fatal(err)
	}
	whole := engine.NewSubstitution{Substitute: h.official.ID, From: today, Until: "2026-12-01", Reason: "urlop"}
	for name, test := range map[string]struct {
		by      workflow.Person
		change  func(*engine.NewSubstitution)
		kind    workflow.Kind
		pointer string
	}{
		"for another":              {h.lawyer, func(n *engine.NewSubstitution) { n.Absent = h.president.ID }, workflow.Forbidden, ""},
		"until the first day":      {h.lawyer, func(n *engine.NewSubstitution) { n.Until = n.From }, workflow.Invalid, "/until"},
		"wholly in the past":       {h.lawyer, func(n *engine.NewSubstitution) { n.From, n.Until = "2026-11-01", today }, workflow.Invalid, "/until"},
		"for more than a year":     {h.lawyer, func(n *engine.NewSubstitution) { n.Until = today.PlusDays(367) }, workflow.Invalid, "/until"},
		"from no day":              {h.lawyer, func(n *engine.NewSubstitution) { n.From = "2026-02-30" }, workflow.Invalid, "/from"},
		"by oneself":               {h.lawyer, func(n *engine.NewSubstitution) { n.Substitute = h.lawyer.ID }, workflow.Invalid, "/substitute"},
		"by nobody":                {h.lawyer, func(n *engine.NewSubstitution) { n.Substitute = "" }, workflow.Invalid, "/substitute"},
		"by somebody who left":     {h.lawyer, func(n *engine.NewSubstitution) { n.Substitute = gone.ID }, workflow.Invalid, "/substitute"},
		"by a subscriber":          {h.lawyer, func(n *engine.NewSubstitution) { n.Substitute = subscriber.ID }, workflow.Invalid, "/substitute"},
		"in a role not held":       {h.lawyer, func(n *engine.NewSubstitution) { n.Roles = []workflow.Role{workflow.President} }, workflow.Invalid, "/roles/0"},
		"of who decides nothing":   {h.auditor, func(*engine.NewSubstitution) {}, workflow.Invalid, "/absent"},
		"of nobody":                {admin, func(n *engine.NewSubstitution) { n.Absent = "nobody" }, workflow.Invalid, "/absent"},
		"without a reason":         {h.lawyer, func(n *engine.NewSubstitution) { n.Reason = " " }, workflow.Invalid, "/reason"},
		"with an endless reason":   {h.lawyer, func(n *engine.NewSubstitution) { n.Reason = strings.Repeat("a", 501) }, workflow.Invalid, "/reason"},
		"in a role chosen doubly":  {h.lawyer, func(n *engine.NewSubstitution) { n.Roles = []workflow.Role{workflow.Lawyer, workflow.Lawyer} }, workflow.Invalid, "/roles/1"},
		"by the admin who sets it": {admin, func(n *engine.NewSubstitution) { n.Absent, n.Substitute = h.president.ID, admin.ID }, workflow.Invalid, "/substitute"},
		"of who left, by an admin": {admin, func(n *engine.NewSubstitution) { n.Absent = gone.ID }, workflow.Invalid, "/absent"},
	} {
		asked := whole
		test.change(&asked)
		before := h.head(t)
		_, err := h.Substitute(t.Context(), as(test.by), asked)
		var refusal *workflow.Refusal
		if !errors.As(err, &refusal) || refusal.Kind != test.kind || refusal.Message.PL == "" || refusal.Message.EN == "" {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if test.pointer != "" && (len(refusal.Errors) != 1 || refusal.Errors[0].Pointer != test.pointer) {
			t.Errorf("%s: %+v", name, refusal.Errors)
		}
		if h.head(t) != before {
			t.Errorf("%s: it was journalled", name)
		}
	}
}

func TestSubstitutionsOfOnePersonDoNotOverlap(t *testing.T) {
	h := open(t)
	ask := func(from, until calendar.Date) error {
		_, err := h.Substitute(t.Context(), as(h.lawyer), engine.NewSubstitution{Substitute: h.official.ID, From: from, Until: until, Reason: "urlop"})
		return err
	}
	if err := ask("2026-12-05", "2026-12-10"); err != nil {
		t.Fatal(err)
	}
	for _, days := range []struct {
		from, until calendar.Date
		free        bool
	}{
		{"2026-12-01", "2026-12-06", false},
		{"2026-12-09", "2026-12-20", false},
		{"2026-12-06", "2026-12-07", false},
		{"2026-12-01", "2026-12-20", false},
		{"2026-12-01", "2026-12-05", true},
		{"2026-12-10", "2026-12-11", true},
	} {
		err := ask(days.from, days.until)
		var refusal *workflow.Refusal
		if days.free != (err == nil) || err != nil && (!errors.As(err, &refusal) || refusal.Blockers[0].Code != "substitution_overlaps") {
			t.Errorf("%s to %s: %v", days.from, days.until, err)
		}
	}
	errs := make([]error, 8)
	var group sync.WaitGroup
	for i := range errs {
		group.Go(func() { errs[i] = ask("2027-01-01", "2027-01-05") })
	}
	group.Wait()
	set := 0
	for _, err := range errs {
		if err == nil {
			set++
		}
	}
	if set != 1 {
		t.Errorf("%d were set at once: %v", set, errs)
	}
}

func TestTheWorldIsToldOfASubstitutionByIDs(t *testing.T) {
	h := open(t)
	set := h.away(t, h.lawyer, h.official)
	ended, err := h.EndSubstitution(t.Context(), as(h.lawyer), set.ID)
	if err != nil || ended.Substitution.EndedAt.IsZero() {
		t.Fatalf("%v, %+v", err, ended.Substitution)
	}
	records, err := h.store.After(t.Context(), h.head(t)-2, 2)
	if err != nil || len(records) != 2 {
		t.Fatal(records, err)
	}
	for i, event := range []string{engine.SubstitutionAdded, engine.SubstitutionEnded} {
		text := string(records[i].Text)
		if !strings.HasSuffix(records[i].Subject, ".admin."+event) || strings.Contains(text, "urlop") || !strings.Contains(text, set.ID) || !strings.Contains(text, h.official.ID) {
			t.Errorf("%s tells %s", records[i].Subject, text)
		}
	}
	var refusal *workflow.Refusal
	if _, err := h.EndSubstitution(t.Context(), as(h.lawyer), set.ID); !errors.As(err, &refusal) || refusal.Blockers[0].Code != "substitution_over" {
		t.Errorf("it ended twice: %v", err)
	}
	if _, err := h.EndSubstitution(t.Context(), as(h.official), set.ID); !errors.As(err, &refusal) || refusal.Kind != workflow.Forbidden {
		t.Errorf("a substitute ended it: %v", err)
	}
	if _, err := h.EndSubstitution(t.Context(), as(h.lawyer), h.lawyer.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("none ended: %v", err)
	}
}

func TestEverybodySeesTheirOwnSubstitutionsAndAdministratorsAll(t *testing.T) {
	h := open(t)
	admin := h.member(t, "admin", workflow.Admin)
	first, second := h.away(t, h.lawyer, h.official), h.away(t, h.president, h.secretariat)
	for name, test := range map[string]struct {
		by   workflow.Person
		want []string
	}{
		"absent": {h.lawyer, []string{first.ID}}, "substitute": {h.secretariat, []string{second.ID}}, "admin": {admin, []string{second.ID, first.ID}},
		"auditor": {h.auditor, []string{second.ID, first.ID}},
	} {
		page, err := h.Substitutions(t.Context(), test.by, store.PageRequest{})
		if err != nil || len(page.Items) != len(test.want) {
			t.Errorf("%s: %v, %+v", name, err, page.Items)
			continue
		}
		for i, id := range test.want {
			if page.Items[i].ID != id {
				t.Errorf("%s: %+v", name, page.Items)
			}
		}
	}
}
