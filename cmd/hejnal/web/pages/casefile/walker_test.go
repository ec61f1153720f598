package casefile_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/workflow"
)

// walker moves cases as officials would who have nothing but the pages: it signs in as whoever may, types the examples into
// the form, attaches what is missing, answers warnings, and confirms what is shown to be checked.
type walker struct {
	*pagestest.House
	t        *testing.T
	browsers map[string]*pagestest.Browser
	until    map[string]time.Time // when a browser's session may have ended
}

func newWalker(t *testing.T) *walker {
	t.Helper()
	return &walker{House: pagestest.New(t), t: t, browsers: map[string]*pagestest.Browser{}, until: map[string]time.Time{}}
}

// as is the browser of a person, signed in anew where the session may have ended.
func (w *walker) as(login string) *pagestest.Browser {
	w.t.Helper()
	if now := w.Now(); w.browsers[login] == nil || now.After(w.until[login]) {
		w.browsers[login], w.until[login] = w.SignIn(login), now.Add(12*time.Hour)
	}
	return w.browsers[login]
}

func actPath(id, transition string) string { return "/sprawy/" + id + "/czynnosci/" + transition }

// step makes an act through the pages, and before it whatever unblocks it. It gives the page that says what happened.
func (w *walker) step(id, transition string, leg pagestest.Leg) *pagestest.Page {
	w.t.Helper()
	for range 5 {
		clearing, done := w.attempt(id, transition, leg)
		if clearing == "" {
			return done
		}
		w.step(id, clearing, pagestest.Leg{})
	}
	w.t.Fatalf("%s stays blocked", transition)
	return nil
}

func (w *walker) attempt(id, transition string, leg pagestest.Leg) (clearing string, done *pagestest.Page) {
	w.t.Helper()
	action, offered := w.Action(id, transition, "auditor")
	if !offered {
		w.t.Fatalf("%s is not offered in %s", transition, w.Case(id).State)
	}
	w.Wait(action.EarliestOn)
	w.attachForOthers(id, action)
	login := string(action.Roles[0])
	action, _ = w.Action(id, transition, login)
	if slices.ContainsFunc(action.BlockedBy, func(b workflow.Blocker) bool { return b.Code == "four_eyes" }) {
		login += "-2"
	}
	form := w.as(login).Get(actPath(id, transition)).Want(http.StatusOK).Form(transition)
	for name, value := range pagestest.Examples(action) {
		fill(form, "in."+name, value)
	}
	for name, value := range leg.InputsFor(action) {
		fill(form, "in."+name, value)
	}
	w.attachHere(form, action)
	answer := form.Send()
	if answer.Status == http.StatusConflict || answer.Status == http.StatusUnprocessableEntity {
		if clearing := w.clearing(id, transition, login); clearing != "" {
			return clearing, nil
		}
		form = answer.Form(transition)
		form.Set("justification", "Okoliczności sprawy uzasadniają odstępstwo.")
		answer = form.Send()
	}
	if answer.Status == http.StatusOK {
		answer = answer.Check().Form(transition).Send()
	}
	done = answer.Follow().Want(http.StatusOK)
	if at := w.Case(id).State; leg.To != "" && at != leg.To {
		w.t.Fatalf("%s led to %s, want %s", transition, at, leg.To)
	}
	return "", done
}

// attachForOthers attaches, as another role, what whoever makes the act cannot attach.
func (w *walker) attachForOthers(id string, action workflow.Action) {
	w.t.Helper()
	for _, asked := range action.RequiredDocuments {
		if asked.Present || len(asked.By) == 0 || slices.Contains(asked.By, action.Roles[0]) {
			continue
		}
		form := w.as(string(asked.By[0])).Get("/sprawy/" + id + "/dokumenty").Want(http.StatusOK).Form("/dokumenty")
		form.Set("kind", asked.AnyOf[0]).Attach("file", asked.AnyOf[0]+".pdf", pagestest.PDF(w.Now().String()))
		form.Send().Follow().Want(http.StatusOK).Says("Dokument dodano")
	}
}

// attachHere chooses files in the act's own form for what is missing.
func (w *walker) attachHere(form *pagestest.Form, action workflow.Action) {
	w.t.Helper()
	for i, asked := range action.RequiredDocuments {
		field := fmt.Sprintf("doc.%d", i)
		if asked.Present || !form.Has(field) {
			continue
		}
		form.Set(field+".kind", asked.AnyOf[0]).Attach(field, asked.AnyOf[0]+".pdf", pagestest.PDF(w.Now().String()))
	}
}

// clearing is an act that the blockers of another name; empty where no such blocker stands.
func (w *walker) clearing(id, transition, login string) string {
	w.t.Helper()
	action, _ := w.Action(id, transition, login)
	for _, blocker := range action.BlockedBy {
		for _, other := range blocker.ClearedBy {
			if _, offered := w.Action(id, other, "auditor"); offered && blocker.Severity == workflow.Block {
				return other
			}
		}
	}
	return ""
}

// fill types a value into the fields of an input, as an official would.
func fill(form *pagestest.Form, name string, value any) {
	switch value := value.(type) {
	case map[string]any:
		for part, inner := range value {
			fill(form, name+"."+part, inner)
		}
	case []any:
		var texts, lines []string
		for _, item := range value {
			if record, ok := item.(map[string]any); ok {
				lines = append(lines, fmt.Sprint(record["councillor"], ";", record["vote"]))
				continue
			}
			texts = append(texts, fmt.Sprint(item))
		}
		if lines != nil {
			texts = []string{strings.Join(lines, "\n")}
		}
		form.Set(name, texts...)
	default:
		form.Set(name, fmt.Sprint(value))
	}
}
