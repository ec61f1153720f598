package pagestest_test

import (
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/workflow"
)

func TestEverybodyCanSignInAndOut(t *testing.T) {
	house := pagestest.New(t)
	for login := range house.People {
		browser := house.SignIn(login)
		account := browser.Get("/konto").Want(http.StatusOK).Check().Says(login + " Nowak")
		browser.Post("/wyloguj", nil).Want(http.StatusSeeOther)
		if again := browser.Get("/konto"); again.Status == http.StatusOK {
			t.Errorf("%s still sees %s", login, account.Title())
		}
	}
	visitor := house.Visitor()
	refused := visitor.Post("/logowanie", url.Values{"login": {"official"}, "password": {"zgaduję"}}).Want(http.StatusUnprocessableEntity)
	if len(refused.Errors()) == 0 || refused.Form("/logowanie").Wrong("login") == "" {
		t.Error("nothing is said to be wrong")
	}
}

func TestACaseOfEveryFormCanBeBroughtToEveryStateThatHasAWay(t *testing.T) {
	house := pagestest.New(t)
	for _, form := range house.Forms() {
		definition, _ := house.Engine.Form(form)
		ways := pagestest.Ways(definition)
		longest := definition.Start
		for state, way := range ways {
			if len(way) > len(ways[longest]) {
				longest = state
			}
		}
		if got := house.Case(house.Bring(form, longest)).State; got != longest {
			t.Errorf("%s is in %s, want %s", form, got, longest)
		}
	}
}

func TestTheClockMovesOnlyWhenToldTo(t *testing.T) {
	house := pagestest.New(t)
	if today := house.Today(); today != pagestest.FirstDay {
		t.Errorf("it is %s", today)
	}
	house.Wait("2026-03-09")
	house.Wait("2026-03-04")
	if today := house.Today(); today != "2026-03-09" {
		t.Errorf("it is %s", today)
	}
	before := house.Now()
	house.Pass(time.Hour)
	if passed := house.Now().Sub(before); passed < time.Hour || passed > time.Hour+time.Second {
		t.Errorf("%s passed", passed)
	}
}

func TestAFormIsReadAsABrowserWouldSendIt(t *testing.T) {
	house := pagestest.New(t)
	page := house.Visitor().English().Get("/logowanie").Want(http.StatusOK).Check()
	if page.Heading() != "Sign in" || page.Link("Register of cooperation") != "/rejestr" || page.Link("nowhere") != "" {
		t.Errorf("heading %q, links %q, %q", page.Heading(), page.Link("Register of cooperation"), page.Link("nowhere"))
	}
	form := page.Form("/logowanie")
	if names := form.Names(); !slices.Equal(names, []string{"login", "password", "dalej"}) || form.Labelled("Login") != "login" {
		t.Errorf("fields %v", names)
	}
	form.Set("login", "official").Set("password", pagestest.Password).Send().Follow().Says("My tasks")
}

func TestWhatAnActAsksForIsPrepared(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "on_agenda")
	action, _ := house.Action(id, "record_vote", "secretariat")
	if examples := pagestest.Examples(action); examples["for"] != 30 && len(examples) == 0 {
		t.Errorf("examples %v", examples)
	}
	if act := house.Do(id, "record_vote", pagestest.Inputs{"for": 5, "against": 30}); act.To == "resolution_adopted" || act.Actor.Role != workflow.Secretariat {
		t.Errorf("led to %s by %s", act.To, act.Actor.Role)
	}
}
