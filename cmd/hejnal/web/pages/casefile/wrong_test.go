package casefile_test

import (
	"net/http"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

func TestEveryWrongInputIsSaidAtItsField(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "on_agenda")
	browser := house.SignIn("secretariat")
	sound := map[string]string{"in.for": "30", "in.against": "5", "in.abstained": "3", "in.present": "38"}
	for _, test := range []struct{ name, field, value, at, says string }{
		{"nothing", "in.for", "", "in.for", ""},
		{"letters", "in.for", "trzydzieści", "in.for", ""},
		{"a negative number", "in.against", "-5", "in.against", ""},
		{"a number that no machine holds", "in.for", strings.Repeat("9", 30), "in.for", ""},
		{"more votes than present", "in.for", "33", "in.present", "Oddano więcej głosów"},
		{"more present than there are", "in.present", "44", "in.present", "ustawowy skład"},
		{"absent that do not add up", "in.absent", "2", "in.absent", "dać ustawowy skład"},
		{"a day that is none", "occurred_on", "2026-02-30", "occurred_on", ""},
		{"a day to come", "occurred_on", "2027-01-01", "occurred_on", ""},
		{"a roll call of one", "in.roll_call", "Jan Kowalski;za", "in.for", "wykazem imiennym"},
		{"a roll call that nobody can read", "in.roll_call", "<script>;może", "in.roll_call", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			form := browser.Get(actPath(id, "record_vote")).Form("record_vote")
			for name, value := range sound {
				form.Set(name, value)
			}
			form.Set(test.field, test.value).Set("comment", "Zostaje")
			answer := form.Send()
			if answer.Status != http.StatusUnprocessableEntity && answer.Status != http.StatusConflict {
				t.Fatalf("status %d: %s", answer.Status, answer.Text())
			}
			again := answer.Check().Form("record_vote")
			if wrong := again.Wrong(test.at); wrong == "" || !strings.Contains(wrong, test.says) {
				t.Errorf("beside %s stands %q; the summary says %q", test.at, wrong, answer.Errors())
			}
			if again.Values.Get(test.field) != test.value || again.Values.Get("comment") != "Zostaje" {
				t.Errorf("kept %v", again.Values)
			}
		})
	}
	if house.Case(id).State != "on_agenda" {
		t.Error("one of them was recorded")
	}
}

func TestARollCallIsReadAsItIsPasted(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "on_agenda")
	form := house.SignIn("secretariat").Get(actPath(id, "record_vote")).Form("record_vote")
	var lines []string
	for i, vote := range []string{"za", "przeciw", "wstrzymał się", "nieobecny"} {
		for n := range []int{20, 10, 8, 5}[i] {
			lines = append(lines, "Radny "+vote[:2]+" "+string(rune('A'+n))+"; "+vote)
		}
	}
	form.Set("in.roll_call", strings.Join(lines, "\n"))
	form.Set("in.roll_call", strings.Join(append(lines, "Radny X; może"), "\n"))
	again := form.Send().Want(http.StatusUnprocessableEntity).Check().Form("record_vote")
	if again.Values.Get("in.for") != "" || again.Wrong("in.for") != "" || !strings.Contains(again.Wrong("in.roll_call"), "Wiersz 44") {
		t.Errorf("for: %q with %q; roll call: %q", again.Values.Get("in.for"), again.Wrong("in.for"), again.Wrong("in.roll_call"))
	}
	form = again.Set("in.roll_call", strings.Join(lines, "\n"))
	form.Send().Want(http.StatusOK).Says("Głosy za 20 (policzono", "Głosy przeciw 10", "Obecni radni 38").Form("record_vote").Send().Follow().Want(http.StatusOK)
	house.SignIn("auditor").Get("/sprawy/"+id+"/historia").Want(http.StatusOK).Check().Says("Głosy za 20", "Obecni radni 38")
}

func TestAHostileFileIsRefusedAndTheRestIsKept(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "on_agenda")
	browser := house.SignIn("secretariat")
	for name, content := range map[string]string{
		"wykaz.pdf":            "<html><script>alert(1)</script></html>",
		"wykaz.exe":            "MZ\x90\x00\x03",
		"../../etc/passwd.pdf": "\x00\x01\x02",
		"pusty.pdf":            "",
	} {
		form := browser.Get(actPath(id, "record_vote")).Form("record_vote")
		form.Set("in.for", "30").Set("in.against", "5").Set("in.abstained", "3").Set("in.present", "38").Attach("doc.0", name, content)
		answer := form.Send().Want(http.StatusUnprocessableEntity).Check()
		if len(answer.Errors()) == 0 || answer.Form("record_vote").Values.Get("in.for") != "30" {
			t.Errorf("%s: errors %q", name, answer.Errors())
		}
		page := browser.Get("/sprawy/" + id + "/dokumenty").Form("/dokumenty")
		page.Set("kind", "roll_call").Attach("file", name, content)
		if answer := page.Send().Want(http.StatusUnprocessableEntity).Check(); answer.Form("/dokumenty").Wrong("file") == "" {
			t.Errorf("%s: nothing is said beside the file", name)
		}
	}
	for _, document := range house.Case(id).Documents {
		if document.Kind == "roll_call" {
			t.Errorf("%s was attached", document.FileName)
		}
	}
}

func TestWhatIsWrongWithAFileOfAnActIsSaidAtItsField(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "on_agenda")
	browser := house.SignIn("secretariat")
	for name, c := range map[string]struct {
		field, file, content, kind string
		at, says                   string
	}{
		"empty":           {"doc.0", "pusty.pdf", "", "", "doc.0", "„pusty.pdf”: Plik jest pusty."},
		"a script":        {"doc.more", "new.js", "let a = 1\n", "other", "doc.more", "„new.js”: Plik jest innego typu niż przyjmowane: PDF"},
		"of another type": {"doc.more", "wykaz.exe", "MZ\x90\x00\x03", "other", "doc.more", "„wykaz.exe”: Plik jest innego typu"},
		"of no kind":      {"doc.more", "a.pdf", pagestest.PDF("a"), "", "doc.more.kind", "Wybierz rodzaj dokumentu dla pliku „a.pdf”"},
		"no file":         {"", "", "", "other", "doc.more", "nie wybrano pliku"},
	} {
		t.Run(name, func(t *testing.T) {
			form := browser.Get(actPath(id, "record_vote")).Form("record_vote")
			form.Set("in.for", "30").Set("in.against", "5").Set("in.abstained", "3").Set("in.present", "38").Set("doc.more.kind", c.kind)
			if c.field != "" {
				form.Attach(c.field, c.file, c.content)
			}
			answer := form.Send().Want(http.StatusUnprocessableEntity).Check()
			again := answer.Form("record_vote")
			if wrong := again.Wrong(c.at); !strings.Contains(wrong, c.says) || again.Values.Get("doc.more.kind") != c.kind {
				t.Errorf("beside %s stands %q, the kind is %q; the summary says %q", c.at, wrong, again.Values.Get("doc.more.kind"), answer.Errors())
			}
			if !strings.Contains(answer.Body, `<a href="#f-`+strings.ReplaceAll(c.at, ".", "-")+`"`) {
				t.Errorf("the summary does not lead to %s", c.at)
			}
		})
	}
}

func TestAMistakeInAListNamesItsFieldItsLineAndItsPart(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("informal_cooperation")
	form := house.SignIn("official").Get(actPath(id, "record_contact")).Form("record_contact")
	form.Set("in.note", "Rozmowa").Set("in.participants", "Urząd Miasta Krakowa; 2\nMiasto Bergen; dwie")
	answer := form.Send().Want(http.StatusUnprocessableEntity).Check()
	if got := answer.Errors(); len(got) != 1 || !strings.HasPrefix(got[0], "Uczestnicy: Wiersz 2, „Liczba osób”: Podaj liczbę całkowitą") {
		t.Errorf("told %q", got)
	}
	if kept := answer.Form("record_contact").Values.Get("in.participants"); !strings.Contains(kept, "Miasto Bergen; dwie") {
		t.Errorf("kept %q", kept)
	}
}
