package casefile

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/actform"
	"hejnal/cmd/hejnal/web/pages/council"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/pages/listening"
	"hejnal/store"
	"hejnal/workflow"
)

// actView is what the page of an act shows.
type actView struct {
	Head        head
	Action      workflow.Action
	Form        frame.Form
	Slots       []slot
	Papers      []paperOfCase // the newest of each kind of the case's documents
	Decides     bool          // the reader decides by what others prepared: the papers are shown at once
	More        []frame.Field // a document beyond those asked for
	Consequence consequence
	Blocked     []workflow.Blocker
	Refused     bool          // the blockers are the answer to a try
	Lost        string        // who changed the case meanwhile, in words
	Gone        bool          // the state does not offer the act any more
	Why         workflow.Text // what the core says of an act that is gone
	Offers      []offered     // what the reader may do in place of an act that is gone
	Kept        []kept        // what was typed, where the act is gone
	Others      string        // who else has an act of the case open
	Check       bool          // everything is shown once more before it counts
	Coming      workflow.Act  // what the act will be, as it is shown to be checked
	Varies      bool          // the act can end in several ways
	Attached    []engine.File // before the act is confirmed
	Mine        bool
	Path        string
	Waiting     *workflow.Task // that asks for the act; nil: none does
	OnBehalf    string         // for whom the reader acts; empty: for themselves
	Vote        council.Vote   // zero: the act records no vote
	Counted     []council.Counted
	Meanwhile   meanwhile

	sent url.Values // what the form holds, where it was sent
}

// Opened reports whether something is wrong with the document beyond those asked for, so that its fields are to be seen.
func (v actView) Opened() bool {
	return slices.ContainsFunc(v.More, func(field frame.Field) bool { return !field.Wrong.IsZero() })
}

// counted are the fields that were left empty because the roll call answers them.
func (v actView) counted() []string {
	var names []string
	for _, one := range v.Counted {
		names = append(names, actform.FieldOf("/inputs/"+one.Name))
	}
	return names
}

// kept is a text that was typed for an act that is not offered any more.
type kept struct {
	Label workflow.Text
	Value string
	ID    string
}

// consequence is what an act leads to.
type consequence struct {
	To     []workflow.Text
	Stays  bool
	Public bool
	Ends   bool
	Round  bool
	Alike  bool // it is as public as the entry that it corrects
}

func (s *subject) consequence(action workflow.Action, t *workflow.Transition) consequence {
	result := consequence{Public: t.Public, Round: t.Then.NewRound}
	result.Alike = slices.ContainsFunc(t.Inputs, func(input workflow.InputSource) bool { return input.Type == "transition" })
	for _, to := range action.To {
		if to == s.Proposal.StateOf(action.Track) {
			result.Stays = true
			continue
		}
		result.To = append(result.To, s.state(action.Track, to))
		state, _ := s.Definition.State(action.Track, to)
		result.Ends = result.Ends || action.Track == workflow.Route && state.Kind == workflow.End
	}
	return result
}

// acting is an act of a case that somebody is at.
type acting struct {
	*subject
	action workflow.Action
	t      *workflow.Transition
}

// acting loads the act that the address names. One that the state does not offer is refused as the core refuses it.
func (p *pages) acting(r *http.Request) (*acting, error) {
	s, err := p.subject(r)
	if err != nil {
		return nil, err
	}
	id := chi.URLParam(r, "transition")
	action, offered := s.action(id)
	t := s.transition(id, action.Track)
	if t == nil {
		return nil, store.ErrNotFound
	}
	call.Of(r).Transition = id
	a := &acting{subject: s, action: action, t: t}
	if !offered {
		_, err := p.Engine.Rehearse(r.Context(), engine.Request{By: s.Reader}, s.Proposal.ID, workflow.Command{Transition: id})
		if err == nil {
			err = store.ErrNotFound
		}
		return a, err
	}
	return a, nil
}

// waiting is the task that asks for the act; nil where none does.
func (a *acting) waiting() *workflow.Task {
	for i := range a.Proposal.Tasks {
		if task := &a.Proposal.Tasks[i]; slices.Contains(task.AsksFor, a.t.ID) {
			return task
		}
	}
	return nil
}

// ordinary fills in what can hardly be otherwise: a choice of one, and the City's name as a party. Nothing is decided for whoever
// decides.
func (a *acting) ordinary(fields []frame.Field) {
	for _, input := range a.t.Inputs {
		i := slices.IndexFunc(fields, func(field frame.Field) bool { return field.Name == actform.FieldOf("/inputs/"+input.Name) })
		if i < 0 || input.Optional {
			continue
		}
		switch {
		case input.Type == "choice" && len(fields[i].Options) == 1:
			fields[i].Value = fields[i].Options[0].Value
		case input.Type == "text" && actform.Example(a.action, input.Name) == a.Definition.Source.City.Name:
			fields[i].Value = a.Definition.Source.City.Name
		}
	}
}

// form is the form of the act: inputs, what stands beside, and what binds it to the version that is shown.
func (a *acting) form(key string) frame.Form {
	warned := false
	for _, blocker := range a.action.BlockedBy {
		warned = warned || blocker.Severity == workflow.Warn
	}
	fields := append(actform.Fields(a.t, a.action), actform.Beside(a.action, a.Today, warned)...)
	if !warned && !slices.ContainsFunc(a.t.Judged(), func(rule workflow.RuleSource) bool { return rule.Severity == string(workflow.Warn) }) {
		fields = slices.DeleteFunc(fields, func(field frame.Field) bool { return field.Name == actform.Justification })
	}
	council.VoteIn(a.Definition, a.t, fields)
	a.ordinary(fields)
	return frame.Form{Fields: append(fields,
		frame.Field{Name: frame.VersionField, Kind: frame.Hidden, Value: strconv.FormatInt(a.Proposal.Version, 10)},
		frame.Field{Name: frame.KeyField, Kind: frame.Hidden, Value: key},
	)}
}

func (p *pages) askAct(w http.ResponseWriter, r *http.Request) error {
	a, err := p.acting(r)
	if err != nil && a != nil {
		return p.notOffered(w, r, a, frame.Sent{}, err)
	}
	if err != nil {
		return err
	}
	form := a.form(p.NewID())
	if err := p.asEntry(r, a, &form, a.entryAsked(r)); err != nil {
		return err
	}
	now := p.Now().UTC()
	others, err := p.others(r, a.subject, now)
	if err != nil {
		return err
	}
	if a.mine(a.action) {
		if err := p.Store.PutLook(r.Context(), store.Look{ProposalID: a.Proposal.ID, PersonID: a.Reader.ID, At: now}); err != nil {
			return fmt.Errorf("note who has the act open: %w", err)
		}
	}
	return p.showAct(w, r, a, http.StatusOK, actView{Form: form, Others: others})
}

// lookAway notes that the reader is at the case no more.
func (p *pages) lookAway(r *http.Request, a *acting) {
	// The act is made, whatever becomes of the note; without it the look ends by itself.
	_ = p.Store.PutLook(r.Context(), store.Look{ProposalID: a.Proposal.ID, PersonID: a.Reader.ID, At: p.Now().UTC().Add(-2 * frame.LookKept)})
}

// others says who else has an act of the case open; empty where nobody has.
func (p *pages) others(r *http.Request, s *subject, now time.Time) (string, error) {
	looks, err := p.Store.Looks(r.Context(), []string{s.Proposal.ID}, now.Add(-frame.LookKept))
	if err != nil {
		return "", fmt.Errorf("see who has the act open: %w", err)
	}
	for _, look := range looks {
		if look.PersonID != s.Reader.ID {
			return s.name(r.Context(), look.PersonID) + ", " + s.words.Ago(now.Sub(look.At)), nil
		}
	}
	return "", nil
}

func (p *pages) showAct(w http.ResponseWriter, r *http.Request, a *acting, status int, shown actView) error {
	shown.Head, shown.Action, shown.Mine = a.head(r.Context(), "act"), a.action, a.mine(a.action)
	leads := a.action
	if shown.Check {
		leads.To = []string{shown.Coming.To}
	}
	shown.Consequence, shown.Path, shown.Varies = a.consequence(leads, a.t), a.path()+"/czynnosci/"+a.t.ID, len(a.t.Results()) > 1
	shown.Vote, _ = council.VoteIn(a.Definition, a.t, slices.Clone(shown.Form.Fields))
	shown.Waiting = a.waiting()
	if by := a.action.OnBehalfOf; by != "" {
		shown.OnBehalf = a.name(r.Context(), by)
	}
	shown.Slots = a.slots()
	for _, slot := range shown.Slots {
		marked(slot.Fields, shown.Form)
	}
	shown.Papers, shown.Decides = a.papers(), a.Reader.Has(workflow.President)
	shown.More = marked(a.moreDocument(), shown.Form)
	if !shown.Refused && !shown.Check {
		shown.Blocked = a.standing()
	}
	var err error
	if shown.Meanwhile, err = p.meanwhile(r.Context(), a); err != nil {
		return err
	}
	title := a.words.In(a.action.Title) + ": " + a.Proposal.Number
	if shown.Check {
		title = a.words.T("Sprawdź: ", "Check: ") + title
	}
	return p.Render(w, r, status, frame.Page{
		Template: "casefile/act", Title: title, Main: shown, Wrong: shown.Form.Wrong(),
		Live: listening.Path + "?sprawa=" + a.Proposal.ID,
	})
}

// paperOfCase is a document with the title of its kind.
type paperOfCase struct {
	shownDocument
	Of workflow.Text
}

// papers are the newest documents of the case, one of each kind, as the City lists the kinds.
func (a *acting) papers() []paperOfCase {
	var papers []paperOfCase
	for _, code := range a.Definition.Source.City.Documents {
		for _, d := range slices.Backward(a.Proposal.Documents) {
			if d.Kind == code.ID {
				papers = append(papers, paperOfCase{shownDocument: shownDocument{Document: d, Href: a.path() + "/dokumenty/" + d.ID}, Of: code.Title})
				break
			}
		}
	}
	return papers
}

// standing are the blockers of the act but for missing documents that the reader attaches with it.
func (a *acting) standing() []workflow.Blocker {
	return slices.DeleteFunc(slices.Clone(a.action.BlockedBy), a.attaches)
}

// whoMoved says who changed a case meanwhile, and by what.
func (p *pages) whoMoved(r *http.Request, s *subject, moved *engine.MovedError) string {
	who, what, when := s.actor(r.Context(), moved.Last.Actor), s.words.In(moved.Last.EventTitle), moved.Last.RecordedAt
	for _, document := range moved.Proposal.Documents {
		if document.AttachedAt.After(when) {
			who, when = s.name(r.Context(), document.By), document.AttachedAt
			what = s.words.T("dodano dokument: ", "document attached: ") + s.words.In(s.kind(document.Kind))
		}
	}
	return who + ", " + s.words.Moment(when) + ": " + what
}

// movedErrorOf is the lost race in an error, if it is one.
func movedErrorOf(err error) (*engine.MovedError, bool) {
	var moved *engine.MovedError
	lost := errors.As(err, &moved)
	return moved, lost
}
