package figures_test

import (
	"net/http"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

func TestOverdueTasksAreListedByRole(t *testing.T) {
	house := pagestest.New(t)
	late, fine := house.Bring("twin_city_agreement", "submitted_to_council"), house.Bring("sector_agreement", "contacts")
	due := house.Case(late).Deadlines[0].DueOn
	for _, task := range house.Case(late).Tasks {
		due = max(due, task.DueOn)
	}
	house.Wait(due.PlusDays(1))
	auditor := house.SignIn("auditor")
	all := auditor.Get("/pulpit/po-terminie").Want(http.StatusOK).Check().Says(house.Case(late).Number, "po terminie o")
	all.Silent(house.Case(fine).Number)
	auditor.Get("/pulpit/po-terminie?rola=secretariat").Want(http.StatusOK).Check().Says("Kancelaria Rady", house.Case(late).Number)
	auditor.Get("/pulpit/po-terminie?rola=lawyer").Want(http.StatusOK).Check().Says("Żadne zadanie nie jest po terminie")
	auditor.Get("/pulpit/po-terminie?rola=nobody").Want(http.StatusOK).Says(house.Case(late).Number)
	house.SignIn("subscriber").Get("/pulpit/po-terminie").Want(http.StatusForbidden)
}

func TestWhatExpiresIsListedByMonth(t *testing.T) {
	house := pagestest.New(t)
	soon, later := house.Bring("partnership_agreement", "in_force"), house.Bring("twin_city_agreement", "in_force")
	house.SignIn("auditor").Get("/pulpit/wygasajace").Want(http.StatusOK).Check().Says("W tym czasie nic nie wygasa")
	house.Wait("2026-12-01")
	page := house.SignIn("auditor").Get("/pulpit/wygasajace").Want(http.StatusOK).Check().Says("marzec 2027", "1 marca 2027", "Koniec obowiązywania umowy", house.Case(soon).Title, house.Case(later).Title)
	if !strings.Contains(page.Body, `id="2027-03"`) {
		t.Error("the month cannot be led to")
	}
	house.Wait("2027-04-10")
	auditor := house.SignIn("auditor")
	auditor.Get("/pulpit/wygasajace").Want(http.StatusOK).Check().Says("kwiecień 2027", "po terminie o").Silent("marzec 2027")
	auditor.English().Get("/pulpit/wygasajace").Want(http.StatusOK).Check().Says("April 2027", "overdue by")
}
