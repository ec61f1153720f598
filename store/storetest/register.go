package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"hejnal/store"
	"hejnal/workflow"
)

// registerSample commits entries of the register, and a case that is none. Their titles are one letter.
func registerSample(t *testing.T, s store.Store) {
	t.Helper()
	for title, change := range map[string]func(*workflow.Proposal){
		"a": func(p *workflow.Proposal) {
			p.Register = workflow.Register{Status: "current", Since: "1993-02-19", SinceYear: 1993}
			p.Deadlines = []workflow.Deadline{{Clock: "expiry", DueOn: "2026-05-01", State: "running"}, {Clock: "reply", DueOn: "2026-04-01", State: "running"}}
			p.UpdatedAt = noon.Add(time.Hour)
		},
		"ą": func(p *workflow.Proposal) {
			p.Register = workflow.Register{Status: "current", SinceYear: 1993}
			p.Form, p.Fields, p.Partner.Country, p.Partner.Continent, p.Partner.ID = "title", []string{"sport", "youth"}, "BR", "south_america", "partner-ą"
			p.Deadlines = []workflow.Deadline{{Clock: "expiry", DueOn: "2026-05-01", State: "met"}, {Clock: "reply", DueOn: "2026-03-03", State: "running"}}
		},
		"b": func(p *workflow.Proposal) {
			p.Register = workflow.Register{Status: "past", Since: "2006-03-04", SinceYear: 2006, Until: "2022-09-16", UntilYear: 2022}
			p.Partner.Country, p.Partner.Name = "FR", "Łódź"
			p.Deadlines = []workflow.Deadline{{Clock: "expiry", DueOn: "2026-03-01", State: "running"}}
		},
		"z": func(p *workflow.Proposal) {
			p.Register, p.Deadlines, p.Fields = workflow.Register{Status: "current"}, nil, nil
			p.UpdatedAt = noon.Add(2 * time.Hour)
		},
		"no": func(*workflow.Proposal) {},
	} {
		p := proposal(title)
		change(&p)
		commit(t, s, opening(p))
	}
}

func registerTitles(t *testing.T, s store.Store, filter store.RegisterFilter) string {
	t.Helper()
	var titles strings.Builder
	for _, p := range all(t, func(cursor string) (store.Page[workflow.Proposal], error) {
		filter.Cursor = cursor
		return s.ListRegister(t.Context(), filter)
	}) {
		titles.WriteString(p.Title)
	}
	return titles.String()
}

// registerList narrows and orders the register in every way, in pages of every size.
func registerList(t *testing.T, database Database) {
	s := database.Open(t)
	registerSample(t, s)
	for _, test := range []struct {
		filter store.RegisterFilter
		want   string
	}{
		{store.RegisterFilter{}, "aąbz"},
		{store.RegisterFilter{Sort: "-title"}, "zbąa"},
		{store.RegisterFilter{Sort: "since"}, "ąabz"},
		{store.RegisterFilter{Sort: "-since"}, "baąz"},
		{store.RegisterFilter{Sort: "country"}, "ąbaz"},
		{store.RegisterFilter{Sort: "-country"}, "zabą"},
		{store.RegisterFilter{Sort: "-updated_at", Status: "current"}, "zaą"},
		{store.RegisterFilter{Status: "current"}, "aąz"},
		{store.RegisterFilter{Status: "past"}, "b"},
		{store.RegisterFilter{Form: "title"}, "ą"},
		{store.RegisterFilter{Country: "JP"}, "az"},
		{store.RegisterFilter{Country: "JP", Status: "past"}, ""},
		{store.RegisterFilter{Continent: "south_america"}, "ą"},
		{store.RegisterFilter{Field: "youth"}, "ą"},
		{store.RegisterFilter{Field: "you"}, ""},
		{store.RegisterFilter{PartnerID: "partner-ą"}, "ą"},
		{store.RegisterFilter{YearFrom: 1994}, "b"},
		{store.RegisterFilter{YearTo: 1993}, "aą"},
		{store.RegisterFilter{YearFrom: 1993, YearTo: 2006}, "aąb"},
		{store.RegisterFilter{Text: "lodz"}, "b"},
		{store.RegisterFilter{Text: "kyoto", Sort: "-updated_at", Status: "current"}, "zaą"},
		{store.RegisterFilter{Text: "7/2026 kyo", Country: "JP"}, "az"},
		{store.RegisterFilter{Text: "yot", Country: "BR"}, "ą"},
		{store.RegisterFilter{Text: "nothing"}, ""},
		{store.RegisterFilter{ExpiringBefore: "2026-05-02", Clocks: []string{"expiry"}}, "a"},
		{store.RegisterFilter{ExpiringBefore: "2026-05-01", Clocks: []string{"expiry"}}, ""},
		{store.RegisterFilter{ExpiringBefore: "2026-05-01", Clocks: []string{"expiry", "reply"}, Sort: "since"}, "ąa"},
		{store.RegisterFilter{ExpiringBefore: "2026-05-02"}, ""},
	} {
		for _, limit := range []int{0, 1, 2, 3} {
			test.filter.Limit = limit
			if got := registerTitles(t, s, test.filter); got != test.want {
				t.Errorf("%+v: got %q, want %q", test.filter, got, test.want)
			}
		}
		same(t, fmt.Sprintf("count of %+v", test.filter), len([]rune(test.want)), int64(must[int](t)(s.CountRegister(t.Context(), test.filter, 10))))
	}
	if _, err := s.ListRegister(t.Context(), store.RegisterFilter{Sort: "colour"}); err == nil {
		t.Error("the register was sorted by colour")
	}
	for _, cursor := range []string{"x", must[store.Page[workflow.Proposal]](t)(s.ListRegister(t.Context(), store.RegisterFilter{Sort: "since", PageRequest: store.PageRequest{Limit: 1}})).Next} {
		if _, err := s.ListRegister(t.Context(), store.RegisterFilter{PageRequest: store.PageRequest{Cursor: cursor}}); !errors.Is(err, store.ErrCursor) {
			t.Errorf("after %q: %v, want ErrCursor", cursor, err)
		}
	}
}

// registerFollows moves a case into the register, on within it and out of what is current, by the short way and the long one.
func registerFollows(t *testing.T, database Database) {
	s := database.Open(t)
	for _, tells := range []bool{true, false} {
		p := opened(t, s, "przed")
		step := func(change func(*workflow.Proposal)) {
			t.Helper()
			after, moved := next(p)
			change(&after)
			moved.Cases[0].Proposal = after
			if !tells {
				moved.Cases[0].Before = nil
			}
			commit(t, s, moved)
			p = after
		}
		found := func(filter store.RegisterFilter, want int) {
			t.Helper()
			page := must[store.Page[workflow.Proposal]](t)(s.ListRegister(t.Context(), filter))
			if len(page.Items) != want {
				t.Fatalf("%+v: %d entries, want %d", filter, len(page.Items), want)
			}
			if want == 1 {
				same(t, "entry", p, page.Items[0])
			}
		}
		of := store.RegisterFilter{PartnerID: p.Partner.ID}
		found(of, 0)
		step(func(p *workflow.Proposal) {
			p.Register, p.State = workflow.Register{Status: "current", Since: "2026-03-02", SinceYear: 2026}, "signed"
		})
		found(of, 1)
		step(func(p *workflow.Proposal) { p.Description = "Inny opis" })
		found(of, 1)
		step(func(p *workflow.Proposal) { p.Title = "Po zmianie" })
		of.Text = "po zmianie"
		found(of, 1)
		step(func(p *workflow.Proposal) {
			p.Register.Status, p.Register.Until, p.Register.UntilYear = "past", "2026-03-03", 2026
		})
		of.Status = "current"
		found(of, 0)
		of.Status = "past"
		found(of, 1)
	}
}

// registerCounts counts up to a limit, and by country and form.
func registerCounts(t *testing.T, database Database) {
	s := database.Open(t)
	same(t, "groups of nothing", []store.RegisterGroup{}, must[[]store.RegisterGroup](t)(s.RegisterGroups(t.Context())))
	registerSample(t, s)
	same(t, "groups", []store.RegisterGroup{
		{Country: "BR", Form: "title", Current: 1}, {Country: "FR", Form: "agreement", Past: 1}, {Country: "JP", Form: "agreement", Current: 2},
	}, must[[]store.RegisterGroup](t)(s.RegisterGroups(t.Context())))
	for limit, want := range map[int]int{2: 2, 4: 4, 100: 4} {
		same(t, "count", want, int64(must[int](t)(s.CountRegister(t.Context(), store.RegisterFilter{}, limit))))
	}
}

// backfilled brings a schema from before the register up to date: cases stand in it by their state and their acts.
func backfilled(t *testing.T, factory Factory) {
	for _, test := range []struct {
		state, stage, body string
		want               workflow.Register
	}{
		{"in_force", "life", `"last_on":{"enter_into_force":"2020-05-06"},"since":{"route":"2021-01-01"}`, workflow.Register{Status: "current", Since: "2020-05-06", SinceYear: 2020}},
		{"terminated", "ended", `"last_on":{"enter_into_force":"2020-05-06"},"since":{"route":"2024-01-01"}`, workflow.Register{Status: "past", Since: "2020-05-06", SinceYear: 2020, Until: "2024-01-01", UntilYear: 2024}},
		{"terminated", "ended", `"legacy":true,"last_on":{"import_legacy":"2022-09-16"}`, workflow.Register{Status: "past", Until: "2022-09-16", UntilYear: 2022}},
		{"contacts", "contacts", `"legacy":true,"last_on":{"import_legacy":""}`, workflow.Register{Status: "current"}},
		{"recorded", "ended", `"legacy":true`, workflow.Register{Status: "current"}},
		{"ended", "ended", `"since":{"route":"2024-01-01"}`, workflow.Register{}},
		{"ended", "ended", `"last_on":{"start_participation":"2023-02-03"},"since":{"route":"2024-01-01"}`, workflow.Register{Status: "past", Since: "2023-02-03", SinceYear: 2023, Until: "2024-01-01", UntilYear: 2024}},
		{"draft", "contacts", `"title":"Zażółć \"x\""`, workflow.Register{}},
	} {
		database := factory(t)
		database.Migrate(t, registerVersion-1)
		statement := fmt.Sprintf(`UPDATE cases SET state = '%s', stage = '%s', body = '{"id":"c1","version":1,%s}' WHERE id = 'c1'`, test.state, test.stage, test.body)
		if err := database.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
		s := database.Open(t)
		same(t, test.state+" "+test.body, test.want, must[workflow.Proposal](t)(s.Case(t.Context(), "c1")).Register)
		listed := must[store.Page[workflow.Proposal]](t)(s.ListRegister(t.Context(), store.RegisterFilter{Status: test.want.Status}))
		if want := test.want.Status != ""; want != (len(listed.Items) == 1) {
			t.Errorf("%s %s: %d entries", test.state, test.body, len(listed.Items))
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// registerVersion is the version of the schema that has the register.
const registerVersion = 14
