package help_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"
	"golang.org/x/net/html"

	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/workflow"
	"hejnal/workflow/workflowtest"
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

func TestHelpTellsWhoDeliversAResolutionToTheVoivode(t *testing.T) {
	house := pagestest.New(t)
	house.Visitor().Get(path).Says("Wojewodzie przedkłada ją w ciągu 7 dni biuro współpracy międzynarodowej.", "strona mówi, co to jest", "strona powie, kto i co zrobił")
}

func TestTheFooterOfEveryPageLeadsToHelp(t *testing.T) {
	house := pagestest.New(t)
	for _, address := range []string{"/", "/logowanie", "/nie-ma-takiej-strony"} {
		if got := house.Visitor().Get(address).Link("Pomoc"); got != path {
			t.Errorf("%s: help is at %q", address, got)
		}
	}
}

// TestWhatHelpSaysOfWhoMayNotIsSo holds the sentences on four eyes and on the legal opinion against the definitions.
func TestWhatHelpSaysOfWhoMayNotIsSo(t *testing.T) {
	page := pagestest.New(t).Visitor().Get(path)
	for heading, says := range map[string]string{
		"Gabinet Prezydenta": "kto ukończył projekt, nie przekazuje go Radzie, a kto przygotował podpisanie, nie podpisuje umowy",
		"Radcy prawni":       "Opinia prawna liczy się tylko wtedy, gdy dołączył ją radca",
	} {
		if text := page.Section(heading).Text(); !strings.Contains(text, says) || strings.Contains(text, "nie wydaje o nim opinii") {
			t.Errorf("%s: %s", heading, text)
		}
	}
	office, err := workflowtest.NewOffice()
	if err != nil {
		t.Fatal(err)
	}
	definition, _ := office.InForce("twin_city_agreement")
	for _, transition := range definition.Transitions {
		other := map[string]string{"submit_to_council": "complete_draft", "sign_agreement": "prepare_signing"}[transition.ID]
		if other != "" && !slices.Contains(transition.NotBy, other) || transition.ID == "give_legal_opinion" && len(transition.NotBy) > 0 {
			t.Errorf("%s is not made by who made %v", transition.ID, transition.NotBy)
		}
		if transition.ID == "complete_draft" && !slices.ContainsFunc(transition.Documents, func(asked workflow.DocumentSource) bool {
			return slices.Contains(asked.AnyOf, "legal_opinion") && slices.Equal(asked.By, []workflow.Role{workflow.Lawyer})
		}) {
			t.Error("anybody's opinion counts")
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
