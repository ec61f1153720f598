package register_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/legacy"
	"hejnal/cmd/hejnal/web"
	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/cmd/hejnal/web/publisher"
	"hejnal/workflow"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// krakow enters the City's own register, and gives the ids of its entries by their titles.
func krakow(t *testing.T, h *pagestest.House) map[string]string {
	t.Helper()
	entries, err := legacy.Krakow()
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	for _, entry := range entries {
		result, err := h.Engine.ImportLegacy(t.Context(), engine.Request{By: h.By("official")}, entry)
		if err != nil {
			t.Fatal(err)
		}
		ids[entry.Title] = result.Proposal.ID
	}
	return ids
}

func TestTheEntryOfAnAgreementTellsWhatIsPublic(t *testing.T) {
	h := pagestest.New(t, func(o *web.Options) {
		o.Publisher = publisher.Publisher{Unit: "Biuro Współpracy", Email: "rejestr@example.pl"}
	})
	id := h.Bring("partnership_agreement", "in_force")
	h.Do(id, "publish")
	p := h.Case(id)
	page := h.Visitor().Get("/rejestr/" + id).Want(http.StatusOK).Check()
	page.Says("Obowiązuje", "Strony", "Stołeczne Królewskie Miasto Kraków", p.Partner.Name, "Data podpisania", "Data początku", "Uchwała Rady Miasta Krakowa", "za 30",
		"przeciw 5", "treść w BIP", "Podpisana umowa", "SHA-256", "Podpisano umowę", "Umowa weszła w życie", "Metryka", "Biuro Współpracy", "Jak cytować",
		"Zgłoś błąd")
	if got := page.Link("Zgłoś błąd w tym wpisie"); !strings.HasPrefix(got, "mailto:rejestr@example.pl?") || !strings.Contains(got, id) {
		t.Errorf("a mistake is reported at %q", got)
	}
	h.Visitor().English().Get("/rejestr/"+id).Want(http.StatusOK).Check().Says("Current", "Parties", "Date of signature", "vote: for 30", "Agreement signed", "Report a mistake")
}

func TestNothingElseOfACaseIsOnItsPublicPage(t *testing.T) {
	h := pagestest.New(t)
	id := h.Bring("partnership_agreement", "assessment")
	h.Attach(id, "legal_opinion", "lawyer")
	early := h.Attach(id, "draft_resolution", "official")
	h.Visitor().Get("/rejestr/" + id).Want(http.StatusNotFound)
	if _, err := h.Engine.Comment(t.Context(), engine.Request{By: h.By("official")}, id, "Tylko między nami"); err != nil {
		t.Fatal(err)
	}
	for _, transition := range []string{"give_legal_opinion", "complete_draft", "submit_to_council", "register_print", "place_on_agenda", "record_vote"} {
		if _, offered := h.Action(id, transition, "auditor"); offered {
			h.Do(id, transition)
		}
	}
	page := h.Visitor().Get("/rejestr/" + id).Want(http.StatusOK)
	page.Silent("Tylko między nami", "Opinia prawna", "Nowak", "Otwarto propozycję").Says("Postępowanie w toku", "Przekazano projekt Radzie", "Projekt uchwały")
	for _, person := range h.People {
		if strings.Contains(page.Body, person.ID) {
			t.Errorf("the page has the id of %s", person.Name)
		}
	}
	if opinion := documentOf(h.Case(id), "legal_opinion"); opinion != "" {
		h.Visitor().Get("/rejestr/" + id + "/dokumenty/" + opinion).Want(http.StatusNotFound)
	}
	if got := documentOf(h.Case(id), "draft_resolution"); got != early.ID {
		h.Visitor().Get("/rejestr/" + id + "/dokumenty/" + got).Want(http.StatusOK)
	}
	h.Visitor().Get("/rejestr/" + id + "/dokumenty/" + id).Want(http.StatusNotFound)
}

// documentOf is the id of the newest document of a kind; empty where the case has none.
func documentOf(p workflow.Proposal, kind string) (id string) {
	for _, document := range p.Documents {
		if document.Kind == kind {
			id = document.ID
		}
	}
	return id
}

func TestADocumentComesAsItWasAttached(t *testing.T) {
	h := pagestest.New(t)
	id := h.Bring("sector_agreement", "in_force")
	signed := documentOf(h.Case(id), "agreement")
	page := h.Visitor().Get("/rejestr/" + id + "/dokumenty/" + signed).Want(http.StatusOK)
	for name, want := range map[string]string{"Content-Type": "application/pdf", "Content-Disposition": "attachment", "Content-Security-Policy": "sandbox"} {
		if got := page.Header.Get(name); !strings.HasPrefix(got, want) {
			t.Errorf("%s is %q", name, got)
		}
	}
	if !strings.HasPrefix(page.Body, "%PDF") {
		t.Errorf("it begins with %.10q", page.Body)
	}
}

func TestWhatHasEndedWithoutAnAgreementIsGoneAndSaysWhy(t *testing.T) {
	h := pagestest.New(t)
	for state, want := range map[string]string{"resolution_rejected": "Uchwała odrzucona", "discontinued": "Postępowanie zaniechane"} {
		id := h.Bring("twin_city_agreement", state)
		page := h.Visitor().Get("/rejestr/" + id).Want(http.StatusGone).Check()
		page.Says("Postępowanie zakończone bez umowy", want, "2026", "Przekazano projekt Radzie")
		h.Visitor().Get("/rejestr/" + id + ".jsonld").Want(http.StatusGone)
	}
	never := h.Begin("twin_city_agreement")
	for _, id := range []string{never, "0198c0de-0000-7000-8000-000000000001", "x"} {
		for _, end := range []string{"", ".jsonld", "/dokumenty/" + never} {
			page := h.Visitor().Get("/rejestr/" + id + end).Want(http.StatusNotFound)
			if end == "" {
				page.Check().Says("Nie ma takiego wpisu").Form("/rejestr").Set("q", "Bordeaux")
			}
		}
	}
}

func TestAMembershipTellsOfTheConsentAndOfItsRenewal(t *testing.T) {
	h := pagestest.New(t)
	id := h.Bring("association_membership", "member")
	h.Visitor().Get("/rejestr/"+id).Want(http.StatusOK).Says("Zgoda ministra", "Decyzja DWRP").Silent("Podstawa w odnowieniu")
	h.Do(id, "rules_changed")
	h.Visitor().Get("/rejestr/"+id).Want(http.StatusOK).Check().Says("Podstawa w odnowieniu", "Obowiązuje")
}

func TestAnEntryFromBeforeTheRegisterTellsItsSources(t *testing.T) {
	h := pagestest.New(t)
	ids := krakow(t, h)
	for title, want := range map[string][]string{
		"Umowa o współpracy na zasadzie miast bliźniaczych z Leuven":     {"Data podpisania nieznana", "Data początku nieznana", "rok: podawane bez źródła", "krakow.pl/miasto/miasta_partnerskie"},
		"Honorowy tytuł Miasta Bliźniaczego Krakowa dla Kioto":           {"Data początku listopad 2024", "miesiąc: wywnioskowane"},
		"Umowa o partnerstwie z Petersburgiem":                           {"Zakończona", "Data początku 2006", "Data końca 16 września 2022"},
		"Umowa o współpracy na zasadzie miast bliźniaczych z Norymbergą": {"Uchwała z dnia 14 lutego 1992", "BIP Miasta Krakowa"},
	} {
		page := h.Visitor().Get("/rejestr/"+ids[title]).Want(http.StatusOK).Check().Says("Wpis historyczny", "Skąd to wiadomo")
		page.Says(want...)
	}
}

func TestAnEntryIsLinkedDataToo(t *testing.T) {
	h := pagestest.New(t)
	ids := krakow(t, h)
	id := ids["Umowa o współpracy na zasadzie miast bliźniaczych z Norymbergą"]
	page := h.Visitor().Get("/rejestr/" + id + ".jsonld").Want(http.StatusOK)
	var told struct {
		ID    string `json:"@id"`
		Name  string `json:"name"`
		When  string `json:"temporalCoverage"`
		About []struct {
			Name          string `json:"name"`
			AlternateName string `json:"alternateName"`
		} `json:"about"`
	}
	if err := json.Unmarshal([]byte(page.Body), &told); err != nil {
		t.Fatal(err)
	}
	if told.ID != h.URL+"/rejestr/"+id || told.When != "1991-12-09/.." || len(told.About) != 2 || told.About[1].AlternateName != "Nürnberg" {
		t.Errorf("%+v", told)
	}
}

func TestAVisitorWhoHasThePageIsToldSo(t *testing.T) {
	h := pagestest.New(t)
	id := h.Bring("sector_agreement", "in_force")
	page := h.Visitor().Get("/rejestr/" + id).Want(http.StatusOK)
	if got := page.Header.Get("Cache-Control"); got != "public, max-age=60" {
		t.Errorf("it is kept %q", got)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.URL+"/rejestr/"+id, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("If-None-Match", `"other", `+page.Header.Get("ETag"))
	request.Header.Set("Accept-Language", "pl")
	client := &http.Client{}
	t.Cleanup(client.CloseIdleConnections)
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != http.StatusNotModified {
		t.Errorf("it answers %d", response.StatusCode)
	}
	if got := h.SignIn("auditor").Get("/rejestr/" + id).Want(http.StatusOK).Header.Get("Cache-Control"); got != "private, no-cache" {
		t.Errorf("for who is signed in it is kept %q", got)
	}
}
