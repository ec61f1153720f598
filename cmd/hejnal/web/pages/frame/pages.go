package frame

import (
	"embed"
	"time"

	"hejnal/cmd/hejnal/web/assets"
	"hejnal/workflow/calendar"
)

// framePages are the pages of the frame itself.
//
//go:embed pages/*.html
var framePages embed.FS

func assetURL(name string) (string, error) { return assets.URL(name) }

// isoOf writes a moment as a machine reads it, in the installation's zone.
func isoOf(at time.Time) string { return at.In(calendar.Zone()).Format(time.RFC3339) }
