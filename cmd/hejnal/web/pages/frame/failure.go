package frame

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/go-chi/chi/v5"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/store"
	"hejnal/workflow"
)

// errForeign is a form that another site sent.
var errForeign = errors.New("the form was sent by another site")

// Failure is what the page of an error shows.
type Failure struct {
	Status  int
	Detail  workflow.Text
	Blocked []workflow.Blocker
	Errors  []workflow.FieldError
	Case    string // address of the case that was asked about; empty: none
	Request string // id of the request, for whoever runs the installation; only where the program itself failed
}

const failurePage = "frame/failure"

// Fail shows why a page cannot be shown, or asks to sign in.
func (s *Site) Fail(w http.ResponseWriter, r *http.Request, err error) {
	c := call.Of(r)
	if errors.Is(err, fault.ErrNotSignedIn) {
		c.Code = "unauthorized"
		s.askToSignIn(w, r)
		return
	}
	rendered := fault.Of(r.Context(), s.Store, err)
	if errors.Is(err, errForeign) {
		rendered = foreign
	}
	c.Code = rendered.Code
	for name, values := range rendered.Header {
		w.Header()[name] = values
	}
	said := func(blocker workflow.Blocker) bool { return blocker.Message == rendered.Detail }
	shown := Failure{
		Status: rendered.Status, Detail: rendered.Detail, Blocked: slices.DeleteFunc(slices.Clone(rendered.Blocked), said), Errors: rendered.Errors,
	}
	if c.Proposal != "" {
		shown.Case = "/sprawy/" + c.Proposal
	}
	if errors.Is(err, fault.ErrNoRoute) {
		shown.Detail = workflow.Text{PL: "Nie ma takiej strony. Sprawdź adres albo poszukaj sprawy lub wpisu.", EN: "There is no such page. Check the address, or search for the case or entry."}
	}
	if rendered.Status >= http.StatusInternalServerError {
		shown.Request = c.ID
	}
	page := Page{Template: failurePage, Title: rendered.Title.In(c.Language), Main: shown}
	if err := s.Render(w, r, rendered.Status, page); err != nil {
		http.Error(w, rendered.Title.In(c.Language)+"\n"+rendered.Detail.In(c.Language), rendered.Status)
	}
}

var foreign = fault.Rendering{
	Status: http.StatusForbidden, Code: "foreign_form", Title: workflow.Text{PL: "Formularz z innej strony", EN: "A form of another site"},
	Detail: workflow.Text{
		PL: "Ten formularz wysłała inna strona, więc nic nie zrobiono. Otwórz stronę w Hejnale i wyślij formularz stąd.",
		EN: "Another site sent this form, so nothing was done. Open the page in Hejnał and send the form from here.",
	},
}

// askToSignIn leads a reader to the page for signing in and back; a form that was sent is kept on that page, unless it is one of
// passwords, which stand on no page.
func (s *Site) askToSignIn(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		query := url.Values{"dalej": {r.URL.RequestURI()}}
		http.Redirect(w, r, SignInPath+"?"+query.Encode(), http.StatusSeeOther)
		return
	}
	sent, err := s.Read(r)
	if err != nil || r.URL.Path == passwordPath {
		sent = Sent{Values: url.Values{}}
	}
	if err := s.ShowSignIn(w, r, http.StatusUnauthorized, Entrance{Next: r.URL.Path, Kept: sent.Values, Expired: true}); err != nil {
		http.Error(w, WordsOf(call.Of(r).Language).T("Sesja wygasła. Zaloguj się.", "The session has ended. Sign in."), http.StatusUnauthorized)
	}
}

// Entrance is what the page for signing in shows.
type Entrance struct {
	Form    Form
	Next    string     // where to go afterwards
	Kept    url.Values // of a form that was sent when nobody was signed in any more; empty: none
	Expired bool
}

// ShowSignIn shows the page for signing in.
func (s *Site) ShowSignIn(w http.ResponseWriter, r *http.Request, status int, entrance Entrance) error {
	words := WordsOf(call.Of(r).Language)
	if entrance.Form.Fields == nil {
		entrance.Form = SignInForm()
	}
	return s.Render(w, r, status, Page{Template: "frame/signin", Title: words.T("Zaloguj się", "Sign in"), Main: entrance, Wrong: entrance.Form.Wrong()})
}

// SignInForm is the form for signing in with a local account.
func SignInForm() Form {
	return Form{Fields: []Field{
		{Name: "login", Kind: Line, Label: workflow.Text{PL: "Login", EN: "Login"}, Complete: "username", Most: 64},
		{Name: "password", Kind: Password, Label: workflow.Text{PL: "Hasło", EN: "Password"}, Complete: "current-password", Most: 200},
	}}
}

type restoredKey struct{}

// restored is a form that is shown again after signing in, and who signed in.
type restored struct {
	values url.Values
	person store.Person
}

func restoredOf(r *http.Request) (restored, bool) {
	again, ok := r.Context().Value(restoredKey{}).(restored)
	return again, ok
}

// Restore gives a request that shows a form again as it was sent to an address, with nothing done.
func Restore(r *http.Request, address string, kept url.Values) *http.Request {
	ctx := context.WithValue(r.Context(), restoredKey{}, restored{values: kept, person: call.Of(r).Person})
	again := r.Clone(context.WithValue(ctx, chi.RouteCtxKey, (*chi.Context)(nil))) // it is routed from the beginning
	again.URL = &url.URL{Path: address}
	again.RequestURI = address
	return again
}
