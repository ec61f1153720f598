package frame

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"

	"hejnal/cmd/hejnal/document"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/workflow"
)

//go:embed templates/*.html
var ownTemplates embed.FS

// Page is one page to be shown.
type Page struct {
	Template string // <feature>/<file without .html>
	Title    string // of the page, in its language; also its h1 unless the template has one of its own
	Main     any    // what the template shows
	Wrong    bool   // the title begins with "Błąd:": a form came back with errors
	Live     string // address of the live events that the page follows; empty: none
	Bare     bool   // without navigation: printing, signing in
}

// pageTemplates are the templates of a language by <feature>/<file>.
type pageTemplates map[string]*template.Template

// parse reads the templates of every feature for a language.
func parse(language string, features []Feature, forms []*workflow.Definition) (pageTemplates, error) {
	layout, err := template.New("frame").Option("missingkey=error").Funcs(functions(spokenIn(language, forms))).ParseFS(ownTemplates, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("read templates of the frame: %w", err)
	}
	pages := pageTemplates{}
	for _, feature := range append(slices.Clone(features), Feature{Name: "frame", Templates: framePages}) {
		if err := feature.parse(layout, pages); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

func (f Feature) parse(layout *template.Template, pages pageTemplates) error {
	files, err := fs.Glob(f.Templates, "*/*.html")
	if err != nil {
		return fmt.Errorf("list templates of %s: %w", f.Name, err)
	}
	var shared []string
	for _, file := range files {
		if strings.HasPrefix(path.Base(file), "_") {
			shared = append(shared, file)
		}
	}
	for _, file := range files {
		if strings.HasPrefix(path.Base(file), "_") {
			continue
		}
		page, err := layout.Clone()
		if err == nil {
			page, err = page.ParseFS(f.Templates, append(shared, file)...)
		}
		if err != nil {
			return fmt.Errorf("read template %s/%s: %w", f.Name, path.Base(file), err)
		}
		pages[f.Name+"/"+strings.TrimSuffix(path.Base(file), ".html")] = page
	}
	return nil
}

// text is a page with the frame around it, in the language of the request.
func (s *Site) text(r *http.Request, page Page) ([]byte, error) {
	shown, err := s.layout(r, page)
	if err != nil {
		return nil, err
	}
	c := call.Of(r)
	c.Page = page.Template
	return s.Execute(c.Language, page.Template, shown)
}

// Render shows a page. Nothing is written before the whole of it is there.
func (s *Site) Render(w http.ResponseWriter, r *http.Request, status int, page Page) error {
	text, err := s.text(r, page)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		// Nobody is left to be told that the reader has gone.
		_, _ = w.Write(text)
	}
	return nil
}

// Execute writes a template in a language.
func (s *Site) Execute(language, name string, shown any) ([]byte, error) {
	pages, err := s.templates[language]()
	if err != nil {
		return nil, err
	}
	page, ok := pages[name]
	if !ok {
		return nil, fmt.Errorf("render page: there is no template %s", name)
	}
	var text bytes.Buffer
	if err := page.ExecuteTemplate(&text, "layout", shown); err != nil {
		return nil, fmt.Errorf("render page %s: %w", name, err)
	}
	return text.Bytes(), nil
}

// polishIn is the attribute of what officials typed, which is Polish in whichever language the page is.
func polishIn(language string) template.HTMLAttr {
	if language == call.Polish {
		return ""
	}
	return ` lang="pl"`
}

// functions are what templates can call.
func functions(words spoken) template.FuncMap {
	return template.FuncMap{
		"t":      words.T,
		"in":     words.In,
		"quoted": words.Quoted,
		"day":    words.Day,
		"moment": words.Moment,
		"count":  words.Count,
		"roles":  words.Roles,
		"due":    words.Due,
		"lang":   func() string { return words.Language },
		"asset":  assetURL,
		"text":   func(pl, en string) workflow.Text { return workflow.Text{PL: pl, EN: en} },
		"list":   func(items ...any) []any { return items },
		"form":   func(fields ...Field) []Field { return fields },
		"join":   strings.Join,
		"size":   words.Size,
		"iso":    isoOf,
		"known":  words.Known,
		"keeps":  keeps,
		"short":  document.Short,
		"polish": func() template.HTMLAttr { return polishIn(words.Language) },
	}
}
