package casefile_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/pagestest"
)

// say writes remarks with the numbers from 1 on.
func say(t *testing.T, house *pagestest.House, id string, remarks int) {
	t.Helper()
	for n := range remarks {
		if _, err := house.Engine.Comment(t.Context(), engine.Request{By: house.By("lawyer")}, id, fmt.Sprintf("uwaga %d.", n+1)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheHistoryTellsTheNewestRemarks(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("sector_agreement")
	say(t, house, id, 203)
	page := house.SignIn("official").Get("/sprawy/" + id + "/historia?pokaz=rozmowa").Want(http.StatusOK).Check()
	page.Says("uwaga 203.", "uwaga 184.").Silent("uwaga 183.", "Jeszcze starsze uwagi")
	last := page
	for next := "/"; next != ""; next = last.Link("Starsze wpisy") {
		if next != "/" {
			last = house.SignIn("official").Get(next).Want(http.StatusOK)
		}
	}
	last.Check().Says("uwaga 4.", "Jeszcze starsze uwagi są w rozmowie").Silent("uwaga 3.")
	house.SignIn("official").Get(last.Link("Zobacz rozmowę od początku")).Check().Says("uwaga 1.")
}

func TestNewRemarksAreToldToWhomACaseComesBack(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "submitted_to_council")
	house.Do(id, "return_for_correction")
	say(t, house, id, 203)
	house.SignIn("official").Get(actPath(id, "complete_draft")).Check().Says(meanwhileTitle, "uwaga 203.").Silent("uwaga 190.")
}

func TestThePathOfALongCaseLeadsToWhereItIs(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("sector_agreement")
	_, contact := house.Prepare(id, "record_contact")
	for range 501 {
		if _, err := house.Engine.Advance(t.Context(), engine.Request{By: house.By("official")}, id, contact); err != nil {
			t.Fatal(err)
		}
	}
	house.Do(id, "propose")
	page := house.SignIn("official").Get("/sprawy/" + id).Want(http.StatusOK).Check()
	steps := pagestest.Every(page.Root, pagestest.Class("hj-path__step--done"))
	if len(steps) != 1 || !strings.Contains(pagestest.Text(steps[0]), "official Nowak") {
		t.Errorf("%d states were left", len(steps))
	}
	page.Says("Publiczne w ostatnich czynnościach: 0 wpisów historii")
}
