// Package figures is the pages that give an overview: the dashboard, the agreements through the years, what a form of
// cooperation entails, and a case as one packet.
package figures

import (
	"embed"
	"net/http"

	"hejnal/cmd/hejnal/web/pages/frame"
)

//go:embed templates/*.html
var templates embed.FS

// Feature is what the site needs to show the pages of this package.
func Feature() frame.Feature { return frame.Feature{Name: "figures", Templates: templates} }

type pages struct {
	*frame.Site
	kept *kept
}

// Routes are the pages of the package.
func Routes(site *frame.Site) []frame.Route {
	counter := counter{source: site.Store, forms: site.Engine.AllForms(), now: site.Now, today: site.Engine.Today}
	p := &pages{Site: site, kept: &kept{count: counter.count, now: site.Now, log: site.Log, wait: firstWait}}
	return []frame.Route{
		{Method: http.MethodGet, Path: "/formy/{form}", Handle: p.form},
		{Method: http.MethodGet, Path: "/pulpit", Access: frame.Readers, Handle: p.dashboard},
		{Method: http.MethodGet, Path: overduePath, Access: frame.Readers, Handle: p.overdue},
		{Method: http.MethodGet, Path: timelinePath, Access: frame.Readers, Handle: p.timeline},
		{Method: http.MethodGet, Path: publicTimelinePath, Handle: p.publicTimeline},
		{Method: http.MethodGet, Path: expiringPath, Access: frame.Readers, Handle: p.expiring},
	}
}
