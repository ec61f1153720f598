package figures

import (
	"fmt"
	"net/http"
	"slices"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

const (
	expiringPath = "/pulpit/wygasajace"
	mostExpiring = 200
	// within is how many days ahead is looked for what expires.
	within = 180
)

// expiringList is what the page of what expires shows.
type expiringList struct {
	Within int
	Months []expiringMonth
	Cut    bool // there are more than are shown
	Today  calendar.Date
}

// expiringMonth is what expires in a month.
type expiringMonth struct {
	ID      string // 2026-03
	Title   workflow.Text
	Entries []expiringEntry
}

// expiringEntry is an entry of the register, when it ends, and by which clock.
type expiringEntry struct {
	ID, Title string
	Place     workflow.Text
	Form      workflow.Text
	On        calendar.Date
	Clock     workflow.Text
}

func (p *pages) expiring(w http.ResponseWriter, r *http.Request) error {
	words, clocks, today := frame.WordsOf(call.Of(r).Language), endingClocks(p.Engine.AllForms()), p.Engine.Today()
	page, err := p.Store.ListRegister(r.Context(), store.RegisterFilter{
		Status: workflow.RegisterCurrent, ExpiringBefore: today.PlusDays(within + 1), Clocks: clocks, PageRequest: store.PageRequest{Limit: mostExpiring},
	})
	if err != nil {
		return fmt.Errorf("list what expires: %w", err)
	}
	var entries []expiringEntry
	for _, proposal := range page.Items {
		entry := expiringEntry{ID: proposal.ID, Title: proposal.Title, Place: frame.PlaceOf(proposal.Partner)}
		if form, known := p.Engine.Form(proposal.Form); known {
			entry.Form = form.Title
		}
		for _, deadline := range proposal.Deadlines {
			ends := deadline.State == workflow.DeadlineRunning && slices.Contains(clocks, deadline.Clock)
			if ends && (entry.On == "" || deadline.DueOn < entry.On) {
				entry.On, entry.Clock = deadline.DueOn, deadline.Title
			}
		}
		if entry.On != "" {
			entries = append(entries, entry)
		}
	}
	shown := expiringList{Within: within, Months: byMonth(entries, today), Cut: page.Next != "", Today: today}
	return p.Render(w, r, http.StatusOK, frame.Page{Template: "figures/expiring", Title: words.T("Co wygasa", "What expires"), Main: shown})
}

// byMonth parts entries by the month in which they end; those whose day has passed stand in the present month.
func byMonth(entries []expiringEntry, today calendar.Date) []expiringMonth {
	slices.SortStableFunc(entries, func(a, b expiringEntry) int { return b.On.DaysUntil(a.On) })
	var months []expiringMonth
	for _, entry := range entries {
		day := calendar.Max(entry.On, firstOf(today))
		id := string(day[:7])
		if len(months) == 0 || months[len(months)-1].ID != id {
			months = append(months, expiringMonth{ID: id, Title: frame.MonthTitle(string(day))})
		}
		last := &months[len(months)-1]
		last.Entries = append(last.Entries, entry)
	}
	return months
}

// endingClocks are the clocks that end what was agreed.
func endingClocks(forms []*workflow.Definition) []string {
	var clocks []string
	for _, form := range forms {
		for _, clock := range form.Clocks {
			if clock.Ends && !slices.Contains(clocks, clock.ID) {
				clocks = append(clocks, clock.ID)
			}
		}
	}
	return clocks
}
