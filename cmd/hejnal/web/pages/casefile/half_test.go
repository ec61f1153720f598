package casefile_test

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

func TestARefusedActLeavesNoDocumentBehind(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("informal_cooperation")
	address := "/sprawy/" + id + "/czynnosci/record_contact"
	file := pagestest.File{Field: "doc.more", Name: "a.pdf", Content: pagestest.PDF("a")}
	for name, c := range map[string]struct {
		login string
		note  string
		want  int
	}{
		"another role": {"lawyer", "Rozmowa", http.StatusForbidden}, "an empty field": {"official", "", http.StatusUnprocessableEntity},
	} {
		values := url.Values{"version": {"1"}, "in.note": {c.note}, "doc.more.kind": {"other"}}
		page := house.SignIn(c.login).Upload(address, values, file).Want(c.want)
		if c.want == http.StatusUnprocessableEntity {
			page.Says("Plik „a.pdf” nie został dołączony. Wybierz go jeszcze raz")
		}
		if p := house.Case(id); len(p.Documents) != 0 || p.Version != 1 {
			t.Errorf("%s: %d documents, version %d", name, len(p.Documents), p.Version)
		}
	}
}

func TestAnActThatARuleRefusesLeavesNoDocumentBehind(t *testing.T) {
	house := pagestest.New(t)
	for name, c := range map[string]struct {
		state, act string
		inputs     url.Values
		says       string
	}{
		"refused": {"invited", "consent_to_participate", url.Values{
			"in.programme": {"Program"}, "in.becomes_member_pays_or_accepts_statute": {"yes"}, "in.answer_reason": {"Składka"},
		}, "wymaga drogi członkostwa"},
		"warned of": {"president_consented", "appoint_representative", url.Values{
			"in.representative": {"Anna Nowak"}, "in.function": {"Członek"}, "in.delegated_by_council": {"yes"},
		}, "a w sprawie jej nie ma"},
	} {
		t.Run(name, func(t *testing.T) {
			id := house.Bring("political_body", c.state)
			before := house.Case(id)
			president := house.SignIn("president")
			for range 2 {
				form := president.Get(actPath(id, c.act)).Want(http.StatusOK).Form(c.act).Attach("doc.0", "a.pdf", pagestest.PDF(name))
				for field, value := range c.inputs {
					form.Set(field, value...)
				}
				form.Send().Want(http.StatusConflict).Check().Says(c.says, "Plik „a.pdf” nie został dołączony. Wybierz go jeszcze raz")
			}
			if p := house.Case(id); len(p.Documents) != len(before.Documents) || p.Version != before.Version {
				t.Errorf("%d documents, version %d", len(p.Documents), p.Version)
			}
		})
	}
}

func TestTheSameFileIsAttachedOnce(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("political_body", "invited")
	president := house.SignIn("president")
	const told = "Dołączono już do sprawy: a.pdf. Plik zostanie w sprawie"
	for i := range 3 {
		form := president.Get(actPath(id, "consent_to_participate")).Want(http.StatusOK).Form("consent_to_participate").Attach("doc.0", "a.pdf", pagestest.PDF("a"))
		form.Set("in.programme", "Program").Set("in.becomes_member_pays_or_accepts_statute", "no").Set("in.answer_reason", "Bez składki")
		page := form.Send().Want(http.StatusOK).Check().Says("Sprawdź:")
		if strings.Contains(page.Text(), told) != (i == 0) {
			t.Errorf("sent %d times, the check says of the file: %v", i+1, i > 0)
		}
	}
	if documents := house.Case(id).Documents; len(documents) != 1 {
		t.Errorf("%d documents", len(documents))
	}
}

func TestAFileThatARuleAsksForMakesTheActPossible(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("political_body", "president_consented")
	form := house.SignIn("president").Get(actPath(id, "appoint_representative")).Form("appoint_representative").Attach("doc.1", "a.pdf", pagestest.PDF("a"))
	form.Set("in.representative", "Anna Nowak").Set("in.function", "Członek").Set("in.delegated_by_council", "yes")
	form.Send().Want(http.StatusOK).Check().Says("Sprawdź:").Form("appoint_representative").Send().Want(http.StatusSeeOther)
}

func TestNothingIsKeptOfWhoMayNotAttachIt(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("informal_cooperation")
	act := "/sprawy/" + id + "/czynnosci/record_contact"
	for name, c := range map[string]struct{ login, address, field string }{
		"nobody, at the sign-in": {"", "/logowanie", "x"}, "nobody, at an act": {"", act, "doc.more"}, "nobody, at the documents": {"", "/sprawy/" + id + "/dokumenty", "file"},
		"an auditor, at the talk": {"auditor", "/sprawy/" + id + "/rozmowa", "file"}, "a lawyer, at an official's act": {"lawyer", act, "doc.more"},
		"an official, in a field that there is not": {"official", act, "x"}, "an official, at the password": {"official", "/haslo", "doc.more"},
	} {
		content := pagestest.PDF(name)
		visitor := house.Visitor()
		if c.login != "" {
			visitor = house.SignIn(c.login)
		}
		visitor.Upload(c.address, url.Values{"version": {"1"}, "in.note": {"Rozmowa"}, "doc.more.kind": {"other"}}, pagestest.File{Field: c.field, Name: "a.pdf", Content: content})
		sum := sha256.Sum256([]byte(content))
		if kept, err := house.Blobs.Get(t.Context(), hex.EncodeToString(sum[:])); err == nil {
			_ = kept.Close()
			t.Errorf("%s: the file is kept", name)
		}
	}
}

func TestAFormSaysWhichVersionItIsAbout(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("informal_cooperation")
	for _, version := range []string{"", "abc", "0", "-1", "99999999999999999999"} {
		page := house.SignIn("official").Post("/sprawy/"+id+"/czynnosci/record_contact", url.Values{"version": {version}, "in.note": {"Rozmowa"}})
		if page.Status == http.StatusSeeOther || house.Case(id).Seq != 1 {
			t.Errorf("version %q: status %d", version, page.Status)
		}
	}
}

func TestAFormThatWasGoneBackToAndChangedIsAnotherOne(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("informal_cooperation")
	address := "/sprawy/" + id + "/czynnosci/record_contact"
	form := house.SignIn("official").Get(address).Want(200).Form(address).Set("in.note", "Pierwsza rozmowa")
	form.Send().Want(303)
	form.Send().Want(303)
	if seq := house.Case(id).Seq; seq != 2 {
		t.Fatalf("sent twice, it made the case's entry %d", seq)
	}
	// The version that it is about is gone: what was typed is kept, and nothing is done.
	page := form.Set("in.note", "Druga rozmowa").Send().Want(http.StatusConflict).Check()
	if got := page.Form(address).Values.Get("in.note"); got != "Druga rozmowa" || house.Case(id).Seq != 2 {
		t.Errorf("it comes back with %q", got)
	}
}

func TestAFormThatIsSentTwiceAtOnceIsDoneOnceAndToldOnce(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("informal_cooperation")
	address := "/sprawy/" + id + "/czynnosci/record_contact"
	form := house.SignIn("official").Get(address).Want(200).Form(address).Set("in.note", "Rozmowa")
	pages := make([]*pagestest.Page, 6)
	var together sync.WaitGroup
	for i := range pages {
		together.Go(func() { pages[i] = form.Send() })
	}
	together.Wait()
	for _, page := range pages {
		if page.Want(303).Location() != pages[0].Location() {
			t.Errorf("one leads to %s, another to %s", pages[0].Location(), page.Location())
		}
	}
	if seq := house.Case(id).Seq; seq != 2 {
		t.Errorf("it made the case's entry %d", seq)
	}
	data := "/sprawy/" + id + "/dane"
	change := house.SignIn("official").Get(data).Want(200).Form(data).Set("title", "Inny tytuł")
	for range 2 {
		change.Send().Want(303)
	}
}
