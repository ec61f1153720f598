package casefile

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/pages/listening"
	"hejnal/store"
	"hejnal/workflow"
)

// historyPage is how many entries a page of the history has.
const historyPage = 20

// mostRemarks is how many remarks the history tells, the newest; the talk has them all.
const mostRemarks = 200

// happened is one thing in the history of a case: an act, a document that was attached, or a remark.
type happened struct {
	At       time.Time
	Act      *workflow.Act
	Entry    *entry // of Act, made for those that are shown
	Document *shownDocument
	Kind     workflow.Text // of Document
	Remark   *remark
	public   bool
}

// part is one of the parts that the history can be narrowed to.
type part struct {
	ID    string
	Title workflow.Text
	Href  string
	Here  bool
}

// historyView is what the page of a case's history shows.
type historyView struct {
	Head    head
	Entries []happened
	Parts   []part
	Next    string
	Whole   int
	Newest  string // address of the newest page; empty: this is it
	Part    string
	Older   bool // the case has more acts than are read here
	Said    bool // and more remarks
}

const talkPart = "rozmowa"

// parts are the ways to narrow the history, as the address names them.
var parts = []part{
	{ID: "", Title: workflow.Text{PL: "Wszystko", EN: "Everything"}},
	{ID: "decyzje", Title: workflow.Text{PL: "Decyzje i czynności", EN: "Decisions and acts"}},
	{ID: "dokumenty", Title: workflow.Text{PL: "Dokumenty", EN: "Documents"}},
	{ID: talkPart, Title: workflow.Text{PL: "Rozmowa", EN: "Talk"}},
	{ID: "system", Title: workflow.Text{PL: "System", EN: "System"}},
}

// holds reports whether something belongs to a part.
func (h happened) holds(part string) bool {
	switch part {
	case "decyzje":
		return h.Act != nil && h.Act.Actor.User != ""
	case "dokumenty":
		return h.Document != nil
	case talkPart:
		return h.Remark != nil
	case "system":
		return h.Act != nil && h.Act.Actor.User == ""
	}
	return true
}

func (p *pages) history(w http.ResponseWriter, r *http.Request) error {
	s, err := p.subject(r)
	if err != nil {
		return err
	}
	all, said, err := p.happened(r.Context(), s)
	if err != nil {
		return err
	}
	s.noteCorrections(r.Context(), actsOf(all))
	asked := r.URL.Query().Get("pokaz")
	if !slices.ContainsFunc(parts, func(one part) bool { return one.ID == asked }) {
		asked = ""
	}
	all = slices.DeleteFunc(all, func(h happened) bool { return !h.holds(asked) })
	shown := historyView{Head: s.head(r.Context(), "history"), Whole: len(all), Part: asked, Older: s.Proposal.Seq > mostActs, Said: said && (asked == "" || asked == talkPart)}
	at := func(before int) string {
		query := url.Values{}
		if asked != "" {
			query.Set("pokaz", asked)
		}
		if before > 0 {
			query.Set("przed", strconv.Itoa(before))
		}
		address := url.URL{Path: s.path() + "/historia", RawQuery: query.Encode()}
		return address.String()
	}
	last := len(all)
	if before, err := strconv.Atoi(r.URL.Query().Get("przed")); err == nil && before > 0 && before < last {
		last, shown.Newest = before, at(0)
	}
	first := max(last-historyPage, 0)
	if first > 0 {
		shown.Next = at(first)
	}
	shown.Entries = s.onPage(r.Context(), all[first:last])
	for _, one := range parts {
		one.Href, one.Here = s.path()+"/historia", one.ID == asked
		if one.ID != "" {
			one.Href += "?pokaz=" + one.ID
		}
		shown.Parts = append(shown.Parts, one)
	}
	return p.Render(w, r, http.StatusOK, frame.Page{
		Template: "casefile/history", Title: s.words.T("Historia: ", "History: ") + s.Proposal.Number, Main: shown, Live: listening.Path + "?sprawa=" + s.Proposal.ID,
	})
}

func actsOf(all []happened) []workflow.Act {
	var acts []workflow.Act
	for _, one := range all {
		if one.Act != nil {
			acts = append(acts, *one.Act)
		}
	}
	return acts
}

// onPage puts what is shown into words, the newest first.
func (s *subject) onPage(ctx context.Context, some []happened) []happened {
	shown := slices.Clone(some)
	slices.Reverse(shown)
	for i := range shown {
		if act := shown[i].Act; act != nil {
			one := s.entry(ctx, *act)
			one.Public = shown[i].public
			shown[i].Entry = &one
		}
	}
	return shown
}

// happened reads the last acts of a case with its documents and its last remarks, oldest first, and whether there are older
// remarks.
func (p *pages) happened(ctx context.Context, s *subject) (all []happened, older bool, err error) {
	records, err := p.Store.History(ctx, s.Proposal.ID, max(s.Proposal.Seq-mostActs, 0), mostActs)
	if err != nil {
		return nil, false, fmt.Errorf("read history: %w", err)
	}
	for _, record := range records {
		if !s.personal() {
			record.Personal = nil
		}
		act, err := engine.ReadAct(record)
		if err != nil {
			return nil, false, err
		}
		all = append(all, happened{At: act.RecordedAt, Act: &act, public: record.Public != nil})
	}
	for _, document := range s.Proposal.Documents {
		one := shownDocument{Document: document, Href: s.path() + "/dokumenty/" + document.ID, Who: s.actor(ctx, workflow.Actor{User: document.By, OnBehalfOf: document.OnBehalfOf})}
		all = append(all, happened{At: document.AttachedAt, Document: &one, Kind: s.kind(document.Kind)})
	}
	if s.personal() {
		page, err := p.Store.ListComments(ctx, store.CommentFilter{ProposalID: s.Proposal.ID, LastFirst: true, PageRequest: store.PageRequest{Limit: mostRemarks}})
		if err != nil {
			return nil, false, fmt.Errorf("list comments: %w", err)
		}
		older = page.Next != ""
		for _, comment := range slices.Backward(page.Items) {
			all = append(all, happened{At: comment.At, Remark: &remark{Who: s.name(ctx, comment.By), At: comment.At, Text: comment.Text}})
		}
	}
	slices.SortStableFunc(all, func(a, b happened) int {
		if order := a.At.Compare(b.At); order != 0 {
			return order
		}
		return cmp.Compare(b.rank(), a.rank()) // a document stands before the act that rests on it
	})
	return all, older, nil
}

func (h happened) rank() int {
	if h.Document != nil {
		return 1
	}
	return 0
}
