package desk_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/store"
)

const (
	minePath  = "/zadania"
	queuePath = "/zadania/grupa"
)

func TestTasksStandUnderTheDayTheyAreDueOn(t *testing.T) {
	house := pagestest.New(t)
	house.Bring("twin_city_agreement", "ready_to_sign")
	official := house.SignIn("official")

	page := official.Get(minePath).Want(http.StatusOK).Check()
	if got := page.Section("Po terminie 1").Text(); got != "" {
		t.Errorf("overdue on the first day: %s", got)
	}
	page.Says("Dlaczego ja: masz rolę:", "Bordeaux 1, Francja", "1/2026")

	house.Wait("2026-03-09") // the day on which the resolution has to be with the voivode
	today := house.SignIn("official").Get(minePath).Want(http.StatusOK)
	if got := today.Section("Dziś 1").Text(); !strings.Contains(got, "dziś 9 marca 2026") || !strings.Contains(got, "czeka 7 dni") {
		t.Errorf("due today: %s", got)
	}
	house.Wait("2026-03-10")
	official = house.SignIn("official")
	if got := official.Get(minePath).Section("Po terminie 1").Text(); !strings.Contains(got, "po terminie o 1 dzień") {
		t.Errorf("overdue: %s", got)
	}
	if got := official.English().Get(minePath).Check().Section("Overdue 1").Text(); !strings.Contains(got, "overdue by 1 day") || !strings.Contains(got, "Why me: your role") {
		t.Errorf("in English: %s", got)
	}
}

func TestTheTitleAndTheHeadingCount(t *testing.T) {
	house := pagestest.New(t)
	lawyer := house.SignIn("lawyer")
	if title := lawyer.Get(minePath).Want(http.StatusOK).Title(); !strings.HasPrefix(title, "(0) Moje zadania") {
		t.Errorf("without tasks: %q", title)
	}
	house.Bring("twin_city_agreement", "assessment")
	page := lawyer.Get(minePath).Check()
	if !strings.HasPrefix(page.Title(), "(1) Moje zadania") || page.Heading() != "Moje zadania 1" {
		t.Errorf("with one: %q, %q", page.Title(), page.Heading())
	}
	id := house.Case(house.Bring("twin_city_agreement", "assessment")).ID
	if href := lawyer.Get(minePath).Link("Wydaj opinię prawną do projektu: Współpraca z: Bordeaux 2"); !strings.HasPrefix(href, "/sprawy/") || !strings.HasSuffix(href, "/czynnosci/give_legal_opinion") {
		t.Errorf("the task of %s leads to %q", id, href)
	}
}

func TestAnEmptyListSaysWhy(t *testing.T) {
	house := pagestest.New(t)
	house.Bring("twin_city_agreement", "assessment")
	for _, test := range []struct{ login, address, says string }{
		{"secretariat", minePath, "Nie masz zadań."},
		{"auditor", minePath, "Twoja rola czyta sprawy, ale nic od niej nie zależy"},
		{"lawyer", minePath + "?forma=sector_agreement", "nie pasuje do włączonych filtrów"},
		{"lawyer", minePath + "?po_terminie=1", "nie pasuje do włączonych filtrów"},
	} {
		page := house.SignIn(test.login).Get(test.address).Want(http.StatusOK).Check().Says(test.says)
		if strings.Contains(test.address, "?") && page.Link("Wyłącz filtry") != minePath {
			t.Errorf("%s: clearing leads to %q", test.address, page.Link("Wyłącz filtry"))
		}
	}
}

func TestFiltersOfTasksNarrowAndAreTakenAwayOneByOne(t *testing.T) {
	house := pagestest.New(t)
	house.Bring("twin_city_agreement", "assessment")
	house.Bring("sector_agreement", "assessment")
	everybody := house.SignIn("everybody")
	form := everybody.Get(minePath).Form(minePath)
	page := form.Set(form.Labelled("Forma współpracy"), "sector_agreement").Set(form.Labelled("O co prosi"), "lawyer").Send().Want(http.StatusOK).Check()
	page.Says("Bordeaux 2").Silent("Bordeaux 1")
	if href := page.Link("Usuń filtr: umowa branżowa"); href != "" && href != minePath+"?rola=lawyer" {
		t.Errorf("without the form: %q", href)
	}
	if got := page.Form(minePath).Values.Get("rola"); got != "lawyer" {
		t.Errorf("the form forgot the role: %q", got)
	}
	if all := everybody.Get(minePath + "?forma=nic&rola=admin").Want(http.StatusOK); !strings.Contains(all.Text(), "Bordeaux 1") {
		t.Error("a filter that there is not narrows the list")
	}
}

func TestThePresidentSeesDocumentsAndBlockersAtOnce(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("twin_city_agreement", "draft_ready")
	house.Attach(id, "president_ordinance", "president")
	house.Bring("twin_city_agreement", "ready_to_sign")
	page := house.SignIn("president").Get(minePath).Want(http.StatusOK).Check()
	section := page.Section("Do podpisu i decyzji 2").Text()
	for _, says := range []string{"president_ordinance.pdf", "Dołączono", "Podpisana umowa dołączysz przy czynności", "można wykonać"} {
		if !strings.Contains(section, says) {
			t.Errorf("does not say %q: %s", says, section)
		}
	}
	for _, says := range []string{"Brakuje", "Blokuje", "jeszcze nie można"} {
		if strings.Contains(section, says) {
			t.Errorf("says %q of what the President attaches: %s", says, section)
		}
	}
	if house.SignIn("official").Get(minePath).Section("Do podpisu i decyzji 2") != nil {
		t.Error("an official is shown what waits for the President")
	}
}

func TestThePresidentSeesWhatStandsInTheWay(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("twin_city_agreement", "assessment")
	_, command := house.Prepare(id, "complete_draft")
	command.By = house.By("everybody")
	if _, err := house.Engine.Advance(t.Context(), engine.Request{By: command.By}, id, command); err != nil {
		t.Fatal(err)
	}
	section := house.SignIn("everybody").Get(minePath).Want(http.StatusOK).Check().Section("Do podpisu i decyzji 1").Text()
	for _, says := range []string{"jeszcze nie można", "Blokuje", "Zasada dwóch par oczu"} {
		if !strings.Contains(section, says) {
			t.Errorf("does not say %q: %s", says, section)
		}
	}
}

func TestATaskSaysWhoHasTheCaseOpen(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("twin_city_agreement", "assessment")
	for _, login := range []string{"lawyer", "lawyer-2", "official"} {
		if err := house.Store.PutLook(t.Context(), store.Look{ProposalID: id, PersonID: house.People[login].ID, At: house.Now()}); err != nil {
			t.Fatal(err)
		}
	}
	house.Pass(3 * time.Minute)
	lawyer := house.SignIn("lawyer")
	lawyer.Get(minePath).Check().Says("otwarte przez: lawyer-2 Nowak, 3 min temu").Silent("otwarte przez: lawyer Nowak", "otwarte przez: official Nowak")
	house.Pass(time.Hour)
	lawyer.Get(minePath).Silent("otwarte przez:")
}
