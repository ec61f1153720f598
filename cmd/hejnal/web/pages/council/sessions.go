package council

import (
	"fmt"
	"net/http"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
)

// shownDays is how many days of sessions are shown of each kind.
const shownDays = 50

// day is one day of sessions.
type day struct{ store.SessionDay }

// All is how many items stand, or stood, on the agenda.
func (d day) All() int { return d.Open + d.Completed }

// sessions is what the list of sessions shows.
type sessions struct {
	Coming []day // today among them, the next first
	Past   []day // the last first
}

func (p *pages) sessions(w http.ResponseWriter, r *http.Request) error {
	rules, today := sittings(p.Engine.AllForms()), p.Engine.Today()
	coming, err := p.Store.SessionDays(r.Context(), rules, today, shownDays)
	if err != nil {
		return fmt.Errorf("list sessions to come: %w", err)
	}
	newest, err := p.Store.SessionDays(r.Context(), rules, "", shownDays+len(coming))
	if err != nil {
		return fmt.Errorf("list past sessions: %w", err)
	}
	var shown sessions
	for _, one := range coming {
		shown.Coming = append(shown.Coming, day{one})
	}
	for _, one := range newest {
		if one.On < today && len(shown.Past) < shownDays {
			shown.Past = append(shown.Past, day{one})
		}
	}
	return p.Render(w, r, http.StatusOK, frame.Page{
		Template: "council/sessions", Title: frame.WordsOf(call.Of(r).Language).T("Sesje Rady Miasta", "Sessions of the Council"), Main: shown,
	})
}
