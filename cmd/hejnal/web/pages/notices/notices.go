// Package notices is what a reader is told of: what happened in the cases that they have to do with, and with their tasks.
package notices

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
)

//go:embed templates/*.html
var templates embed.FS

// Feature is what the site needs to show the pages of this package.
func Feature() frame.Feature { return frame.Feature{Name: "notices", Templates: templates} }

type pages struct{ *frame.Site }

// Routes are the pages of the package.
func Routes(site *frame.Site) []frame.Route {
	p := &pages{Site: site}
	return []frame.Route{
		{Method: http.MethodGet, Path: frame.NoticesPath, Access: frame.Readers, Handle: p.list},
		{Method: http.MethodPost, Path: frame.NoticesPath, Access: frame.Readers, Handle: p.read},
	}
}

// pageSize is how many notices a page has.
const pageSize = 25

// view is what the page of notices shows.
type view struct {
	Notices []told
	Unread  bool
	Newest  int64 // position of the newest notice that is shown
	Next    string
}

// told is one notice in words.
type told struct {
	What         workflow.Text
	Who          string
	Number       string
	Title, Href  string
	At           time.Time
	Unread, Late bool
}

func (p *pages) list(w http.ResponseWriter, r *http.Request) error {
	c := call.Of(r)
	page, err := p.Store.ListNotices(r.Context(), c.Person.ID, store.PageRequest{Limit: pageSize, Cursor: r.URL.Query().Get("dalej")})
	if err != nil {
		return fmt.Errorf("list notices: %w", err)
	}
	shown, names := view{}, p.Names()
	for _, notice := range page.Items {
		one, err := p.told(r.Context(), notice, names)
		if err != nil {
			return err
		}
		shown.Notices = append(shown.Notices, one)
		shown.Unread, shown.Newest = shown.Unread || !notice.Read, max(shown.Newest, notice.Pos)
	}
	if page.Next != "" {
		shown.Next = frame.NoticesPath + "?" + url.Values{"dalej": {page.Next}}.Encode()
	}
	return p.Render(w, r, http.StatusOK, frame.Page{Template: "notices/list", Title: frame.WordsOf(c.Language).T("Powiadomienia", "Notices"), Main: shown})
}

// told puts a notice into words.
func (p *pages) told(ctx context.Context, notice store.Notice, names *frame.Names) (told, error) {
	one := told{At: notice.At, Unread: !notice.Read, Href: "/sprawy/" + notice.ProposalID}
	about, err := p.Store.Case(ctx, notice.ProposalID)
	if err != nil {
		return one, fmt.Errorf("load case of a notice: %w", err)
	}
	one.Number, one.Title = about.Number, about.Title
	switch notice.Kind {
	case store.NoticeAssigned:
		one.What = workflow.Text{PL: "Przydzielono Ci zadanie", EN: "A task was given to you"}
		return one, nil
	case store.NoticeOverdue:
		one.What, one.Late = workflow.Text{PL: "Minął termin Twojego zadania", EN: "The day of your task has passed"}, true
		return one, nil
	}
	record, err := p.Store.Entry(ctx, notice.EventID)
	if err != nil {
		return one, fmt.Errorf("load entry of a notice: %w", err)
	}
	act, err := engine.ReadAct(record)
	if err != nil {
		return one, err
	}
	one.What = act.EventTitle
	one.Href += "/historia#wpis-" + strconv.FormatInt(act.Seq, 10)
	one.Who, err = names.Of(ctx, act.Actor.User)
	return one, err
}

// read marks what was shown as read.
func (p *pages) read(w http.ResponseWriter, r *http.Request) error {
	sent, err := p.Read(r)
	if err != nil {
		return err
	}
	upTo, err := strconv.ParseInt(sent.Values.Get("do"), 10, 64)
	if err == nil && upTo > 0 && !sent.Restored {
		if err := p.Store.MarkRead(r.Context(), call.Of(r).Person.ID, upTo); err != nil && !errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("mark notices as read: %w", err)
		}
	}
	http.Redirect(w, r, frame.NoticesPath, http.StatusSeeOther)
	return nil
}
