package council_test

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

func TestSessionsAreListedWithWhatIsOnThem(t *testing.T) {
	house := pagestest.New(t)
	secretariat := house.SignIn("secretariat")
	secretariat.Get("/sesje").Want(http.StatusOK).Check().Says("Żaden projekt nie czeka na sesję")
	voted := placed(house, "sector_agreement", "1")
	placed(house, "sector_agreement", "2")
	house.Do(voted, "record_vote")
	next := house.Bring("honorary_twin_title", "print_registered")
	house.Do(next, "place_on_agenda", pagestest.Inputs{"session_number": 43, "session_date": "2026-03-18"})
	page := secretariat.Get("/sesje").Want(http.StatusOK).Check()
	want := "2 marca 2026|2 punkty|1|głosowania 2 marca 2026\n18 marca 2026|1 punkt|1|głosowania 18 marca 2026"
	if rows := joined(page.Rows("Sesje dziś i później")); rows != want {
		t.Errorf("to come:\n%s\nwant:\n%s", rows, want)
	}
	if here := pagestest.Text(pagestest.First(page.Root, func(n *html.Node) bool { return pagestest.Attribute(n, "aria-current") == "page" })); here != "Rada" {
		t.Errorf("the navigation says that this is %q", here)
	}
	if page.Link("18 marca 2026") != "/sesje/2026-03-18" {
		t.Error("a day does not lead to its session")
	}
	house.Wait("2026-03-20")
	page = house.SignIn("auditor").English().Get("/sesje").Want(http.StatusOK).Check()
	want = "18 March 2026|1 item|1|votes 18 March 2026\n2 March 2026|2 items|1|votes 2 March 2026"
	if rows := joined(page.Rows("Past sessions, the newest first")); rows != want {
		t.Errorf("past:\n%s\nwant:\n%s", rows, want)
	}
	house.SignIn("subscriber").Get("/sesje").Want(http.StatusForbidden)
}

func joined(rows [][]string) string {
	lines := make([]string, 0, len(rows))
	for _, row := range rows {
		lines = append(lines, strings.Join(row, "|"))
	}
	return strings.Join(lines, "\n")
}
