package pages

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"hejnal/cmd/hejnal/web/pages/frame"
)

// again shows forms once more that were sent when nobody was signed in any more.
type again struct {
	forms  chi.Router // the routes that show them
	answer func(w http.ResponseWriter, r *http.Request)
}

// add lets the forms of the routes be shown again. What is plain has none: it would be done in place of being shown.
func (a again) add(routes []frame.Route) {
	for _, route := range routes {
		if route.Method == http.MethodPost && !route.Plain {
			a.forms.Post(route.Path, a.answer)
		}
	}
}

// Shows reports whether there is a form at the address.
func (a again) Shows(address string) bool {
	return a.forms.Match(chi.NewRouteContext(), http.MethodPost, address)
}

// Show answers a request anew.
func (a again) Show(w http.ResponseWriter, r *http.Request) { a.answer(w, r) }
