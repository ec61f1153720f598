package journeys_test

import (
	"net/http"
	"testing"
	"time"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

const remark = "Burmistrz prosi o odpowiedź do końca miesiąca."

func TestWhoLosesARaceKeepsTheirTextAndLearnsWhoWasQuicker(t *testing.T) {
	house := pagestest.New(t)
	m := newMatter(t, house)
	m.id = house.Bring("sector_agreement", "contacts")
	m.begin(step{by: "official", act: "Odnotuj kontakt", fill: [][2]string{{"Notatka", remark}}})
	m.do(step{by: "official-2", act: "Odnotuj kontakt", fill: [][2]string{{"Notatka", "Spotkanie w Brukseli"}}})
	v := m.by("official")
	v.Send()
	if v.Status() != http.StatusConflict {
		t.Errorf("status %d", v.Status())
	}
	v.Sees("Ktoś był szybszy", "official-2 Nowak")
	if got := v.Value("Notatka"); got != remark {
		t.Errorf("the field holds %q", got)
	}
	if !v.Asks() {
		t.Error("the text is lost without a question")
	}
	v.Send()
	v.Sees("Zapisano jako wpis")
	if v.Asks() {
		t.Error("there is a question where nothing is typed")
	}
	m.sound()
}

func TestWhenTheCaseHasMovedOnTheTextIsStillThere(t *testing.T) {
	house := pagestest.New(t)
	m := newMatter(t, house)
	m.id = house.Bring("sector_agreement", "contacts")
	m.begin(step{by: "official", act: "Odnotuj kontakt", fill: [][2]string{{"Notatka", remark}}})
	m.do(step{by: "official-2", act: "Zgłoś propozycję"})
	v := m.by("official")
	v.Send()
	v.Sees("Ktoś był szybszy", "official-2 Nowak", "Twój tekst jest poniżej")
	if got := v.Value("Notatka"); got != remark {
		t.Errorf("the text is %q", got)
	}
	m.sound()
}

func TestASessionThatHasEndedKeepsTheText(t *testing.T) {
	house := pagestest.New(t)
	m := newMatter(t, house)
	m.id = house.Bring("sector_agreement", "contacts")
	m.begin(step{by: "official", act: "Odnotuj kontakt", fill: [][2]string{{"Notatka", remark}}})
	house.Pass(8 * 24 * time.Hour)
	v := m.by("official")
	v.Send()
	if v.Status() != http.StatusUnauthorized {
		t.Errorf("status %d", v.Status())
	}
	v.Sees("Sesja wygasła", "Twój tekst jest zachowany")
	v.Fill("Login", "official")
	v.Fill("Hasło", pagestest.Password)
	v.Click("main > Zaloguj się")
	v.Sees("Formularza jeszcze nie wysłano")
	if !v.Asks() {
		t.Error("the text is lost without a question")
	}
	if got := v.Value("Notatka"); got != remark {
		t.Errorf("the field holds %q", got)
	}
	v.Send()
	v.Sees("Zapisano jako wpis")
	m.sound()
}

func TestFourEyesAreExplainedToWhoeverHasOnlyTwo(t *testing.T) {
	house := pagestest.New(t)
	m := newMatter(t, house)
	m.id = house.Bring("sector_agreement", "assessment")
	house.Attach(m.id, "legal_opinion", "lawyer")
	m.do(step{by: "everybody", act: "Ukończ projekt uchwały", choose: []string{"Czas określony"}, attach: []string{"Projekt uchwały", "Uzasadnienie projektu", "Tekst umowy"}})
	m.begin(step{by: "everybody", act: "Przekaż projekt Radzie", fill: [][2]string{{"Numer zarządzenia", "1234/2026"}}, attach: []string{"Zarządzenie Prezydenta"}})
	v := m.by("everybody")
	v.Sees("Co stoi na przeszkodzie", "Zasada dwóch par oczu", "Musi to zrobić inna osoba")
	v.Send()
	if v.Status() != http.StatusConflict {
		t.Errorf("status %d", v.Status())
	}
	v.Sees("Nie zrobiono tego, bo:", "Zasada dwóch par oczu", "nie został dołączony")
	if got := v.Value("Numer zarządzenia"); got != "1234/2026" {
		t.Errorf("the field holds %q", got)
	}
	m.do(step{by: "president", act: "Przekaż projekt Radzie", fill: [][2]string{{"Numer zarządzenia", "1234/2026"}}, attach: []string{"Zarządzenie Prezydenta"}})
	m.sound()
}
