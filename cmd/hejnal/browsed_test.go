package main_test

import (
	"path"
	"strings"
	"testing"

	"hejnal/tools/browser"
)

// ownPassword is what people of these tests change their one-time password to.
const ownPassword = "korale wiatr lajkonik"

// arrive is somebody new of the role at their own browser: they sign in with a one-time password and choose one of their own.
func arrive(t *testing.T, s *server, login, role string) *browser.Visitor {
	t.Helper()
	v := browser.New(t, s.url)
	_, once, _ := strings.Cut(hejnal(t, s.data, "user", "add", login, "--role", role), "one-time password: ")
	v.Open("/logowanie")
	v.Fill("Login", login)
	v.Fill("Hasło", once)
	v.Click("main > Zaloguj się")
	v.Sees("Hasło jednorazowe")
	v.Fill("Hasło jednorazowe", once)
	v.Fill("Nowe hasło", ownPassword)
	v.Fill("Nowe hasło jeszcze raz", ownPassword)
	v.Send()
	v.Sees("Moje zadania")
	return v
}

// TestWhatIsDoneInABrowserIsHeardOnTheBusAndAtOtherDesks runs the program as its users do: pages, store and NATS of one process.
func TestWhatIsDoneInABrowserIsHeardOnTheBusAndAtOtherDesks(t *testing.T) {
	browser.New(t, "http://127.0.0.1:1") // where there is no browser, nothing is started
	s := start(t, t.TempDir(), "")
	council := follow(t, enter(t, s, "krakow.cooperation.transition.>"), "krakow.cooperation.transition.>", "--from-start")
	official, lawyer := arrive(t, s, "anna.nowak", "official"), arrive(t, s, "jan.kowal", "lawyer")
	lawyer.Open("/zadania")
	lawyer.Sees("Nie masz zadań")

	official.Open("/sprawy/nowa")
	official.Choose("Umowa branżowa")
	official.Send()
	official.Fill("Nazwa po polsku", "Gandawa")
	official.Select("Kraj", "Belgia")
	official.Choose("Czym jest partner? > Miasto")
	official.Click("Dalej z nowym partnerem")
	official.Fill("Tytuł sprawy", "Umowa branżowa z Gandawą")
	official.Choose("Kultura")
	official.Click("Zapisz i dalej")
	official.Click("Otwórz sprawę")
	id := path.Base(strings.Split(official.URL(), "?")[0])
	wantLine(t, council.next(), "krakow.cooperation.transition.sector_agreement.proposal_opened."+id)

	official.Open("/sprawy/" + id)
	official.Click("Co możesz zrobić > Zgłoś propozycję")
	official.Send()
	official.Sees("Zapisano jako wpis")
	wantLine(t, council.next(), "krakow.cooperation.transition.sector_agreement.proposed."+id)

	lawyer.Sees("Coś się tu zmieniło.", "Nie masz zadań") // a line is added, and nothing else moves
	lawyer.Click("Odśwież")
	lawyer.Sees("Umowa branżowa z Gandawą")

	s.kill()
	s = start(t, s.data, "", "--listen", strings.TrimPrefix(s.url, "http://"))
	lawyer.Reload()
	lawyer.Sees("Umowa branżowa z Gandawą") // nobody has to sign in anew
	for _, v := range []*browser.Visitor{official, lawyer} {
		for _, wrong := range v.Violations() {
			t.Error(wrong)
		}
	}
	stop(t, s)
}
