package figures

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// dashboard is what the dashboard shows.
type dashboard struct {
	Waiting bool // nothing was counted yet
	At      time.Time
	Figures []figure
	Charts  []chart
}

// figure is one number, what it is, where it leads, and how it is counted.
type figure struct {
	Value   string
	Late    bool
	What    workflow.Text
	Href    string
	Meaning workflow.Text
}

func (p *pages) dashboard(w http.ResponseWriter, r *http.Request) error {
	words := frame.WordsOf(call.Of(r).Language)
	title := words.T("Pulpit", "Dashboard")
	found, err := p.kept.get(r.Context())
	if errors.Is(err, errCounting) {
		w.Header().Set("Retry-After", "30")
		return p.Render(w, r, http.StatusServiceUnavailable, frame.Page{Template: "figures/dashboard", Title: title, Main: dashboard{Waiting: true}})
	}
	if err != nil {
		return fmt.Errorf("count for the dashboard: %w", err)
	}
	shown := dashboard{At: found.At, Figures: p.figures(found, words), Charts: p.charts(found, words)}
	return p.Render(w, r, http.StatusOK, frame.Page{Template: "figures/dashboard", Title: title, Main: shown})
}

// figures are the six numbers.
func (p *pages) figures(found counted, words frame.Words) []figure {
	open, overdue, outside := sumOf(found.Stages), sumOf(found.Overdue), sumOf(found.Outside)
	return []figure{
		{
			Value: fmt.Sprint(open), What: workflow.Text{PL: "Sprawy w toku", EN: "Open cases"}, Href: casesBy("w_toku", "1"),
			Meaning: workflow.Text{
				PL: "Sprawy, które nie doszły do żadnego zakończenia. Liczą się także umowy, które obowiązują.",
				EN: "Cases that have come to no end. Agreements in force count too.",
			},
		},
		{
			Value: fmt.Sprint(overdue), Late: overdue > 0, What: workflow.Text{PL: "Zadania po terminie", EN: "Overdue tasks"}, Href: overduePath,
			Meaning: workflow.Text{
				PL: "Otwarte zadania, których termin minął przed dniem dzisiejszym. Termin mija z końcem dnia.",
				EN: "Open tasks that were due before today. A task is due until the end of its day.",
			},
		},
		{
			Value: daysOf(typical(found.Spans), words), What: workflow.Text{PL: "Mediana na krok, 12 miesięcy", EN: "Median per step, 12 months"}, Href: "#" + spansID,
			Meaning: workflow.Text{
				PL: "Dla każdego rodzaju zadania liczymy medianę czasu od otwarcia do wykonania, z zadań wykonanych w ostatnich 12 miesiącach. Tu stoi środkowa z tych median, ważona liczbą zadań. Liczą się dni kalendarzowe.",
				EN: "For every kind of task we take the median time from its opening to its completion, of the tasks completed in the last 12 months. This is the middle one of these medians, weighted by the number of tasks. Calendar days count.",
			},
		},
		{
			Value: shareOf(found.Returned, found.Opened), What: workflow.Text{PL: "Sprawy zwrócone choć raz", EN: "Cases returned at least once"}, Href: "#" + returnedID,
			Meaning: workflow.Text{
				PL: "Ze spraw otwartych w ostatnich 12 miesiącach: ile razy na sto sprawa wróciła do poprawy przynajmniej raz. Wpisy przeniesione z dawnych wykazów się nie liczą.",
				EN: "Of the cases opened in the last 12 months: how many in a hundred came back for correction at least once. Entries imported from earlier lists do not count.",
			},
		},
		{
			Value: fmt.Sprint(outside), What: workflow.Text{PL: "Czekają poza Urzędem", EN: "Wait outside the City"}, Href: "#" + outsideID,
			Meaning: workflow.Text{
				PL: "Sprawy w stanie, w którym następny krok należy do kogoś spoza Urzędu: partnera, wojewody, ministra, sądu, zrzeszenia albo instytucji programu.",
				EN: "Cases in a state in which the next step is for somebody outside the City: the partner, the voivode, the minister, a court, an association or a programme authority.",
			},
		},
		{
			Value: fmt.Sprint(expiring(found)), What: workflow.Text{PL: fmt.Sprintf("Wygasają w ciągu %d dni", within), EN: fmt.Sprintf("Expire within %d days", within)}, Href: expiringPath,
			Meaning: workflow.Text{
				PL: fmt.Sprintf("Obowiązujące wpisy rejestru, których umówiony koniec albo koniec wypowiedzenia przypada w ciągu %d dni od dziś, wraz z tymi, których dzień minął, a nikt tego nie odnotował.", within),
				EN: fmt.Sprintf("Current entries of the register whose agreed end, or end of notice, comes within %d days from today, with those whose day has passed without anybody's recording it.", within),
			},
		},
	}
}

func expiring(found counted) int {
	sum := 0
	for _, month := range found.Months {
		sum += month.Count
	}
	return sum
}

// returnedSince is the list of the cases opened in the 12 months before a day that came back at least once.
func returnedSince(today calendar.Date) string {
	return "/sprawy?" + url.Values{"zwrocone": {"1"}, "otwarte_od": {string(today.PlusMonths(-12))}}.Encode()
}

// casesBy is the list of cases that are narrowed by one parameter.
func casesBy(parameter, value string) string {
	return "/sprawy?" + url.Values{parameter: {value}}.Encode()
}
