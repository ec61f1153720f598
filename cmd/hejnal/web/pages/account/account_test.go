package account_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"hejnal/cmd/hejnal/web"
	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/workflow"
)

// fresh is somebody who still has the one-time password, and a visitor who has it too.
func fresh(t *testing.T) (*pagestest.House, *pagestest.Browser) {
	t.Helper()
	house := pagestest.New(t)
	if _, err := house.Engine.ResetPassword(t.Context(), "official", pagestest.Hashed("jednorazowe")); err != nil {
		t.Fatal(err)
	}
	visitor := house.Visitor()
	return house, visitor
}

func TestSigningInLeadsWhereOneWantedToGo(t *testing.T) {
	house := pagestest.New(t)
	for asked, want := range map[string]string{
		"/sprawy?forma=x": "/sprawy?forma=x", "": "/zadania", "https://evil.example/": "/zadania", "//evil.example": "/zadania", `/\evil.example`: "/zadania", "konto": "/zadania",
	} {
		visitor := house.Visitor()
		page := visitor.Get("/logowanie?" + url.Values{"dalej": {asked}}.Encode()).Want(200).Check()
		got := page.Form("/logowanie").Set("login", "official").Set("password", pagestest.Password).Send().Want(303).Location()
		if got != want {
			t.Errorf("who wanted to go to %q is led to %q, want %q", asked, got, want)
		}
		if again := visitor.Get("/logowanie").Want(303).Location(); again != "/zadania" {
			t.Errorf("who is signed in is asked again, and led to %q", again)
		}
	}
	for login, want := range map[string]string{"secretariat": "/zadania", "auditor": "/sprawy", "subscriber": "/"} {
		if got := house.SignIn(login).Get("/logowanie").Want(303).Location(); got != want {
			t.Errorf("%s is led to %q, want %q", login, got, want)
		}
	}
	closed := house.Visitor().Get("/konto").Want(303).Location()
	if closed != "/logowanie?dalej=%2Fkonto" {
		t.Errorf("a page behind the door leads to %q", closed)
	}
}

func TestAWrongPasswordIsRefusedInBothLanguages(t *testing.T) {
	house := pagestest.New(t)
	disabled := house.AddPerson("gone", workflow.Official)
	if _, err := house.Engine.DisablePerson(t.Context(), disabled.Name); err != nil {
		t.Fatal(err)
	}
	for name, typed := range map[string][2]string{
		"a wrong password": {"official", "xyz"}, "nobody's login": {"nobody", pagestest.Password}, "who is disabled": {"gone", pagestest.Password},
		"no password": {"official", ""}, "no login": {"", "zgadywane"}, "a very long password": {"official", strings.Repeat("x", 300)},
	} {
		t.Run(name, func(t *testing.T) {
			for _, visitor := range []*pagestest.Browser{house.Visitor(), house.Visitor().English()} {
				page := visitor.Get("/logowanie").Form("/logowanie").Set("login", typed[0]).Set("password", typed[1]).Send()
				if page.Status == http.StatusSeeOther {
					t.Fatalf("signed in, and led to %s", page.Location())
				}
				if len(page.Check().Errors()) == 0 {
					t.Error("nothing is said to be wrong")
				}
				page.Silent("jest zachowane", "What was typed is kept")
				if typed[0] != "" && !strings.Contains(page.Body, `value="`+typed[0]+`"`) {
					t.Error("the login is lost")
				}
				if typed[1] != "" && strings.Contains(page.Body, typed[1]) {
					t.Error("the password is shown")
				}
			}
		})
	}
}

func TestAOneTimePasswordHasToBeChangedBeforeAnythingElse(t *testing.T) {
	_, visitor := fresh(t)
	if to := visitor.Post("/logowanie", url.Values{"login": {"official"}, "password": {"jednorazowe"}}).Want(303).Location(); to != "/haslo" {
		t.Errorf("signing in leads to %s", to)
	}
	for _, address := range []string{"/konto", "/sprawy/nowa"} {
		if to := visitor.Get(address).Want(303).Location(); to != "/haslo" {
			t.Errorf("%s leads to %s", address, to)
		}
	}
	page := visitor.Get("/haslo").Want(200).Check().Says("Hasło jednorazowe").Silent("Obecne hasło")
	const own = "korale wiatr lajkonik"
	for name, c := range map[string]struct{ present, fresh, again, field string }{
		"another present one":  {"inne", own, own, "password"},
		"a short one":          {"jednorazowe", "krótkie", "krótkie", "new"},
		"the same one":         {"jednorazowe", "jednorazowe", "jednorazowe", "new"},
		"one letter":           {"jednorazowe", strings.Repeat("a", 14), strings.Repeat("a", 14), "new"},
		"little but the login": {"jednorazowe", "Official2026", "Official2026", "new"},
		"digits around it":     {"jednorazowe", "official.123456", "official.123456", "new"},
		"a very long one":      {"jednorazowe", strings.Repeat("a", 201), strings.Repeat("a", 201), "new"},
		"two different ones":   {"jednorazowe", own, own + "!", "again"},
	} {
		wrong := page.Form("/haslo").Set("password", c.present).Set("new", c.fresh).Set("again", c.again).Send().Want(422).Check()
		if wrong.Form("/haslo").Wrong(c.field) == "" {
			t.Errorf("%s: nothing is said beside the field: %v", name, wrong.Errors())
		}
		wrong.Silent("jest zachowane", "Obecne hasło")
	}
	page.Form("/haslo").Set("password", "jednorazowe").Set("new", own).Set("again", own).Send().Follow().Want(200).Check().Says("Ustawiono hasło.")
	visitor.Get("/konto").Want(200).Check().Says("official Nowak")
}

func TestAChangedPasswordSignsOutEverywhereElse(t *testing.T) {
	house := pagestest.New(t)
	here, there := house.SignIn("official"), house.SignIn("official")
	const own = "korale wiatr lajkonik"
	here.Post("/haslo", url.Values{"password": {pagestest.Password}, "new": {own}, "again": {own}}).Want(303)
	here.Get("/konto").Want(200)
	there.Get("/konto").Want(303)
}

func TestSigningOut(t *testing.T) {
	house := pagestest.New(t)
	here, there, other := house.SignIn("official"), house.SignIn("official"), house.SignIn("lawyer")
	here.Get("/konto").Want(200).Form("/wyloguj-wszedzie").Send().Want(303)
	here.Get("/konto?wylogowano=1").Want(200).Check().Says("Wylogowano na wszystkich innych urządzeniach.")
	there.Get("/konto").Want(303)
	other.Get("/konto").Want(200)
	gone := here.Post("/wyloguj", nil).Want(303)
	if cookie := gone.Header.Get("Set-Cookie"); !strings.HasPrefix(cookie, "hejnal_session=;") || !strings.Contains(cookie, "Max-Age=0") {
		t.Errorf("the browser is not told to forget the session: %s", cookie)
	}
	here.Get("/konto").Want(303)
}

func TestASessionEndsWhenNobodyUsesItAndIsProlongedWhileSomebodyDoes(t *testing.T) {
	house := pagestest.New(t)
	idle, busy := house.SignIn("official"), house.SignIn("lawyer")
	for range 9 { // a little more than a week, in steps of twenty hours
		house.Pass(20 * time.Hour)
		if busy.Get("/konto").Status != http.StatusOK {
			break
		}
	}
	idle.Get("/konto").Want(303)
	if passed := house.Now().Sub(pagestest.FirstDay.StartOf(time.UTC)); passed < 6*24*time.Hour {
		t.Errorf("a session in use ended after %s", passed)
	}
	house.Pass(20 * time.Hour)
	busy.Get("/konto").Want(303)
}

func TestAFormThatIsSentTooLateIsKept(t *testing.T) {
	house := pagestest.New(t)
	id := house.Begin("informal_cooperation")
	address := "/sprawy/" + id + "/czynnosci/record_contact"
	reader := house.SignIn("official")
	form := reader.Get(address).Want(200).Form(address)
	form.Set("in.note", "Rozmowa z burmistrzem <o> kulturze")
	house.Pass(25 * time.Hour)
	door := form.Send().Want(http.StatusUnauthorized).Check().Says("Twój tekst jest zachowany")
	before := house.Case(id).Seq
	back := door.Form("/logowanie").Set("login", "official").Set("password", pagestest.Password).Send().Want(200).Check()
	if got := back.Form(address).Values.Get("in.note"); got != "Rozmowa z burmistrzem <o> kulturze" {
		t.Errorf("the form comes back with %q", got)
	}
	if house.Case(id).Seq != before {
		t.Error("signing in made the act")
	}
	back.Form(address).Send().Want(303)
	if house.Case(id).Seq != before+1 {
		t.Error("the form that came back makes no act")
	}
}

func TestPasswordsThatAreSentTooLateStandOnNoPage(t *testing.T) {
	house := pagestest.New(t)
	reader := house.SignIn("official")
	form := reader.Get("/haslo").Want(200).Form("/haslo")
	const own = "korale wiatr lajkonik"
	form.Set("password", pagestest.Password).Set("new", own).Set("again", own)
	house.Pass(25 * time.Hour)
	door := form.Send().Want(http.StatusUnauthorized).Check().Says("Po zalogowaniu wypełnij go od nowa").Silent("Twój tekst jest zachowany")
	if strings.Contains(door.Body, own) || strings.Contains(door.Body, pagestest.Password) {
		t.Error("a password stands on the page for signing in")
	}
	if to := door.Form("/logowanie").Set("login", "official").Set("password", pagestest.Password).Send().Want(303).Location(); to != "/haslo" {
		t.Errorf("signing in leads to %s", to)
	}
}

func TestAKeptFormThatCannotBeShownLeadsToTheFirstPageAndDoesNothing(t *testing.T) {
	house := pagestest.New(t)
	there := house.SignIn("official")
	for _, address := range []string{
		"/wyloguj-wszedzie", "/wyloguj", "/", "/rejestr", "/nie-ma-takiej", "/logowanie", "/api/v1/proposals", "/haslo?x", "https://evil.example/haslo",
		"/zadania/00000000-0000-7000-8000-000000000000/wez",
	} {
		visitor := house.Visitor()
		answer := visitor.Post("/logowanie", url.Values{"login": {"official"}, "password": {pagestest.Password}, "dalej": {address}, "kept.x": {"1"}})
		if to := answer.Want(303).Location(); to != "/zadania" {
			t.Errorf("after a form to %s one is led to %s", address, to)
		}
		visitor.Get("/konto").Want(200)
		there.Get("/konto").Want(200)
	}
}

func TestAFormOfAnotherSiteDoesNothing(t *testing.T) {
	house := pagestest.New(t)
	for name, values := range map[string]http.Header{
		"another origin": {"Origin": {"https://evil.example"}}, "another site": {"Sec-Fetch-Site": {"cross-site"}},
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, house.URL+"/logowanie", strings.NewReader("login=official&password="+url.QueryEscape(pagestest.Password)))
		if err != nil {
			t.Fatal(err)
		}
		request.Header = values.Clone()
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		response, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		if response.Body.Close(); response.StatusCode != http.StatusForbidden || len(response.Cookies()) > 0 {
			t.Errorf("%s: %d, %v", name, response.StatusCode, response.Cookies())
		}
	}
}

func TestAFormIsBoundedWhateverItSaysOfItself(t *testing.T) {
	house := pagestest.New(t)
	large := "login=official&password=" + strings.Repeat("x", 1<<20)
	for _, kind := range []string{
		"application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-8", "APPLICATION/x-www-form-urlencoded",
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, house.URL+"/logowanie", strings.NewReader(large))
		if err != nil {
			t.Fatal(err)
		}
		request.Header = http.Header{"Content-Type": {kind}, "Sec-Fetch-Site": {"same-origin"}}
		response, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		if response.Body.Close(); response.StatusCode != http.StatusRequestEntityTooLarge {
			t.Errorf("%q: %d, want 413", kind, response.StatusCode)
		}
	}
}

// at is a house that is reached at an address from outside.
func at(t *testing.T, address string) func(*web.Options) {
	t.Helper()
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return func(options *web.Options) {
		if address != "" {
			options.Public = parsed
		}
	}
}

func TestTheSessionsCookieIsHiddenAndTravelsSafely(t *testing.T) {
	safe := func(c *http.Cookie, secure bool) bool {
		return c.HttpOnly && c.SameSite == http.SameSiteLaxMode && c.Secure == secure
	}
	for _, address := range []string{"", "http://umowy.example.pl", "https://umowy.example.pl"} {
		house := pagestest.New(t, at(t, address))
		answer := house.Visitor().Post("/logowanie", url.Values{"login": {"official"}, "password": {pagestest.Password}}).Want(303)
		cookies := (&http.Response{Header: answer.Header}).Cookies()
		if len(cookies) != 1 || !safe(cookies[0], strings.HasPrefix(address, "https")) {
			t.Errorf("at %q: %v", address, cookies)
		}
	}
}
