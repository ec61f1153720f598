package cases_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/pagestest"
)

const (
	listPath = "/sprawy"
	caption  = "Sprawy, z możliwością sortowania"
)

// titles are the titles of the cases that a page lists, in its order.
func titles(page *pagestest.Page) []string {
	var found []string
	for _, row := range page.Rows(caption) {
		found = append(found, row[0])
	}
	return found
}

func titled(title, country string) func(*engine.NewProposal) {
	return func(asked *engine.NewProposal) {
		asked.Title = title
		if country != "" {
			asked.Partner.Country = country
		}
	}
}

func TestFiltersNarrowTheListAndStayInItsAddress(t *testing.T) {
	house := pagestest.New(t)
	house.Begin("sector_agreement", titled("Ochrona zabytków", "DE"))
	house.Bring("twin_city_agreement", "assessment", titled("Wymiana młodzieży", "FR"))
	house.Begin("eu_programme", titled("Zielone dachy", "FR"))
	official := house.SignIn("official")
	for query, want := range map[string][]string{
		"sort=title":                           {"Ochrona zabytków", "Wymiana młodzieży", "Zielone dachy"},
		"sort=-title":                          {"Zielone dachy", "Wymiana młodzieży", "Ochrona zabytków"},
		"sort=nic&forma=nic&stan=nic&kraj=nic": {"Zielone dachy", "Wymiana młodzieży", "Ochrona zabytków"},
		"q=zabytkow":                           {"Ochrona zabytków"},
		"q=MLODZIEZY":                          {"Wymiana młodzieży"},
		"forma=eu_programme":                   {"Zielone dachy"},
		"kraj=FR&sort=title":                   {"Wymiana młodzieży", "Zielone dachy"},
		"stan=assessment":                      {"Wymiana młodzieży"},
		"etap=preparation&forma=eu_programme&kraj=DE": nil,
	} {
		page := official.Get(listPath + "?" + query).Want(http.StatusOK).Check()
		if got := titles(page); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", query, got, want)
		}
	}
	for _, login := range []string{"lawyer", "auditor", "admin"} {
		if got := titles(house.SignIn(login).Get(listPath)); len(got) != 3 {
			t.Errorf("%s sees %v", login, got)
		}
	}
	house.SignIn("subscriber").Get(listPath).Want(http.StatusForbidden)
	official.Get(listPath+"?kraj=ZZ&etap=x").Check().Says("Pominięto filtr, którego nie ma:", "„ZZ” (Kraj partnera)", "„x” (Etap)")
	official.Get(listPath + "?kraj=FR").Check().Silent("Pominięto filtr")
}

func TestMineAndOverdue(t *testing.T) {
	house := pagestest.New(t)
	house.Bring("twin_city_agreement", "ready_to_sign", titled("Czeka na podpis", ""))
	house.Begin("eu_programme", titled("Pomysł", ""))
	if got := titles(house.SignIn("lawyer").Get(listPath + "?moje=1")); len(got) != 0 {
		t.Errorf("a lawyer's: %v", got)
	}
	if got := titles(house.SignIn("president").Get(listPath + "?moje=1")); !slices.Contains(got, "Czeka na podpis") {
		t.Errorf("the President's: %v", got)
	}
	if house.SignIn("auditor").Get(listPath).Form(listPath).Has("moje") {
		t.Error("nothing is ever an auditor's, yet they can ask for it")
	}
	if got := titles(house.SignIn("official").Get(listPath + "?po_terminie=1")); len(got) != 0 {
		t.Errorf("overdue on the first day: %v", got)
	}
	house.Wait("2026-03-20")
	page := house.SignIn("official").Get(listPath + "?po_terminie=1").Check()
	if got := titles(page); !slices.Equal(got, []string{"Czeka na podpis"}) {
		t.Errorf("overdue: %v", got)
	}
	page.Says("po terminie o 11 dni")
}

func TestEveryFilterInForceIsNamedAndCanBeTakenAway(t *testing.T) {
	house := pagestest.New(t)
	house.Begin("sector_agreement", titled("Ochrona zabytków", "DE"))
	official := house.SignIn("official")
	page := official.Get(listPath + "?q=zamek&kraj=DE&sort=title").Want(http.StatusOK).Check()
	page.Says("Żadna sprawa nie pasuje do włączonych filtrów", "0 spraw")
	if title := page.Title(); !strings.HasPrefix(title, "Sprawy: „zamek”, Niemcy") {
		t.Errorf("title %q", title)
	}
	for text, want := range map[string]string{
		"Usuń filtr: „zamek”": listPath + "?kraj=DE&sort=title", "Usuń filtr: Niemcy": listPath + "?q=zamek&sort=title", "Wyłącz filtry": listPath + "?sort=title",
	} {
		if got := page.Link(text); got != want {
			t.Errorf("%s leads to %q, want %q", text, got, want)
		}
	}
	form := page.Form(listPath)
	if form.Values.Get("q") != "zamek" || form.Values.Get("kraj") != "DE" || form.Values.Get("sort") != "title" {
		t.Errorf("the form has %v", form.Values)
	}
	if got := titles(form.Set("q", "zabytk").Send()); len(got) != 1 {
		t.Errorf("with another word: %v", got)
	}
	official.English().Get(listPath+"?kraj=DE").Check().Says("Germany", "1 case", "Clear the filters")
}

func TestTheListOfOnePartner(t *testing.T) {
	house := pagestest.New(t)
	first := house.Case(house.Begin("sector_agreement", titled("Ochrona zabytków", "DE")))
	house.Begin("sector_agreement", titled("Inna", "DE"))
	official := house.SignIn("official")
	page := official.Get(listPath + "?partner=" + first.Partner.ID).Check()
	if got := titles(page); !slices.Equal(got, []string{"Ochrona zabytków"}) {
		t.Errorf("got %v", got)
	}
	if page.Link("Usuń filtr: "+first.Partner.Name+", Niemcy") != listPath || page.Form(listPath).Values.Get("partner") != first.Partner.ID {
		t.Error("the partner is no filter in force")
	}
	official.Get(listPath + "?partner=00000000-0000-7000-8000-000000000000").Want(http.StatusOK).Says("2 sprawy")
}

func TestALongListHasPages(t *testing.T) {
	house := pagestest.New(t)
	partner := house.Case(house.Begin("eu_programme")).Partner.ID
	for n := range 52 {
		house.Begin("eu_programme", func(asked *engine.NewProposal) {
			asked.Title, asked.Partner, asked.PartnerID = "Program "+strconv.Itoa(n), nil, partner
		})
	}
	official := house.SignIn("official")
	page := official.Get(listPath + "?forma=eu_programme&sort=number").Check().Says("50 spraw na tej stronie, na następnej są dalsze")
	next := page.Link("Następna strona")
	if values, err := url.Parse(next); err != nil || values.Query().Get("forma") != "eu_programme" || values.Query().Get("sort") != "number" {
		t.Fatalf("the next page is %q", next)
	}
	last := official.Get(next).Want(http.StatusOK).Check().Says("3 sprawy na tej stronie, to ostatnia")
	if got := len(last.Rows(caption)); got != 3 || last.Link("Następna strona") != "" || last.Link("Pierwsza strona") != listPath+"?forma=eu_programme&sort=number" {
		t.Errorf("%d rows on the last page, the first is at %q", got, last.Link("Pierwsza strona"))
	}
	official.Get(listPath + "?po=nic").Want(http.StatusUnprocessableEntity)
}

func TestNobodysListSaysWhoBegins(t *testing.T) {
	house := pagestest.New(t)
	page := house.SignIn("official").Get(listPath).Want(http.StatusOK).Check().Says("Nie ma jeszcze żadnej sprawy")
	if page.Link("Nowa propozycja") != "/sprawy/nowa" {
		t.Error("an official is not led to a new proposal")
	}
	if house.SignIn("lawyer").Get(listPath).Link("Nowa propozycja") != "" {
		t.Error("a lawyer is led to a new proposal")
	}
}
