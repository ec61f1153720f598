package account_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"hejnal/cmd/hejnal/web"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/workflow"
)

func typed(login, password string) url.Values {
	return url.Values{"login": {login}, "password": {password}}
}

func TestGuessesAreFew(t *testing.T) {
	house := pagestest.New(t)
	visitor := house.Visitor()
	var last *pagestest.Page
	for range 12 {
		last = visitor.Post("/logowanie", typed("official", "zgadywane"))
	}
	if last.Want(http.StatusTooManyRequests).Header.Get("Retry-After") == "" {
		t.Error("it does not say when to try again")
	}
	if got := last.Check().Says("Zaloguj się").Errors(); len(got) != 1 || !strings.Contains(got[0], "zbyt wielu nieudanych próbach") {
		t.Errorf("told %q", got)
	}
	if form := last.Form("/logowanie"); form.Values.Get("login") != "official" || form.Values.Get("password") != "" || strings.Contains(last.Body, "zgadywane") {
		t.Errorf("the form holds %v", form.Values)
	}
	visitor.English().Post("/logowanie", typed("official", "zgadywane")).Says("After too many failed attempts")
	// A right password would be told from the wrong ones.
	visitor.Post("/logowanie", typed("official", pagestest.Password)).Want(http.StatusTooManyRequests)
	visitor.Post("/logowanie", typed("lawyer", pagestest.Password)).Want(303)
}

// together verifies passwords once as many guesses are either tried or refused as were sent: all at once.
type together struct {
	pagestest.Passwords
	on            atomic.Bool
	tried, waited atomic.Int64
	all           chan struct{}
}

const sentAtOnce = 60

// Verify waits for the other guesses.
func (g *together) Verify(ctx context.Context, hash, password string) (bool, error) {
	if g.on.Load() {
		g.tried.Add(1)
		g.settle()
		<-g.all
	}
	return g.Passwords.Verify(ctx, hash, password)
}

// settle counts a guess that is tried or refused.
func (g *together) settle() {
	if g.waited.Add(1) == sentAtOnce {
		close(g.all)
	}
}

// guess sends wrong passwords for the logins at once, and gives how many were tried.
func (g *together) guess(t *testing.T, house *pagestest.House, login func(i int) string) int64 {
	t.Helper()
	g.all = make(chan struct{})
	g.on.Store(true)
	var sent sync.WaitGroup
	for i := range sentAtOnce {
		sent.Go(func() {
			answer := house.Visitor().Post("/logowanie", typed(login(i), "zgadywane"))
			select {
			case <-g.all:
			default: // it was refused before it was tried: whoever is tried waits
				g.settle()
			}
			if answer.Status != http.StatusTooManyRequests && answer.Status != http.StatusUnprocessableEntity {
				t.Errorf("status %d", answer.Status)
			}
			if answer.Status == http.StatusTooManyRequests && answer.Header.Get("Retry-After") == "" {
				t.Error("it does not say when to try again")
			}
		})
	}
	sent.Wait()
	g.on.Store(false)
	return g.tried.Load()
}

func TestGuessesAtOnceAreNoMoreThanOneAfterAnother(t *testing.T) {
	guesses := &together{}
	house := pagestest.New(t, func(options *web.Options) { options.Passwords = guesses })
	if n := guesses.guess(t, house, func(int) string { return "official" }); n > 10 {
		t.Errorf("%d passwords were tried", n)
	}
}

func madeUp(i int) string { return fmt.Sprintf("nikt%d", i) }

func TestGuessesOfOneAddressAreFewAtATime(t *testing.T) {
	guesses := &together{}
	house := pagestest.New(t, func(options *web.Options) { options.Passwords = guesses })
	if n := guesses.guess(t, house, madeUp); n != 20 {
		t.Errorf("%d passwords of one address were tried at once", n)
	}
}

func TestAnAddressThatFailedTooOftenIsTriedOneAtATime(t *testing.T) {
	guesses := &together{}
	house := pagestest.New(t, func(options *web.Options) { options.Passwords = guesses })
	visitor := house.Visitor()
	for i := 0; visitor.Post("/logowanie", typed(madeUp(i), "zgadywane")).Status == http.StatusUnprocessableEntity; i++ {
		if i > 700 { // a minute may end meanwhile
			t.Fatal("nothing bounds how often an address may fail")
		}
	}
	if n := guesses.guess(t, house, func(i int) string { return madeUp(1000 + i) }); n != 1 {
		t.Errorf("%d passwords were tried at once", n)
	}
	// Whoever shares the address, behind a proxy, is not locked out.
	visitor.Post("/logowanie", typed("official", pagestest.Password)).Want(303)
}

func TestAnOfficeSignsInAtEight(t *testing.T) {
	house := pagestest.New(t)
	for i := range 60 {
		house.AddPerson(fmt.Sprintf("urzednik%d", i), workflow.Official)
	}
	var office sync.WaitGroup
	for part := range 15 {
		office.Go(func() {
			for i := part * 4; i < part*4+4; i++ {
				login, visitor := fmt.Sprintf("urzednik%d", i), house.Visitor()
				visitor.Post("/logowanie", typed(login, "z literówką")).Want(http.StatusUnprocessableEntity)
				visitor.Post("/logowanie", typed(login, pagestest.Password)).Want(303)
			}
		})
	}
	office.Wait()
}

// crowded verifies no password, as if too many waited.
type crowded struct{ pagestest.Passwords }

// Verify refuses.
func (crowded) Verify(context.Context, string, string) (bool, error) { return false, fault.ErrCrowded }

func TestWhereTooManySignInOneIsAskedToComeBack(t *testing.T) {
	house := pagestest.New(t, func(options *web.Options) { options.Passwords = crowded{} })
	for _, c := range []struct {
		visitor *pagestest.Browser
		says    string
	}{{house.Visitor(), "Zbyt wiele osób loguje się naraz"}, {house.Visitor().English(), "Too many people sign in at once"}} {
		for range 12 { // and it is no wrong guess
			page := c.visitor.Post("/logowanie", typed("official", pagestest.Password)).Want(http.StatusTooManyRequests).Says(c.says)
			if page.Header.Get("Retry-After") != "3" {
				t.Error("it does not say when to try again")
			}
		}
	}
}
