package journeys_test

import (
	"os"
	"path/filepath"
	"testing"

	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/tools/browser"
)

// arrive is somebody with a browser who is signed in; without a login, a visitor from the street.
func arrive(t *testing.T, house *pagestest.House, login string, options ...browser.Option) *browser.Visitor {
	t.Helper()
	v := browser.New(t, house.URL, options...)
	if login != "" {
		signIn(v, login)
	}
	return v
}

// signIn signs somebody in on the page for it, in the page's language.
func signIn(v *browser.Visitor, login string) {
	v.Open("/logowanie")
	password, send := "Hasło", "main > Zaloguj się"
	if v.Heading() == "Sign in" {
		password, send = "Password", "main > Sign in"
	}
	v.Fill("Login", login)
	v.Fill(password, pagestest.Password)
	v.Click(send)
}

// paper is a file of somebody's own that can be attached.
func paper(t *testing.T, name string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(pagestest.PDF(name)), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
