// Package changes is what changed of late: every public act of every case, the newest first, as a page and as a feed.
package changes

import (
	"embed"
	"net/http"
	"strconv"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/published"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

//go:embed templates/*.html
var templates embed.FS

// Feature is what the site needs to show the pages of this package.
func Feature() frame.Feature { return frame.Feature{Name: "changes", Templates: templates} }

type pages struct{ *frame.Site }

const path = "/zmiany"

// Routes are the pages of the package.
func Routes(site *frame.Site) []frame.Route {
	p := &pages{Site: site}
	return []frame.Route{
		{Method: http.MethodGet, Path: path, Handle: p.list},
		{Method: http.MethodGet, Path: path + ".atom", Handle: p.feed, Plain: true},
	}
}

// shown is what the page shows.
type shown struct {
	Days  []day
	Older bool // it is not the newest page
	Next  string
}

// day is what became public on one day.
type day struct {
	On   calendar.Date
	Acts []act
}

type act struct {
	published.Act
	Country workflow.Text
	Right   []published.Fact // of one that corrects another
	Clock   string           // when it was entered, on its day
	Dated   calendar.Date    // the day of the act itself, where it is another
}

func before(r *http.Request) int64 {
	position, err := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	if err != nil {
		return 0
	}
	return position
}

func (p *pages) list(w http.ResponseWriter, r *http.Request) error {
	acts, older, err := published.Latest(r.Context(), p.Store, before(r), published.FeedLength)
	if err != nil {
		return err
	}
	main := shown{Older: before(r) > 0}
	if older > 0 {
		main.Next = path + "?before=" + strconv.FormatInt(older, 10)
	}
	for _, one := range acts {
		on := calendar.Of(one.At, calendar.Zone())
		if len(main.Days) == 0 || main.Days[len(main.Days)-1].On != on {
			main.Days = append(main.Days, day{On: on})
		}
		last := &main.Days[len(main.Days)-1]
		entered := act{Act: one, Country: published.Country(one.Partner.Country), Clock: one.At.In(calendar.Zone()).Format("15:04")}
		entered.Right, _ = one.Right(p.Engine)
		if one.OccurredOn != on {
			entered.Dated = one.OccurredOn
		}
		last.Acts = append(last.Acts, entered)
	}
	title := frame.WordsOf(call.Of(r).Language).T("Co się zmieniło", "What changed")
	return p.RenderOpen(w, r, http.StatusOK, frame.Page{Template: "changes/changes", Title: title, Main: main})
}

func (p *pages) feed(w http.ResponseWriter, r *http.Request) error {
	feed, err := published.Changes(r.Context(), p.Store, p.Engine, before(r), call.Of(r).Language, p.Base(r), path+".atom", p.Publisher.Keeper())
	if err != nil {
		return err
	}
	text, err := feed.Write()
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", published.AtomType)
	frame.ServeOpen(w, r, http.StatusOK, text)
	return nil
}
