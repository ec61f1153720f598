package changes_test

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// feed is an Atom feed as a reader reads it.
type feed struct {
	ID      string `xml:"id"`
	Title   string `xml:"title"`
	Updated string `xml:"updated"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Link    struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

func (f feed) link(rel string) string {
	for _, link := range f.Links {
		if link.Rel == rel {
			return link.Href
		}
	}
	return ""
}

func read(t *testing.T, page *pagestest.Page) feed {
	t.Helper()
	if got := page.Want(http.StatusOK).Header.Get("Content-Type"); !strings.HasPrefix(got, "application/atom+xml") {
		t.Errorf("a feed is %q", got)
	}
	var f feed
	if err := xml.Unmarshal([]byte(page.Body), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestWhatChangedIsToldTheNewestFirst(t *testing.T) {
	h := pagestest.New(t)
	h.Visitor().Get("/zmiany").Want(http.StatusOK).Check().Says("Nic jeszcze nie ogłoszono")
	id := h.Bring("sector_agreement", "in_force")
	page := h.Visitor().Get("/zmiany").Want(http.StatusOK).Check()
	newest, oldest := strings.Index(page.Text(), "Umowa weszła w życie"), strings.Index(page.Text(), "Przekazano projekt Radzie")
	if newest < 0 || oldest < newest {
		t.Errorf("the newest stands at %d, the oldest at %d", newest, oldest)
	}
	page.Silent("Otwarto propozycję", "Nowak")
	if got := page.Link(h.Case(id).Title); got != "/rejestr/"+id {
		t.Errorf("a change leads to %q", got)
	}
	h.Visitor().English().Get("/zmiany").Want(http.StatusOK).Check().Says("What changed", "Agreement entered into force")
}

func TestACorrectionAmongTheChangesSaysWhatIsRight(t *testing.T) {
	h := pagestest.New(t)
	id := h.Bring("sector_agreement", "in_force")
	h.Do(id, "correct_entry", pagestest.Inputs{"field": "/inputs/valid_until", "value": "2033-03-01"})
	h.Do(id, "correct_entry", pagestest.Inputs{"field": "/comment", "value": "Uwaga nie dla wszystkich"})
	h.Visitor().Get("/zmiany").Want(http.StatusOK).Check().Says("Sprostowano wpis 1/2026", "Sprostowano wpis; Obowiązuje do: 1 marca 2033").Silent("Uwaga nie")
	h.Visitor().Get("/rejestr/"+id).Want(http.StatusOK).Check().Says("Dane podano po sprostowaniu: Obowiązuje do", "Obowiązuje do, po sprostowaniu: 1 marca 2033")
}

func TestOlderChangesAreOnFurtherPages(t *testing.T) {
	h := pagestest.New(t)
	for range 8 {
		h.Bring("sector_agreement", "in_force")
	}
	head, err := h.Store.PublicHead(t.Context())
	if err != nil || head <= 50 {
		t.Fatal(head, err)
	}
	seen := 0
	for address, pages := "/zmiany", 0; address != ""; pages++ {
		page := h.Visitor().Get(address).Want(http.StatusOK).Check()
		seen += len(pagestest.Every(page.Root, pagestest.Class("hj-task")))
		address = page.Link("Następna strona")
		if pages > 3 {
			t.Fatal("the pages have no end")
		}
	}
	if seen != int(head) {
		t.Errorf("of %d changes %d are told", head, seen)
	}
	h.Visitor().Get(fmt.Sprintf("/zmiany?before=%d", head+1000)).Want(http.StatusOK).Says("Umowa weszła w życie")
	h.Visitor().Get("/zmiany?before=1").Want(http.StatusOK).Check().Says("Nie ma starszych zmian")
	h.Visitor().Get("/zmiany?before=x").Want(http.StatusOK).Check()
}

func TestTheFeedTellsTheSame(t *testing.T) {
	h := pagestest.New(t)
	empty := read(t, h.Visitor().Get("/zmiany.atom"))
	if len(empty.Entries) != 0 || empty.ID == "" || empty.Title == "" {
		t.Errorf("an empty feed is %+v", empty)
	}
	for range 8 {
		h.Bring("sector_agreement", "in_force")
	}
	first := read(t, h.Visitor().Get("/zmiany.atom"))
	if len(first.Entries) != 50 || first.link("self") != h.URL+"/zmiany.atom" || first.Updated != first.Entries[0].Updated {
		t.Fatalf("%d entries, %+v", len(first.Entries), first.Links)
	}
	ids := map[string]bool{}
	for _, entry := range first.Entries {
		ids[entry.ID] = true
		if _, err := time.Parse(time.RFC3339, entry.Updated); err != nil || !strings.HasPrefix(entry.ID, "urn:uuid:") || !strings.HasPrefix(entry.Link.Href, h.URL+"/rejestr/") {
			t.Errorf("%+v: %v", entry, err)
		}
	}
	if len(ids) != 50 {
		t.Errorf("there are %d ids", len(ids))
	}
	older := read(t, h.Visitor().Get(strings.TrimPrefix(first.link("next"), h.URL)))
	for _, entry := range older.Entries {
		if ids[entry.ID] {
			t.Errorf("%s is told twice", entry.ID)
		}
	}
	if len(older.Entries) == 0 {
		t.Error("nothing is older")
	}
}
