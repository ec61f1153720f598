// Package council is the work of the Council's secretariat: the board of what waits for it, sessions with their agenda and
// papers, all votes of a session on one page, and the resolutions that are still to be numbered and published.
//
// Nothing of a form of cooperation is written here. Which states, tasks and transitions belong to the Council's part, and what
// a vote needs, is read from the definitions.
package council

import (
	"embed"
	"net/http"

	"hejnal/cmd/hejnal/web/pages/frame"
)

//go:embed templates/*.html
var templates embed.FS

// Feature is what the site needs to show the pages of this package.
func Feature() frame.Feature { return frame.Feature{Name: "council", Templates: templates} }

// pages answers the pages of the package.
type pages struct{ *frame.Site }

// Routes are the pages of the package.
func Routes(site *frame.Site) []frame.Route {
	p := &pages{Site: site}
	return []frame.Route{
		{Method: http.MethodGet, Path: "/sekretariat", Access: frame.Readers, Handle: p.board},
		{Method: http.MethodGet, Path: "/sekretariat/ogloszenia", Access: frame.Readers, Handle: p.announcements},
		{Method: http.MethodGet, Path: "/sesje", Access: frame.Readers, Handle: p.sessions},
		{Method: http.MethodGet, Path: "/sesje/{date}", Access: frame.Readers, Handle: p.session},
		{Method: http.MethodGet, Path: "/sesje/{date}/glosowania", Access: frame.Readers, Handle: p.votes},
		{Method: http.MethodPost, Path: "/sesje/{date}/glosowania", Access: frame.Readers, Handle: p.saveVotes},
		{Method: http.MethodGet, Path: "/sesje/{date}/materialy.zip", Access: frame.Readers, Handle: p.packet, Plain: true},
	}
}
