package opening_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/store"
	"hejnal/workflow"
)

// begun is a draft of a form by the first official, and the address that it is gone on with.
func begun(t *testing.T, house *pagestest.House, form string) (*pagestest.Browser, string) {
	t.Helper()
	reader := house.SignIn("official")
	page := reader.Get("/sprawy/nowa").Want(200).Form("/sprawy/nowa").Set("form", form).Send().Want(303)
	return reader, strings.TrimSuffix(page.Location(), "/partner")
}

// partner are the fields of a new partner.
func partner(name, country, kind string) url.Values {
	return url.Values{"name": {name}, "country": {country}, "kind": {kind}}
}

// caseAt is the id of the case that an address leads to.
func caseAt(address string) string {
	path, _, _ := strings.Cut(address, "?")
	return strings.TrimPrefix(path, "/sprawy/")
}

func TestEveryFormCanBeOpenedStepByStep(t *testing.T) {
	house := pagestest.New(t)
	kinds := map[string]url.Values{
		"association_membership": partner("Eurocities", "BE", "organisation"), "honorary_twin_title": partner("Cuzco", "PE", "city"),
	}
	for _, form := range house.Forms() {
		t.Run(form, func(t *testing.T) {
			reader, draft := begun(t, house, form)
			who := kinds[form]
			if who == nil {
				who = partner("Bordeaux", "FR", "city")
			}
			if to := reader.Post(draft+"/partner", who).Want(303).Location(); to != draft+"/tresc" {
				t.Errorf("the partner leads to %s", to)
			}
			page := reader.Get(draft+"/tresc").Want(200).Check().Form("/tresc").Set("title", "Współpraca").Set("description", "Kultura i sport")
			page.Set("fields", "culture").Send().Want(303)
			hub := reader.Get(draft).Want(200).Check().Says("Współpraca", "Kultura i sport", who.Get("name"))
			reader.English().Get(draft).Want(200).Check().Says("Open the case")
			sent := hub.Form(draft)
			opened := sent.Send().Want(303).Location()
			reader.Get(opened).Want(200).Check().Says("Otwarto sprawę.")
			if again := sent.Send().Want(303).Location(); again != opened {
				t.Errorf("sent twice, it leads to %s and to %s", opened, again)
			}
			p := house.Case(caseAt(opened))
			if p.Form != form || p.Title != "Współpraca" || p.Partner.Name != who.Get("name") || p.Description != "Kultura i sport" || len(p.Fields) != 1 {
				t.Errorf("opened %+v", p)
			}
			for _, gone := range []string{"", "/partner", "/tresc", "/usun"} {
				if led := reader.Get(draft + gone).Want(303).Location(); led != "/sprawy/"+p.ID {
					t.Errorf("gone back to %s, it leads to %s", gone, led)
				}
			}
			house.SignIn("official-2").Get(draft).Want(404)
		})
	}
	cases, err := house.Store.ListCases(t.Context(), store.CaseFilter{})
	if err != nil || len(cases.Items) != len(house.Forms()) {
		t.Errorf("%d cases, %v", len(cases.Items), err)
	}
}

func TestADraftThatIsOpenedInTwoTabsAtOnceIsOneCase(t *testing.T) {
	house := pagestest.New(t)
	reader, draft := begun(t, house, "sector_agreement")
	reader.Post(draft+"/partner", partner("Bordeaux", "FR", "city")).Want(303)
	reader.Get(draft+"/tresc").Form("/tresc").Set("title", "Współpraca").Set("fields", "culture").Send().Want(303)
	tabs := []*pagestest.Form{reader.Get(draft).Want(200).Form(draft), reader.Get(draft).Want(200).Form(draft)}
	led := make([]string, 6)
	var together sync.WaitGroup
	for i := range led {
		together.Go(func() { led[i] = tabs[i%2].Send().Want(303).Location() })
	}
	together.Wait()
	if different := slices.Compact(led); len(different) != 1 {
		t.Errorf("they lead to %v", different)
	}
	cases, err := house.Store.ListCases(t.Context(), store.CaseFilter{})
	if err != nil || len(cases.Items) != 1 {
		t.Errorf("%d cases, %v", len(cases.Items), err)
	}
}

func TestWhatEachKindEntailsIsSaidFirst(t *testing.T) {
	house := pagestest.New(t)
	page := house.SignIn("official").Get("/sprawy/nowa").Want(200).Check()
	page.Says("Wymaga uchwały Rady i zgody ministra.", "Wymaga uchwały Rady Miasta.", "Decyduje Prezydent Miasta, bez uchwały Rady.")
	house.SignIn("official").English().Get("/sprawy/nowa").Want(200).Check().Says("Needs the Council's resolution and the minister's consent.")
	page.Form("/sprawy/nowa").Send().Want(422).Check().Says("Wybierz rodzaj współpracy")
	page.Form("/sprawy/nowa").Set("form", "marriage").Send().Want(422)
}

func TestOnlyWhoOpensCasesIsLedThroughThem(t *testing.T) {
	house := pagestest.New(t)
	_, draft := begun(t, house, "sector_agreement")
	for _, login := range []string{"lawyer", "president", "secretariat", "auditor", "admin"} {
		reader := house.SignIn(login)
		reader.Get("/sprawy/nowa").Want(403)
		reader.Post("/sprawy/nowa", url.Values{"form": {"sector_agreement"}}).Want(403)
		reader.Get(draft).Want(403)
	}
	// A draft is its owner's alone.
	for _, address := range []string{draft, draft + "/partner", draft + "/tresc"} {
		house.SignIn("official-2").Get(address).Want(404)
	}
	house.SignIn("official-2").Post(draft+"/usun", nil).Want(404)
	house.SignIn("official").Get(draft).Want(200)
}

func TestWhoStandsInForAnOfficialIsLedThroughANewProposal(t *testing.T) {
	house := pagestest.New(t)
	_, err := house.Engine.Substitute(t.Context(), engine.Request{By: house.By("official")}, engine.NewSubstitution{
		Absent: house.People["official"].ID, Substitute: house.People["auditor"].ID, From: house.Today(), Until: house.Today().PlusDays(5), Reason: "Urlop",
	})
	if err != nil {
		t.Fatal(err)
	}
	reader := house.SignIn("auditor")
	to := reader.Get("/sprawy/nowa").Want(200).Check().Form("/sprawy/nowa").Set("form", "sector_agreement").Send().Want(303).Location()
	draft := strings.TrimSuffix(to, "/partner")
	reader.Post(to, partner("Bordeaux", "FR", "city")).Want(303)
	reader.Get(draft+"/tresc").Want(200).Form("/tresc").Set("title", "Współpraca").Set("fields", "culture").Send().Want(303)
	opened := reader.Get(draft).Want(200).Check().Form(draft).Send().Want(303).Location()
	if case1 := house.Case(caseAt(opened)); case1.Title != "Współpraca" {
		t.Errorf("opened %+v", case1)
	}
	house.SignIn("lawyer").Get("/sprawy/nowa").Want(403)
}

func TestAKnownPartnerIsFoundAndChosen(t *testing.T) {
	house := pagestest.New(t)
	known := house.Begin("informal_cooperation")
	name := house.Case(known).Partner.Name
	reader, draft := begun(t, house, "partnership_agreement")
	page := reader.Get(draft + "/partner?q=" + url.QueryEscape(strings.ToUpper(name))).Want(200).Check()
	form := page.Form("/partner")
	reader.Get(draft + "/partner?q=Nigdzie").Want(200).Check().Says("Nie ma partnera o takiej nazwie")
	id := house.Case(known).Partner.ID
	if !strings.Contains(page.Body, `value="`+id+`"`) {
		t.Fatalf("%s is not found", name)
	}
	reader.Post(draft+"/partner", url.Values{"partner_id": {id}}).Want(303)
	reader.Post(draft+"/partner", url.Values{"partner_id": {"0190a0a0-0000-7000-8000-000000000000"}}).Want(404)
	reader.Post(draft+"/tresc", url.Values{"title": {"Umowa"}, "readings": {"1"}}).Want(303)
	reader.Get(draft).Want(200).Check().Says("Z tym partnerem są już sprawy", house.Case(known).Number)
	if form.Has("kind") {
		t.Error("the list of known partners asks for a kind")
	}
}

func TestWhatIsWrongIsSaidAtItsFieldAndNothingIsLost(t *testing.T) {
	house := pagestest.New(t)
	reader, draft := begun(t, house, "twin_city_agreement")
	for name, c := range map[string]struct {
		typed url.Values
		field string
	}{
		"no name":         {partner("", "FR", "city"), "name"},
		"no country":      {partner("Lyon", "", "city"), "country"},
		"no kind":         {partner("Lyon", "FR", ""), "kind"},
		"no such country": {partner("Lyon", "XX", "city"), "country"},
		"a wrong id":      {url.Values{"name": {"Lyon"}, "country": {"FR"}, "kind": {"city"}, "wikidata": {"456"}}, "wikidata"},
	} {
		page := reader.Post(draft+"/partner", c.typed).Want(422).Check()
		var wrong string
		for _, line := range page.Errors() {
			wrong += line
		}
		if wrong == "" || c.typed.Get("name") != "" && !strings.Contains(page.Body, `value="`+c.typed.Get("name")+`"`) {
			t.Errorf("%s: %q", name, wrong)
		}
	}
	page := reader.Post(draft+"/tresc", url.Values{"title": {""}, "description": {"zostaje"}, "readings": {"2"}}).Want(422).Check()
	page.Says("zostaje")
	form := page.Form("/tresc")
	if form.Wrong("title") == "" || form.Wrong("readings_reason") == "" {
		t.Errorf("wrong: %v", page.Errors())
	}
	reader.Get(draft).Want(200).Check().Says("Uzupełnij to, czego brakuje")
	if reader.Get(draft).HasForm(draft) {
		t.Error("what is not complete can be opened")
	}
}

func TestTheRulesOfAFormAreForeseen(t *testing.T) {
	house := pagestest.New(t)
	reader, draft := begun(t, house, "sector_agreement")
	reader.Post(draft+"/partner", partner("Leuven", "BE", "city")).Want(303)
	reader.Post(draft+"/tresc", url.Values{"title": {"Umowa"}, "fields": {"culture", "sport"}, "readings": {"1"}}).Want(303)
	reader.Get(draft).Want(200).Check().Says("Na co program zwróci uwagę", "dokładnie jednej dziedziny")
	reader.Post(draft+"/tresc", url.Values{"title": {"Umowa"}, "fields": {"culture"}, "readings": {"1"}}).Want(303)
	reader.Get(draft).Want(200).Check().Silent("Na co program zwróci uwagę")
}

func TestADraftIsKeptFromDayToDayAndCanBeRemoved(t *testing.T) {
	house := pagestest.New(t)
	_, draft := begun(t, house, "eu_programme")
	house.Pass(20 * 24 * time.Hour)
	reader := house.SignIn("official")
	page := reader.Get("/sprawy/nowa").Want(200).Check().Says("Zaczęte szkice")
	if !strings.Contains(page.Body, `href="`+draft+`"`) {
		t.Error("the draft is not listed")
	}
	ask := reader.Get(reader.Get(draft).Want(200).Link("Usuń ten szkic")).Want(200).Check().Says("Usunąć szkic?", "nie da się przywrócić")
	if back := ask.Link("Nie usuwaj"); back != draft {
		t.Errorf("keeping it leads to %s", back)
	}
	ask.Form("/usun").Send().Follow().Want(200).Check().Says("Usunięto szkic.").Silent("Zaczęte szkice")
	reader.Get(draft).Want(404)
	reader.Get("/sprawy/nowa/x").Want(404)
}

func TestAFormThatIsSentTooLateIsShownAgain(t *testing.T) {
	house := pagestest.New(t)
	reader, draft := begun(t, house, "informal_cooperation")
	form := reader.Get(draft+"/tresc").Want(200).Form("/tresc").Set("title", "Rozmowy z Bergen")
	house.Pass(25 * time.Hour)
	door := form.Send().Want(http.StatusUnauthorized)
	back := door.Form("/logowanie").Set("login", "official").Set("password", pagestest.Password).Send().Want(200)
	back.Check().Says("Formularza jeszcze nie wysłano")
	if got := back.Form("/tresc").Values.Get("title"); got != "Rozmowy z Bergen" {
		t.Errorf("it comes back with %q", got)
	}
}

func TestACaseThatCannotBeOpenedSaysWhy(t *testing.T) {
	house := pagestest.New(t)
	reader, draft := begun(t, house, "twin_city_agreement")
	reader.Post(draft+"/partner", partner("Lyon", "FR", "city")).Want(303)
	for field, c := range map[string]struct{ value, says string }{
		"fields": {"alchemy", "Dziedziny współpracy: Nieznany kod"}, "title": {"Umowa\u202e", "Tytuł sprawy: Tekst zawiera znak"},
		"description": {strings.Repeat("a", workflow.MaxDescription+1), "Opis: Najwyżej 10000 znaków; jest 10001."},
	} {
		typed := url.Values{"title": {"Umowa"}, "readings": {"1"}}
		typed.Set(field, c.value)
		page := reader.Post(draft+"/tresc", typed).Want(422).Check()
		if got := page.Errors(); len(got) != 1 || !strings.HasPrefix(got[0], c.says) {
			t.Errorf("%s: told %q", field, got)
		}
	}
	reader.Post(draft+"/tresc", url.Values{"title": {"Umowa"}, "readings": {"1"}, "fields": {"culture"}}).Want(303)
	// What was kept before it was judged so is refused when it is to be opened.
	id := strings.TrimPrefix(draft, "/sprawy/nowa/")
	kept, err := house.Store.Draft(t.Context(), id, house.People["official"].ID)
	if err != nil {
		t.Fatal(err)
	}
	kept.Data = []byte(strings.Replace(string(kept.Data), `"culture"`, `"alchemy"`, 1))
	if err := house.Store.PutDraft(t.Context(), kept); err != nil {
		t.Fatal(err)
	}
	page := reader.Get(draft).Want(200).Check()
	if got := page.Errors(); len(got) != 1 || !strings.HasPrefix(got[0], "Dziedziny współpracy: ") || page.Link(got[0]) != draft+"/tresc#f-fields" || page.HasForm(draft) {
		t.Errorf("a field that there is not: %v", got)
	}
	if got := reader.Post(draft, url.Values{"klucz": {"k"}}).Want(422).Check().Errors(); len(got) != 1 {
		t.Errorf("told %q", got)
	}
	if cases, err := house.Store.ListCases(t.Context(), store.CaseFilter{}); err != nil || len(cases.Items) != 0 {
		t.Errorf("%v, %v", cases.Items, err)
	}
}

func TestALongDescriptionIsOpenedAsItWasTyped(t *testing.T) {
	house := pagestest.New(t)
	reader, draft := begun(t, house, "sector_agreement")
	reader.Post(draft+"/partner", partner("Bordeaux", "FR", "city")).Want(303)
	page := reader.Get(draft + "/tresc")
	if bound := pagestest.Attribute(pagestest.First(page.Root, pagestest.Tag("textarea")), "maxlength"); bound != strconv.Itoa(workflow.MaxDescription) {
		t.Errorf("the page lets %s characters be typed", bound)
	}
	long := strings.Repeat("ż\n", workflow.MaxDescription/2-1) + "ż"
	page.Form("/tresc").Set("title", "Współpraca").Set("description", long).Set("fields", "culture").Send().Want(303)
	opened := reader.Get(draft).Form(draft).Send().Want(303).Location()
	if kept := house.Case(caseAt(opened)).Description; kept != long {
		t.Errorf("%d characters were kept", len([]rune(kept)))
	}
}

func TestADraftLeadsToWhatItLacks(t *testing.T) {
	house := pagestest.New(t)
	reader, draft := begun(t, house, "sector_agreement")
	page := reader.Get(draft).Want(200).Check().Silent("Zmień")
	if next := page.Link("Uzupełnij"); next != draft+"/partner" {
		t.Errorf("without a partner it leads to %s", next)
	}
	reader.Post(draft+"/partner", partner("Bordeaux", "FR", "city")).Want(303)
	page = reader.Get(draft).Want(200).Check().Says("Zmień partnera", "Uzupełnij treść")
	if next := page.Link("Uzupełnij"); next != draft+"/tresc" {
		t.Errorf("without a title it leads to %s", next)
	}
	reader.Post(draft+"/tresc", url.Values{"title": {"Współpraca"}, "readings": {"1"}}).Want(303)
	reader.Get(draft).Want(200).Silent("Uzupełnij")
}
