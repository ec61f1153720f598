package frame

import (
	"net/http"

	"hejnal/workflow"
)

// What was just done, as an address tells it whose page knows nothing of it.
const (
	DonePassword = "haslo"   // a first password of one's own was set
	DoneOpened   = "otwarto" // a case was opened
)

// told puts what was just done into words.
func told(r *http.Request) workflow.Text {
	switch r.URL.Query().Get(DoneField) {
	case DonePassword:
		return workflow.Text{PL: "Ustawiono hasło. Od teraz loguj się nim.", EN: "The password is set. Sign in with it from now on."}
	case DoneOpened:
		return workflow.Text{PL: "Otwarto sprawę. Jej znak stoi pod tytułem.", EN: "The case is opened. Its number stands below the title."}
	}
	return workflow.Text{}
}
