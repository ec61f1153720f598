package browser_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// planted is a small site whose pages are given as the bodies of their paths. A form sent to /sent shows what it held.
func planted(t *testing.T, pages map[string]string) string {
	t.Helper()
	site := http.NewServeMux()
	for path, page := range pages {
		site.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) { write(w, page) })
	}
	site.HandleFunc("POST /sent", func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseMultipartForm(1 << 20); err != nil && r.MultipartForm != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		if r.FormValue("refuse") != "" {
			w.WriteHeader(http.StatusUnprocessableEntity)
		}
		text := "came:"
		for _, name := range []string{"name", "day", "kind", "country", "agree"} {
			text += fmt.Sprintf(" %s=%s", name, r.FormValue(name))
		}
		if r.MultipartForm != nil {
			for _, files := range r.MultipartForm.File {
				text += " file=" + files[0].Filename
			}
		}
		write(w, sound("<p>"+text+"</p>"))
	})
	site.HandleFunc("POST /moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusSeeOther) })
	server := httptest.NewServer(site)
	t.Cleanup(server.Close)
	return server.URL
}

func write(w http.ResponseWriter, page string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'self'; style-src 'self' data:")
	fmt.Fprint(w, page)
}

// sound is a page with nothing wrong around a body.
func sound(body string) string {
	return `<!DOCTYPE html><html lang="pl"><head><title>Strona</title><meta name="viewport" content="width=device-width"></head>` +
		`<body><main><h1>Strona</h1>` + body + `</main></body></html>`
}

// withStyle is a sound page with a style sheet.
func withStyle(body, style string) string {
	link := `<link rel="stylesheet" href="data:text/css,` + url.PathEscape(style) + `"></head>`
	return strings.Replace(sound(body), "</head>", link, 1)
}

const form = `<form method="post" action="/sent" enctype="multipart/form-data" novalidate>
<label for="name">Tytuł sprawy</label> <input id="name" name="name" value="stary">
<label for="day">Dzień podpisania</label> <input id="day" name="day" type="date">
<fieldset><legend>Rodzaj</legend>
<input type="radio" id="k1" name="kind" value="city"><label for="k1">Miasto</label>
<input type="radio" id="k2" name="kind" value="region"><label for="k2">Region</label></fieldset>
<label for="c">Kraj</label> <select id="c" name="country"><option value="">wybierz</option><option value="FR">Francja</option></select>
<input type="checkbox" id="a" name="agree" value="yes"><label for="a">Zgadzam się</label>
<label for="f">Umowa</label> <input id="f" name="f" type="file">
<button type="submit">Wyślij</button> <button type="submit" name="refuse" value="1">Odmów</button>
</form>`

// withScript is a site of one page that a script of its own works on.
func withScript(t *testing.T, body, script string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/own.js" {
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, script)
			return
		}
		write(w, sound(body+`<script src="/own.js"></script>`))
	}))
	t.Cleanup(server.Close)
	return server.URL
}
