// Package pages puts the pages together: the frame around them, and every kind of work that has pages of its own.
package pages

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"hejnal/cmd/hejnal/web/pages/accessibility"
	"hejnal/cmd/hejnal/web/pages/account"
	"hejnal/cmd/hejnal/web/pages/away"
	"hejnal/cmd/hejnal/web/pages/casefile"
	"hejnal/cmd/hejnal/web/pages/cases"
	"hejnal/cmd/hejnal/web/pages/changes"
	"hejnal/cmd/hejnal/web/pages/council"
	"hejnal/cmd/hejnal/web/pages/desk"
	"hejnal/cmd/hejnal/web/pages/figures"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/pages/front"
	"hejnal/cmd/hejnal/web/pages/help"
	"hejnal/cmd/hejnal/web/pages/listening"
	"hejnal/cmd/hejnal/web/pages/notices"
	"hejnal/cmd/hejnal/web/pages/opendata"
	"hejnal/cmd/hejnal/web/pages/opening"
	"hejnal/cmd/hejnal/web/pages/partners"
	"hejnal/cmd/hejnal/web/pages/places"
	"hejnal/cmd/hejnal/web/pages/register"
)

// Pages answers every page.
type Pages struct {
	Site   *frame.Site
	Routes []frame.Route
}

// New makes the pages. Anew answers a request as if it had just come: it shows a form once more that was sent when nobody was
// signed in any more.
func New(options frame.Options, anew func(w http.ResponseWriter, r *http.Request)) (*Pages, error) {
	site, err := frame.New(options,
		accessibility.Feature(),
		account.Feature(),
		away.Feature(),
		casefile.Feature(),
		changes.Feature(),
		cases.Feature(),
		council.Feature(),
		desk.Feature(),
		figures.Feature(),
		front.Feature(),
		help.Feature(),
		notices.Feature(),
		opening.Feature(),
		partners.Feature(),
		opendata.Feature(),
		places.Feature(),
		register.Feature(),
	)
	if err != nil {
		return nil, err
	}
	p, forms := &Pages{Site: site}, again{forms: chi.NewRouter(), answer: anew}
	for _, routes := range [][]frame.Route{
		accessibility.Routes(site),
		account.Routes(site, forms),
		away.Routes(site),
		casefile.Routes(site),
		changes.Routes(site),
		cases.Routes(site),
		council.Routes(site),
		desk.Routes(site),
		figures.Routes(site),
		front.Routes(site),
		help.Routes(site),
		listening.Routes(site),
		notices.Routes(site),
		opening.Routes(site),
		partners.Routes(site),
		opendata.Routes(site),
		places.Routes(site),
		register.Routes(site),
	} {
		p.Routes = append(p.Routes, routes...)
		forms.add(routes)
	}
	return p, nil
}
