package casefile_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

func TestADocumentIsAttachedListedAndDownloaded(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("sector_agreement")
	official := house.SignIn("official")
	address := "/sprawy/" + id + "/dokumenty"
	for _, version := range []string{"pierwsza", "druga"} {
		form := official.Get(address).Want(http.StatusOK).Check().Form("/dokumenty")
		form.Set(form.Labelled("Rodzaj dokumentu"), "letter_of_intent").Set("title", "List "+version).Set("language", "fr").Set("date", "2026-02-27")
		form.Attach(form.Labelled("Plik"), "list.pdf", pagestest.PDF(version))
		form.Send().Follow().Want(http.StatusOK).Check().Says("Dokument dodano.")
	}
	page := house.SignIn("auditor").Get(address).Want(http.StatusOK).Check()
	page.Says("List druga", "wersja 2", "Starsza wersja", "official Nowak", "SHA-256")
	if href := page.Link("List pierwsza"); href == "" {
		t.Error("the older version cannot be read")
	}
	file := house.SignIn("auditor").Get(page.Link("List druga")).Want(http.StatusOK)
	if file.Body != pagestest.PDF("druga") {
		t.Errorf("downloaded %q", file.Body)
	}
	for name, want := range map[string]string{
		"Content-Type": "application/pdf", "Content-Disposition": "attachment; filename=list.pdf", "Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff",
	} {
		if got := file.Header.Get(name); !strings.HasPrefix(got, want) {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	official.Get(address + "/" + house.People["lawyer"].ID).Want(http.StatusNotFound)
	other := house.Begin("sector_agreement")
	official.Get("/sprawy/" + other + "/dokumenty/" + house.Case(id).Documents[0].ID).Want(http.StatusNotFound)
	if house.Visitor().Get(page.Link("List druga")).Status != http.StatusSeeOther {
		t.Error("a visitor downloads it")
	}
}

func TestWhatIsWrongWithADocumentIsSaidAtItsField(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("sector_agreement")
	official := house.SignIn("official").English()
	for _, test := range []struct{ name, field, value string }{
		{"no kind", "kind", ""},
		{"a kind that there is not", "kind", "nic"},
		{"a language that is none", "language", "??"},
		{"a date that is none", "date", "2026-02-30"},
		{"no file", "file", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			form := official.Get("/sprawy/"+id+"/dokumenty").Form("/dokumenty").Set("kind", "other").Set("title", "Zostaje")
			if test.field != "file" {
				form.Set(test.field, test.value).Attach("file", "a.pdf", pagestest.PDF("a"))
			}
			again := form.Send().Want(http.StatusUnprocessableEntity).Check().Form("/dokumenty")
			if again.Wrong(test.field) == "" || again.Values.Get("title") != "Zostaje" {
				t.Errorf("beside %s stands %q; kept %v", test.field, again.Wrong(test.field), again.Values)
			}
		})
	}
	if documents := house.Case(id).Documents; len(documents) > 0 {
		t.Errorf("%d were attached", len(documents))
	}
}

func TestADocumentThatTheActNeedsIsListedAsMissingThenAttached(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "assessment")
	act := action(t, house, id, "complete_draft", "official")
	official := house.SignIn("official")
	official.Get("/sprawy/"+id+"/dokumenty").Check().Says("Potrzebne do czynności", "Brakuje")
	house.Attach(id, act.RequiredDocuments[0].AnyOf[0], "official")
	official.Get("/sprawy/" + id + "/dokumenty").Check().Says("Dołączono")
}

func TestTheDataOfACaseAreChangedByWhomItFallsTo(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("sector_agreement")
	address := "/sprawy/" + id + "/dane"
	official := house.SignIn("official")
	stale := official.Get(address).Want(http.StatusOK).Check().Form("/dane")
	form := official.Get(address).Form("/dane").Set("title", "Bordeaux: kultura i nauka").Set("description", "Po wizycie delegacji").Set("fields", "culture", "science")
	form.Send().Follow().Want(http.StatusOK).Check().Says("Bordeaux: kultura i nauka", "Po wizycie delegacji")
	if fields := house.Case(id).Fields; !slices.Equal(fields, []string{"culture", "science"}) {
		t.Errorf("fields %v", fields)
	}
	lost := stale.Set("title", "Coś innego").Send().Want(http.StatusConflict).Check().Says("Ktoś był szybszy:", "official Nowak")
	if kept := lost.Form("/dane").Values.Get("title"); kept != "Coś innego" {
		t.Errorf("kept %q", kept)
	}
	empty := official.Get(address).Form("/dane").Set("title", "").Send().Want(http.StatusUnprocessableEntity).Check()
	if empty.Form("/dane").Wrong("title") == "" {
		t.Error("nothing is said beside the title")
	}
	readings := official.Get(address).Form("/dane").Set("readings", "2").Send().Want(http.StatusUnprocessableEntity).Check()
	if len(readings.Errors()) == 0 {
		t.Error("two readings need no reason")
	}
	for _, login := range []string{"auditor", "lawyer"} {
		if page := house.SignIn(login).Get(address).Want(http.StatusOK).Check().Says("Dane zmienia urzędnik"); page.HasForm("/dane") {
			t.Errorf("%s finds a form", login)
		}
	}
}

func TestOthersAreToldWhoHasTheActOpen(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "on_agenda")
	first, second := house.SignIn("secretariat"), house.SignIn("secretariat-2")
	house.SignIn("auditor").Get(actPath(id, "record_vote")).Want(http.StatusOK)
	first.Get(actPath(id, "record_vote")).Want(http.StatusOK).Silent("otworzył")
	house.Pass(3 * time.Minute)
	second.Get(actPath(id, "record_vote")).Check().Says("secretariat Nowak, 3 minuty temu").Silent("auditor")
	second.English().Get(actPath(id, "record_vote")).Check().Says("secretariat Nowak, 3 minutes ago")
	house.Pass(time.Hour)
	second.Get(actPath(id, "record_vote")).Silent("secretariat Nowak, ")
}

func TestARemarkIsKeptOnceAndReadByThoseWhoMay(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("sector_agreement")
	lawyer := house.SignIn("lawyer")
	address := "/sprawy/" + id + "/rozmowa"
	empty := lawyer.Get(address).Form("/rozmowa").Send().Want(http.StatusUnprocessableEntity).Check()
	if empty.Form("/rozmowa").Wrong("text") == "" {
		t.Error("nothing is said beside the text")
	}
	form := lawyer.Get(address).Form("/rozmowa").Set("text", "<b>Bez uwag</b>")
	form.Send().Want(http.StatusSeeOther)
	form.Send().Follow().Want(http.StatusOK).Says("<b>Bez uwag</b>", "lawyer Nowak")
	comments := pagestest.Every(house.SignIn("auditor").Get(address).Check().Root, pagestest.Class("hj-quote"))
	if len(comments) != 1 {
		t.Errorf("%d remarks", len(comments))
	}
	house.SignIn("admin").Get(address).Silent("Bez uwag")
}

func TestAnOpinionThatIsOlderThanWhatItJudgesSaysSo(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "assessment")
	house.Attach(id, "draft_resolution", "official")
	house.Pass(time.Minute)
	house.Attach(id, "legal_opinion", "lawyer")
	official := house.SignIn("official")
	page := official.Get(actPath(id, "complete_draft")).Want(http.StatusOK)
	if strings.Contains(page.Text(), "Starsze niż") {
		t.Error("it is said of one that is newer")
	}
	house.Pass(time.Minute)
	house.Attach(id, "draft_resolution", "official")
	official.Get(actPath(id, "complete_draft")).Want(http.StatusOK).Check().Says("Starsze niż: Projekt uchwały")
}
