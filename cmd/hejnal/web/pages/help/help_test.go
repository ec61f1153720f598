package help_test

import (
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"
	"golang.org/x/net/html"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

const path = "/pomoc"

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestHelpIsForEverybodyInBothLanguages(t *testing.T) {
	house := pagestest.New(t)
	for _, browser := range []*pagestest.Browser{house.Visitor(), house.SignIn("official"), house.SignIn("subscriber")} {
		polish := browser.Get(path).Want(http.StatusOK).Check()
		english := browser.English().Get(path).Want(http.StatusOK).Check()
		for heading, other := range map[string]string{
			"Biuro współpracy międzynarodowej": "International-cooperation office", "Radcy prawni": "Lawyers", "Gabinet Prezydenta": "President's office",
			"Kancelaria Rady": "Council secretariat", "Kontrola i archiwum": "Audit and archive", "Mieszkańcy": "Residents", "Słowniczek": "Glossary",
			"Klawiatura i czytniki ekranu": "Keyboard and screen readers", "Kontakt": "Contact",
		} {
			if polish.Section(heading).Text() == "" || english.Section(other).Text() == "" {
				t.Errorf("%q or %q stands over nothing", heading, other)
			}
		}
	}
}

func TestTheFooterOfEveryPageLeadsToHelp(t *testing.T) {
	house := pagestest.New(t)
	for _, address := range []string{"/", "/logowanie", "/nie-ma-takiej-strony"} {
		if got := house.Visitor().Get(address).Link("Pomoc"); got != path {
			t.Errorf("%s: help is at %q", address, got)
		}
	}
}

// elsewhere are pages that have tests of their own.
var elsewhere = map[string]bool{"/zastepstwa": true, "/pulpit": true, "/rejestr": true}

func TestWhatHelpLeadsToIsThere(t *testing.T) {
	house := pagestest.New(t)
	everybody := house.SignIn("everybody")
	page := everybody.Get(path)
	for _, link := range pagestest.Every(pagestest.First(page.Root, pagestest.Tag("main")), pagestest.Tag("a")) {
		href := hrefOf(link)
		if strings.HasPrefix(href, "#") || elsewhere[href] {
			continue
		}
		if status := everybody.Get(href).Status; status != http.StatusOK {
			t.Errorf("%s answers %d", href, status)
		}
	}
}

func hrefOf(link *html.Node) string { return pagestest.Attribute(link, "href") }
