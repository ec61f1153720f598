package casefile_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"slices"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/workflow"
)

// most is how heavy the page of a case may be, compressed, in bytes.
const most = 25 << 10

func TestThePageOfACaseIsLight(t *testing.T) {
	house := pagestest.New(t)
	for _, form := range house.Forms() {
		definition, _ := house.Engine.Form(form)
		ways := pagestest.Ways(definition)
		longest := definition.Start
		for _, state := range definition.States {
			if len(ways[state.ID]) > len(ways[longest]) {
				longest = state.ID
			}
		}
		id := house.Bring(form, longest)
		page := house.SignIn("everybody").Get("/sprawy/" + id).Want(http.StatusOK).Check()
		var packed bytes.Buffer
		writer, _ := gzip.NewWriterLevel(&packed, 5)
		_, err := writer.Write([]byte(page.Body))
		if err == nil {
			err = writer.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		if t.Logf("%s: %d bytes, %d compressed", form, len(page.Body), packed.Len()); packed.Len() > most {
			t.Errorf("the page of a case of %s has %d bytes compressed", form, packed.Len())
		}
	}
}

func TestTheCourseOfACaseIsAListBesideTheDrawing(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("twin_city_agreement", "resolution_adopted")
	page := house.SignIn("auditor").Get("/sprawy/" + id).Want(http.StatusOK).Check()
	course := page.Section("Przebieg sprawy")
	if lists := course.All("ol"); len(lists) != 1 {
		t.Fatalf("%d lists", len(lists))
	}
	for _, says := range []string{"W porządku obrad Zakończone 2 marca 2026, secretariat Nowak: Rada Miasta Krakowa podjęła uchwałę", "Uchwała podjęta Tu jesteś. Od 2 marca 2026", "Możliwe dalej", "Nadzór wojewody", "Publikacja"} {
		if !strings.Contains(course.Text(), says) {
			t.Errorf("the course does not say %q: %s", says, course.Text())
		}
	}
	drawings := pagestest.Every(page.Root, pagestest.Tag("svg"))
	if len(drawings) != 2 {
		t.Fatalf("%d drawings", len(drawings))
	}
	for _, drawing := range drawings {
		if pagestest.Attribute(drawing, "role") != "img" || pagestest.First(drawing, pagestest.Tag("title")) == nil || pagestest.First(drawing, pagestest.Tag("desc")) == nil {
			t.Error("a drawing lacks its role, title or description")
		}
	}
	current := pagestest.Every(page.Root, pagestest.Class("hj-path__step--current"))
	if len(current) != 1 || pagestest.Attribute(current[0], "aria-current") != "step" {
		t.Errorf("%d current steps", len(current))
	}
}

func TestTheHeadOfACaseSaysThatADayIsADueDate(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("twin_city_agreement", "submitted_to_council")
	page := house.SignIn("auditor").Get("/sprawy/"+id).Want(http.StatusOK).Check().Says("termin: za 90 dni", "Równolegle")
	if path := pagestest.First(page.Root, pagestest.Class("govuk-breadcrumbs")); pagestest.Attribute(path, "aria-label") != "Ścieżka" {
		t.Error("the path has another name")
	}
}

func TestEveryReaderFindsWhatTheyMayDo(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "on_agenda")
	for login, test := range map[string]struct {
		button string
		says   []string
	}{
		"secretariat": {"Odnotuj głosowanie", []string{"Więcej czynności", "Co możesz zrobić"}},
		"auditor":     {"", []string{"Twoja rola tylko czyta tę sprawę.", "Co mogą inni"}},
		"admin":       {"", []string{"Twoja rola tylko czyta tę sprawę."}},
	} {
		page := house.SignIn(login).Get("/sprawy/" + id).Want(http.StatusOK).Check().Says(test.says...)
		var buttons []string
		for _, n := range pagestest.Every(page.Root, pagestest.Class("govuk-button")) {
			if pagestest.Tag("a")(n) {
				buttons = append(buttons, pagestest.Text(n))
			}
		}
		if len(buttons) > 2 || test.button != "" && !slices.Contains(buttons, test.button) || test.button == "" && len(buttons) > 0 {
			t.Errorf("%s finds the buttons %q", login, buttons)
		}
	}
	auditor := house.SignIn("auditor")
	for _, part := range []string{"", "/dokumenty", "/historia", "/rozmowa"} {
		page := auditor.Get("/sprawy/" + id + part).Want(http.StatusOK).Check()
		for _, n := range pagestest.Every(page.Root, pagestest.Tag("form")) {
			if action := pagestest.Attribute(n, "action"); strings.HasPrefix(action, "/sprawy/") {
				t.Errorf("an auditor finds a form for %s", action)
			}
		}
	}
	auditor.Post("/sprawy/"+id+"/rozmowa", map[string][]string{"text": {"Kontrola"}}).Want(http.StatusForbidden)
	auditor.Upload("/sprawy/"+id+"/dokumenty", map[string][]string{"kind": {"other"}}, pagestest.File{Field: "file", Name: "a.pdf", Content: pagestest.PDF("a")}).Want(http.StatusForbidden)
	auditor.Post("/sprawy/"+id+"/dane", map[string][]string{"title": {"Inny"}, "readings": {"1"}}).Want(http.StatusForbidden)
	auditor.Post("/sprawy/"+id+"/dane", map[string][]string{"title": {""}}).Want(http.StatusForbidden)
}

func TestEmptySectionsSayWhatWillAppear(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("informal_cooperation")
	official := house.SignIn("official")
	official.Get("/sprawy/"+id).Want(http.StatusOK).Check().Says(
		"Nie ma opisu. Dodaje go urzędnik", "Nie ma. Pojawią się tu sprawy otwarte z tej", "Żaden termin nie biegnie.", "Nic z tej sprawy nie jest publiczne.")
	official.English().Get("/sprawy/"+id).Check().Says("There is no description.", "No deadline runs.", "Nothing of this case is public.")
	official.Get("/sprawy/" + id + "/dokumenty").Check().Says("Nie ma jeszcze żadnego dokumentu.")
	official.Get("/sprawy/" + id + "/rozmowa").Check().Says("Nikt jeszcze nic nie napisał.")
	official.Get("/sprawy/" + house.People["lawyer"].ID).Want(http.StatusNotFound).Check()
	official.Get("/sprawy/nic").Want(http.StatusNotFound).Check()
	official.Get(actPath(id, "nic")).Want(http.StatusNotFound).Check()
}

func TestRelatedCasesAreLinkedInWords(t *testing.T) {
	w := newWalker(t)
	id, form := "", "informal_cooperation"
	definition, _ := w.Engine.Form(form)
	for _, transition := range definition.Transitions {
		opens := transition.Then.Open != nil || slices.ContainsFunc(transition.Outcomes, func(o workflow.OutcomeSource) bool { return o.Then.Open != nil })
		if opens && transition.Strand == workflow.Route {
			id = w.Bring(form, transition.From[0])
			w.step(id, transition.ID, pagestest.Leg{}).Check().Says("Sprawy powiązane")
			break
		}
	}
	if id == "" {
		t.Fatal("no act opens another case")
	}
	links := w.Case(id).Links
	if len(links) != 1 {
		t.Fatalf("%d links", len(links))
	}
	there := w.as("auditor").Get("/sprawy/" + id).Check().Says("współpracę formalizuje sprawa")
	back := w.as("auditor").Get("/sprawy/" + links[0].ProposalID).Want(http.StatusOK).Check().Says("formalizuje współpracę ze sprawy")
	if there.Section("Sprawy powiązane").Text() == "" || back.Section("Sprawy powiązane").Text() == "" {
		t.Error("the links stand elsewhere")
	}
}

func TestOnlyAStepBackIsCalledOne(t *testing.T) {
	house := pagestest.New(t)
	for name, c := range map[string]struct {
		form, state string
		acts        []string
		back        []string // events that led back
	}{
		"a draft that was reopened and completed again": {"sector_agreement", "draft_ready", []string{"reopen_draft", "complete_draft"}, []string{"Wznowiono prace nad projektem"}},
		"reopened twice":        {"sector_agreement", "draft_ready", []string{"reopen_draft", "complete_draft", "reopen_draft"}, []string{"Wznowiono prace nad projektem", "Wznowiono prace nad projektem"}},
		"the second reading":    {"sector_agreement", "first_reading", []string{"place_on_agenda", "record_vote"}, nil},
		"referred back":         {"sector_agreement", "first_reading", []string{"refer_back"}, []string{"Odesłano projekt"}},
		"taken off the agenda":  {"sector_agreement", "on_agenda", []string{"take_off_agenda", "place_on_agenda"}, []string{"Zdjęto"}},
		"a supplement was sent": {"association_membership", "with_minister", []string{"request_supplement", "supplement", "grant_consent"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			id := house.Bring(c.form, c.state)
			for _, act := range c.acts {
				house.Do(id, act)
			}
			course := house.SignIn("auditor").Get("/sprawy/" + id).Want(http.StatusOK).Section("Przebieg sprawy")
			var back []string
			for _, step := range course.All("li") {
				if text := pagestest.Text(step); strings.Contains(text, "Cofnięto") {
					back = append(back, text)
				}
			}
			if len(back) != len(c.back) {
				t.Fatalf("called steps back: %q", back)
			}
			for i, event := range c.back {
				if !strings.Contains(back[i], event) {
					t.Errorf("called a step back: %q", back[i])
				}
			}
		})
	}
}

func TestTheFirstButtonLeadsOn(t *testing.T) {
	house := pagestest.New(t)
	house.Bring("twin_city_agreement", "in_force")
	warned := house.Begin("twin_city_agreement")
	if act, _ := house.Action(warned, "propose", "official"); len(act.BlockedBy) != 1 || act.BlockedBy[0].Severity != workflow.Warn {
		t.Fatalf("it is blocked by %+v", act.BlockedBy)
	}
	for name, c := range map[string]struct{ id, login, button, more string }{
		"an official waits for the President": {house.Bring("sector_agreement", "draft_ready"), "official", "", "Wznów prace nad projektem"},
		"a new case":                          {house.Begin("sector_agreement"), "official", "Zgłoś propozycję", ""},
		"a new case with a warning":           {warned, "official", "Zgłoś propozycję", ""},
	} {
		t.Run(name, func(t *testing.T) {
			page := house.SignIn(c.login).Get("/sprawy/" + c.id).Want(http.StatusOK).Check()
			var buttons []string
			for _, n := range pagestest.Every(page.Root, pagestest.Class("govuk-button")) {
				if pagestest.Tag("a")(n) {
					buttons = append(buttons, pagestest.Text(n))
				}
			}
			if c.button == "" && len(buttons) > 0 || c.button != "" && (len(buttons) == 0 || !strings.HasPrefix(buttons[0], c.button)) {
				t.Errorf("the buttons are %q", buttons)
			}
			if c.more != "" && page.Link(c.more) == "" {
				t.Errorf("%s is not offered at all", c.more)
			}
		})
	}
}

func TestWhatARuleStandsAgainstIsNotPossibleNext(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "first_reading")
	auditor := house.SignIn("auditor")
	if next := auditor.Get("/sprawy/" + id).Check().Section("Możliwe dalej").Text(); !strings.Contains(next, "W porządku obrad: Wprowadź do porządku obrad") {
		t.Errorf("after the first reading may come %q", next)
	}
	house.Do(id, "place_on_agenda")
	page := auditor.Get("/sprawy/" + id).Check()
	next := page.Section("Możliwe dalej")
	if text := next.Text(); strings.Contains(text, "pierwsze czytanie") || !strings.Contains(text, "Odnotuj głosowanie") {
		t.Errorf("before the vote may come %q", text)
	}
	if len(next.All("ol")) > 0 || len(page.Section("Przebieg sprawy").All("ol")) != 1 {
		t.Error("what may come next is numbered")
	}
}

func TestADescriptionKeepsItsParagraphs(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("sector_agreement", func(asked *engine.NewProposal) { asked.Description = "Pierwszy akapit.\n\nDrugi akapit." })
	page := house.SignIn("auditor").Get("/sprawy/" + id).Check()
	typed := pagestest.First(page.Root, pagestest.Class("hj-typed"))
	if typed == nil || !strings.HasPrefix(pagestest.Text(typed), "Pierwszy akapit.") {
		t.Error("the description is not shown as it was typed")
	}
}

func TestADeadlineThatWasMetTellsItsDayAsPast(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "resolution_adopted")
	page := house.SignIn("auditor").Get("/sprawy/" + id).Check()
	if text := page.Section("Terminy").Text(); !strings.Contains(text, "dotrzymano; termin był ") {
		t.Errorf("the deadlines: %s", text)
	}
}
