// Package account is a person's own account: signing in and out, the password, and the sessions.
package account

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
)

//go:embed templates/*.html
var templates embed.FS

// Feature is what the site needs to show the pages of this package.
func Feature() frame.Feature { return frame.Feature{Name: "account", Templates: templates} }

// pages answers the pages of the package.
type pages struct {
	*frame.Site
	again Again
}

// Again shows a form that was sent when nobody was signed in any more.
type Again interface {
	// Shows reports whether there is a form at the address that can be shown again.
	Shows(address string) bool
	// Show answers a request anew, through the site's own routes.
	Show(w http.ResponseWriter, r *http.Request)
}

// Routes are the pages of the package.
func Routes(site *frame.Site, again Again) []frame.Route {
	p := &pages{Site: site, again: again}
	return []frame.Route{
		{Method: http.MethodGet, Path: frame.SignInPath, Handle: p.askSignIn},
		{Method: http.MethodPost, Path: frame.SignInPath, Handle: p.signIn},
		{Method: http.MethodPost, Path: frame.SignOutPath, Handle: p.signOut, Plain: true},
		{Method: http.MethodPost, Path: "/wyloguj-wszedzie", Access: frame.SignedIn, Handle: p.signOutElsewhere, Plain: true},
		{Method: http.MethodGet, Path: "/konto", Access: frame.SignedIn, Handle: p.show},
		{Method: http.MethodGet, Path: "/haslo", Access: frame.SignedIn, Handle: p.askPassword},
		{Method: http.MethodPost, Path: "/haslo", Access: frame.SignedIn, Handle: p.changePassword},
	}
}

func (p *pages) askSignIn(w http.ResponseWriter, r *http.Request) error {
	next := inside(r.URL.Query().Get("dalej"))
	if person := call.Of(r).Person; person.ID != "" {
		http.Redirect(w, r, firstPage(person, next), http.StatusSeeOther)
		return nil
	}
	return p.ShowSignIn(w, r, http.StatusOK, frame.Entrance{Next: next})
}

// inside is an address within the site: an address elsewhere leads to the first page in its place.
func inside(address string) string {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Path == frame.SignInPath || parsed.IsAbs() || parsed.Host != "" || !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\r\n\t") {
		return "/"
	}
	return address
}

const keptPrefix = "kept."

func (p *pages) signIn(w http.ResponseWriter, r *http.Request) error {
	sent, err := p.Read(r)
	if err != nil {
		return err
	}
	entrance := frame.Entrance{Form: frame.SignInForm(), Next: inside(sent.Values.Get("dalej")), Kept: kept(sent.Values)}
	entrance.Expired = entrance.Kept != nil
	entrance.Form.Fill(sent)
	person, err := p.known(w, r, entrance.Form.Field("login").Value, sent.Values.Get("password"), &entrance.Form)
	if errors.Is(err, fault.ErrTooOften) || errors.Is(err, fault.ErrCrowded) {
		return p.heldUp(w, r, entrance, err)
	}
	if err != nil {
		return err
	}
	if entrance.Form.Wrong() {
		return p.ShowSignIn(w, r, http.StatusUnprocessableEntity, entrance)
	}
	if err := p.SignIn(w, r, person); err != nil {
		return err
	}
	switch {
	case entrance.Kept == nil:
		http.Redirect(w, r, firstPage(person, entrance.Next), http.StatusSeeOther)
	case p.again.Shows(entrance.Next):
		p.again.Show(w, frame.Restore(r, entrance.Next, entrance.Kept))
	default: // a button, or an address that somebody made up
		http.Redirect(w, r, firstPage(person, "/"), http.StatusSeeOther)
	}
	return nil
}

// heldUp shows the form again, with what was typed but the password, and says why no password is tried now.
func (p *pages) heldUp(w http.ResponseWriter, r *http.Request, entrance frame.Entrance, why error) error {
	rendered := fault.Of(r.Context(), p.Store, why)
	call.Of(r).Code = rendered.Code
	for name, values := range rendered.Header {
		w.Header()[name] = values
	}
	entrance.Form.Beside = append(entrance.Form.Beside, rendered.Detail)
	return p.ShowSignIn(w, r, rendered.Status, entrance)
}

// firstPage is where somebody begins who has signed in: where they were going, or else at what waits for them.
func firstPage(person store.Person, next string) string {
	switch {
	case person.MustChange:
		return "/haslo"
	case next != "/":
		return next
	case slices.ContainsFunc(person.Roles, workflow.Role.Moves):
		return "/zadania"
	case slices.ContainsFunc(person.Roles, workflow.Role.Reads):
		return "/sprawy"
	}
	return "/"
}

// kept are the values of a form that came along; nil where none did.
func kept(values url.Values) url.Values {
	var found url.Values
	for name, given := range values {
		if field, ok := strings.CutPrefix(name, keptPrefix); ok {
			if found == nil {
				found = url.Values{}
			}
			found[field] = given
		}
	}
	return found
}

// known finds who has the login and the password. It takes as long for a login that nobody has.
func (p *pages) known(w http.ResponseWriter, r *http.Request, login, password string, form *frame.Form) (store.Person, error) {
	form.Require()
	if password == "" {
		form.Refuse("password", "Wpisz hasło", "Type the password")
	}
	if form.Wrong() {
		return store.Person{}, nil
	}
	login = strings.ToLower(login)
	end, err := p.Guesses.Begin(r, login)
	if err != nil {
		return store.Person{}, err
	}
	defer end()
	person, err := p.Store.PersonByName(r.Context(), login)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return person, fmt.Errorf("find person: %w", err)
	}
	found := err == nil && !person.Disabled
	right, err := p.right(r.Context(), person, password)
	if err != nil {
		return store.Person{}, err
	}
	if found && right {
		return person, nil
	}
	if p.Guesses.Wrong(w, r, login) {
		return person, fault.ErrTooOften
	}
	form.Refuse("login", "Login albo hasło się nie zgadza. Sprawdź oba i spróbuj ponownie", "The login or the password is wrong. Check both and try again")
	return store.Person{}, nil
}

// right reports whether a password is the person's.
func (p *pages) right(ctx context.Context, person store.Person, password string) (bool, error) {
	if utf8.RuneCountInString(password) > maxPassword {
		return false, nil
	}
	return p.Passwords.Verify(ctx, person.PasswordHash, password)
}

func (p *pages) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := p.SignOut(w, r); err != nil {
		return err
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

func (p *pages) signOutElsewhere(w http.ResponseWriter, r *http.Request) error {
	if err := p.Store.EndSessions(r.Context(), call.Of(r).Person.ID, frame.SessionOf(r)); err != nil {
		return fmt.Errorf("end sessions: %w", err)
	}
	http.Redirect(w, r, "/konto?wylogowano=1", http.StatusSeeOther)
	return nil
}

// shown is what the page of an account shows.
type shown struct {
	Person  store.Person
	Changed bool
	Ended   bool
}

func (p *pages) show(w http.ResponseWriter, r *http.Request) error {
	c := call.Of(r)
	return p.Render(w, r, http.StatusOK, frame.Page{
		Template: "account/account", Title: frame.WordsOf(c.Language).T("Twoje konto", "Your account"),
		Main: shown{Person: c.Person, Changed: r.URL.Query().Has("zmieniono"), Ended: r.URL.Query().Has("wylogowano")},
	})
}
