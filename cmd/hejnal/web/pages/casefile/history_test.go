package casefile_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/pagestest"
)

// told are the headings of the entries that a page of the history shows.
func told(page *pagestest.Page) []string {
	var all []string
	for _, n := range pagestest.Every(page.Root, pagestest.Class("hj-history__what")) {
		all = append(all, pagestest.Text(n))
	}
	return all
}

func TestACorrectionIsMadeFromTheEntryAndShownAtIt(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "resolution_adopted")
	clerk := house.SignIn("secretariat")
	history := clerk.Get("/sprawy/" + id + "/historia").Want(http.StatusOK).Check()
	if all := told(history); !strings.Contains(all[0], "Rada Miasta Krakowa podjęła uchwałę") {
		t.Fatalf("the newest is %q", all[0])
	}
	href := ""
	for _, n := range pagestest.Every(history.Root, pagestest.Tag("a")) {
		if href == "" && strings.HasPrefix(pagestest.Text(n), "Sprostuj ten wpis") {
			href = pagestest.Attribute(n, "href")
		}
	}
	page := clerk.Get(href).Want(http.StatusOK).Check().Says("Głosy za (jest: 30)")
	form := page.Form("correct_entry")
	form.Set("in.field", "/inputs/for").Set("in.value", "31").Set("in.reason", "Oczywista omyłka pisarska")
	check := form.Send().Want(http.StatusOK).Check().Says("Sprostowanie wpisu publicznego też jest publiczne.")
	done := check.Form("correct_entry").Send().Follow().Want(http.StatusOK).Check().Says("Sprostowano wpis")
	if done.Heading() != "Sprostowano wpis" {
		t.Errorf("headed %q", done.Heading())
	}
	after := clerk.Get("/sprawy/" + id + "/historia").Check()
	after.Says("Sprostowano wpisem", "Głosy za: 31", "Prostowany wpis 7. Rada", "Pole wpisu Głosy za", "Oczywista omyłka pisarska")
	after.Says("Głosy za 31 (po sprostowaniu; wpisano: 30)")
	clerk.English().Get("/sprawy/"+id+"/historia").Check().Says("Corrected by entry", "Votes for: 31", "Votes for 31 (as corrected; entered as: 30)")
	clerk.Get(href).Want(http.StatusOK).Check().Says("Głosy za (jest: 31)")
	house.SignIn("admin").Get("/sprawy/"+id+"/historia").Check().Says("Sprostowano wpisem", "dane osobowe ukryte").Silent("Głosy za: 31")
}

func TestACorrectionIsCorrectedInItsTurn(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "on_agenda")
	clerk, path := house.SignIn("secretariat"), actPath(id, "correct_entry")
	correct := func(field, value string) {
		t.Helper()
		form := clerk.Get(path).Form("correct_entry").Set("in.field", field).Set("in.value", value).Set("in.reason", "Pomyłka")
		form.Send().Want(http.StatusOK).Form("correct_entry").Send().Follow().Want(http.StatusOK).Check()
	}
	correct("/inputs/session_date", "2026-03-04")
	clerk.Get(path).Check().Says("Data sesji (jest: 4 marca 2026)").Silent("Prostowany wpis (jest")
	correct("/inputs/value", "2026-03-05")
	clerk.Get("/sprawy/"+id+"/historia").Check().Says("Data sesji 5 marca 2026 (po sprostowaniu; wpisano: 2 marca 2026)", "Właściwa treść 5 marca 2026 (po sprostowaniu; wpisano: 4 marca 2026)")
	if got := house.Case(id).Record["session_date"]; got != "2026-03-05" {
		t.Errorf("the session is on %v", got)
	}
}

func TestWhatIsSaidAgainstACorrectionIsSaidOfTheEntryThatIsAsked(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "print_registered")
	own := house.Case(id).LastAct
	house.Do(id, "correct_entry")
	const foreign = "Ten wpis może sprostować tylko rola, która go zrobiła"
	clerk, path := house.SignIn("secretariat"), actPath(id, "correct_entry")
	clerk.Get(path).Want(http.StatusOK).Check().Says(foreign)
	clerk.Get(path + "?wpis=" + own).Want(http.StatusOK).Check().Silent(foreign)
	house.SignIn("lawyer").Get(path + "?wpis=" + own).Want(http.StatusOK).Check().Says(foreign)
}

func TestACorrectValueIsReadAsItsFieldIsTyped(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "print_registered")
	house.Do(id, "record_committee_opinion")
	entry := house.Case(id).LastAct
	clerk := house.SignIn("secretariat")
	for value, status := range map[string]int{"negatywna": http.StatusSeeOther, "może": http.StatusUnprocessableEntity} {
		form := clerk.Get(actPath(id, "correct_entry") + "?wpis=" + entry).Form("correct_entry")
		form.Set("in.field", "/inputs/opinion").Set("in.value", value).Set("in.reason", "Pomyłka")
		answer := form.Send()
		if answer.Status == http.StatusOK {
			answer = answer.Form("correct_entry").Send()
		}
		if answer.Status != status {
			t.Errorf("%s: status %d, %q", value, answer.Status, answer.Errors())
		}
	}
	if clerk.Get(actPath(id, "correct_entry")+"?wpis="+house.People["lawyer"].ID).Status != http.StatusNotFound {
		t.Error("an entry of nowhere is corrected")
	}
}

func TestADateIsCorrectedAsPeopleWriteIt(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "print_registered")
	house.Wait("2026-03-10")
	clerk, entry := house.SignIn("secretariat"), house.Case(id).LastAct
	for i, value := range []string{"5.03.2026", "2026-03-04", "3.3.2026"} {
		page := clerk.Get(actPath(id, "correct_entry")+"?wpis="+entry).Want(http.StatusOK).Check().Says("Co sprostować", "DD.MM.RRRR").Silent("JSON", "Treść po sprostowaniu")
		answer := page.Form("correct_entry").Set("in.field", "/occurred_on").Set("in.value", value).Set("in.reason", "Pomyłka").Send()
		if answer.Status == http.StatusOK {
			answer = answer.Form("correct_entry").Send()
		}
		answer.Follow().Want(http.StatusOK)
		want := []string{"5 marca 2026", "4 marca 2026", "3 marca 2026"}[i]
		clerk.Get("/sprawy/" + id + "/historia").Check().Says("Data czynności: " + want)
	}
}

func TestAWrongValueOfACorrectionIsSaidBesideIt(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "on_agenda")
	clerk := house.SignIn("secretariat")
	for field, value := range map[string]string{"/inputs/session_date": "jutro", "/inputs/session_number": "siedemdziesiąt", "/occurred_on": "2199-12-31"} {
		form := clerk.Get(actPath(id, "correct_entry")).Form("correct_entry").Set("in.field", field).Set("in.value", value).Set("in.reason", "Pomyłka")
		answer := form.Send().Want(http.StatusUnprocessableEntity).Check()
		if answer.Form("correct_entry").Wrong("in.value") == "" {
			t.Errorf("%s at %s: nothing is said beside it: %q", value, field, answer.Errors())
		}
	}
}

func TestTheHistoryIsNarrowedByItsAddress(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "print_registered")
	lawyer := house.SignIn("lawyer")
	for part, says := range map[string]string{"rozmowa": "Nikt jeszcze nic nie napisał", "system": "Program nie zrobił w tej sprawie nic sam"} {
		lawyer.Get("/sprawy/" + id + "/historia?pokaz=" + part).Want(http.StatusOK).Check().Says(says)
	}
	lawyer.Get("/sprawy/"+id+"/rozmowa").Form("/rozmowa").Set("text", "Kiedy sesja?").Send().Follow().Check().Says("Kiedy sesja?", "lawyer Nowak")
	for part, holds := range map[string]string{
		"decyzje": "Zarejestrowano druk", "dokumenty": "Dodano dokument: Projekt uchwały", "rozmowa": "Uwaga w rozmowie: lawyer Nowak", "nic": "Uwaga w rozmowie: lawyer Nowak",
	} {
		all := told(lawyer.Get("/sprawy/" + id + "/historia?pokaz=" + part).Want(http.StatusOK).Check())
		if !slices.ContainsFunc(all, func(one string) bool { return strings.Contains(one, holds) }) {
			t.Errorf("%s: %q lacks %q", part, all, holds)
		}
		if part == "dokumenty" && slices.ContainsFunc(all, func(one string) bool { return !strings.HasPrefix(one, "Dodano dokument:") }) {
			t.Errorf("among the documents stand %q", all)
		}
	}
	house.SignIn("admin").Get("/sprawy/" + id + "/historia").Want(http.StatusOK).Silent("Kiedy sesja?")
}

func TestAPageOfTheHistoryHasTwentyEntriesAndLeadsToOlderOnes(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("sector_agreement")
	for range 25 {
		if _, err := house.Engine.Comment(t.Context(), engine.Request{By: house.By("official")}, id, "Uwaga"); err != nil {
			t.Fatal(err)
		}
	}
	official := house.SignIn("official")
	first := official.Get("/sprawy/" + id + "/historia?pokaz=rozmowa").Check()
	if len(told(first)) != 20 {
		t.Errorf("%d entries", len(told(first)))
	}
	second := official.Get(first.Link("Starsze wpisy")).Want(http.StatusOK).Check()
	if len(told(second)) != 5 || second.Link("Starsze wpisy") != "" || second.Link("Najnowsze wpisy") == "" {
		t.Errorf("%d older entries, then %q", len(told(second)), second.Link("Starsze wpisy"))
	}
}
