package figures_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"hejnal/cmd/hejnal/web"
	"hejnal/cmd/hejnal/web/pages/figures"
	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/store"
)

// figuresOf are the numbers of a dashboard by what they are.
func figuresOf(page *pagestest.Page) map[string]string {
	found := map[string]string{}
	for _, figure := range pagestest.Every(page.Root, pagestest.Class("hj-figure")) {
		what := pagestest.First(figure, pagestest.Class("hj-figure__what"))
		found[pagestest.Text(what)] = pagestest.Text(pagestest.First(figure, pagestest.Class("hj-figure__n")))
	}
	return found
}

func TestTheDashboardCountsWhatThereIs(t *testing.T) {
	house := pagestest.New(t)
	house.Bring("partnership_agreement", "with_partner")
	house.Bring("twin_city_agreement", "on_agenda")
	house.Bring("sector_agreement", "withdrawn")
	inForce := house.Bring("partnership_agreement", "in_force")
	back := house.Bring("twin_city_agreement", "submitted_to_council")
	house.Do(back, "return_for_correction")
	house.Wait("2027-01-20")
	page := house.SignIn("auditor").Get("/pulpit").Want(http.StatusOK).Check()
	found := figuresOf(page)
	for what, want := range map[string]string{
		"Sprawy w toku": "4", "Czekają poza Urzędem": "1", "Wygasają w ciągu 180 dni": "1", "Sprawy zwrócone choć raz": "20%",
	} {
		if found[what] != want {
			t.Errorf("%s: %s, want %s", what, found[what], want)
		}
	}
	if len(found) != 6 || found["Zadania po terminie"] == "0" {
		t.Errorf("figures: %v", found)
	}
	page.Says("Stan na 20 stycznia 2027", "Jak liczymy", "Liczymy role, nie osoby", "Partner: Uzgadnianie z partnerem", "marzec 2027")
	page.Silent("official Nowak", "secretariat Nowak")
	house.SignIn("auditor").Get(page.Link("4 Sprawy w toku")).Want(http.StatusOK).Check().Says("4 sprawy", "tylko w toku")
	house.SignIn("auditor").Get("/pulpit/wygasajace").Want(http.StatusOK).Says(house.Case(inForce).Title)
	english := house.SignIn("official").English().Get("/pulpit").Want(http.StatusOK).Check().Says("As of 20 January 2027", "Open cases", "Roles are counted, not people", "March 2027")
	if figuresOf(english)["Open cases"] != "4" {
		t.Errorf("in English: %v", figuresOf(english))
	}
}

func TestEveryBarOfTheDashboardLeadsToAPageThatThereIs(t *testing.T) {
	house := pagestest.New(t)
	house.Bring("partnership_agreement", "with_partner")
	back := house.Bring("twin_city_agreement", "submitted_to_council")
	house.Do(back, "return_for_correction")
	house.Bring("partnership_agreement", "in_force")
	house.Wait("2026-12-01")
	auditor := house.SignIn("auditor")
	page := auditor.Get("/pulpit").Want(http.StatusOK)
	bars := 0
	for _, chart := range pagestest.Every(page.Root, pagestest.Class("hj-chart")) {
		for _, link := range pagestest.Every(chart, pagestest.Tag("a")) {
			bars++
			href, _, _ := strings.Cut(pagestest.Attribute(link, "href"), "#")
			auditor.Get(href).Want(http.StatusOK).Check()
		}
	}
	if bars < 8 {
		t.Errorf("%d bars lead anywhere", bars)
	}
	list := auditor.Get(page.Link("Wróciły choć raz")).Want(http.StatusOK)
	list.Says(house.Case(back).Number, "zwrócone do poprawy choć raz", "otwarte od: 1 grudnia 2025")
	if rows := pagestest.Every(list.Root, func(n *html.Node) bool {
		return pagestest.Tag("a")(n) && strings.HasPrefix(pagestest.Attribute(n, "href"), "/sprawy/0")
	}); len(rows) != 1 {
		t.Errorf("%d cases came back", len(rows))
	}
}

func TestTheDashboardOfAnEmptyInstallationSaysWhatIsNotThere(t *testing.T) {
	house := pagestest.New(t)
	page := house.SignIn("auditor").Get("/pulpit").Want(http.StatusOK).Check()
	page.Says("Nie ma żadnej sprawy w toku", "nie wykonano żadnego zadania", "Żadne zadanie nie jest po terminie", "nie otwarto żadnej sprawy", "Żadna sprawa nie czeka", "Nic nie wygasa")
	if found := figuresOf(page); found["Sprawy w toku"] != "0" || found["Sprawy zwrócone choć raz"] != "–" || found["Mediana na krok, 12 miesięcy"] != "brak danych" {
		t.Errorf("figures: %v", found)
	}
	house.SignIn("auditor").English().Get("/pulpit").Want(http.StatusOK).Check().Says("No case is open", "no data")
	house.SignIn("subscriber").Get("/pulpit").Want(http.StatusForbidden)
	house.Visitor().Get("/pulpit").Want(http.StatusSeeOther)
}

// counting is a store that counts how often it is asked to count, and fails when told to.
type counting struct {
	web.Store
	mu     sync.Mutex
	asked  int
	failed error
	done   chan struct{} // gets one for each counting that ended
}

// Figures counts.
func (c *counting) Figures(ctx context.Context, asked store.FiguresRequest) (store.CaseFigures, error) {
	defer func() { c.done <- struct{}{} }()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked++
	if c.failed != nil {
		return store.CaseFigures{}, c.failed
	}
	return c.Store.Figures(ctx, asked)
}

func (c *counting) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failed = err
}

func (c *counting) times() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.asked
}

func countingHouse(t *testing.T) (*pagestest.House, *counting) {
	t.Helper()
	counter := &counting{done: make(chan struct{}, 100)}
	return pagestest.New(t, func(options *web.Options) { counter.Store, options.Store = options.Store, counter }), counter
}

// until asks for the dashboard until it shows so many open cases.
func until(t *testing.T, browser *pagestest.Browser, want string) {
	t.Helper()
	for range 1_000 {
		if figuresOf(browser.Get("/pulpit").Want(http.StatusOK))["Sprawy w toku"] == want {
			return
		}
	}
	t.Fatalf("the dashboard never shows %s cases", want)
}

func TestTheDashboardCountsOnceAMinute(t *testing.T) {
	house, counter := countingHouse(t)
	auditor := house.SignIn("auditor")
	for range 5 {
		auditor.Get("/pulpit").Want(http.StatusOK)
	}
	house.Begin("sector_agreement")
	if found := figuresOf(auditor.Get("/pulpit")); found["Sprawy w toku"] != "0" || counter.times() != 1 {
		t.Errorf("counted %d times: %v", counter.times(), found)
	}
	house.Pass(2 * time.Minute)
	until(t, auditor, "1") // the first answers what was counted before
	if counter.times() != 2 {
		t.Errorf("counted %d times", counter.times())
	}
}

func TestTheDashboardKeepsWhatItHasWhileCountingFails(t *testing.T) {
	house, counter := countingHouse(t)
	auditor := house.SignIn("auditor")
	counter.fail(errors.New("the disk broke"))
	auditor.Get("/pulpit").Want(http.StatusInternalServerError)
	auditor.Get("/pulpit").Want(http.StatusInternalServerError)
	if counter.times() != 1 {
		t.Errorf("counted %d times within a minute", counter.times())
	}
	counter.fail(nil)
	house.Begin("sector_agreement")
	house.Pass(2 * time.Minute)
	until(t, auditor, "1")
	counter.fail(errors.New("the disk broke"))
	house.Pass(2 * time.Minute)
	auditor.Get("/pulpit").Want(http.StatusOK)
	for range 3 {
		<-counter.done
	}
	until(t, auditor, "1")
}

func TestTheFirstReaderWaitsNoLongerThanSaid(t *testing.T) {
	hold, released := make(chan struct{}), make(chan struct{})
	slow := func(context.Context) error {
		<-hold
		close(released)
		return nil
	}
	if err := figures.AskFirst(t.Context(), time.Millisecond, slow); !errors.Is(err, figures.ErrCounting) {
		t.Errorf("answer: %v", err)
	}
	close(hold)
	<-released
	if err := figures.AskFirst(t.Context(), time.Minute, func(context.Context) error { return nil }); err != nil {
		t.Errorf("answer: %v", err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	blocked := make(chan struct{})
	defer close(blocked)
	if err := figures.AskFirst(gone, time.Minute, func(context.Context) error { <-blocked; return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("answer: %v", err)
	}
}
