package bench

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"hejnal/workflow"
)

// pages measures what pages cost the server over many proposals against few.
var pages = Measurement{
	Name: "pages", Title: "what pages cost the server over many proposals against few", Run: measurePages,
}

// Sizes of the two cities whose pages are compared, unless the setting asks for smaller ones. As much waits in either: a page
// shows as many rows in both, and what grows a hundredfold is everything that was settled before.
const (
	fewForPages  = 1_000
	manyForPages = 100_000
)

func measurePages(ctx context.Context, s Setting) (found Outcome, err error) {
	s.Few, s.Many = min(s.Few, fewForPages), min(s.Many, manyForPages)
	s.Waiting = s.Few / 2
	return s.growing(ctx, pagesOf)
}

// pagesOf are the pages that people open all day; those of two cities are alike, place by place.
func pagesOf(ctx context.Context, c *city) ([]question, error) {
	partner, name, err := c.ordinaryPartner(ctx)
	if err != nil {
		return nil, err
	}
	newest, err := c.list(ctx, "limit", "40")
	if err != nil {
		return nil, err
	}
	of := func(title, path string) question { return get("page: "+title, path) }
	questions := []question{
		of("front", "/"), of("my tasks", "/zadania"), of("queue of my roles", "/zadania/grupa"), of("cases", "/sprawy"), of("cases of a stage", "/sprawy?etap=council"),
		of("cases of a country", "/sprawy?kraj=DE"), of("search", "/szukaj?q="+url.QueryEscape(name)), of("new proposal", "/sprawy/nowa"),
		of("board of the Council", "/sekretariat"), of("sessions", "/sesje"), of("resolutions to be announced", "/sekretariat/ogloszenia"), of("partners", "/partnerzy"),
		of("partner", "/partnerzy/"+partner), of("dashboard", "/pulpit"), of("notices", "/powiadomienia"), of("substitutions", "/zastepstwa"),
		of("register", "/rejestr"), of("register, search", "/rejestr?q="+url.QueryEscape(name)), of("register by country", "/kraje"),
		of("changes", "/zmiany"), of("open data", "/dane"),
	}
	some := newest.Items
	for _, behind := range []string{"", "/historia", "/dokumenty", "/rozmowa"} {
		questions = append(questions, question{"page: case" + behind, func(n int) (string, string, string) {
			return http.MethodGet, "/sprawy/" + some[n%len(some)].ID + behind, ""
		}})
	}
	contacts, err := c.list(ctx, "form", "informal_cooperation", "state", "contacts", "limit", "40")
	if err != nil {
		return nil, err
	}
	if len(contacts.Items) == 0 {
		return nil, fmt.Errorf("the city has no proposals to act on")
	}
	return append(questions, question{"page: act", func(n int) (string, string, string) {
		return http.MethodGet, "/sprawy/" + contacts.Items[n%len(contacts.Items)].ID + "/czynnosci/record_contact", ""
	}}), nil
}

// reader is the login of whoever asks a city.
func reader() string { return fmt.Sprintf("%s.0", workflow.Official) }
