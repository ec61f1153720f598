package casefile_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/workflow"
)

func TestAnActOfAnotherRoleIsShownWithoutAButton(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "on_agenda")
	for _, login := range []string{"auditor", "lawyer", "official", "president"} {
		page := house.SignIn(login).Get(actPath(id, "record_vote")).Want(http.StatusOK).Check()
		page.Says("Tę czynność wykonuje: Kancelaria Rady.")
		if form := page.Form("record_vote"); form.Has("in.for") || form.Has("justification") {
			t.Errorf("%s can type: %v", login, form.Names())
		}
		house.SignIn(login).Post(actPath(id, "record_vote"), url.Values{"in.for": {"30"}, "sprawdzono": {"1"}}).Want(http.StatusForbidden).Check()
		refused := house.SignIn(login).Get(actPath(house.Bring("sector_agreement", "contacts"), "record_vote")).Check()
		if text := refused.Text(); strings.Count(text, "Twoja rola nie może wykonać czynności") > 1 || refused.Link("Wróć do sprawy") == "" {
			t.Errorf("%s: told %q", login, text)
		}
	}
	if house.Case(id).State != "on_agenda" {
		t.Error("somebody moved it")
	}
	house.SignIn("admin").Get(actPath(id, "record_vote")).Want(http.StatusOK)
	house.SignIn("subscriber").Get(actPath(id, "record_vote")).Want(http.StatusForbidden).Check()
	if page := house.Visitor().Get("/sprawy/" + id); page.Status != http.StatusSeeOther || !strings.HasPrefix(page.Location(), "/logowanie?dalej=") {
		t.Errorf("a visitor got %d, %s", page.Status, page.Location())
	}
}

func TestWhatIsMissingIsSaidWhenTheButtonIsPressed(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "draft_ready")
	president := house.SignIn("president")
	page := president.Get(actPath(id, "submit_to_council")).Want(http.StatusOK).Check().Says("Brakuje")
	form := page.Form("submit_to_council")
	for name, value := range pagestest.Examples(action(t, house, id, "submit_to_council", "president")) {
		fill(form, "in."+name, value)
	}
	answer := form.Send().Want(http.StatusConflict).Check()
	if !strings.HasPrefix(answer.Title(), "Błąd:") || len(answer.Errors()) == 0 {
		t.Errorf("title %q, errors %q", answer.Title(), answer.Errors())
	}
	answer.Says("Nie zrobiono tego, bo:", "Podstawa:")
	if house.Case(id).State != "draft_ready" {
		t.Error("it was done all the same")
	}
}

func TestFourEyesAreExplainedAndHeld(t *testing.T) {
	w := newWalker(t)
	id := w.Bring("sector_agreement", "assessment")
	_, command := w.Prepare(id, "complete_draft")
	command.By = w.By("everybody")
	if _, err := w.Engine.Advance(t.Context(), engine.Request{By: command.By}, id, command); err != nil {
		t.Fatal(err)
	}
	w.Prepare(id, "submit_to_council")
	blocked := action(t, w.House, id, "submit_to_council", "everybody")
	if len(blocked.BlockedBy) != 1 || blocked.BlockedBy[0].Code != "four_eyes" {
		t.Fatalf("blocked by %+v", blocked.BlockedBy)
	}
	says := blocked.BlockedBy[0].Message
	form := w.as("everybody").Get(actPath(id, "submit_to_council")).Want(http.StatusOK).Check().Says(says.PL).Form("submit_to_council")
	for name, value := range pagestest.Examples(blocked) {
		fill(form, "in."+name, value)
	}
	w.as("everybody").English().Get("/sprawy/" + id).Says(says.EN)
	form.Send().Want(http.StatusConflict).Check().Says("Nie zrobiono tego, bo:", says.PL)
	w.step(id, "submit_to_council", pagestest.Leg{To: "submitted_to_council"})
}

func action(t *testing.T, house *pagestest.House, id, transition, login string) workflow.Action {
	t.Helper()
	found, ok := house.Action(id, transition, login)
	if !ok {
		t.Fatalf("%s is not offered in %s", transition, house.Case(id).State)
	}
	return found
}

func TestALostRaceKeepsWhatWasTyped(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "print_registered")
	mine := house.SignIn("secretariat").Get(actPath(id, "record_committee_opinion")).Want(http.StatusOK).Form("record_committee_opinion")
	for name, value := range pagestest.Examples(action(t, house, id, "record_committee_opinion", "secretariat")) {
		fill(mine, "in."+name, value)
	}
	mine.Set("comment", "Opinia z poprawką do paragrafu 2.")
	t.Run("the act is still offered", func(t *testing.T) {
		house.SignIn("secretariat-2").Get(actPath(id, "record_committee_opinion")).Want(http.StatusOK)
		house.Attach(id, "committee_opinion", "secretariat-2")
		answer := mine.Send()
		if answer.Status == http.StatusOK {
			answer = answer.Form("record_committee_opinion").Send()
		}
		answer.Want(http.StatusConflict).Check().Says("Ktoś był szybszy:", "secretariat-2 Nowak", "dodano dokument", "wyślij jeszcze raz")
		again := answer.Form("record_committee_opinion")
		if again.Values.Get("comment") != mine.Values.Get("comment") || again.Values.Get("version") == mine.Values.Get("version") {
			t.Errorf("kept %v", again.Values)
		}
		answer = again.Send()
		if answer.Status == http.StatusOK {
			answer = answer.Form("record_committee_opinion").Send()
		}
		answer.Follow().Want(http.StatusOK).Check()
	})
	t.Run("the act is gone", func(t *testing.T) {
		vote := house.SignIn("secretariat").Get(actPath(id, "place_on_agenda")).Want(http.StatusOK).Form("place_on_agenda")
		for name, value := range pagestest.Examples(action(t, house, id, "place_on_agenda", "secretariat")) {
			fill(vote, "in."+name, value)
		}
		vote.Set("comment", "Uzgodniono z przewodniczącym.")
		house.Do(id, "place_on_agenda")
		house.Do(id, "record_vote")
		answer := vote.Send().Want(http.StatusConflict).Check()
		answer.Says("Ktoś był szybszy:", "Rada Miasta Krakowa podjęła uchwałę", "Tej czynności nie da się już wykonać", "Uzgodniono z przewodniczącym.")
		if answer.HasForm("place_on_agenda") {
			t.Error("it is still offered")
		}
	})
}

func TestAFormSentTwiceCountsOnce(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("sector_agreement")
	official := house.SignIn("official")
	form := official.Get(actPath(id, "correct_entry") + "?wpis=" + house.Case(id).LastAct).Want(http.StatusOK).Form("correct_entry")
	form.Set("in.field", "/occurred_on").Set("in.value", "2026-03-01").Set("in.reason", "Pomyłka")
	first, second := form.Send(), form.Send()
	if first.Follow().Want(http.StatusOK); first.Location() != second.Want(http.StatusSeeOther).Location() {
		t.Errorf("led to %s and %s", first.Location(), second.Location())
	}
	if seq := house.Case(id).Seq; seq != 2 {
		t.Errorf("%d entries", seq)
	}
}

func TestAFormComesBackAfterTheSessionEnded(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "on_agenda")
	browser := house.SignIn("secretariat")
	form := browser.Get(actPath(id, "record_vote")).Form("record_vote")
	form.Set("in.for", "31").Set("in.against", "2").Set("comment", "Wynik z protokołu")
	house.Pass(25 * time.Hour)
	entrance := form.Send().Want(http.StatusUnauthorized).Check().Says("Sesja wygasła", "Twój tekst jest zachowany")
	signIn := entrance.Form("/logowanie").Set("login", "secretariat").Set("password", pagestest.Password)
	back := signIn.Send().Want(http.StatusOK).Check()
	again := back.Form("record_vote")
	if again.Values.Get("in.for") != "31" || again.Values.Get("comment") != "Wynik z protokołu" {
		t.Errorf("came back with %v", again.Values)
	}
	if house.Case(id).State != "on_agenda" {
		t.Error("it was recorded all the same")
	}
}

func TestTheCheckShowsWhatWillHappenAndChangesNothing(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "on_agenda")
	form := house.SignIn("secretariat").English().Get(actPath(id, "record_vote")).Form("record_vote")
	form.Set("in.for", "30").Set("in.against", "5").Set("in.abstained", "3").Set("in.present", "38")
	check := form.Send().Want(http.StatusOK).Check().Says("Check:", "Votes for", "30", "The entry will be public")
	if !strings.HasPrefix(check.Title(), "Check: ") {
		t.Errorf("titled %q", check.Title())
	}
	if house.Case(id).State != "on_agenda" {
		t.Error("it was done before it was confirmed")
	}
	confirm := check.Form("record_vote")
	confirm.Values.Set("wroc", "1")
	back := confirm.Send().Want(http.StatusOK).Form("record_vote")
	if back.Values.Get("in.for") != "30" {
		t.Errorf("going back lost %v", back.Values)
	}
	confirm.Values.Del("wroc")
	confirm.Send().Follow().Want(http.StatusOK).Check().Says("Resolution adopted by the City Council")
}

func TestAJustificationIsAskedForWhereSomethingCanWarn(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("twin_city_agreement")
	official := house.SignIn("official")
	if form := official.Get(actPath(id, "correct_entry")).Form("correct_entry"); form.Has("justification") {
		t.Error("a correction asks for a justification")
	}
	found := false
	for _, offered := range []string{"propose", "sign_working_document", "end_contacts"} {
		act, ok := house.Action(id, offered, "official")
		if !ok {
			continue
		}
		definition, _ := house.Engine.Form("twin_city_agreement")
		for _, transition := range definition.Named(offered) {
			warns := false
			for _, rule := range transition.Judged() {
				warns = warns || rule.Severity == string(workflow.Warn)
			}
			form := house.SignIn(string(act.Roles[0])).Get(actPath(id, offered)).Form(offered)
			if found = found || warns; form.Has("justification") != warns {
				t.Errorf("%s asks for a justification: %v", offered, !warns)
			}
		}
	}
	if !found {
		t.Error("nothing warns")
	}
}

func TestAnActCorrectsTheLastEntryUnlessAnotherIsNamed(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "print_registered")
	form := house.SignIn("official").Get(actPath(id, "correct_entry")).Want(http.StatusOK).Check().Form("correct_entry")
	if form.Values.Get("in.corrects") != house.Case(id).LastAct {
		t.Errorf("it corrects %s", form.Values.Get("in.corrects"))
	}
	again := form.Set("in.field", "").Set("in.value", "x").Send().Want(http.StatusUnprocessableEntity).Check().Says("Zarejestrowano druk")
	if again.Form("correct_entry").Wrong("in.field") == "" {
		t.Errorf("nothing is said beside the field: %q", again.Errors())
	}
}

func TestADocumentThatOthersAttachStandsInTheWayBeforeFilesAreChosen(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "assessment")
	page := house.SignIn("official").Get(actPath(id, "complete_draft")).Want(http.StatusOK).Check().Says("Co stoi na przeszkodzie", "Brakuje dokumentu: Opinia prawna")
	if text := page.Section("Co stoi na przeszkodzie").Text(); strings.Contains(text, "Projekt uchwały") {
		t.Errorf("what the official attaches on the page stands in the way: %s", text)
	}
	form := page.Form("complete_draft").Set("in.term", "fixed").Attach("doc.0", "uchwala.pdf", pagestest.PDF("uchwala"))
	answer := form.Send().Want(http.StatusConflict).Check()
	again := answer.Form("complete_draft")
	for field, says := range map[string]string{"doc.0": "Plik „uchwala.pdf” nie został dołączony", "doc.1": "Brakuje tego dokumentu. Wybierz plik"} {
		if wrong := again.Wrong(field); !strings.Contains(wrong, says) {
			t.Errorf("beside %s stands %q; the summary says %q", field, wrong, answer.Errors())
		}
		if link := `<a href="#f-` + strings.ReplaceAll(field, ".", "-") + `"`; !strings.Contains(answer.Body, link) {
			t.Errorf("the summary does not lead to %s", field)
		}
	}
}

func TestWhoMadeTheActHasTheCaseOpenNoMore(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("informal_cooperation")
	official := house.SignIn("official")
	form := official.Get(actPath(id, "record_contact")).Want(http.StatusOK).Form("record_contact").Set("in.note", "Rozmowa")
	other := house.SignIn("official-2")
	other.Get(actPath(id, "record_contact")).Says("Tę sprawę otworzył też ktoś inny: official Nowak")
	form.Send().Want(http.StatusSeeOther)
	other.Get(actPath(id, "record_contact")).Silent("Tę sprawę otworzył też ktoś inny")
}

func TestAfterAPublicActOneCanSeeWhatAnybodySees(t *testing.T) {
	w := newWalker(t)
	id := w.Bring("sector_agreement", "draft_ready")
	done := w.step(id, "submit_to_council", pagestest.Leg{To: "submitted_to_council"}).Check().Says("Wpis jest jawny:")
	w.Visitor().Get(done.Link("zobacz, co widzi mieszkaniec")).Want(http.StatusOK).Check().Says("Przekazano projekt Radzie Miasta Krakowa")
}

func TestDocumentsOfAnActAreLinkedAndAWarningIsAnswered(t *testing.T) {
	house := pagestest.New(t)
	house.Bring("twin_city_agreement", "in_force")
	warned := house.Begin("twin_city_agreement")
	official := house.SignIn("official")
	answer := official.Get(actPath(warned, "propose")).Form("propose").Send().Want(http.StatusConflict).Check()
	if wrong := answer.Form("propose").Wrong("justification"); !strings.HasSuffix(wrong, "Napisz, dlaczego mimo ostrzeżenia chcesz to zrobić") {
		t.Errorf("told %q; the summary says %q", wrong, answer.Errors())
	}
	answer.Says("W tym kraju Kraków ma już miasto bliźniacze")
	id := house.Bring("sector_agreement", "draft_ready")
	page := house.SignIn("president").Get(actPath(id, "submit_to_council")).Check()
	for _, document := range house.Case(id).Documents {
		if document.Kind == "draft_resolution" && !slices.ContainsFunc(page.Section("Dokumenty, na których się to opiera").All("a"), func(n *html.Node) bool {
			return pagestest.Attribute(n, "href") == "/sprawy/"+id+"/dokumenty/"+document.ID
		}) {
			t.Error("the draft is named and not linked")
		}
	}
}

func TestADocumentThatAnAnswerAsksForIsAskedForAtTheFieldOfOthers(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "ready_to_sign")
	act := action(t, house, id, "sign_agreement", "president")
	form := house.SignIn("president").Get(actPath(id, "sign_agreement")).Want(http.StatusOK).Form("sign_agreement")
	for name, value := range pagestest.Examples(act) {
		fill(form, "in."+name, value)
	}
	answer := form.Set("in.signed_as", "delegate").Send().Want(http.StatusConflict).Check()
	again := answer.Form("sign_agreement")
	if wrong := again.Wrong("doc.0"); !strings.Contains(wrong, "Brakuje tego dokumentu") {
		t.Errorf("beside the agreement stands %q", wrong)
	}
	if wrong := again.Wrong("doc.more"); !strings.Contains(wrong, "Brakuje dokumentu: ") {
		t.Errorf("beside other documents stands %q; the summary says %q", wrong, answer.Errors())
	}
}
