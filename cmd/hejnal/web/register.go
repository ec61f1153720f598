package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/published"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/country"
)

const registerPath = api + "/register"

func (s *server) registerOperations() []operation {
	filters := s.registerFilters()
	sorted := slices.Concat(filters, []parameter{{Name: "sort", Doc: "order; - turns it round", Values: registerOrders}})
	file := fmt.Sprintf("; %d entries at most", published.MostRows)
	return []operation{
		{
			Method: get, Path: registerPath, ID: "listRegister", Tag: "register", Summary: "What is agreed: agreements, titles, memberships; public",
			Query: paged(sorted...), Status: 200, Answer: list[published.Entry]{}, handle: s.listRegister,
		},
		{Method: get, Path: registerPath + ".csv", ID: "registerCSV", Tag: "register", Summary: "The register as CSV" + file, Query: sorted, Status: 200, Media: "text/csv", handle: s.registerCSV},
		{Method: get, Path: registerPath + ".jsonl", ID: "registerJSONLines", Tag: "register", Summary: "The register as JSON Lines" + file, Query: sorted, Status: 200, Media: "application/jsonl", handle: s.registerJSONLines},
		{Method: get, Path: registerPath + ".atom", ID: "registerAtom", Tag: "register", Summary: "The entries of the register that changed last, as an Atom feed", Query: filters, Status: 200, Media: "application/atom+xml", handle: s.registerAtom},
		{
			Method: get, Path: registerPath + "/{id}", ID: "showRegisterEntry", Tag: "register", Summary: "An entry with its public history; proceedings that are public, too, under way or ended",
			Status: 200, Answer: registered{}, handle: s.showRegistered,
		},
		{
			Method: get, Path: api + "/feed.atom", ID: "changesAtom", Tag: "register", Summary: "Public changes, the newest first, as an Atom feed",
			Query: []parameter{{Name: "before", Doc: "public position before which to begin; the link rel=next gives it", Type: "position"}}, Status: 200, Media: "application/atom+xml", handle: s.changesAtom,
		},
	}
}

var registerOrders = []string{"title", "-title", "country", "-country", "since", "-since", "updated_at", "-updated_at"}

func (s *server) registerFilters() []parameter {
	var forms []string
	for _, form := range s.Engine.AllForms() {
		forms = append(forms, form.Form)
	}
	return []parameter{
		{Name: "q", Doc: "beginnings of words of title, number and the partner's names"},
		{Name: "form", Doc: "of this form", Values: forms},
		{Name: "status", Doc: "current or past", Values: []string{workflow.RegisterCurrent, workflow.RegisterPast}},
		{Name: "country", Doc: "ISO 3166-1 alpha-2"},
		{Name: "continent", Doc: "of the partner", Values: codeIDs(country.Continents())},
		{Name: "field", Doc: "in this field of cooperation", Values: codeIDs(s.city().Fields)},
		{Name: "partner", Doc: "with this partner"},
		{Name: "year_from", Doc: "began in this year or later", Type: "year"},
		{Name: "year_to", Doc: "began in this year or earlier", Type: "year"},
	}
}

// registerFilter reads the filters of the register.
func (s *server) registerFilter(q *query) store.RegisterFilter {
	return store.RegisterFilter{
		Text: q.text("q"), Form: q.values.Get("form"), Status: q.oneOf("status", []string{workflow.RegisterCurrent, workflow.RegisterPast}),
		Country: q.country("country"), Continent: q.oneOf("continent", codeIDs(country.Continents())), Field: q.oneOf("field", codeIDs(s.city().Fields)),
		PartnerID: q.id("partner"), YearFrom: q.year("year_from"), YearTo: q.year("year_to"), Sort: q.values.Get("sort"),
	}
}

// asksOfRegister reads the filters of a request and refuses what is wrong with them.
func (s *server) asksOfRegister(r *http.Request, more func(q *query, filter *store.RegisterFilter)) (store.RegisterFilter, error) {
	q, err := queryOf(r)
	if err != nil {
		return store.RegisterFilter{}, err
	}
	filter := s.registerFilter(q)
	for _, p := range askedOf(r).query {
		if p.Name == "form" || p.Name == "sort" {
			q.oneOf(p.Name, p.Values)
		}
	}
	if more != nil {
		more(q, &filter)
	}
	return filter, q.err()
}

func (q *query) year(name string) int {
	text := q.values.Get(name)
	if text == "" {
		return 0
	}
	year, err := strconv.Atoi(text)
	if err != nil || year < 1000 || year > 9999 {
		q.add(name, "Podaj rok czterema cyframi, na przykład 1991.", "Give the year with four digits, such as 1991.")
	}
	return year
}

func (s *server) listRegister(w http.ResponseWriter, r *http.Request) error {
	filter, err := s.asksOfRegister(r, func(q *query, filter *store.RegisterFilter) { filter.PageRequest = q.page(usualPage) })
	if err != nil {
		return err
	}
	page, err := s.Store.ListRegister(r.Context(), filter)
	if err != nil {
		return fmt.Errorf("list the register: %w", err)
	}
	openly(w)
	entries, err := s.registerEntries(r, page)
	if err != nil {
		return err
	}
	return writeJSON(w, r, list[published.Entry]{Items: entries, NextCursor: page.Next})
}

// registerEntries gives the cases of a page of the register as its entries.
func (s *server) registerEntries(r *http.Request, page store.Page[workflow.Proposal]) ([]published.Entry, error) {
	entries := make([]published.Entry, 0, len(page.Items))
	for _, item := range page.Items {
		entry, err := published.ListedOf(r.Context(), s.Store, s.Engine, item, frame.BaseOf(s.Public, r))
		if err != nil {
			return nil, fmt.Errorf("list entry %s: %w", item.ID, err)
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

// openly lets anybody keep an answer for a minute, and pages of other sites read it.
func openly(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "public, max-age=60")
	w.Header().Set("Vary", "Accept-Language")
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
}
