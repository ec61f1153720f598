package journeys_test

import (
	"crypto/rand"
	"net/http"
	"slices"
	"testing"

	"hejnal/cmd/hejnal/installation"
	"hejnal/cmd/hejnal/news"
	"hejnal/cmd/hejnal/web/live"
	"hejnal/cmd/hejnal/web/pages"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/events"
)

// routes are the pages that the program has, by its own table: what is read, and is no file, feed or redirect.
func routes(t *testing.T, house *pagestest.House) []string {
	t.Helper()
	made, err := pages.New(frame.Options{
		Engine: house.Engine, Store: house.Store, Blobs: house.Blobs, Now: house.Now, NewID: installation.NewID, Secret: rand.Text,
		Passwords: pagestest.Passwords{}, Live: live.New(house.Store, &news.Board{}), Subjects: events.Subjects{},
	}, func(http.ResponseWriter, *http.Request) {})
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, route := range made.Routes {
		if route.Method == http.MethodGet && !route.Plain {
			paths = append(paths, route.Path)
		}
	}
	slices.Sort(paths)
	return paths
}

func TestEveryPageIsInTheMatrixAndNothingElse(t *testing.T) {
	there := routes(t, pagestest.New(t))
	for _, path := range there {
		if len(matrix[path]) == 0 {
			t.Errorf("the page %s has no entry in the matrix: say in which states it is looked at", path)
		}
	}
	for path := range matrix {
		if !slices.Contains(there, path) {
			t.Errorf("the matrix has an entry for %s, which is no page", path)
		}
	}
}
