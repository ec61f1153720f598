package cases_test

import (
	"net/http"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

const searchPath = "/szukaj"

func TestOneSearchFindsCasesAndPartners(t *testing.T) {
	house := pagestest.New(t)
	proposal := house.Case(house.Begin("sector_agreement", titled("Łódź i Kraków", "DE")))
	official := house.SignIn("official")
	for _, test := range []struct{ query, kind, title, href string }{
		{"lodz", "Sprawy", "Łódź i Kraków", listPath + "/" + proposal.ID},
		{"1/2026", "Sprawy", "Łódź i Kraków", listPath + "/" + proposal.ID},
		{"bordeaux", "Partnerzy", proposal.Partner.Name + ", Niemcy", "/partnerzy/" + proposal.Partner.ID},
	} {
		page := official.Get(searchPath + "?q=" + test.query).Want(http.StatusOK).Check()
		if section := page.Section(test.kind); !strings.Contains(section.Text(), test.title) || page.Link(test.title) != test.href {
			t.Errorf("%s: %s, leads to %q", test.query, section.Text(), page.Link(test.title))
		}
		if href := page.Link("Szukaj tych słów w publicznym rejestrze"); !strings.HasPrefix(href, "/rejestr?q=") {
			t.Errorf("%s: the register is at %q", test.query, href)
		}
		if !strings.HasPrefix(page.Title(), test.query) {
			t.Errorf("title %q", page.Title())
		}
	}
	official.English().Get(searchPath+"?q=lodz").Check().Says("Cases", "Łódź i Kraków")
}

func TestASearchFindsWhatIsInTheRegister(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("twin_city_agreement", "in_force", titled("Umowa z Miastem Świateł", ""))
	house.Begin("eu_programme", titled("Światła wielkiego miasta", ""))
	section := house.SignIn("lawyer").Get(searchPath + "?q=swiat").Want(http.StatusOK).Check().Section("Rejestr współpracy")
	var links []string
	for _, link := range section.All("a") {
		links = append(links, pagestest.Attribute(link, "href"))
	}
	if got, want := strings.Join(links, " "), "/rejestr/"+id+" /rejestr?q=swiat"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestASearchSaysWhyItFindsNothing(t *testing.T) {
	house := pagestest.New(t)
	house.Begin("sector_agreement")
	for query, says := range map[string]string{
		"": "Czego szukasz", "?q=": "Czego szukasz", "?q=a": "Wpisz co najmniej dwie litery", "?q=%20%2B%20": "Wpisz co najmniej dwie litery", "?q=nic-takiego": "Nie znaleziono spraw, partnerów ani wpisów rejestru",
	} {
		house.SignIn("lawyer").Get(searchPath + query).Want(http.StatusOK).Check().Says(says)
	}
}

func TestManyHitsLeadToTheFullLists(t *testing.T) {
	house := pagestest.New(t)
	for range 11 {
		house.Begin("sector_agreement")
	}
	page := house.SignIn("auditor").Get(searchPath + "?q=bordeaux").Check()
	if page.Link("Wszystkie znalezione sprawy") != listPath+"?q=bordeaux" || page.Link("Wszyscy znalezieni partnerzy") != "/partnerzy?q=bordeaux" {
		t.Errorf("leads to %q and %q", page.Link("Wszystkie znalezione sprawy"), page.Link("Wszyscy znalezieni partnerzy"))
	}
}

func TestVisitorsSearchTheRegister(t *testing.T) {
	house := pagestest.New(t)
	house.Begin("sector_agreement")
	visitor := house.Visitor()
	visitor.Get(searchPath).Want(http.StatusOK).Check()
	if to := visitor.Get(searchPath + "?q=bordeaux+1").Want(http.StatusSeeOther).Location(); to != "/rejestr?q=bordeaux+1" {
		t.Errorf("leads to %s", to)
	}
	if to := house.SignIn("subscriber").Get(searchPath + "?q=bordeaux").Want(http.StatusSeeOther).Location(); to != "/rejestr?q=bordeaux" {
		t.Errorf("a subscriber is led to %s", to)
	}
}
