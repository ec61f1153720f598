package partners_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/pagestest"
)

const (
	listPath = "/partnerzy"
	newPath  = "/partnerzy/nowy"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// enter enters a partner past the pages and gives the address of its page.
func enter(t *testing.T, house *pagestest.House, asked engine.NewPartner) string {
	t.Helper()
	result, err := house.Engine.EnterPartner(t.Context(), engine.Request{By: house.By("official")}, asked)
	if err != nil {
		t.Fatal(err)
	}
	return listPath + "/" + result.Partner.ID
}

func TestPartnersAreListedAndNarrowed(t *testing.T) {
	house := pagestest.New(t)
	lawyer := house.SignIn("lawyer")
	lawyer.Get(listPath).Want(http.StatusOK).Check().Says("Nie ma tu partnerów")
	enter(t, house, engine.NewPartner{Name: "Norymberga", NativeName: "Nürnberg", Country: "DE", Kind: "city"})
	enter(t, house, engine.NewPartner{Name: "Frankonia", Country: "DE", Kind: "region"})
	address := enter(t, house, engine.NewPartner{Name: "Łuck", Country: "UA", Kind: "city"})
	for query, want := range map[string]string{
		"": "Frankonia Łuck Norymberga Nürnberg", "?q=nurn": "Norymberga Nürnberg", "?q=luck": "Łuck", "?rodzaj=region": "Frankonia", "?kraj=DE&rodzaj=city": "Norymberga Nürnberg",
		"?kraj=PL": "", "?kraj=nic&rodzaj=nic": "Frankonia Łuck Norymberga Nürnberg",
	} {
		var names []string
		page := lawyer.Get(listPath + query).Want(http.StatusOK).Check()
		for _, row := range page.Rows("Partnerzy według nazwy") {
			names = append(names, row[0])
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
	page := lawyer.Get(listPath + "?kraj=UA&q=luck").Says("1 partner")
	if page.Link("Łuck") != address || page.Link("Usuń filtr: Ukraina") != listPath+"?q=luck" || page.Link("Wyłącz filtry") != listPath {
		t.Errorf("leads to %q, %q, %q", page.Link("Łuck"), page.Link("Usuń filtr: Ukraina"), page.Link("Wyłącz filtry"))
	}
	lawyer.English().Get(listPath+"?kraj=JP").Check().Says("No partner fits the filters in force", "0 partners")
	house.SignIn("subscriber").Get(listPath).Want(http.StatusForbidden)
}

func TestALongListOfPartnersHasPages(t *testing.T) {
	house := pagestest.New(t)
	for n := range 51 {
		enter(t, house, engine.NewPartner{Name: "Miasto " + strconv.Itoa(100+n), Country: "JP", Kind: "city"})
	}
	official := house.SignIn("official")
	page := official.Get(listPath + "?kraj=JP").Says("50 partnerów na tej stronie")
	last := official.Get(page.Link("Następna strona")).Want(http.StatusOK).Check().Says("1 partner", "Miasto 150")
	if last.Link("Pierwsza strona") != listPath+"?kraj=JP" {
		t.Errorf("the first page is at %q", last.Link("Pierwsza strona"))
	}
}

func TestThePageOfAPartnerShowsItsCasesByTheirStates(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("twin_city_agreement", "in_force")
	proposal := house.Case(id)
	open := house.Begin("eu_programme", func(asked *engine.NewProposal) {
		asked.Title, asked.Partner, asked.PartnerID = "Zielone dachy", nil, proposal.Partner.ID
	})
	ended := house.Begin("eu_programme", func(asked *engine.NewProposal) {
		asked.Title, asked.Partner, asked.PartnerID = "Porzucony pomysł", nil, proposal.Partner.ID
	})
	house.Do(ended, "abandon")
	address := listPath + "/" + proposal.Partner.ID
	page := house.SignIn("official").Get(address).Want(http.StatusOK).Check()
	for heading, title := range map[string]string{"W rejestrze współpracy": proposal.Title, "W toku 1": "Zielone dachy", "Zawarte i obowiązujące 1": proposal.Title, "Zakończone 1": "Porzucony pomysł"} {
		if got := page.Section(heading).Text(); !strings.Contains(got, title) {
			t.Errorf("%s: %s", heading, got)
		}
	}
	if page.Link("Zielone dachy") != "/sprawy/"+open || page.Link(proposal.Title) != "/rejestr/"+id || page.Link("Pokaż na liście spraw") != "/sprawy?partner="+proposal.Partner.ID {
		t.Error("the cases are not led to")
	}
	lawyers := house.SignIn("lawyer").English().Get(address).Check().Says("Under way", "France", "current")
	if lawyers.Link("Change") != "" {
		t.Error("a lawyer is offered to change a partner")
	}
	alone := enter(t, house, engine.NewPartner{Name: "Łuck", Country: "UA", Kind: "city"})
	house.SignIn("auditor").Get(alone).Check().Says("Nie ma spraw z tym partnerem", "nic jeszcze nie zawarto")
	house.SignIn("auditor").Get(listPath + "/nic").Want(http.StatusNotFound)
}

func TestAPartnerIsEnteredOnce(t *testing.T) {
	house := pagestest.New(t)
	official := house.SignIn("official")
	form := official.Get(newPath).Want(http.StatusOK).Check().Form(newPath)
	form.Set("name", "Norymberga").Set("native_name", "Nürnberg").Set("country", "DE").Set("kind", "city").Set("wikidata", "Q2090")
	sent := form.Send()
	sent.Follow().Want(http.StatusOK).Check().Says("Dodano partnera.", "Nürnberg", "Niemcy", "Europa", "Q2090")
	if again := form.Send(); again.Location() != sent.Location() {
		t.Errorf("sent twice it leads to %s, at first to %s", again.Location(), sent.Location())
	}
	twin := official.Get(newPath).Form(newPath).Set("name", "NORYMBERGA").Set("country", "DE").Set("kind", "city").Send()
	twin.Follow().Check().Says("Ten partner już jest")
	if got, want := strings.Split(twin.Location(), "?")[0], strings.Split(sent.Location(), "?")[0]; got != want {
		t.Errorf("the twin is at %s, the first at %s", got, want)
	}
}

func TestWhatIsWrongWithAPartnerStandsAtItsFields(t *testing.T) {
	house := pagestest.New(t)
	official := house.SignIn("official")
	for name, test := range map[string]struct {
		values url.Values
		field  string
	}{
		"nothing":           {url.Values{}, "name"},
		"no country":        {url.Values{"name": {"Łuck"}, "kind": {"city"}}, "country"},
		"no kind":           {url.Values{"name": {"Łuck"}, "country": {"UA"}}, "kind"},
		"unknown country":   {url.Values{"name": {"Łuck"}, "country": {"XX"}, "kind": {"city"}}, "country"},
		"no Wikidata id":    {url.Values{"name": {"Łuck"}, "country": {"UA"}, "kind": {"city"}, "wikidata": {"Łuck"}}, "wikidata"},
		"another continent": {url.Values{"name": {"Tbilisi"}, "country": {"GE"}, "kind": {"city"}, "continent": {"europe"}}, "continent_reason"},
	} {
		page := official.Post(newPath, test.values).Want(http.StatusUnprocessableEntity).Check()
		form := page.Form(newPath)
		if form.Wrong(test.field) == "" || len(page.Errors()) == 0 || !strings.HasPrefix(page.Title(), "Błąd: ") {
			t.Errorf("%s: %v", name, page.Errors())
		}
		if got := form.Values.Get("name"); got != test.values.Get("name") {
			t.Errorf("%s: the name became %q", name, got)
		}
	}
}

func TestTheFormsOfPartnersAreForWhoKeepsThem(t *testing.T) {
	house := pagestest.New(t)
	change := enter(t, house, engine.NewPartner{Name: "Lwów", Country: "UA", Kind: "city"}) + "/zmien"
	for _, login := range []string{"lawyer", "auditor", "admin"} {
		reader := house.SignIn(login)
		reader.Get(newPath).Want(http.StatusForbidden).Check().Says("Partnerów prowadzi urzędnik.")
		reader.Post(newPath, url.Values{"name": {"Łuck"}, "country": {"UA"}, "kind": {"city"}}).Want(http.StatusForbidden)
		reader.Get(change).Want(http.StatusForbidden)
		reader.Post(change, url.Values{"name": {"X"}, "version": {"1"}}).Want(http.StatusForbidden)
	}
	_, err := house.Engine.Substitute(t.Context(), engine.Request{By: house.By("official")}, engine.NewSubstitution{
		Absent: house.People["official"].ID, Substitute: house.People["auditor"].ID, From: house.Today(), Until: house.Today().PlusDays(5), Reason: "Urlop",
	})
	if err != nil {
		t.Fatal(err)
	}
	house.SignIn("auditor").Get(newPath).Want(http.StatusOK)
	house.SignIn("auditor").Get(change).Want(http.StatusOK)
}

func TestAPartnerIsNotGivenTheNameOfAnother(t *testing.T) {
	house := pagestest.New(t)
	enter(t, house, engine.NewPartner{Name: "Łuck", Country: "UA", Kind: "city"})
	address := enter(t, house, engine.NewPartner{Name: "Lwów", Country: "UA", Kind: "city"}) + "/zmien"
	for says, browser := range map[string]*pagestest.Browser{"inny partner z tego kraju i tego rodzaju: „Łuck”": house.SignIn("official"), "has this name already: “Łuck”": house.SignIn("official").English()} {
		page := browser.Get(address).Form("/zmien").Set("name", "LUCK").Set("wikidata", "Q180891").Send().Want(http.StatusUnprocessableEntity).Check()
		form := page.Form("/zmien")
		if !strings.Contains(form.Wrong("name"), says) || form.Values.Get("wikidata") != "Q180891" || form.Values.Get("name") != "LUCK" {
			t.Errorf("said %q, kept %v", form.Wrong("name"), form.Values)
		}
		form.Set("name", "Lwów").Send().Want(http.StatusSeeOther)
	}
}

func TestAFormThatChangesNothingLeadsBack(t *testing.T) {
	house := pagestest.New(t)
	address := enter(t, house, engine.NewPartner{Name: "Lwów", Country: "UA", Kind: "city"})
	page := house.SignIn("official").Get(address + "/zmien").Form("/zmien").Send().Follow().Want(http.StatusOK).Check()
	if page.Path != address {
		t.Errorf("leads to %s", page.Path)
	}
}

func TestAPartnerIsChangedWithAReason(t *testing.T) {
	house := pagestest.New(t)
	address := enter(t, house, engine.NewPartner{Name: "Tbilisi", Country: "GE", Kind: "city"})
	official, other := house.SignIn("official"), house.SignIn("official-2")
	form := official.Get(official.Get(address).Link("Zmień dane")).Want(http.StatusOK).Check().Form("/zmien")
	if form.Values.Get("name") != "Tbilisi" || form.Values.Get("continent") != "asia" || form.Has("country") {
		t.Errorf("the form has %v", form.Values)
	}
	late := other.Get(address + "/zmien").Form("/zmien")
	form.Set("continent", "europe").Send().Want(http.StatusUnprocessableEntity).Check()
	form.Set("continent_reason", "Tak liczy je Miasto.").Send().Follow().Check().Says("Zapisano zmiany", "Europa", "Tak liczy je Miasto.")

	stale := late.Set("name", "Tyflis").Send().Want(http.StatusPreconditionFailed).Check().Says("Ktoś zmienił dane tego partnera")
	again := stale.Form("/zmien")
	if again.Values.Get("name") != "Tyflis" {
		t.Errorf("the name became %q", again.Values.Get("name"))
	}
	again.Set("continent", "europe").Set("continent_reason", "Tak liczy je Miasto.").Send().Follow().Says("Tyflis")
	official.Post(address+"/zmien", url.Values{"name": {"Gruzja"}}).Want(http.StatusPreconditionFailed)
}
