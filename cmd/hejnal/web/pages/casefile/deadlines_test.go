package casefile_test

import (
	"net/http"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

// TestADeadlineIsToldAsItEnded follows a resolution that was delivered in time, of which the voivode says nothing, and then one
// that the City gives up before anybody delivered it.
func TestADeadlineIsToldAsItEnded(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("twin_city_agreement", "resolution_adopted")
	told := func(heading string, browser *pagestest.Browser, texts ...string) {
		t.Helper()
		section := browser.Get("/sprawy/" + id).Want(http.StatusOK).Check().Section(heading).Text()
		for _, text := range texts {
			if !strings.Contains(section, text) {
				t.Errorf("%s lacks %q", section, text)
			}
		}
		for _, wrong := range []string{"po terminie", "nie dotrzymano", "overdue", "missed"} {
			if strings.Contains(section, wrong) {
				t.Errorf("%s says %q", section, wrong)
			}
		}
	}
	house.Do(id, "number_resolution")
	house.Do(id, "deliver_to_voivode")
	house.Wait("2026-04-02")
	official := house.SignIn("official")
	told("Terminy", official, "Przedłożenie uchwały wojewodzie: dotrzymano", "Rozstrzygnięcie nadzorcze wojewody: termin upłynął (1 kwietnia 2026)")
	house.Do(id, "record_no_objection")
	told("Terminy", official, "Rozstrzygnięcie nadzorcze wojewody: termin upłynął (1 kwietnia 2026)")
	told("Deadlines", official.English(), "Voivode's window for a ruling: over (1 April 2026)")
	_, held := packetOf(t, official, id)
	pagestest.Parse(t, held["sprawa.html"]).Says("termin upłynął").Silent("nie dotrzymano")

	id = house.Bring("twin_city_agreement", "resolution_adopted")
	house.Do(id, "redraft")
	told("Terminy", official, "Przedłożenie uchwały wojewodzie: nie biegnie")
	told("Deadlines", official.English(), "Delivery of the resolution to the voivode: stopped")
	_, held = packetOf(t, official, id)
	pagestest.Parse(t, held["sprawa.html"]).Says("nie biegnie")
}
