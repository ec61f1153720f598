package council_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/store"
)

// headings of the board, in the order of the route.
var headings = []string{
	"Przekazany Radzie: Zarejestruj druk", "Druk zarejestrowany: Wprowadź projekt do porządku obrad", "W porządku obrad: Odnotuj głosowanie albo pierwsze czytanie",
	"Po pierwszym czytaniu: Wprowadź projekt do drugiego czytania", "Uchwała podjęta: Nadaj numer uchwale", "Uchwała podjęta: Odnotuj nadanie tytułu", "Do publikacji: Opublikuj uchwałę w BIP",
}

// underHeading is the part of the board whose heading begins so.
func underHeading(t *testing.T, page *pagestest.Page, heading string) *html.Node {
	t.Helper()
	for _, section := range pagestest.Every(page.Root, pagestest.Class("hj-board__stage")) {
		if strings.HasPrefix(pagestest.Text(pagestest.First(section, pagestest.Tag("h2"))), heading) {
			return section
		}
	}
	t.Fatalf("there is no heading %q on\n%s", heading, page.Text())
	return nil
}

func cards(section *html.Node) []*html.Node {
	return pagestest.Every(section, pagestest.Class("hj-card"))
}

func TestTheBoardHasAHeadingForEverythingThatWaits(t *testing.T) {
	house := pagestest.New(t)
	page := house.SignIn("secretariat").Get("/sekretariat").Want(http.StatusOK).Check()
	var found []string
	for _, title := range pagestest.Every(page.Root, pagestest.Tag("h2")) {
		found = append(found, strings.TrimSuffix(pagestest.Text(title), " 0"))
	}
	if strings.Join(found, "\n") != strings.Join(headings, "\n") {
		t.Errorf("headings:\n%s", strings.Join(found, "\n"))
	}
	page.Says("Nic tu nie czeka.")
}

func TestACaseMovesAlongTheBoard(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "submitted_to_council")
	secretariat := house.SignIn("secretariat")
	for _, step := range []struct{ transition, heading, next string }{
		{"", headings[0], "register_print"},
		{"register_print", headings[1], "place_on_agenda"},
		{"place_on_agenda", headings[2], "record_vote"},
		{"record_vote", headings[4], "number_resolution"},
	} {
		if step.transition != "" {
			house.Do(id, step.transition)
		}
		page := secretariat.Get("/sekretariat").Want(http.StatusOK).Check()
		section := underHeading(t, page, step.heading)
		if title := pagestest.Text(pagestest.First(section, pagestest.Tag("h2"))); !strings.HasSuffix(title, " 1") || len(cards(section)) != 1 {
			t.Fatalf("under %q: %s", title, pagestest.Text(section))
		}
		if !strings.Contains(page.Body, `href="/sprawy/`+id+"/czynnosci/"+step.next+`"`) {
			t.Errorf("after %s no link leads to %s", step.transition, step.next)
		}
	}
	house.Do(id, "number_resolution")
	page := secretariat.Get("/sekretariat")
	if len(cards(underHeading(t, page, headings[4]))) != 0 || len(cards(underHeading(t, page, headings[6]))) != 1 {
		t.Error("a numbered resolution still waits for its number, or not for its publication")
	}
}

func TestACardSaysWhatAClerkNeeds(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("partnership_agreement", "print_registered", twoReadings)
	house.Do(id, "assign_committee", pagestest.Inputs{"committee": "Komisja Kultury"})
	house.Do(id, "assign_committee", pagestest.Inputs{"committee": "Komisja Budżetowa"})
	house.Do(id, "record_committee_opinion", pagestest.Inputs{"committee": "komisja kultury", "opinion": "negative"})
	house.Wait("2026-04-25")
	page := house.SignIn("secretariat").Get("/sekretariat").Want(http.StatusOK).Check()
	text := pagestest.Text(underHeading(t, page, headings[1]))
	for _, want := range []string{
		"Druk 1234: Współpraca z: Bordeaux 1", "Umowa o partnerstwie między miastami", "Bordeaux 1, Francja", "1/2026", "Wnioskuje: Prezydent Miasta",
		"90 dni: zostało 36", "Komisja Kultury: Negatywna", "Komisja Budżetowa: brakuje opinii", "dwa czytania", "Wprowadź do porządku obrad", "Więcej", "Skieruj do komisji",
		"Odnotuj opinię komisji", "Odnotuj poprawkę", "Zwróć do poprawy",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the card does not say %q:\n%s", want, text)
		}
	}
	house.Wait("2026-06-02")
	late := house.SignIn("secretariat").Get("/sekretariat").Says("90 dni: po terminie o 2 dni")
	if pagestest.First(late.Root, pagestest.Class("hj-tag--late")) == nil {
		t.Error("what is late is not marked")
	}
}

func TestTheBoardKnowsRoundsAndCorrections(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "submitted_to_council")
	entry := house.Do(id, "register_print", pagestest.Inputs{"print_number": "77"})
	house.Do(id, "correct_entry", pagestest.Inputs{"corrects": entry.ID, "field": "/inputs/print_number", "value": "78", "reason": "Omyłka"})
	house.Do(id, "assign_committee", pagestest.Inputs{"committee": "Komisja Kultury"})
	secretariat := house.SignIn("secretariat")
	secretariat.Get("/sekretariat").Says("Druk 78: ").Silent("Druk 77")
	house.Do(id, "return_for_correction")
	secretariat.Get("/sekretariat").Silent("Współpraca z")
	house.Do(id, "complete_draft")
	house.Do(id, "submit_to_council")
	secretariat.Get("/sekretariat").Check().Says("runda 2").Silent("Druk 78", "Komisja Kultury")
}

func TestOthersReadTheBoardAndMakeNothing(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "print_registered")
	for _, login := range []string{"auditor", "official", "lawyer", "admin"} {
		page := house.SignIn(login).English().Get("/sekretariat").Want(http.StatusOK).Check()
		page.Says("Next: Place on the agenda (", "90 days: 90 left")
		if strings.Contains(page.Body, "/czynnosci/place_on_agenda") {
			t.Errorf("%s is led to an act of the secretariat", login)
		}
		if page.Link("Współpraca z: Bordeaux 1") == "" && !strings.Contains(page.Body, `href="/sprawy/`+id+`"`) {
			t.Errorf("%s is not led to the case", login)
		}
	}
	house.SignIn("subscriber").Get("/sekretariat").Want(http.StatusForbidden)
}

func TestTheBoardSaysWhoHasACaseOpen(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "print_registered")
	look := store.Look{ProposalID: id, PersonID: house.People["secretariat-2"].ID, At: house.Now()}
	other := store.Look{ProposalID: id, PersonID: house.People["official"].ID, At: house.Now()}
	for _, look := range []store.Look{look, other} {
		if err := house.Store.PutLook(t.Context(), look); err != nil {
			t.Fatal(err)
		}
	}
	house.SignIn("secretariat").Get("/sekretariat").Check().Says("Otwarte przez: secretariat-2 Nowak").Silent("official Nowak")
	house.SignIn("secretariat-2").Get("/sekretariat").Silent("Otwarte przez")
	house.Pass(time.Hour)
	house.SignIn("secretariat").Get("/sekretariat").Silent("Otwarte przez")
}

func TestAdoptedResolutionsWaitForNumberDeliveryAndPublication(t *testing.T) {
	house := pagestest.New(t)
	id := placed(house, "sector_agreement", "1204")
	house.Do(id, "record_vote")
	secretariat := house.SignIn("secretariat")
	page := secretariat.Get("/sekretariat/ogloszenia").Want(http.StatusOK).Check()
	row := page.Rows("Nadaj numer uchwale")
	if len(row) != 1 || !strings.Contains(row[0][2], "wzór XLII/…/26") || !strings.Contains(row[0][3], "7 dni: zostało 7") || !strings.Contains(row[0][4], "Brakuje dokumentu") {
		t.Errorf("to be numbered: %q", row)
	}
	if rows := page.Rows("Opublikuj uchwałę w BIP"); len(rows) != 1 || !strings.Contains(rows[0][4], "Uchwała nie ma jeszcze numeru.") {
		t.Errorf("to be published: %q", rows)
	}
	house.Do(id, "number_resolution", pagestest.Inputs{"resolution_number": "XLII/345/26"})
	page = secretariat.Get("/sekretariat/ogloszenia").Check()
	for _, caption := range []string{"Opublikuj uchwałę w BIP", "Przedłóż uchwałę wojewodzie"} {
		if rows := page.Rows(caption); len(rows) != 1 || rows[0][2] != "XLII/345/26" {
			t.Errorf("%s: %q", caption, rows)
		}
	}
	house.Do(id, "publish")
	house.Do(id, "deliver_to_voivode")
	if rows := secretariat.Get("/sekretariat/ogloszenia").Check().Rows("Opublikuj uchwałę w BIP"); len(rows) != 0 {
		t.Errorf("still to be published: %q", rows)
	}
	auditor := house.SignIn("auditor").English().Get("/sekretariat/ogloszenia").Want(http.StatusOK).Check()
	if strings.Contains(auditor.Body, "/czynnosci/") {
		t.Error("an auditor is led to an act")
	}
}
