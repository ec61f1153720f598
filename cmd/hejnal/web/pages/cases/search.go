package cases

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
)

// found is how many of each kind a search shows; the full lists have the rest.
const found = 10

// shortest is how many letters a search asks for: with fewer, nearly everything would answer.
const shortest = 2

// hits is what the page of the search shows.
type hits struct {
	Query    string
	Short    bool // too short to be searched for
	Reads    bool // the reader sees cases and partners
	Cases    []row
	More     string // address of the full list of cases; empty: these are all
	Partners []partnerHit
	All      string // address of the full list of partners; empty: these are all
	Entries  []row  // of the register
	Register string // address of the register with the same words
}

// partnerHit is a partner that was found.
type partnerHit struct {
	store.Partner
	Place workflow.Text
}

// None reports whether nothing was found that the page could show.
func (h hits) None() bool { return len(h.Cases) == 0 && len(h.Partners) == 0 && len(h.Entries) == 0 }

// searched is the text that is looked for: no more than a field takes.
func searched(given string) string {
	text := strings.TrimSpace(given)
	if letters := []rune(text); len(letters) > mostText {
		return string(letters[:mostText])
	}
	return text
}

func (p *pages) search(w http.ResponseWriter, r *http.Request) error {
	c := call.Of(r)
	query := searched(r.URL.Query().Get(textField))
	same := url.Values{textField: {query}}.Encode()
	shown := hits{Query: query, Register: "/rejestr?" + same, Reads: slices.ContainsFunc(c.Person.Roles, workflow.Role.Reads)}
	shown.Short = query != "" && utf8.RuneCountInString(store.Fold(query)) < shortest
	if query != "" && !shown.Short && !shown.Reads {
		http.Redirect(w, r, shown.Register, http.StatusSeeOther)
		return nil
	}
	if query != "" && !shown.Short {
		if err := p.find(r, &shown, same); err != nil {
			return err
		}
	}
	words := frame.WordsOf(c.Language)
	title := words.T("Szukaj", "Search")
	if query != "" {
		title = query + " – " + title
	}
	return p.Render(w, r, http.StatusOK, frame.Page{Template: "cases/search", Title: title, Main: shown})
}

// find looks for cases, entries of the register and partners, for all at once.
func (p *pages) find(r *http.Request, shown *hits, same string) error {
	ctx, first := r.Context(), store.PageRequest{Limit: found}
	var cases, entries store.Page[workflow.Proposal]
	var partners store.Page[store.Partner]
	var errs [3]error
	var looking sync.WaitGroup
	looking.Go(func() {
		cases, errs[0] = p.Store.ListCases(ctx, store.CaseFilter{Text: shown.Query, PageRequest: first})
	})
	looking.Go(func() {
		entries, errs[1] = p.Store.ListRegister(ctx, store.RegisterFilter{Text: shown.Query, PageRequest: first})
	})
	looking.Go(func() {
		partners, errs[2] = p.Store.ListPartners(ctx, store.PartnerFilter{Text: shown.Query, PageRequest: first})
	})
	looking.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		return fmt.Errorf("search for %d letters: %w", utf8.RuneCountInString(shown.Query), err)
	}
	var err error
	if shown.Cases, err = p.rows(ctx, cases.Items); err != nil {
		return err
	}
	if cases.Next != "" {
		shown.More = listPath + "?" + same
	}
	if shown.Entries, err = p.rows(ctx, entries.Items); err != nil {
		return err
	}
	for _, partner := range partners.Items {
		shown.Partners = append(shown.Partners, partnerHit{Partner: partner, Place: frame.PlaceOf(partner.Partner)})
	}
	if partners.Next != "" {
		shown.All = "/partnerzy?" + same
	}
	return nil
}
