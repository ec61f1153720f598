package casefile

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/actform"
	"hejnal/cmd/hejnal/web/pages/council"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
)

// checked is the field that says that the reader has seen once more what they are about to do.
const checked = "sprawdzono"

// act attaches the documents that were sent and makes the act, or shows the form again with all that was typed.
func (p *pages) act(w http.ResponseWriter, r *http.Request) error {
	a, err := p.acting(r)
	if err != nil && a == nil {
		return err
	}
	mayAttach := err == nil && a.mine(a.action)
	sent, readErr := p.ReadFiles(r, func(field string) bool { return mayAttach && strings.HasPrefix(field, slotPrefix) })
	if readErr != nil {
		return readErr
	}
	if err != nil {
		return p.notOffered(w, r, a, sent, err)
	}
	led, err := p.LedBefore(r, sent.Values)
	switch {
	case err != nil:
		return err
	case led != "":
		http.Redirect(w, r, led, http.StatusSeeOther)
		return nil
	}
	shown := actView{Form: a.form(p.NewID()), sent: sent.Values}
	if err := p.asEntry(r, a, &shown.Form, a.entrySent(sent)); err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	shown.Form.Apart = a.attachments()
	shown.Form.Fill(sent)
	if sent.Restored {
		return p.showAct(w, r, a, http.StatusOK, shown)
	}
	setHidden(&shown.Form, frame.KeyField, p.NewID())
	if sent.Values.Get("wroc") != "" {
		return p.showAct(w, r, a, http.StatusOK, shown)
	}
	version, unseen := frame.Seen(sent.Values)
	command := actform.Command(a.t, a.action, sent)
	public, err := p.correctValue(r, a, &command, &shown.Form)
	if err != nil {
		return err
	}
	shown.Counted = council.Count(a.Definition, a.t, &command)
	files := a.filesOf(sent, &shown.Form)
	// Nothing is tried twice but where the try alone tells who may not, or keeps a file from being attached for nothing.
	if mine := a.mine(a.action); !mine || !shown.Form.Wrong() && (unseen != nil || len(sent.Files) > 0) {
		request := engine.Request{By: a.Reader, Expect: version}
		if _, err := p.Engine.RehearseWith(r.Context(), request, a.Proposal.ID, command, files); err != nil {
			chooseAgain(&shown.Form, sent)
			return p.refused(w, r, a, shown, err)
		}
	}
	if unseen != nil {
		return unseen
	}
	if shown.Form.Wrong() {
		chooseAgain(&shown.Form, sent)
		return p.showAgain(w, r, a, http.StatusUnprocessableEntity, shown)
	}
	if version, err = p.attachAll(r, a, files, version); err != nil {
		return p.refused(w, r, a, shown, err)
	}
	setHidden(&shown.Form, frame.VersionField, strconv.FormatInt(version, 10))
	shown.Form.Apart, shown.Attached = nil, files // what was chosen there is attached
	if result := a.consequence(a.action, a.t); (public || result.Public || result.Ends) && sent.Values.Get(checked) == "" {
		return p.check(w, r, a, shown, command, version)
	}
	request := p.Request(r, sent.Values, version, donePath)
	result, err := p.Engine.Advance(r.Context(), request, a.Proposal.ID, command)
	if err != nil {
		return p.refused(w, r, a, shown, err)
	}
	p.lookAway(r, a)
	call.Of(r).Created = result.Act.ID
	http.Redirect(w, r, donePath(result), http.StatusSeeOther)
	return nil
}

func donePath(result engine.Result) string {
	return "/sprawy/" + result.Proposal.ID + "/czynnosci/" + result.Act.Transition + "/wykonano?wpis=" + result.Act.ID
}

// check shows once more what is about to be done, after looking that it can be.
func (p *pages) check(w http.ResponseWriter, r *http.Request, a *acting, shown actView, command workflow.Command, version int64) error {
	result, err := p.Engine.Rehearse(r.Context(), engine.Request{By: a.Reader, Expect: version}, a.Proposal.ID, command)
	if err != nil {
		return p.refused(w, r, a, shown, err)
	}
	shown.Check, shown.Coming = true, result.Act
	return p.showAgain(w, r, a, http.StatusOK, shown)
}

// showAgain shows the act with the case as it is by now.
func (p *pages) showAgain(w http.ResponseWriter, r *http.Request, a *acting, status int, shown actView) error {
	if fresh, err := p.acting(r); err == nil {
		a = fresh
	}
	return p.showAct(w, r, a, status, shown)
}

// refused shows the form again with what stands against the act; an error that is no refusal is returned. Where the same form
// was sent at the same moment and did it, there is nothing to refuse.
func (p *pages) refused(w http.ResponseWriter, r *http.Request, a *acting, shown actView, err error) error {
	if led, unknown := p.LedBefore(r, shown.sent); unknown == nil && led != "" {
		http.Redirect(w, r, led, http.StatusSeeOther)
		return nil
	}
	if moved, ok := movedErrorOf(err); ok {
		shown.Lost = p.whoMoved(r, a.subject, moved)
		setHidden(&shown.Form, frame.VersionField, strconv.FormatInt(moved.Proposal.Version, 10))
		call.Of(r).Code = "stale"
		fresh, offered := p.acting(r)
		if offered != nil {
			if fresh == nil {
				return offered
			}
			return p.showGone(w, r, fresh, shown)
		}
		return p.showAct(w, r, fresh, http.StatusConflict, shown)
	}
	var refusal *workflow.Refusal
	switch {
	case !errors.As(err, &refusal):
		return err
	case refusal.Kind == workflow.Invalid:
		shown.Form.Require(shown.counted()...)
		shown.Form.RefuseAll(actform.InLines(a.t, a.action, refusal.Errors), actform.FieldOf)
		return p.showAgain(w, r, a, http.StatusUnprocessableEntity, shown)
	case refusal.Kind == workflow.NotHere:
		return p.showGone(w, r, a, shown)
	case refusal.Kind != workflow.Blocked:
		return err
	}
	call.Of(r).Code = "blocked"
	shown.Blocked, shown.Refused = refusal.Blockers, true
	if shown.Form.Apart == nil {
		shown.Form.Apart = a.attachments()
	}
	for _, blocker := range refusal.Blockers {
		a.blame(&shown.Form, blocker)
	}
	return p.showAgain(w, r, a, http.StatusConflict, shown)
}

// blame says in the form what stands against the act: at the field that can help, where there is one.
func (a *acting) blame(form *frame.Form, blocker workflow.Blocker) {
	switch {
	case blocker.Severity == workflow.Warn:
		a.letJustify(form)
		form.Refuse(actform.Justification, "Napisz, dlaczego mimo ostrzeżenia chcesz to zrobić", "Write why you want to do it in spite of the warning")
	case a.attaches(blocker):
		form.Refuse(a.slotOf(blocker), "Brakuje tego dokumentu. Wybierz plik", "This document is missing. Choose the file")
	case blocker.Code == "document_missing" && a.mine(a.action) && a.Reader.Has(blocker.Who...): // what was answered asks for it
		form.Refuse(slotPrefix+"more", blocker.Message.PL, blocker.Message.EN)
	default:
		form.Beside = append(form.Beside, blocker.Message)
	}
}

// letJustify adds the field for a justification to a form that has none.
func (a *acting) letJustify(form *frame.Form) {
	if form.Field(actform.Justification).Name != "" {
		return
	}
	for _, field := range actform.Beside(a.action, a.Today, true) {
		if field.Name == actform.Justification {
			form.Fields = append(form.Fields, field)
		}
	}
}

// notOffered keeps what was typed for an act that the state does not offer any more.
func (p *pages) notOffered(w http.ResponseWriter, r *http.Request, a *acting, sent frame.Sent, err error) error {
	var refusal *workflow.Refusal
	if !errors.As(err, &refusal) || refusal.Kind != workflow.NotHere {
		return err
	}
	shown := actView{Why: refusal.Message, Form: frame.Form{Fields: actform.Fields(a.t, workflow.Action{Inputs: a.t.Schema()})}}
	shown.Form.Fields = append(shown.Form.Fields, actform.Beside(workflow.Action{}, a.Today, false)...)
	shown.Form.Fill(sent)
	return p.showGone(w, r, a, shown)
}

func (p *pages) showGone(w http.ResponseWriter, r *http.Request, a *acting, shown actView) error {
	shown.Gone = true
	shown.Offers, _ = a.offers()
	a.action.Title, a.action.Roles = a.t.Title, a.t.Roles
	for _, field := range shown.Form.Fields {
		value := strings.TrimSpace(field.Value)
		if field.Kind == frame.Ticks {
			value = strings.Join(field.Values, ", ")
		}
		if value == "" || field.Kind == frame.Hidden || field.Name == actform.OccurredOn || slices.Contains([]string{frame.Choice, frame.Select}, field.Kind) {
			continue
		}
		shown.Kept = append(shown.Kept, kept{Label: field.Label, Value: value, ID: "kept-" + strings.TrimPrefix(field.ID(), "f-")})
	}
	if shown.Lost == "" && r.Method == http.MethodPost {
		if record, err := p.Store.Entry(r.Context(), a.Proposal.LastAct); err == nil {
			if last, err := engine.ReadAct(record); err == nil {
				shown.Lost = p.whoMoved(r, a.subject, &engine.MovedError{Proposal: a.Proposal, Last: last})
			}
		}
	}
	shown.Form = frame.Form{}
	return p.showAct(w, r, a, http.StatusConflict, shown)
}
