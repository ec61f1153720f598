package away_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"go.uber.org/goleak"
	"golang.org/x/net/html"

	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/workflow"
)

const (
	listPath = "/zastepstwa"
	newPath  = "/zastepstwa/nowe"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// set sets a substitution through the page.
func set(house *pagestest.House, by *pagestest.Browser, substitute, from, until string) *pagestest.Page {
	form := by.Get(newPath).Want(http.StatusOK).Check().Form(newPath)
	return form.Set("substitute", house.People[substitute].ID).Set("from", from).Set("until", until).Set("reason", "Urlop").Send()
}

func TestASubstitutionIsSetSeenAndEnded(t *testing.T) {
	house := pagestest.New(t)
	lawyer, other := house.SignIn("lawyer"), house.SignIn("lawyer-2")
	lawyer.Get(listPath).Want(http.StatusOK).Check().Says("Nie ma zastępstw")
	set(house, lawyer, "lawyer-2", "2026-03-02", "2026-03-09").Follow().Want(http.StatusOK).Check().Says("Ustawiono zastępstwo")
	for login, browser := range map[string]*pagestest.Browser{"lawyer": lawyer, "lawyer-2": other, "auditor": house.SignIn("auditor")} {
		rows := browser.Get(listPath).Check().Rows("Trwają")
		if len(rows) != 1 || !strings.HasPrefix(strings.Join(rows[0], "|"), "lawyer Nowak|lawyer-2 Nowak|2 marca 2026|8 marca 2026|wszystkie|Urlop") {
			t.Errorf("%s sees %v", login, rows)
		}
	}
	if other.Get(listPath).HasForm("/zakoncz") {
		t.Error("the substitute is offered to end it")
	}
	house.SignIn("official").Get(listPath).Silent("lawyer Nowak")

	page := lawyer.Get(listPath).Form("/zakoncz").Send().Follow().Check().Says("Zakończono zastępstwo")
	if rows := page.Rows("Zakończone"); len(rows) != 1 || !strings.Contains(rows[0][6], "2 marca 2026") {
		t.Errorf("over: %v", rows)
	}
	lawyer.English().Get(listPath).Check().Says("Over", "ended before its time")
}

func TestWhatIsWrongStandsAtItsField(t *testing.T) {
	house := pagestest.New(t)
	lawyer := house.SignIn("lawyer")
	sound := url.Values{"substitute": {house.People["lawyer-2"].ID}, "from": {"2026-03-02"}, "until": {"2026-03-09"}, "reason": {"Urlop"}}
	for name, test := range map[string]struct{ field, value string }{
		"nobody": {"substitute", ""}, "oneself": {"substitute", house.People["lawyer"].ID}, "somebody unknown": {"substitute", "nikt"}, "no first day": {"from", ""},
		"no day": {"from", "jutro"}, "over before it begins": {"until", "2026-03-02"}, "over already": {"until", "2026-03-01"}, "too long": {"until", "2028-03-09"},
		"no reason": {"reason", " "}, "a role of others": {"roles", "president"},
	} {
		values := url.Values{}
		for field, given := range sound {
			values[field] = given
		}
		values.Set(test.field, test.value)
		page := lawyer.Post(newPath, values).Want(http.StatusUnprocessableEntity).Check()
		form := page.Form(newPath)
		if form.Wrong(test.field) == "" || form.Values.Get("until") != values.Get("until") {
			t.Errorf("%s: %v", name, page.Errors())
		}
	}
	set(house, lawyer, "lawyer-2", "2026-03-02", "2026-03-09").Want(http.StatusSeeOther)
	overlapping := set(house, lawyer, "lawyer-2", "2026-03-05", "2026-03-20").Want(http.StatusConflict).Check()
	if errors := overlapping.Errors(); len(errors) != 1 || !strings.Contains(errors[0], "ma już zastępstwo") {
		t.Errorf("overlapping: %v", errors)
	}
}

func TestAnAdministratorSetsAndEndsThoseOfOthers(t *testing.T) {
	house := pagestest.New(t)
	admin := house.SignIn("admin")
	form := admin.Get(newPath).Check().Form(newPath)
	form.Set("absent", house.People["president"].ID).Set("substitute", house.People["president-2"].ID).Set("from", "2026-03-10").Set("until", "2026-03-12").Set("roles", "president").Set("reason", "Delegacja")
	rows := form.Send().Follow().Check().Rows("Zaczną się")
	if len(rows) != 1 || rows[0][0] != "president Nowak" || rows[0][4] != "Prezydent Miasta" && rows[0][4] == "" {
		t.Errorf("to begin: %v", rows)
	}
	address := admin.Get(listPath).Form("/zakoncz").Action
	house.SignIn("official").Post(address, nil).Want(http.StatusForbidden)
	admin.Post(address, nil).Want(http.StatusSeeOther)
	admin.Post(address, nil).Want(http.StatusConflict)
	admin.Post(listPath+"/nic/zakoncz", nil).Want(http.StatusNotFound)
	if house.SignIn("lawyer").Get(newPath).Form(newPath).Has("absent") {
		t.Error("a lawyer chooses who is absent")
	}
}

func TestAFormSentTwiceSetsOne(t *testing.T) {
	house := pagestest.New(t)
	lawyer := house.SignIn("lawyer")
	form := lawyer.Get(newPath).Form(newPath).Set("substitute", house.People["lawyer-2"].ID).Set("from", "2026-03-02").Set("until", "2026-03-09").Set("reason", "Urlop")
	first, second := form.Send(), form.Send()
	if first.Location() == "" || first.Location() != second.Location() {
		t.Errorf("leads to %q, then to %q", first.Location(), second.Location())
	}
	if rows := lawyer.Get(listPath).Rows("Trwają"); len(rows) != 1 {
		t.Errorf("in force: %v", rows)
	}
}

func TestEverybodyCanBeChosenOfVeryManyPeopleAndBeyondThatItIsSaid(t *testing.T) {
	house := pagestest.New(t)
	house.Crowd(workflow.Lawyer, 1_000)
	house.SignIn("admin").Get(newPath).Want(http.StatusOK).Says("auditor Nowak", "z-1000 Nowak").Silent("nie ma na niej wszystkich")
	more := pagestest.New(t)
	more.Crowd(workflow.Lawyer, 2_001)
	more.SignIn("admin").Get(newPath).Check().Says("Lista kończy się na 2000 osobach").Silent("z-2001 Nowak")
	more.SignIn("lawyer").English().Get(newPath).Says("The list ends with 2000 people")
}

func TestSubstitutionsAreAnAreaOfWorkOfTheAdministrator(t *testing.T) {
	house := pagestest.New(t)
	for login, want := range map[string]bool{"admin": true, "lawyer": false} {
		page := house.SignIn(login).Get(listPath).Want(http.StatusOK).Check()
		areas := pagestest.First(page.Root, pagestest.Class("hj-nav"))
		here := pagestest.First(areas, func(n *html.Node) bool { return pagestest.Attribute(n, "href") == listPath })
		if got := here != nil && pagestest.Attribute(here, "aria-current") == "page"; got != want {
			t.Errorf("%s: %v", login, got)
		}
	}
}
