package cases_test

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

// languageOf is the language in which a text of a page is read.
func languageOf(n *html.Node) string {
	for ; n != nil; n = n.Parent {
		if language := pagestest.Attribute(n, "lang"); language != "" {
			return language
		}
	}
	return ""
}

func TestTitlesAreReadInPolishOnEnglishPages(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "on_agenda")
	proposal := house.Case(id)
	day := "/sesje/" + string(house.Today())
	for login, addresses := range map[string][]string{
		"official":    {"/sprawy", "/sprawy/" + id, "/szukaj?q=" + proposal.Number, "/partnerzy/" + proposal.Partner.ID},
		"secretariat": {"/zadania", "/zadania/grupa", "/sekretariat", day, day + "/glosowania", "/sprawy/" + id + "/czynnosci/record_vote"},
	} {
		reader := house.SignIn(login).English()
		for _, address := range addresses {
			page := reader.Get(address).Want(http.StatusOK).Check()
			titles := pagestest.Every(pagestest.First(page.Root, pagestest.Tag("main")), func(n *html.Node) bool {
				return n.Type == html.TextNode && strings.TrimSpace(n.Data) == proposal.Title
			})
			if len(titles) == 0 {
				t.Errorf("%s does not show the title", address)
			}
			for _, title := range titles {
				if got := languageOf(title); got != "pl" {
					t.Errorf("%s: the title is read in %q", address, got)
				}
			}
		}
	}
}
