package casefile_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/workflow"
)

// lastInputs are the inputs of the newest act of a case.
func lastInputs(t *testing.T, house *pagestest.House, id string) map[string]json.RawMessage {
	t.Helper()
	records, err := house.Store.History(t.Context(), id, house.Case(id).Seq-1, 1)
	if err != nil {
		t.Fatal(err)
	}
	act, err := engine.ReadAct(records[0])
	if err != nil {
		t.Fatal(err)
	}
	return act.Inputs
}

func TestADescriptionOfSeveralLinesThatWasLeftAloneIsNotChanged(t *testing.T) {
	house := pagestest.New(t)
	official := house.SignIn("official")
	for name, entered := range map[string]string{"by a program": "Pierwszy wiersz\n\nDrugi wiersz\n", "by a page of before": "Pierwszy wiersz\r\nDrugi wiersz"} {
		t.Run(name, func(t *testing.T) {
			id := house.Begin("sector_agreement")
			if _, err := house.Engine.Amend(t.Context(), engine.Request{By: house.By("official")}, id, engine.Patch{Description: &entered}); err != nil {
				t.Fatal(err)
			}
			official.Get("/sprawy/"+id+"/dane").Form("/dane").Set("title", "Inny tytuł").Send().Want(http.StatusSeeOther)
			if changed := slices.Collect(maps.Keys(lastInputs(t, house, id))); !slices.Equal(changed, []string{"title"}) {
				t.Errorf("changed: %v", changed)
			}
			if kept := house.Case(id).Description; kept != entered {
				t.Errorf("the description is now %q", kept)
			}
		})
	}
}

func TestADescriptionMayBeAsLongAsTheCoreLetsIt(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("sector_agreement")
	page := house.SignIn("official").Get("/sprawy/" + id + "/dane")
	if bound := pagestest.Attribute(pagestest.First(page.Root, pagestest.Tag("textarea")), "maxlength"); bound != strconv.Itoa(workflow.MaxDescription) {
		t.Errorf("the page lets %s characters be typed", bound)
	}
	counter := pagestest.First(page.Check().Root, func(n *html.Node) bool { return pagestest.Attribute(n, "id") == "f-description-left" })
	if pagestest.Attribute(counter, "aria-live") != "polite" || pagestest.Attribute(counter, "data-text") != "Zostało znaków: {left}" || pagestest.Text(counter) != "" {
		t.Error("nothing tells how many characters are left")
	}
	long := strings.Repeat("a\n", workflow.MaxDescription/2-1) + "ż"
	page.Form("/dane").Set("description", long).Send().Want(http.StatusSeeOther)
	if kept := house.Case(id).Description; kept != long {
		t.Errorf("%d characters were kept", len([]rune(kept)))
	}
	page = house.SignIn("official").Get("/sprawy/" + id + "/dane")
	page.Form("/dane").Set("description", long+strings.Repeat("x", 3)).Send().Want(http.StatusUnprocessableEntity).Check()
}

func TestWhoeverMayChangeTheDataIsLedThereFromEveryState(t *testing.T) {
	house := pagestest.New(t)
	definition, ok := house.Engine.Form("sector_agreement")
	if !ok {
		t.Fatal("there is no such form")
	}
	for state := range pagestest.Ways(definition) {
		id := house.Bring("sector_agreement", state)
		for _, login := range []string{"official", "lawyer"} {
			reader := house.SignIn(login) // time passes on the way, and sessions end
			led := reader.Get("/sprawy/" + id).Want(http.StatusOK).Check().Link("Zmień dane sprawy")
			if may := reader.Get("/sprawy/" + id + "/dane").HasForm("/dane"); (led != "") != may {
				t.Errorf("%s, %s: may %v, led to %q", state, login, may, led)
			}
		}
	}
}
