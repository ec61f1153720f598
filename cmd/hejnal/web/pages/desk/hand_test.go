package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/workflow"
)

// opinion brings a case to where its draft waits for the legal opinion, and gives the task that asks for it.
func opinion(t *testing.T, house *pagestest.House) workflow.Task {
	t.Helper()
	for _, task := range house.Case(house.Bring("twin_city_agreement", "assessment")).Tasks {
		if task.Role == workflow.Lawyer {
			return task
		}
	}
	t.Fatal("nothing is asked of a lawyer")
	return workflow.Task{}
}

func assignee(t *testing.T, house *pagestest.House, task workflow.Task) string {
	t.Helper()
	now, err := house.Store.Task(t.Context(), task.ID)
	if err != nil {
		t.Fatal(err)
	}
	return now.Assignee
}

func TestATaskIsTakenGivenBackAndHandedOn(t *testing.T) {
	house := pagestest.New(t)
	task := opinion(t, house)
	lawyer, other := house.SignIn("lawyer"), house.SignIn("lawyer-2")

	page := lawyer.Get(minePath + "?forma=twin_city_agreement").Form("/wez").Send().Follow().Want(http.StatusOK).Check()
	page.Says("jest teraz Twoje", "przypisane do Ciebie")
	if !strings.Contains(page.Path, "forma=twin_city_agreement") {
		t.Errorf("the filter is lost: %s", page.Path)
	}
	other.Get(minePath).Silent(task.Title.PL)
	other.Get(queuePath).Check().Says("Ma je: lawyer Nowak")
	other.Post("/zadania/"+task.ID+"/wez", nil).Want(http.StatusConflict).Says("To zadanie ma już kto inny.")

	other.Get(queuePath).Form("/oddaj").Send().Follow().Check().Says("wróciło do zespołu")

	assign := other.Get(other.Get(queuePath).Link("Przydziel: " + task.Title.PL + ", 1/2026")).Want(http.StatusOK).Check().Form("/przydziel")
	done := assign.Set(assign.Labelled("Kto ma to zrobić"), house.People["lawyer"].ID).Send().Follow().Check()
	done.Says("ma teraz: lawyer Nowak")
	if !strings.HasPrefix(done.Path, queuePath) {
		t.Errorf("leads to %s", done.Path)
	}
	if got := assignee(t, house, task); got != house.People["lawyer"].ID {
		t.Errorf("the task has %q", got)
	}
}

func TestATaskOfSomebodyWhoIsDisabledIsMarkedAndCanBeTakenFromThem(t *testing.T) {
	house := pagestest.New(t)
	task := opinion(t, house)
	house.SignIn("lawyer").Get(minePath).Form("/wez").Send().Follow().Want(http.StatusOK)
	other := house.SignIn("lawyer-2")
	other.Get(queuePath).Silent("konto wyłączone")
	if _, err := house.Engine.DisablePerson(t.Context(), "lawyer"); err != nil {
		t.Fatal(err)
	}
	other.Get("/zadania/"+task.ID+"/przydziel").Check().Says("lawyer Nowak", "konto wyłączone")
	queue := other.Get(queuePath).Check()
	queue.Says("Ma je: lawyer Nowak", "konto wyłączone")
	queue.Form("/oddaj").Send().Follow().Check().Silent("konto wyłączone")
	if got := assignee(t, house, task); got != "" {
		t.Errorf("the task has %q", got)
	}
}

func TestHandingOnIsRefusedAtTheField(t *testing.T) {
	house := pagestest.New(t)
	task := opinion(t, house)
	address := "/zadania/" + task.ID + "/przydziel"
	lawyer := house.SignIn("lawyer")
	for name, person := range map[string]string{"nobody": "", "somebody of another role": house.People["official"].ID, "somebody unknown": "00000000-0000-7000-8000-000000000000"} {
		page := lawyer.Post(address, url.Values{"osoba": {person}}).Want(http.StatusUnprocessableEntity).Check()
		if len(page.Errors()) != 1 || page.Form("/przydziel").Wrong("osoba") == "" || !strings.HasPrefix(page.Title(), "Błąd: ") {
			t.Errorf("%s: %v, %q", name, page.Errors(), page.Title())
		}
	}
	if got := assignee(t, house, task); got != "" {
		t.Errorf("the task has %q", got)
	}
}

func TestTasksOfOthersAndOfNobodyAreLeftAlone(t *testing.T) {
	house := pagestest.New(t)
	task := opinion(t, house)
	for _, test := range []struct {
		login, address string
		status         int
	}{
		{"official", "/zadania/" + task.ID + "/wez", http.StatusForbidden},
		{"auditor", "/zadania/" + task.ID + "/oddaj", http.StatusForbidden},
		{"lawyer", "/zadania/00000000-0000-7000-8000-000000000000/wez", http.StatusNotFound},
		{"lawyer", "/zadania/nic/wez", http.StatusNotFound},
		{"lawyer", "/zadania/nic/przydziel", http.StatusNotFound},
	} {
		house.SignIn(test.login).Post(test.address, url.Values{"osoba": {"x"}}).Want(test.status)
	}
	house.Visitor().Get(minePath).Want(http.StatusSeeOther)
	house.SignIn("subscriber").Get(queuePath).Want(http.StatusForbidden)
}

func TestAnAddressElsewhereIsNotLedTo(t *testing.T) {
	house := pagestest.New(t)
	task := opinion(t, house)
	lawyer := house.SignIn("lawyer")
	for _, elsewhere := range []string{"https://example.org/zadania", "//example.org/zadania", "/wyloguj", "javascript:alert(1)", "%"} {
		page := lawyer.Post("/zadania/"+task.ID+"/wez", url.Values{"wroc": {elsewhere}}).Want(http.StatusSeeOther)
		if to := page.Location(); !strings.HasPrefix(to, minePath+"?") {
			t.Errorf("%s leads to %s", elsewhere, to)
		}
	}
}

func TestTheQueueOfEveryRoleOfTheReader(t *testing.T) {
	house := pagestest.New(t)
	house.Bring("twin_city_agreement", "assessment")
	everybody := house.SignIn("everybody")
	page := everybody.Get(queuePath).Want(http.StatusOK).Check()
	if href := page.Link(workflow.Lawyer.Title().PL); href != queuePath+"?rola=lawyer" {
		t.Errorf("the lawyers' queue is at %q", href)
	}
	everybody.Get(queuePath + "?rola=lawyer").Check().Says("Wydaj opinię prawną do projektu")
	everybody.English().Get(queuePath+"?rola=lawyer").Check().Says("Taken by nobody yet 1", "Somebody has it 0")
	auditor := house.SignIn("auditor").Get(queuePath + "?rola=lawyer").Want(http.StatusOK).Check()
	if auditor.HasForm("/wez") {
		t.Error("an auditor is offered a task")
	}
}

func TestATaskCanBeGivenToAnybodyOfItsRole(t *testing.T) {
	house := pagestest.New(t)
	task := opinion(t, house)
	house.Crowd(workflow.Lawyer, 203)
	last, err := house.Store.PersonByName(t.Context(), "z-0203")
	if err != nil {
		t.Fatal(err)
	}
	page := house.SignIn("lawyer").Get("/zadania/" + task.ID + "/przydziel").Want(http.StatusOK).Check().Says("z-0203 Nowak").Silent("Lista kończy się")
	page.Form("/przydziel").Set("osoba", last.ID).Send().Want(http.StatusSeeOther)
	if given, err := house.Store.Task(t.Context(), task.ID); err != nil || given.Assignee != last.ID {
		t.Errorf("it was given to %q: %v", given.Assignee, err)
	}
}
