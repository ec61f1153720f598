package frame

import (
	"embed"
	"io/fs"
	"time"

	"hejnal/cmd/hejnal/web/assets"
	"hejnal/workflow/calendar"
)

//go:embed pages/*.html
var embeddedPages embed.FS

// framePages are the pages of the frame itself.
var framePages = func() fs.FS {
	pages, err := fs.Sub(embeddedPages, "pages")
	if err != nil {
		panic("frame: its own pages have no root: " + err.Error())
	}
	return pages
}()

func assetURL(name string) (string, error) { return assets.URL(name) }

// isoOf writes a moment as a machine reads it, in the installation's zone.
func isoOf(at time.Time) string { return at.In(calendar.Zone()).Format(time.RFC3339) }
