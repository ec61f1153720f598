package journeys_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/tools/browser"
)

func TestACaseIsOpenedAndMovedWithoutScripts(t *testing.T) {
	house := pagestest.New(t)
	m := newMatter(t, house, browser.WithoutScript())
	m.open("Umowa branżowa", "Liège", "Umowa branżowa z Liège", "Miasto")
	m.do(step{by: "official", act: "Odnotuj kontakt", fill: [][2]string{{"Notatka", "Rozmowa z burmistrzem"}}})
	m.do(step{by: "official", act: "Zgłoś propozycję"})
	m.do(step{by: "lawyer", act: "Wydaj opinię prawną", choose: []string{"Z uwagami"}, attach: []string{"Opinia prawna"}})
	v := m.by("official")
	m.begin(step{by: "official", act: "Ukończ projekt uchwały"})
	v.Send()
	if v.Status() < http.StatusBadRequest {
		t.Errorf("a draft without documents is answered with %d", v.Status())
	}
	v.Sees("Projekt uchwały")
	if state := house.Case(m.id).State; state != "assessment" {
		t.Errorf("the case is in %s", state)
	}
	m.sound()
}

func TestAResidentReadsTheRegisterWithoutSigningIn(t *testing.T) {
	house := pagestest.New(t)
	house.Bring("sector_agreement", "in_force")
	known := house.Bring("sector_agreement", "contacts")
	for _, options := range [][]browser.Option{nil, {browser.WithoutScript(), browser.Width(browser.Phone)}} {
		v := browser.New(t, house.URL, options...)
		v.Open("/")
		v.Click("Główna nawigacja > Rejestr")
		v.Sees("Bordeaux 1")
		v.Click("Współpraca z: Bordeaux 1")
		v.Sees("Umowa branżowa", "Francja")
		v.SeesNot("official Nowak", "president Nowak")
		v.Open("/rejestr/" + known)
		if v.Status() != http.StatusNotFound {
			t.Errorf("a case that is not public is answered with %d", v.Status())
		}
		v.Open("/sprawy/" + known)
		if v.Heading() != "Zaloguj się" {
			t.Errorf("a case shows %q to a visitor", v.Heading())
		}
		if wrong := v.Violations(); len(wrong) > 0 {
			t.Error(wrong)
		}
	}
}

func TestTheListOfCasesIsATableThatSortsWhereThereIsRoom(t *testing.T) {
	house := pagestest.New(t)
	house.Begin("sector_agreement")
	m := newMatter(t, house)
	v := m.by("official")
	v.Open("/sprawy")
	v.SeesNot("Znak:")
	v.Click("Termin")
	if !strings.Contains(v.URL(), "sort=due") {
		t.Errorf("sorting by the due date leads to %s", v.URL())
	}
}

func TestATaskIsDoneByKeysAlone(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "submitted_to_council")
	v := browser.New(t, house.URL)
	v.Open("/logowanie")
	reach(t, v, `textbox "Login"`)
	v.Type("secretariat")
	reach(t, v, `textbox "Hasło"`)
	v.Type(pagestest.Password)
	v.Press("Enter")
	v.Open("/sprawy/" + id + "/czynnosci/register_print")
	reach(t, v, `link "Przejdź do treści"`)
	v.Press("Enter")
	reach(t, v, `textbox "Numer druku"`)
	v.Press("Enter")
	if focused := v.Focused(); !strings.Contains(focused, "alert") && !strings.Contains(focused, "Popraw") {
		t.Errorf("after an error the focus is on %s", focused)
	}
	reach(t, v, `textbox "Numer druku"`)
	v.Type("1234")
	v.Press("Enter")
	reach(t, v, `button "Zatwierdź: Zarejestruj druk"`)
	v.Press("Enter")
	v.Sees("Zapisano jako wpis")
	if state := house.Case(id).State; state != "print_registered" {
		t.Errorf("the case is in %s", state)
	}
}

// reach presses Tab until something has the focus.
func reach(t *testing.T, v *browser.Visitor, wanted string) {
	t.Helper()
	var passed []string
	for range 80 {
		v.Press("Tab")
		now := v.Focused()
		if now == wanted {
			return
		}
		if !slices.Contains(passed, now) {
			passed = append(passed, now)
		}
	}
	t.Fatalf("Tab does not reach %s at %s, but %q", wanted, v.URL(), passed)
}
