package notices_test

import (
	"log/slog"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/news"
	"hejnal/cmd/hejnal/notice"
	"hejnal/cmd/hejnal/web/pages/pagestest"
)

// tell makes the notices of all that happened.
func tell(t *testing.T, house *pagestest.House) {
	t.Helper()
	runner := notice.Runner{Store: house.Store, News: &news.Board{}, Holder: "test", Now: house.Now, Log: slog.New(slog.DiscardHandler)}
	if err := runner.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestWhatOthersDidInMyCasesIsTold(t *testing.T) {
	house := pagestest.New(t)
	tell(t, house) // it begins here
	id := house.Bring("partnership_agreement", "print_registered")
	tell(t, house)
	reader := house.SignIn("official")
	page := reader.Get("/powiadomienia").Want(200).Check().Says("Zarejestrowano druk", house.Case(id).Number, "nowe")
	if !strings.Contains(page.Body, "/sprawy/"+id+"/historia#wpis-") {
		t.Error("a notice does not lead to its entry")
	}
	reader.English().Get("/powiadomienia").Want(200).Check().Says("Print registered", "Mark all as read")
	if count := reader.Get("/konto").Text(); !strings.Contains(count, "nieprzeczytane") {
		t.Error("the navigation does not count what is unread")
	}
	page.Form("/powiadomienia").Send().Want(303)
	reader.Get("/powiadomienia").Want(200).Check().Silent("nowe")
	if count := reader.Get("/konto").Text(); strings.Contains(count, "nieprzeczytane") {
		t.Error("what was read is still counted")
	}
}

func TestATaskThatSomebodyGaveIsTold(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "assessment")
	tell(t, house)
	var task string
	for _, open := range house.Case(id).Tasks {
		if open.Role == "lawyer" {
			task = open.ID
		}
	}
	if _, err := house.Engine.Assign(t.Context(), engine.Request{By: house.By("lawyer-2")}, task, house.People["lawyer"].ID); err != nil {
		t.Fatal(err)
	}
	tell(t, house)
	house.SignIn("lawyer").Get("/powiadomienia").Want(200).Check().Says("Przydzielono Ci zadanie")
	house.SignIn("lawyer-2").Get("/powiadomienia").Want(200).Check().Says("Nie ma powiadomień")
}

func TestNoticesAreTheReadersAlone(t *testing.T) {
	house := pagestest.New(t)
	house.Visitor().Get("/powiadomienia").Want(303)
	house.SignIn("subscriber").Get("/powiadomienia").Want(403)
	house.SignIn("auditor").Get("/powiadomienia").Want(200).Check()
	for _, upTo := range []string{"", "x", "-1", "999999999999999999999"} {
		house.SignIn("auditor").Post("/powiadomienia", map[string][]string{"do": {upTo}}).Want(303)
	}
	house.SignIn("auditor").Get("/powiadomienia?dalej=bzdura").Want(422)
}
