package figures_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/legacy"
	"hejnal/cmd/hejnal/web/pages/pagestest"
)

// withRegister is a house whose register has what Kraków's has.
func withRegister(t *testing.T) *pagestest.House {
	t.Helper()
	house := pagestest.New(t)
	entries, err := legacy.Krakow()
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if _, err := house.Engine.ImportLegacy(t.Context(), engine.Request{By: house.By("official")}, entry); err != nil {
			t.Fatal(err)
		}
	}
	return house
}

func TestTheTimelineShowsTheRegisterCountryByCountry(t *testing.T) {
	house := withRegister(t)
	for path, browser := range map[string]*pagestest.Browser{
		"/pulpit/linia-czasu": house.SignIn("auditor"), "/kraje/linia-czasu": house.Visitor(),
	} {
		page := browser.Get(path).Want(http.StatusOK).Check().Says("Umowy na osi czasu: Europa", "Niemcy", "Norymberga", "Umowa o partnerstwie między miastami", "od 1991")
		browser.English().Get(path).Want(http.StatusOK).Check().Says("Agreements through the years: Europe", "Germany", "since 1991")
		for _, svg := range pagestest.Every(page.Root, pagestest.Tag("svg")) {
			if pagestest.Attribute(svg, "aria-hidden") != "true" {
				t.Errorf("%s: a bar is read aloud beside its years", path)
			}
		}
		staff := strings.Contains(page.Body, `href="/sprawy/`)
		if public := strings.Contains(page.Body, `href="/rejestr/`); staff == public || staff != strings.HasPrefix(path, "/pulpit") {
			t.Errorf("%s leads to cases: %v, to the register: %v", path, staff, public)
		}
		asia := browser.Get(path + "?kontynent=asia").Want(http.StatusOK).Check().Says("Azja")
		asia.Silent("Norymberga")
	}
	house.Visitor().Get("/pulpit/linia-czasu").Want(http.StatusSeeOther)
}

func TestBarsOfTheTimelineLieOnTheAxis(t *testing.T) {
	page := withRegister(t).Visitor().Get("/kraje/linia-czasu").Want(http.StatusOK)
	bars := 0
	onAxis := func(n *html.Node) bool {
		return pagestest.Tag("rect")(n) && strings.HasSuffix(pagestest.Attribute(n, "x"), "%")
	}
	for _, rect := range pagestest.Every(page.Root, onAxis) {
		bars++
		x, width := percentOf(t, rect, "x"), percentOf(t, rect, "width")
		if x < 0 || width <= 0 || x+width > 101 {
			t.Errorf("a bar lies from %g%% over %g%%", x, width)
		}
		if fill := pagestest.Attribute(rect, "fill"); strings.HasPrefix(fill, "url(#") {
			id := strings.TrimSuffix(strings.TrimPrefix(fill, "url(#"), ")")
			if !slices.ContainsFunc(pagestest.Every(page.Root, pagestest.Tag("pattern")), func(n *html.Node) bool { return pagestest.Attribute(n, "id") == id }) {
				t.Errorf("there is no pattern %s", id)
			}
		}
	}
	if bars < 10 {
		t.Errorf("%d bars", bars)
	}
}

func percentOf(t *testing.T, n *html.Node, name string) float64 {
	t.Helper()
	value, err := strconv.ParseFloat(strings.TrimSuffix(pagestest.Attribute(n, name), "%"), 64)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestTheTimelineShowsCurrentEntriesAloneWhenAsked(t *testing.T) {
	house := pagestest.New(t)
	house.Bring("partnership_agreement", "terminated")
	all := house.Visitor().Get("/kraje/linia-czasu").Want(http.StatusOK).Check().Says("Bordeaux")
	current := all.Link("Pokaż tylko obowiązujące")
	house.Visitor().Get(current).Want(http.StatusOK).Check().Silent("Bordeaux").Says("W rejestrze nie ma takich wpisów", "Pokaż także zakończone")
}

func TestPagesOfAnEmptyInstallationSaySo(t *testing.T) {
	house := pagestest.New(t)
	auditor := house.SignIn("auditor")
	for path, want := range map[string][2]string{
		"/pulpit/linia-czasu": {"W rejestrze nie ma takich wpisów", "The register has no such entries"},
		"/kraje/linia-czasu":  {"W rejestrze nie ma takich wpisów", "The register has no such entries"},
		"/pulpit/po-terminie": {"Żadne zadanie nie jest po terminie", "No task is overdue"},
		"/pulpit/wygasajace":  {"W tym czasie nic nie wygasa", "Nothing expires in that time"},
	} {
		auditor.Get(path).Want(http.StatusOK).Check().Says(want[0])
		auditor.English().Get(path).Want(http.StatusOK).Check().Says(want[1])
	}
}
