package council_test

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web"
	"hejnal/cmd/hejnal/web/intake"
	"hejnal/cmd/hejnal/web/pages/pagestest"
)

const sessionPage = "/sesje/" + sessionDay

const agendaCaption = "Porządek obrad: projekty uchwał o współpracy międzynarodowej"

func TestASessionShowsItsAgendaInTheOrderOfPrints(t *testing.T) {
	house := pagestest.New(t)
	voted := placed(house, "sector_agreement", "100")
	placed(house, "partnership_agreement", "9", twoReadings)
	placed(house, "honorary_twin_title", "21")
	off := placed(house, "sector_agreement", "30")
	house.Do(voted, "record_vote")
	house.Do(off, "take_off_agenda")
	page := house.SignIn("secretariat").Get(sessionPage).Want(http.StatusOK).Check()
	if page.Heading() != "XLII sesja Rady Miasta, 2 marca 2026" {
		t.Errorf("headed %q", page.Heading())
	}
	rows := page.Rows(agendaCaption)
	if len(rows) != 4 {
		t.Fatalf("%d items: %q", len(rows), rows)
	}
	for i, want := range []struct{ number, says string }{
		{"9", "Do czytania pierwsze czytanie"},
		{"21", "Do głosowania"},
		{"30", "Zdjęto z porządku obrad"},
		{"100", "Rada Miasta Krakowa podjęła uchwałę Głosy za: 30, Głosy przeciw: 5"},
	} {
		if rows[i][2] != want.number || !strings.Contains(rows[i][3], want.says) || !strings.Contains(rows[i][4], "Projekt uchwały") {
			t.Errorf("item %d: %q, want %+v", i+1, rows[i], want)
		}
	}
	english := house.SignIn("auditor").English().Get(sessionPage).Want(http.StatusOK).Check()
	english.Says("Council session XLII, 2 March 2026", "4 items", "To be voted", "Taken off the agenda")
}

func TestWhatIsPlacedOnAnotherDayIsNotGoneOnWithOnTheOldOne(t *testing.T) {
	house := pagestest.New(t)
	id := placed(house, "sector_agreement", "30")
	house.Do(id, "take_off_agenda")
	secretariat := house.SignIn("secretariat")
	const off = "Zdjęto z porządku obrad"
	if row := secretariat.Get(sessionPage).Check().Rows(agendaCaption)[0]; !strings.Contains(row[3], off+"Dalej") && !strings.Contains(row[3], off+" Dalej") {
		t.Errorf("nothing is offered before it is placed again: %q", row[3])
	}
	house.Do(id, "place_on_agenda", pagestest.Inputs{"session_number": 43, "session_date": "2026-03-16"})
	for _, page := range []string{sessionPage, sessionPage + "/glosowania"} {
		secretariat.Get(page).Want(http.StatusOK).Check().Says(off).Silent("Dalej:")
	}
	secretariat.Get("/sesje/2026-03-16").Want(http.StatusOK).Check().Says("Do głosowania")
}

func TestADayWithoutASession(t *testing.T) {
	house := pagestest.New(t)
	secretariat := house.SignIn("secretariat")
	secretariat.Get("/sesje/2026-03-03").Want(http.StatusOK).Check().Says("nie wprowadzono do porządku obrad żadnego projektu")
	secretariat.Get("/sesje/2026-03-03/glosowania").Want(http.StatusOK).Check()
	secretariat.Get("/sesje/2026-03-03/materialy.zip").Want(http.StatusNotFound)
	for _, address := range []string{"/sesje/jutro", "/sesje/2026-02-30", "/sesje/jutro/glosowania", "/sesje/jutro/materialy.zip"} {
		secretariat.Get(address).Want(http.StatusNotFound).Check()
	}
}

func TestACorrectedVoteIsShownAsCorrected(t *testing.T) {
	house := pagestest.New(t)
	id := placed(house, "sector_agreement", "100")
	vote := house.Do(id, "record_vote")
	secretariat := house.SignIn("secretariat")
	page := secretariat.Get(votesPage).Check()
	correct := page.Link("Sprostuj wpis: Druk 100: Współpraca z: Bordeaux 1")
	if !strings.Contains(correct, vote.ID) {
		t.Fatalf("corrections lead to %q", correct)
	}
	secretariat.Get(correct).Want(http.StatusOK).Check().Says("Głosy za (jest: 30)")
	house.Do(id, "correct_entry", pagestest.Inputs{"corrects": vote.ID, "field": "/inputs/for", "value": 31, "reason": "Omyłka"})
	secretariat.Get(sessionPage).Check().Says("Głosy za: 31")
}

func TestThePapersOfASessionComeInOnePacket(t *testing.T) {
	house := pagestest.New(t)
	id := placed(house, "sector_agreement", "100", func(asked *engine.NewProposal) { asked.Title = "Zażółć gęślą jaźń" })
	house.Attach(id, "committee_opinion", "secretariat")
	house.Attach(id, "committee_opinion", "secretariat")
	house.Attach(id, "other", "secretariat")
	house.Attach(id, "draft_resolution", "official")
	placed(house, "honorary_twin_title", "7/A")
	house.SignIn("secretariat").Get(sessionPage).Check().Says("Opinia komisji Rady: committee_opinion.pdf")
	answer := house.SignIn("secretariat").Get(sessionPage + "/materialy.zip").Want(http.StatusOK)
	if kind := answer.Header.Get("Content-Type"); kind != "application/zip" || !strings.Contains(answer.Header.Get("Content-Disposition"), "sesja-"+sessionDay+".zip") {
		t.Errorf("sent as %s, %s", kind, answer.Header.Get("Content-Disposition"))
	}
	packet, err := zip.NewReader(strings.NewReader(answer.Body), int64(len(answer.Body)))
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, file := range packet.File {
		if strings.Contains(file.Name, "..") || strings.HasPrefix(file.Name, "/") || strings.Count(file.Name, "/") > 1 || strings.ContainsAny(file.Name, `\:*?"<>|`) {
			t.Errorf("the name %q is not safe", file.Name)
		}
		folder, name, inFolder := strings.Cut(file.Name, "/")
		if inFolder {
			kinds[folder+" "+name[3:]]++
		}
	}
	for name, want := range map[string]int{
		"02-druk-100 committee_opinion.pdf": 2, "02-druk-100 draft_resolution.pdf": 1, "02-druk-100 agreement_text.pdf": 1, "02-druk-100 other.pdf": 0,
		"01-druk-7-A legal_opinion.pdf": 1, "02-druk-100 legal_opinion.pdf": 1,
	} {
		if kinds[name] != want {
			t.Errorf("%s stands %d times in the packet, want %d: %v", name, kinds[name], want, kinds)
		}
	}
	list, err := packet.Open("spis.txt")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(list)
	if err != nil || !strings.Contains(string(text), "Zażółć gęślą jaźń") || !strings.Contains(string(text), "Projekt uchwały, SHA-256 ") {
		t.Errorf("listed as %s, %v", text, err)
	}
	house.SignIn("subscriber").Get(sessionPage + "/materialy.zip").Want(http.StatusForbidden)
}

// without is a store of files that lost one.
type without struct {
	intake.Blobs
	lost *string
}

// Get gives a file, or says that it is gone.
func (w without) Get(ctx context.Context, sum string) (io.ReadSeekCloser, error) {
	if sum == *w.lost {
		return nil, errors.New("gone")
	}
	return w.Blobs.Get(ctx, sum)
}

func TestAPacketOfASessionNamesThePapersThatAreGone(t *testing.T) {
	lost := new(string)
	house := pagestest.New(t, func(options *web.Options) { options.Blobs = without{options.Blobs, lost} })
	id := placed(house, "sector_agreement", "100")
	documents := house.Case(id).Documents
	*lost = documents[0].SHA256
	answer := house.SignIn("secretariat").English().Get(sessionPage + "/materialy.zip").Want(http.StatusOK)
	packet, err := zip.NewReader(strings.NewReader(answer.Body), int64(len(answer.Body)))
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		t.Helper()
		file, err := packet.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if text := read("BRAKI.txt"); !strings.Contains(text, *lost+"  01-druk-100/") || !strings.Contains(text, "Session of the City Council, 2 March 2026") {
		t.Errorf("missing: %s", text)
	}
	if text := read("contents.txt"); !strings.Contains(text, *lost+" – the file is missing\r\n") || strings.Count(text, "missing") != 1 {
		t.Errorf("listed as %s", text)
	}
	if sums := read("SHA256SUMS"); strings.Contains(sums, *lost) || !strings.Contains(sums, documents[1].SHA256+"  01-druk-100/") {
		t.Errorf("sums: %s", sums)
	}
}

func TestNothingThatIsTypedIsLostWhenTheSessionOfTheReaderEnds(t *testing.T) {
	house := pagestest.New(t)
	id := placed(house, "sector_agreement", "100")
	task := taskOf(t, house, id)
	secretariat := house.SignIn("secretariat")
	form := fill(secretariat.Get(votesPage).Form(votesPage), map[string]count{task: {30, 5, 3, 38}})
	secretariat.Post("/wyloguj", nil)
	ask := press(form, task).Want(http.StatusUnauthorized)
	again := ask.Form("/logowanie").Set("login", "secretariat").Set("password", pagestest.Password).Send().Want(http.StatusOK).Check()
	if kept := again.Form(votesPage).Values.Get(task + ".in.for"); kept != "30" || house.Case(id).State != "on_agenda" {
		t.Errorf("kept %q, in %s", kept, house.Case(id).State)
	}
}

func TestAnAdoptedItemLeadsOn(t *testing.T) {
	house := pagestest.New(t)
	id := placed(house, "sector_agreement", "100")
	house.Do(id, "record_vote")
	for login, want := range map[string][]string{"secretariat": {"number_resolution", "publish", "deliver_to_voivode"}, "official": {"deliver_to_voivode"}, "auditor": nil} {
		reader := house.SignIn(login)
		for _, address := range []string{sessionPage, votesPage} {
			page := reader.Get(address).Want(http.StatusOK).Check()
			for _, transition := range []string{"number_resolution", "publish", "deliver_to_voivode"} {
				leads := strings.Contains(page.Body, "/sprawy/"+id+"/czynnosci/"+transition+`"`)
				if leads != slices.Contains(want, transition) {
					t.Errorf("%s, %s: led to %s %v", login, address, transition, leads)
				}
			}
		}
	}
}
