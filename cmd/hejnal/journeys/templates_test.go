package journeys_test

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"hejnal/cmd/hejnal/web"
)

// shownPages is a log that remembers which templates were shown.
type shownPages struct {
	slog.Handler
	mu    sync.Mutex
	pages map[string]bool
}

// Handle remembers the page of a request.
func (s *shownPages) Handle(_ context.Context, record slog.Record) error {
	record.Attrs(func(a slog.Attr) bool {
		if a.Key == "page" {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.pages[a.Value.String()] = true
		}
		return true
	})
	return nil
}

// Enabled reports true.
func (s *shownPages) Enabled(context.Context, slog.Level) bool { return true }

// templates are the names of all templates of pages, as their files have them.
func templates(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../web/pages/*/templates/*.html")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d templates: %v", len(files), err)
	}
	var names []string
	for _, file := range files {
		file = filepath.ToSlash(file)
		feature, name, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(file, "../web/pages/"), ".html"), "/templates/")
		if feature != "frame" && !strings.HasPrefix(name, "_") {
			names = append(names, feature+"/"+name)
		}
	}
	return names
}

// TestEveryTemplateIsExecuted shows every page in both languages: in a house where everything has something to show, and in one
// where next to nothing has happened.
func TestEveryTemplateIsExecuted(t *testing.T) {
	for name, house := range map[string]func(*testing.T, ...func(*web.Options)) *world{"full": newWorld, "bare": newBareWorld} {
		for _, language := range []string{"pl", "en"} {
			t.Run(name+" "+language, func(t *testing.T) {
				shown := &shownPages{pages: map[string]bool{}}
				w := house(t, func(options *web.Options) { options.Log = slog.New(shown) })
				clear(shown.pages)
				for _, path := range slices.Sorted(maps.Keys(matrix)) {
					for _, look := range matrix[path] {
						w.open(look, language)
					}
				}
				w.open(look{by: "auditor", at: ofCase(inForce, "/pakiet.zip")}, language)
				for _, template := range templates(t) {
					if !shown.pages[template] {
						t.Errorf("the template %s was never executed", template)
					}
				}
			})
		}
	}
}

// open opens a page as the matrix has it, and looks at its structure.
func (w *world) open(look look, language string) {
	w.t.Helper()
	visitor := w.Visitor()
	if look.by != "" {
		visitor = w.SignIn(look.by)
	}
	if language == "en" {
		visitor = visitor.English()
	}
	address := look.at(w)
	page := visitor.Get(address)
	switch {
	case page.Status >= http.StatusInternalServerError:
		w.t.Errorf("%s in %s: %d", address, language, page.Status)
	case page.Status == http.StatusOK && strings.HasPrefix(page.Header.Get("Content-Type"), "text/html"):
		page.Check()
	}
}
