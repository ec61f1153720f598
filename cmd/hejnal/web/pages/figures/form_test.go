package figures_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

func TestThePageOfEveryFormTellsItsStepsAsTheDefinitionHasThem(t *testing.T) {
	house := pagestest.New(t)
	for language, browser := range map[string]*pagestest.Browser{"pl": house.Visitor(), "en": house.Visitor().English()} {
		for _, form := range house.Engine.Forms() {
			t.Run(form.Form+" "+language, func(t *testing.T) {
				page := browser.Get("/formy/" + form.Form).Want(http.StatusOK).Check()
				page.Says(form.Title.In(language), form.Source.Summary.In(language), form.Source.Result.In(language), form.Source.Basis)
				for _, transition := range form.Transitions {
					if transition.Call == "" {
						page.Says(transition.Title.In(language), transition.Basis)
					}
				}
				for _, state := range form.States {
					page.Says(state.Title.In(language))
				}
				if numbers := numbersOf(page); !slices.IsSorted(numbers) || len(numbers) == 0 {
					t.Errorf("steps are numbered %v", numbers)
				}
			})
		}
	}
}

// numbersOf are the numbers of the steps, as letters that sort like them.
func numbersOf(page *pagestest.Page) []string {
	var numbers []string
	for _, list := range pagestest.Every(page.Root, pagestest.Class("hj-path--on")) {
		for _, item := range pagestest.Every(list, func(n *html.Node) bool { return pagestest.Tag("li")(n) && pagestest.Attribute(n, "value") != "" }) {
			number := pagestest.Attribute(item, "value")
			numbers = append(numbers, strings.Repeat("0", 3-len(number))+number)
		}
	}
	return numbers
}

func TestThePageOfAFormSaysWhoDecides(t *testing.T) {
	browser := pagestest.New(t).Visitor()
	for form, want := range map[string]string{
		"twin_city_agreement": "zwykła większość", "association_membership": "bezwzględna większość ustawowego składu", "eu_programme": "bez uchwały Rady",
	} {
		browser.Get("/formy/" + form).Want(http.StatusOK).Says(want)
	}
	browser.Get("/formy/association_membership").Says("Minister właściwy do spraw zagranicznych: zgoda")
	browser.Get("/formy/marriage").Want(http.StatusNotFound)
	browser.Get("/formy/domestic_membership").Want(http.StatusNotFound)
}

func TestThePageOfAFormIsDrawnTwiceAndOffersTheDrawing(t *testing.T) {
	browser := pagestest.New(t).Visitor()
	page := browser.Get("/formy/sector_agreement").Want(http.StatusOK)
	if drawings := len(pagestest.Every(page.Root, pagestest.Class("diagram"))); drawings != 2 {
		t.Errorf("%d drawings", drawings)
	}
	file := browser.Get(page.Link("Pobierz schemat (SVG)")).Want(http.StatusOK)
	if kind := file.Header.Get("Content-Type"); kind != "image/svg+xml" {
		t.Errorf("the drawing is %s", kind)
	}
	front := browser.Get("/").Want(http.StatusOK)
	for _, form := range []string{"sector_agreement", "eu_programme"} {
		if !strings.Contains(front.Body, `href="/formy/`+form+`"`) {
			t.Errorf("the first page does not lead to %s", form)
		}
	}
}
