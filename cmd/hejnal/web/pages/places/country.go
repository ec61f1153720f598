package places

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/go-chi/chi/v5"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/published"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/country"
)

// entries is a table of entries; the template "entries" writes it.
type entries struct {
	Rows     []published.Entry
	Next     string
	Partners bool // of several partners, so that each row names its own
}

// read reads a page of the register.
func (p *pages) read(r *http.Request, filter store.RegisterFilter) (entries, error) {
	filter.PageRequest = store.PageRequest{Limit: 50, Cursor: r.URL.Query().Get(frame.CursorField)}
	page, err := p.Store.ListRegister(r.Context(), filter)
	if errors.Is(err, store.ErrCursor) { // of another list: the first page
		filter.Cursor = ""
		page, err = p.Store.ListRegister(r.Context(), filter)
	}
	if err != nil {
		return entries{}, fmt.Errorf("list the register: %w", err)
	}
	shown := entries{Next: frame.AddressOf(r).Next(page.Next)}
	for _, item := range page.Items {
		definition, _ := p.Engine.Form(item.Form)
		shown.Rows = append(shown.Rows, published.EntryOf(item, definition, p.Base(r)))
	}
	return shown, nil
}

// nation is what the page of a country shows.
type nation struct {
	country.Country
	Continent workflow.Text
	Entries   entries
}

func (p *pages) country(w http.ResponseWriter, r *http.Request) error {
	found, ok := country.Find(chi.URLParam(r, "country"))
	if !ok {
		return store.ErrNotFound
	}
	if found.Code != chi.URLParam(r, "country") { // one address for each
		http.Redirect(w, r, "/kraje/"+found.Code, http.StatusMovedPermanently)
		return nil
	}
	shown := nation{Country: found}
	for _, code := range country.Continents() {
		if code.ID == found.Continent {
			shown.Continent = code.Title
		}
	}
	var err error
	if shown.Entries, err = p.read(r, store.RegisterFilter{Country: found.Code}); err != nil {
		return err
	}
	shown.Entries.Partners = true
	return p.RenderOpen(w, r, http.StatusOK, frame.Page{Template: "places/country", Title: found.Name.In(call.Of(r).Language), Main: shown})
}
