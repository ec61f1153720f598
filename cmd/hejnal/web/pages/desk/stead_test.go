package desk_test

import (
	"net/http"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/pagestest"
)

func TestASubstituteSeesAndTakesTheTasksOfTheAbsent(t *testing.T) {
	house := pagestest.New(t)
	task := opinion(t, house)
	lawyer := house.People["lawyer"].ID
	if _, err := house.Engine.Assign(t.Context(), engine.Request{By: house.By("lawyer")}, task.ID, lawyer); err != nil {
		t.Fatal(err)
	}
	official := house.SignIn("official")
	official.Get(minePath).Silent("Zastępujesz", task.Title.PL)
	_, err := house.Engine.Substitute(t.Context(), engine.Request{By: house.By("lawyer")}, engine.NewSubstitution{
		Substitute: "official", From: "2026-03-02", Until: "2026-03-09", Reason: "Urlop",
	})
	if err != nil {
		t.Fatal(err)
	}
	own := official.Get(minePath).Want(http.StatusOK).Check().Says("Zastępujesz: lawyer Nowak, do 8 marca 2026.").Silent(task.Title.PL)
	href := own.Link("Zadania: lawyer Nowak")
	if href != minePath+"?za="+lawyer {
		t.Fatalf("the tasks of the absent are at %q", href)
	}
	page := official.Get(href).Want(http.StatusOK).Check().Says(task.Title.PL, "zastępujesz: lawyer Nowak")
	if got := page.Form(minePath).Values.Get("za"); got != lawyer {
		t.Errorf("the filters forget for whom: %q", got)
	}
	if page.Link("Tylko moje") != minePath {
		t.Errorf("one's own are at %q", page.Link("Tylko moje"))
	}
	back := page.Form("/oddaj").Send().Follow().Check().Says("wróciło do zespołu")
	if !strings.HasPrefix(back.Path, href) {
		t.Errorf("leads to %s", back.Path)
	}
	official.English().Get(href).Check().Says("You stand in for: lawyer Nowak", "Only mine")

	house.SignIn("secretariat").Get(href).Want(http.StatusOK).Silent(task.Title.PL)
	house.Wait("2026-03-09")
	house.SignIn("official").Get(href).Want(http.StatusOK).Silent("Zastępujesz", task.Title.PL)
}
