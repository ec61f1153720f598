package frame

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/store"
	"hejnal/workflow"
)

// layout is what the frame around a page shows.
type layout struct {
	Page
	Language, Other string
	OtherURL        string
	Person          *signedIn // nil for a visitor
	Areas           []area
	Path            string
	Done            workflow.Text // what was just done, told on whichever page comes next; zero: nothing
	Restored        bool          // the page shows a form that was sent when nobody was signed in any more
}

// signedIn is who is signed in, as the frame shows them.
type signedIn struct {
	Name  string
	Roles []workflow.Role
}

// area is one entry of the navigation.
type area struct {
	Title  workflow.Text
	Href   string
	Also   string // another address under which its pages stand; empty: none
	Here   bool
	Unread int // mostUnread where it is that many or more
}

// NoticesPath is where a reader's notices are.
const NoticesPath = "/powiadomienia"

// mostUnread is as far as unread notices are counted.
const mostUnread = 99

func (s *Site) layout(r *http.Request, page Page) (layout, error) {
	c := call.Of(r)
	_, again := restoredOf(r)
	shown := layout{Page: page, Done: told(r), Restored: again && page.Template != failurePage, Language: c.Language, Other: other(c.Language), OtherURL: inOther(r), Path: r.URL.Path, Areas: visitorAreas()}
	if c.Person.ID != "" {
		shown.Person = &signedIn{Name: NameOf(c.Person), Roles: c.Person.Roles}
		shown.Areas = areasOf(c.Person)
		unread, err := s.Store.CountUnread(r.Context(), c.Person.ID, mostUnread)
		if err != nil {
			return shown, fmt.Errorf("count unread notices: %w", err)
		}
		for i := range shown.Areas {
			if shown.Areas[i].Href == NoticesPath {
				shown.Areas[i].Unread = unread
			}
		}
	}
	best := -1
	for i, a := range shown.Areas {
		if (within(r.URL.Path, a.Href) || a.Also != "" && within(r.URL.Path, a.Also)) && (best < 0 || len(a.Href) > len(shown.Areas[best].Href)) {
			best = i
		}
	}
	if best >= 0 {
		shown.Areas[best].Here = true
	}
	return shown, nil
}

func within(path, href string) bool { return path == href || strings.HasPrefix(path, href+"/") }

// NameOf is the name of a person as others see it.
func NameOf(p store.Person) string {
	if p.FullName != "" {
		return p.FullName
	}
	return p.Name
}

func visitorAreas() []area {
	return []area{
		{Title: workflow.Text{PL: "Rejestr", EN: "Register"}, Href: "/rejestr"},
		{Title: workflow.Text{PL: "Według krajów", EN: "By country"}, Href: "/kraje"},
		{Title: workflow.Text{PL: "Zmiany", EN: "Changes"}, Href: "/zmiany"},
		{Title: workflow.Text{PL: "Dane", EN: "Open data"}, Href: "/dane"},
		{Title: workflow.Text{PL: "Pomoc", EN: "Help"}, Href: "/pomoc"},
	}
}

// areasOf are the areas of work of a person, by what their roles do and read.
func areasOf(p store.Person) []area {
	has := func(test func(workflow.Role) bool) bool { return slices.ContainsFunc(p.Roles, test) }
	reads := has(workflow.Role.Reads)
	var areas []area
	if has(workflow.Role.Moves) {
		areas = append(areas, area{Title: workflow.Text{PL: "Moje zadania", EN: "My tasks"}, Href: "/zadania"})
	}
	if slices.Contains(p.Roles, workflow.Admin) {
		areas = append(areas, area{Title: workflow.Text{PL: "Zastępstwa", EN: "Substitutions"}, Href: "/zastepstwa"})
	}
	if reads {
		areas = append(areas,
			area{Title: workflow.Text{PL: "Sprawy", EN: "Cases"}, Href: "/sprawy"},
			area{Title: workflow.Text{PL: "Partnerzy", EN: "Partners"}, Href: "/partnerzy"},
			area{Title: workflow.Text{PL: "Rada", EN: "Council"}, Href: "/sekretariat", Also: "/sesje"},
			area{Title: workflow.Text{PL: "Pulpit", EN: "Dashboard"}, Href: "/pulpit"},
			area{Title: workflow.Text{PL: "Powiadomienia", EN: "Notices"}, Href: NoticesPath},
		)
	}
	return append(areas, area{Title: workflow.Text{PL: "Rejestr", EN: "Register"}, Href: "/rejestr"}, area{Title: workflow.Text{PL: "Pomoc", EN: "Help"}, Href: "/pomoc"})
}

// Size writes a number of bytes for people.
func (w Words) Size(bytes int64) string {
	switch {
	case bytes < 1<<10:
		return w.Count(int(bytes), "bajt|bajty|bajtów", "byte|bytes")
	case bytes < 1<<20:
		return fmt.Sprintf("%d KB", (bytes+1<<9)>>10)
	}
	megabytes := fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
	if w.Language == call.English {
		return megabytes
	}
	return strings.Replace(megabytes, ".", ",", 1)
}
