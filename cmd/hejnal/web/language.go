package web

import (
	"net/http"

	"golang.org/x/text/language"

	"hejnal/cmd/hejnal/web/call"
)

var spoken = language.NewMatcher([]language.Tag{language.Polish, language.English})

// languageOf chooses the language of an answer; Polish when the caller does not say or asks for another.
func languageOf(r *http.Request) string {
	asked, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return call.Polish
	}
	if _, index, _ := spoken.Match(asked...); index == 1 {
		return call.English
	}
	return call.Polish
}
