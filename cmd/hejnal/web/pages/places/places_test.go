package places_test

import (
	"net/http"
	"testing"
	"time"

	"go.uber.org/goleak"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/legacy"
	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/workflow"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// krakow enters the City's own register, and gives its cases by their titles.
func krakow(t *testing.T, h *pagestest.House) map[string]workflow.Proposal {
	t.Helper()
	entries, err := legacy.Krakow()
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]workflow.Proposal{}
	for _, entry := range entries {
		result, err := h.Engine.ImportLegacy(t.Context(), engine.Request{By: h.By("official")}, entry)
		if err != nil {
			t.Fatal(err)
		}
		cases[entry.Title] = result.Proposal
	}
	return cases
}

func TestCountriesStandUnderTheirContinents(t *testing.T) {
	h := pagestest.New(t)
	h.Visitor().Get("/kraje").Want(http.StatusOK).Check().Says("Rejestr jest jeszcze pusty")
	krakow(t, h)
	h.Pass(time.Minute)
	page := h.Visitor().Get("/kraje").Want(http.StatusOK).Check().Says("Europa", "Azja", "Ameryka Południowa")
	found := false
	for _, row := range page.Rows("Europa") {
		found = found || row[0] == "Niemcy" && row[1] == "5" && row[2] == "0"
	}
	if !found {
		t.Errorf("Germany is not told: %q", page.Rows("Europa"))
	}
	if got := page.Link("Niemcy"); got != "/kraje/DE" {
		t.Errorf("Germany leads to %q", got)
	}
	h.Visitor().English().Get("/kraje").Want(http.StatusOK).Check().Says("Cooperation by country", "Germany", "South America")
}

func TestACountryListsItsEntries(t *testing.T) {
	h := pagestest.New(t)
	krakow(t, h)
	b := h.Visitor()
	page := b.Get("/kraje/DE").Want(http.StatusOK).Check().Says("Niemcy", "Norymberga", "Lipsk")
	if rows := page.Rows("Wpisy w rejestrze"); len(rows) != 5 {
		t.Errorf("there are %d rows", len(rows))
	}
	if got := page.Link("CSV"); got != "/api/v1/register.csv?country=DE" {
		t.Errorf("the file is %q", got)
	}
	b.Get("/kraje/AQ").Want(http.StatusOK).Check().Says("nic jeszcze nie zawarto")
	if got := b.Get("/kraje/de").Want(http.StatusMovedPermanently).Location(); got != "/kraje/DE" {
		t.Errorf("small letters lead to %q", got)
	}
	for _, address := range []string{"/kraje/XX", "/kraje/Niemcy"} {
		b.Get(address).Want(http.StatusNotFound)
	}
}

func TestAPartnerTellsWhatIsPublic(t *testing.T) {
	h := pagestest.New(t)
	cases := krakow(t, h)
	partner := cases["Umowa o partnerstwie z Frankfurtem nad Menem"].Partner
	page := h.Visitor().Get("/miasta/"+partner.ID).Want(http.StatusOK).Check().Says("Frankfurt nad Menem", "Frankfurt am Main", "Miasto", "Niemcy", "Europa")
	if rows := page.Rows("Wpisy w rejestrze"); len(rows) != 3 {
		t.Errorf("there are %d rows", len(rows))
	}
	id := h.Begin("sector_agreement")
	ours := h.Case(id).Partner.ID
	for _, unknown := range []string{ours, "x", "0198c0de-0000-7000-8000-000000000001"} {
		h.Visitor().Get("/miasta/" + unknown).Want(http.StatusNotFound)
	}
	public := h.Bring("sector_agreement", "print_registered")
	h.Visitor().Get("/miasta/"+h.Case(public).Partner.ID).Want(http.StatusOK).Check().Says("Postępowania w toku", h.Case(public).Title)
	gone := h.Bring("sector_agreement", "resolution_rejected")
	h.Visitor().Get("/miasta/" + h.Case(gone).Partner.ID).Want(http.StatusNotFound)
}
