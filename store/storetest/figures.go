package storetest

import (
	"strings"
	"testing"
	"time"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// figures counts what a dashboard shows, and finds by filters what was counted.
func figures(t *testing.T, database Database) {
	s := database.Open(t)
	asked := store.FiguresRequest{Today: "2026-03-02", Outside: []string{"with_partner", "reserve"}, Clocks: []string{"expiry"}}
	none := must[store.CaseFigures](t)(s.Figures(t.Context(), asked))
	same(t, "figures of nothing", store.CaseFigures{
		Stages: []store.Figure{}, States: []store.Figure{}, Overdue: []store.Figure{}, Open: []store.Figure{}, Outside: []store.Figure{}, Spans: []store.SpanFigure{},
	}, none)
	figuresSample(t, s)
	got := must[store.CaseFigures](t)(s.Figures(t.Context(), asked))
	same(t, "figures", store.CaseFigures{
		Stages:  []store.Figure{{Of: "conclusion", Count: 2}, {Of: "contacts", Count: 2}, {Of: "life", Count: 1}},
		States:  []store.Figure{{Of: "draft", Count: 2}, {Of: "in_force", Count: 1}, {Of: "with_partner", Count: 2}},
		Overdue: []store.Figure{{Of: "lawyer", Count: 1}},
		Open:    []store.Figure{{Of: "lawyer", Count: 2}, {Of: "secretariat", Count: 1}},
		Outside: []store.Figure{{Of: "with_partner", Count: 2}}, Expiring: 1,
		Spans:  []store.SpanFigure{{Rule: "number", Count: 1, Median: time.Hour}, {Rule: "vote", Count: 4, Median: 3 * time.Hour}},
		Opened: 4, Returned: 2,
	}, got)
	same(t, "expiring", "l", registerTitles(t, s, asked.Expiring()))
	for _, test := range []struct {
		filter store.CaseFilter
		want   string
	}{
		{store.CaseFilter{States: []string{"with_partner", "reserve"}}, "rp"},
		{store.CaseFilter{States: []string{"with_partner", "in_force"}, Returned: true}, "r"},
		{store.CaseFilter{Open: true}, "rplda"},
		{store.CaseFilter{Returned: true}, "re"},
		{store.CaseFilter{OpenedSince: asked.Filled().Since}, "rped"},
		{store.CaseFilter{OpenedSince: asked.Filled().Since, Returned: true}, "re"},
		{store.CaseFilter{OpenedSince: noon.Add(time.Hour)}, ""},
	} {
		for _, order := range []string{"-title", "title", "-updated_at", "created_at"} {
			test.filter.Sort = order
			found := ""
			for _, p := range allCases(t, s, test.filter) {
				found += p.Title
			}
			want := test.want
			if order == "title" {
				want = turned(want)
			}
			if len(found) != len(want) || strings.HasSuffix(order, "title") && found != want {
				t.Errorf("%+v: got %q, want %q", test.filter, found, want)
			}
		}
	}
}

// figuresSample commits cases named by one letter, and tasks of one of them.
func figuresSample(t *testing.T, s store.Store) {
	t.Helper()
	var some workflow.Proposal
	for title, change := range map[string]func(*workflow.Proposal){
		"d": func(*workflow.Proposal) {},
		"e": func(p *workflow.Proposal) { p.State, p.Stage, p.Round = "withdrawn", "ended", 2 },
		"p": func(p *workflow.Proposal) { p.State, p.Stage = "with_partner", "conclusion" },
		"r": func(p *workflow.Proposal) { p.State, p.Stage, p.Round = "with_partner", "conclusion", 12 },
		"a": func(p *workflow.Proposal) { p.CreatedAt = noon.AddDate(-2, 0, 0) },
		"l": func(p *workflow.Proposal) {
			p.State, p.Stage, p.Legacy, p.Register = "in_force", "life", true, workflow.Register{Status: "current"}
			p.Deadlines = []workflow.Deadline{{Clock: "expiry", DueOn: calendar.Date("2026-03-02").PlusDays(180), State: "running"}}
		},
	} {
		some = proposal(title)
		some.Deadlines = nil
		change(&some)
		commit(t, s, opening(some))
	}
	var writes []store.TaskWrite
	for _, due := range []calendar.Date{"2026-03-01", "2026-03-02"} {
		writes = append(writes, store.TaskWrite{Do: store.Insert, Task: task(some, workflow.Lawyer, due)})
	}
	writes = append(writes, store.TaskWrite{Do: store.Insert, Task: task(some, workflow.Secretariat, "")})
	took := func(rule string, span time.Duration, closed time.Time) {
		done := task(some, workflow.Secretariat, "2026-01-01")
		done.Rule, done.State, done.OpenedAt, done.ClosedAt = rule, "completed", closed.Add(-span), closed
		writes = append(writes, store.TaskWrite{Do: store.Insert, Task: done})
	}
	for _, span := range []time.Duration{time.Hour, 2 * time.Hour, 4 * time.Hour, 40 * time.Hour} {
		took("vote", span, noon)
	}
	took("number", time.Hour, noon)
	took("vote", 1000*time.Hour, noon.AddDate(-2, 0, 0))
	commit(t, s, store.Change{Tasks: writes})
}

func turned(letters string) string {
	turned := ""
	for _, letter := range letters {
		turned = string(letter) + turned
	}
	return turned
}
