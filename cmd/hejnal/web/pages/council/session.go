package council

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// sitting is what the page of one session shows.
type sitting struct {
	agenda
	Papers int // documents altogether
	Voting bool
}

// Numeral is the session's number as resolutions bear it; empty where it is not known.
func (a agenda) Numeral() string { return workflow.Roman(a.Session) }

// dayOf is the day that an address names.
func dayOf(r *http.Request) (calendar.Date, error) {
	day, err := calendar.Parse(chi.URLParam(r, "date"))
	if err != nil {
		return "", fault.ErrNoRoute
	}
	return day, nil
}

func (p *pages) session(w http.ResponseWriter, r *http.Request) error {
	c := call.Of(r)
	day, err := dayOf(r)
	if err != nil {
		return err
	}
	agenda, err := p.agendaOf(r.Context(), day, c.By())
	if err != nil {
		return err
	}
	shown := sitting{agenda: agenda}
	for _, one := range agenda.Items {
		shown.Papers += len(one.Papers)
		shown.Voting = shown.Voting || one.Votes
	}
	return p.Render(w, r, http.StatusOK, frame.Page{
		Template: "council/session", Title: frame.WordsOf(c.Language).T("Sesja ", "Session of ") + frame.WordsOf(c.Language).Day(day), Main: shown,
	})
}
