package casefile

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/pages/listening"
	"hejnal/store"
	"hejnal/workflow"
)

// talkView is what the page of a case's talk shows.
type talkView struct {
	Head     head
	Remarks  []remark
	Next     string
	Form     frame.Form
	MaySpeak bool
	Closed   bool // the reader does not read talk
}

type remark struct {
	Who  string
	At   time.Time
	Text string
}

func remarkForm(key string) frame.Form {
	return frame.Form{Fields: []frame.Field{
		{
			Name: "text", Kind: frame.Area, Label: workflow.Text{PL: "Twoja uwaga", EN: "Your remark"}, Most: 4_000, Rows: 5,
			Hint: workflow.Text{PL: "Uwagi widzą osoby prowadzące sprawę i kontrola. Nie trafiają do rejestru publicznego.", EN: "Those who work on the case and the auditors see it. It does not reach the public register."},
		},
		{Name: frame.KeyField, Kind: frame.Hidden, Value: key},
	}}
}

func (p *pages) talk(w http.ResponseWriter, r *http.Request) error {
	s, err := p.subject(r)
	if err != nil {
		return err
	}
	return p.showTalk(w, r, s, http.StatusOK, remarkForm(p.NewID()))
}

func (p *pages) showTalk(w http.ResponseWriter, r *http.Request, s *subject, status int, form frame.Form) error {
	shown := talkView{Head: s.head(r.Context(), "talk"), Form: form, MaySpeak: s.moves()}
	if shown.Closed = !s.personal(); shown.Closed {
		return p.renderTalk(w, r, s, status, shown)
	}
	page, err := p.Store.ListComments(r.Context(), store.CommentFilter{
		ProposalID: s.Proposal.ID, PageRequest: store.PageRequest{Limit: 50, Cursor: r.URL.Query().Get("dalej")},
	})
	if err != nil {
		return fmt.Errorf("list comments: %w", err)
	}
	for _, comment := range page.Items {
		shown.Remarks = append(shown.Remarks, remark{Who: s.name(r.Context(), comment.By), At: comment.At, Text: comment.Text})
	}
	if page.Next != "" {
		shown.Next = s.path() + "/rozmowa?" + url.Values{"dalej": {page.Next}}.Encode()
	}
	return p.renderTalk(w, r, s, status, shown)
}

func (p *pages) renderTalk(w http.ResponseWriter, r *http.Request, s *subject, status int, shown talkView) error {
	return p.Render(w, r, status, frame.Page{
		Template: "casefile/talk", Title: s.words.T("Rozmowa: ", "Talk: ") + s.Proposal.Number, Main: shown, Wrong: shown.Form.Wrong(), Live: listening.Path + "?sprawa=" + s.Proposal.ID,
	})
}

func (p *pages) say(w http.ResponseWriter, r *http.Request) error {
	s, err := p.subject(r)
	if err != nil {
		return err
	}
	sent, err := p.Read(r)
	if err != nil {
		return err
	}
	form := remarkForm(p.NewID())
	form.Fill(sent)
	if sent.Restored {
		return p.showTalk(w, r, s, http.StatusOK, form)
	}
	if form.Require(); form.Wrong() {
		return p.showTalk(w, r, s, http.StatusUnprocessableEntity, form)
	}
	to := s.path() + "/rozmowa"
	_, err = p.Engine.Comment(r.Context(), p.Request(r, sent.Values, 0, func(engine.Result) string { return to }), s.Proposal.ID, form.Field("text").Value)
	var refusal *workflow.Refusal
	switch {
	case errors.As(err, &refusal) && refusal.Kind == workflow.Invalid:
		form.RefuseAll(refusal.Errors, func(pointer string) string { return strings.TrimPrefix(pointer, "/") })
		return p.showTalk(w, r, s, http.StatusUnprocessableEntity, form)
	case err != nil && !errors.Is(err, store.ErrKeyUsed):
		return err
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}
