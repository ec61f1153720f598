package account

import (
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

// Bounds of a password of one's own, in characters.
const (
	minPassword = 12
	maxPassword = 200
	leastKinds  = 5 // different characters
)

// weak reports whether a password is so plain that a few guesses find it: few different characters, or the login with little or
// nothing but digits and signs around it.
func weak(password, login string) bool {
	password, login = strings.ToLower(password), strings.ToLower(login)
	kinds := map[rune]bool{}
	for _, letter := range password {
		kinds[letter] = true
	}
	rest := strings.ReplaceAll(password, login, "")
	around := rest != password && !strings.ContainsFunc(rest, unicode.IsLetter)
	return len(kinds) < leastKinds || around || utf8.RuneCountInString(rest) < minPassword/2
}

// changing is what the page for changing the password shows.
type changing struct {
	Form  frame.Form
	First bool // the one-time password is still in use
}

// passwordForm is the form of a person who has a password of their own, or of one who has a one-time password still.
func passwordForm(first bool) frame.Form {
	present := workflow.Text{PL: "Obecne hasło", EN: "Present password"}
	if first {
		present = workflow.Text{PL: "Hasło jednorazowe", EN: "One-time password"}
	}
	return frame.Form{Fields: []frame.Field{
		{Name: "password", Kind: frame.Password, Label: present, Complete: "current-password"},
		{
			Name: "new", Kind: frame.Password, Label: workflow.Text{PL: "Nowe hasło", EN: "New password"}, Complete: "new-password",
			Hint: workflow.Text{PL: "Co najmniej 12 znaków. Dobre są trzy lub cztery przypadkowe słowa.", EN: "At least 12 characters. Three or four random words do well."},
		},
		{Name: "again", Kind: frame.Password, Label: workflow.Text{PL: "Nowe hasło jeszcze raz", EN: "New password again"}, Complete: "new-password"},
	}}
}

func (p *pages) askPassword(w http.ResponseWriter, r *http.Request) error {
	return p.showPassword(w, r, http.StatusOK, passwordForm(call.Of(r).Person.MustChange))
}

func (p *pages) showPassword(w http.ResponseWriter, r *http.Request, status int, form frame.Form) error {
	c := call.Of(r)
	return p.Render(w, r, status, frame.Page{
		Template: "account/password", Title: frame.WordsOf(c.Language).T("Zmień hasło", "Change the password"), Wrong: form.Wrong(),
		Main: changing{Form: form, First: c.Person.MustChange}, Bare: c.Person.MustChange,
	})
}

func (p *pages) changePassword(w http.ResponseWriter, r *http.Request) error {
	sent, err := p.Read(r)
	if err != nil {
		return err
	}
	person := call.Of(r).Person
	form := passwordForm(person.MustChange)
	if sent.Restored {
		return p.showPassword(w, r, http.StatusOK, form)
	}
	end, err := p.Guesses.Begin(r, person.Name)
	if err != nil {
		return err
	}
	defer end()
	present, fresh := sent.Values.Get("password"), sent.Values.Get("new")
	right, err := p.right(r.Context(), person, present)
	if err != nil {
		return err
	}
	length := utf8.RuneCountInString(fresh)
	switch {
	case !right:
		if p.Guesses.Wrong(w, r, person.Name) {
			return fault.ErrTooOften
		}
		label := form.Field("password").Label
		form.Refuse("password", label.PL+" się nie zgadza", label.EN+" is wrong")
	case length < minPassword:
		form.Refuse("new", "Nowe hasło musi mieć co najmniej 12 znaków", "The new password must have at least 12 characters")
	case length > maxPassword:
		form.Refuse("new", "Nowe hasło może mieć najwyżej 200 znaków", "The new password may have 200 characters at most")
	case fresh == present:
		form.Refuse("new", "Nowe hasło musi być inne niż obecne", "The new password must differ from the present one")
	case weak(fresh, person.Name):
		form.Refuse("new", "Nowe hasło jest zbyt łatwe do odgadnięcia. Użyj więcej różnych znaków, a nie loginu", "The new password is too easy to guess. Use more different characters, and not the login")
	case fresh != sent.Values.Get("again"):
		form.Refuse("again", "Hasła się różnią. Wpisz to samo dwa razy", "The passwords differ. Type the same one twice")
	}
	if form.Wrong() {
		return p.showPassword(w, r, http.StatusUnprocessableEntity, form)
	}
	hash, err := p.Passwords.Hash(r.Context(), fresh)
	if err != nil {
		return err
	}
	if _, err := p.Engine.SetPassword(r.Context(), person.Name, hash); err != nil {
		return err
	}
	if err := p.Store.EndSessions(r.Context(), person.ID, frame.SessionOf(r)); err != nil {
		return err
	}
	next := "/konto?zmieniono=1"
	if person.MustChange {
		person.MustChange = false
		next = firstPage(person, "/") + "?" + frame.DoneField + "=" + frame.DonePassword
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}
