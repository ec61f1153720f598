package accessibility_test

import (
	"net/http"
	"regexp"
	"testing"

	"go.uber.org/goleak"
	"golang.org/x/net/html"

	"hejnal/cmd/hejnal/web"
	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/cmd/hejnal/web/publisher"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// required are the ids that the technical conditions ask for, version 2.0 of 31 July 2024.
var required = []string{
	"a11y-wstep", "a11y-podmiot", "a11y-zakres", "a11y-url", "a11y-data-publikacja", "a11y-data-aktualizacja", "a11y-status", "a11y-kontakt", "a11y-email",
	"a11y-telefon", "a11y-procedura", "a11y-data-sporzadzenie", "a11y-architektura", "a11y-komunikacja",
}

func byID(page *pagestest.Page, id string) *html.Node {
	return pagestest.First(page.Root, func(n *html.Node) bool { return pagestest.Attribute(n, "id") == id })
}

var day = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)

func TestTheStatementHasEveryPartThatIsAskedFor(t *testing.T) {
	full := publisher.Publisher{
		Name: "Urząd Miasta Gdyni", Address: "ul. Przykładowa 1", Email: "dostepnosc@example.pl", Phone: "+48 12 000 00 00",
		Statement: publisher.Statement{PublishedOn: "2026-12-01", UpdatedOn: "2027-01-02", PreparedOn: "2026-12-03", ReviewedOn: "2027-03-31", Architecture: "https://example.pl/budynek"},
	}
	for name, told := range map[string]publisher.Publisher{"of what is known": full, "of nothing": {}} {
		t.Run(name, func(t *testing.T) {
			h := pagestest.New(t, func(o *web.Options) { o.Publisher = told })
			for _, reader := range []*pagestest.Browser{h.Visitor(), h.Visitor().English()} {
				page := reader.Get("/deklaracja-dostepnosci").Want(http.StatusOK).Check()
				for _, id := range required {
					node := byID(page, id)
					if node == nil || pagestest.Text(node) == "" {
						t.Errorf("there is no %s", id)
						continue
					}
					if node.Data == "time" && !day.MatchString(pagestest.Attribute(node, "datetime")) {
						t.Errorf("%s is of %q", id, pagestest.Attribute(node, "datetime"))
					}
				}
				if got := pagestest.Attribute(byID(page, "a11y-url"), "href"); got != h.URL+"/" {
					t.Errorf("it is about %q", got)
				}
			}
		})
	}
	h := pagestest.New(t, func(o *web.Options) { o.Publisher = full })
	page := h.Visitor().Get("/deklaracja-dostepnosci").Silent("Deklaracja jest niepełna").Says("Urząd Miasta Gdyni", "1 grudnia 2026", "31 marca 2027", "ul. Przykładowa 1")
	if got := page.Link("+48 12 000 00 00"); got != "tel:+48120000000" {
		t.Errorf("the telephone dials %q", got)
	}
}

func TestTheStatementSaysWhatIsMissing(t *testing.T) {
	h := pagestest.New(t)
	page := h.Visitor().Get("/deklaracja-dostepnosci").Want(http.StatusOK).Says("Deklaracja jest niepełna", "Administrator nie podał jeszcze: adresu e-mail do kontaktu", "nie podano")
	if byID(page, "a11y-data-przeglad") != nil {
		t.Error("a review is told that nobody made")
	}
}
