package casefile_test

import (
	"net/http"
	"slices"
	"testing"

	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/workflow"
)

func TestEveryFormIsWalkedToEachOfItsEndsByItsPagesAlone(t *testing.T) {
	for _, form := range pagestest.New(t).Forms() {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			w := newWalker(t)
			definition, _ := w.Engine.Form(form)
			made, seen := map[pagestest.Leg]bool{}, map[string]bool{}
			ends := 0
			for _, state := range definition.States {
				way := pagestest.Ways(definition)[state.ID]
				if len(way) == 0 {
					continue
				}
				if state.Kind == workflow.End {
					ends++
				}
				w.walk(form, way, made, seen)
			}
			if ends < 2 {
				t.Errorf("only %d ends", ends)
			}
		})
	}
}

// walk goes a way; what was made through the pages before is made past them, to save time.
func (w *walker) walk(form string, way []pagestest.Leg, made map[pagestest.Leg]bool, seen map[string]bool) {
	w.t.Helper()
	if !slices.ContainsFunc(way, func(leg pagestest.Leg) bool { return !made[leg] }) {
		return
	}
	id := w.Begin(form, pagestest.Opening(way))
	w.look(id, seen)
	for _, leg := range way {
		if made[leg] {
			action, _ := w.Action(id, leg.Transition, "auditor")
			w.Do(id, leg.Transition, leg.InputsFor(action))
			continue
		}
		made[leg] = true
		w.step(id, leg.Transition, leg).Check()
		w.look(id, seen)
	}
}

// look opens every page of a case in a state that was not looked at yet, and the page of every act that it offers.
func (w *walker) look(id string, seen map[string]bool) {
	w.t.Helper()
	state := w.Case(id).State
	if seen[state] {
		return
	}
	seen[state] = true
	for _, part := range []string{"", "/historia", "/dokumenty", "/rozmowa"} {
		w.as("auditor").English().Get("/sprawy/" + id + part).Want(http.StatusOK).Check()
	}
	actions, err := w.Engine.Explain(w.t.Context(), w.Case(id), w.By("auditor"))
	if err != nil {
		w.t.Fatal(err)
	}
	for _, action := range actions {
		if key := action.Track + "/" + action.Transition; !seen[key] {
			seen[key] = true
			page := w.as(string(action.Roles[0])).Get(actPath(id, action.Transition)).Want(http.StatusOK).Check()
			if page.Heading() != action.Title.PL {
				w.t.Errorf("%s is headed %q, want %q", page.Path, page.Heading(), action.Title.PL)
			}
		}
	}
}
