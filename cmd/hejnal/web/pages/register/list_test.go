package register_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

// titles are those of the entries that a page lists, in their order.
func titles(page *pagestest.Page) []string {
	var found []string
	for _, row := range page.Rows("Wpisy rejestru") {
		found = append(found, row[0])
	}
	return found
}

// all are the titles of every page from the address on.
func all(t *testing.T, b *pagestest.Browser, address string) []string {
	t.Helper()
	var found []string
	for pages := 0; address != ""; pages++ {
		page := b.Get(address).Want(http.StatusOK).Check()
		found = append(found, titles(page)...)
		address = page.Link("Następna strona")
		if pages > 5 {
			t.Fatal("the pages have no end")
		}
	}
	return found
}

func TestTheRegisterOfKrakowIsListedWhole(t *testing.T) {
	h := pagestest.New(t)
	h.Visitor().Get("/rejestr").Want(http.StatusOK).Check().Says("Rejestr jest jeszcze pusty")
	ids := krakow(t, h)
	page := h.Visitor().Get("/rejestr").Want(http.StatusOK).Check().Says("wpisów", "Pobierz ten wynik", "nieznana")
	found := all(t, h.Visitor(), "/rejestr")
	seen := map[string]bool{}
	for _, title := range found {
		if seen[title] {
			t.Errorf("%s is listed twice", title)
		}
		seen[title] = true
		if ids[title] == "" {
			t.Errorf("%s is nobody's", title)
		}
	}
	if len(found) < 50 || page.Link(found[0]) != "/rejestr/"+ids[found[0]] {
		t.Errorf("there are %d entries; the first leads to %q", len(found), page.Link(found[0]))
	}
	h.Visitor().Get("/rejestr?status=past").Want(http.StatusOK).Check().Says("Zakończona data końca: nieznana", "data końca: 16 września 2022")
	h.Visitor().English().Get("/rejestr").Want(http.StatusOK).Check().Says("Register of international cooperation", "entries", "Download this result", "not known")
}

func TestFiltersNarrowAndStayInTheAddress(t *testing.T) {
	h := pagestest.New(t)
	krakow(t, h)
	b := h.Visitor()
	for query, want := range map[string]int{
		"country=DE": 5, "country=DE&form=sector_agreement": 2, "q=nurnberg": 1, "q=Norymberga": 1, "q=norymb&status=past": 0, "status=past&country=RU": 2,
		"field=sport": 1, "continent=asia&form=honorary_twin_title": 1, "year_from=1973&year_to=1973": 2, "q=miast+blizniaczych+kijow": 1,
		"form=nosuch&country=DE": 5,
	} {
		page := b.Get("/rejestr?" + query).Want(http.StatusOK).Check()
		if got := titles(page); len(got) != want {
			t.Errorf("%s finds %d: %q", query, len(got), got)
		}
	}
	page := b.Get("/rejestr?country=DE&q=umowa&sort=-since").Want(http.StatusOK).Check().Says("Kraj: Niemcy", "Szukaj: umowa")
	if got := page.Link("CSV"); got != "/api/v1/register.csv?country=DE&q=umowa" {
		t.Errorf("the file of this result is %q", got)
	}
	form := page.Form("/rejestr")
	if form.Values.Get("country") != "DE" || form.Values.Get("q") != "umowa" || form.Values.Get("sort") != "-since" {
		t.Errorf("the form holds %v", form.Values)
	}
	if got := page.Link("Usuń filtr: Kraj: Niemcy"); got != "/rejestr?q=umowa&sort=-since" {
		t.Errorf("without the filter it is %q", got)
	}
}

func TestTheListIsSortedByLinks(t *testing.T) {
	h := pagestest.New(t)
	krakow(t, h)
	b := h.Visitor()
	byTitle := all(t, b, "/rejestr")
	down := all(t, b, "/rejestr?sort=-title")
	slices.Reverse(down)
	if !slices.Equal(byTitle, down) {
		t.Errorf("%q\nis not %q turned round", byTitle, down)
	}
	page := b.Get("/rejestr?sort=since&country=DE").Want(http.StatusOK)
	if got := titles(page); got[0] != "Umowa o partnerstwie z Lipskiem" {
		t.Errorf("the oldest is %q", got[0])
	}
	sorted := pagestest.First(page.Root, func(n *html.Node) bool { return pagestest.Attribute(n, "aria-sort") == "ascending" })
	if sorted == nil || !strings.Contains(pagestest.Text(sorted), "Początek") {
		t.Error("no heading says that the list is sorted by it")
	}
	b.Get("/rejestr?sort=nosuch&po=nosuch").Want(http.StatusOK).Check()
}

func TestNothingFoundLeadsOn(t *testing.T) {
	h := pagestest.New(t)
	krakow(t, h)
	b := h.Visitor()
	page := b.Get("/rejestr?country=DE&field=culture").Want(http.StatusOK).Check().Says("Niczego nie znaleziono", "znaki diakrytyczne nie mają znaczenia", "Bez filtra „Dziedzina: Kultura”: 5 wpisów")
	if got := page.Link("Bez filtra „Dziedzina: Kultura”"); got != "/rejestr?country=DE" {
		t.Errorf("it leads to %q", got)
	}
	b.Get("/rejestr?country=DE&field=culture&q=zzz").Want(http.StatusOK).Check().Says("Tylko z filtrem „Kraj: Niemcy”: 5 wpisów")
	b.English().Get("/rejestr?country=DE&field=culture").Want(http.StatusOK).Check().Says("Nothing was found", "Without the filter", "5 entries")
}

func TestAFilterThatIsNoneIsSaidSo(t *testing.T) {
	h := pagestest.New(t)
	for query, want := range map[string]string{
		"year_from=abc": "Wpisz rok czterema cyframi", "year_to=19": "Wpisz rok czterema cyframi", "year_to=01991": "Wpisz rok czterema cyframi", "year_from=2000&year_to=1990": "Drugi rok nie może",
		"q=" + url.QueryEscape(strings.Repeat("a", 201)): "najwyżej 200 znaków",
	} {
		page := h.Visitor().Get("/rejestr?" + query).Want(http.StatusUnprocessableEntity).Check()
		if got := page.Errors(); len(got) != 1 || !strings.Contains(got[0], want) {
			t.Errorf("%s: %q", query, got)
		}
	}
}

func TestLinksOfTheRegisterCarryOnlyWhatThePageTook(t *testing.T) {
	h := pagestest.New(t)
	krakow(t, h)
	b := h.Visitor()
	for query, want := range map[string]string{
		"fbclid=abc&utm_source=x": "", "status=zzz&country=DE": "?country=DE", "cursor=abc": "", "sort=zzz": "", "country=DE&country=FR&x=1": "?country=DE", "q=+umowa+&sort=-title": "?q=umowa",
	} {
		page := b.Get("/rejestr?" + query).Want(http.StatusOK).Check()
		for link, file := range map[string]string{"CSV": "csv", "JSON Lines": "jsonl", "Atom": "atom"} {
			got := page.Link(link)
			if got != "/api/v1/register."+file+want {
				t.Errorf("%s: %s leads to %q", query, link, got)
			}
			b.Get(got).Want(http.StatusOK)
		}
	}
}

func TestAFilterOfNoSuchValueIsSaidToBeLeftOut(t *testing.T) {
	h := pagestest.New(t)
	krakow(t, h)
	for query, want := range map[string]string{"status=zzz": "„zzz” (Stan)", "country=XX": "„XX” (Kraj)", "form=x&country=DE": "„x” (Forma)"} {
		h.Visitor().Get("/rejestr?"+query).Want(http.StatusOK).Check().Says("Pominięto filtr, którego nie ma:", want)
	}
	h.Visitor().English().Get("/rejestr?status=zzz").Check().Says("A filter that there is not was left out:", "“zzz” (Status)")
	h.Visitor().Get("/rejestr?fbclid=abc&country=DE").Check().Silent("Pominięto filtr")
}

func TestAnEntryThatIsNewIsInTheRegisterAtOnce(t *testing.T) {
	h := pagestest.New(t)
	id := h.Bring("sector_agreement", "agreement_signed")
	h.Visitor().Get("/rejestr").Want(http.StatusOK).Silent(h.Case(id).Title)
	h.Do(id, "enter_into_force")
	page := h.Visitor().Get("/rejestr").Want(http.StatusOK).Says("Obowiązuje", "1 wpis")
	if got := page.Link(h.Case(id).Title); got != "/rejestr/"+id {
		t.Errorf("it leads to %q", got)
	}
}
