package casefile

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
)

// amendView is what the page for changing a case's data shows.
type amendView struct {
	Head    head
	Form    frame.Form
	Blocked []workflow.Blocker
	Lost    string // who changed the case meanwhile, in words
}

func dataForm(s *subject, key string) frame.Form {
	p, city := s.Proposal, s.Definition.Source.City
	return frame.Form{Fields: []frame.Field{
		{Name: "title", Kind: frame.Line, Label: workflow.Text{PL: "Tytuł", EN: "Title"}, Value: p.Title, Most: workflow.MaxTitle},
		{Name: "description", Kind: frame.Area, Label: workflow.Text{PL: "Opis", EN: "Description"}, Value: p.Description, Optional: true, Most: workflow.MaxDescription, Rows: 6},
		{Name: "fields", Kind: frame.Ticks, Label: workflow.Text{PL: "Dziedziny", EN: "Fields"}, Values: p.Fields, Options: frame.OptionsOf(city.Fields), Optional: true},
		{Name: "tools", Kind: frame.Ticks, Label: workflow.Text{PL: "Narzędzia współpracy", EN: "Tools of cooperation"}, Values: p.Tools, Options: frame.OptionsOf(city.Tools), Optional: true},
		{Name: "readings", Kind: frame.Choice, Label: workflow.Text{PL: "Czytania w Radzie", EN: "Readings in the Council"}, Value: strconv.Itoa(p.Readings), Options: []frame.Option{
			{Value: "1", Title: workflow.Text{PL: "Jedno", EN: "One"}}, {Value: "2", Title: workflow.Text{PL: "Dwa", EN: "Two"}, Hint: workflow.Text{PL: "Wymaga powodu", EN: "Needs a reason"}},
		}},
		{Name: "readings_reason", Kind: frame.Line, Label: workflow.Text{PL: "Powód dwóch czytań", EN: "Reason for two readings"}, Value: p.ReadingsReason, Optional: true, Most: workflow.MaxText},
		{Name: frame.VersionField, Kind: frame.Hidden, Value: strconv.FormatInt(p.Version, 10)},
		{Name: frame.KeyField, Kind: frame.Hidden, Value: key},
	}}
}

func (p *pages) askData(w http.ResponseWriter, r *http.Request) error {
	s, err := p.subject(r)
	if err != nil {
		return err
	}
	return p.showData(w, r, s, http.StatusOK, amendView{Form: dataForm(s, p.NewID())})
}

func (p *pages) showData(w http.ResponseWriter, r *http.Request, s *subject, status int, shown amendView) error {
	shown.Head = s.head(r.Context(), "data")
	return p.Render(w, r, status, frame.Page{Template: "casefile/data", Title: s.words.T("Dane sprawy ", "Data of case ") + s.Proposal.Number, Main: shown, Wrong: shown.Form.Wrong()})
}

func (p *pages) amend(w http.ResponseWriter, r *http.Request) error {
	s, err := p.subject(r)
	if err != nil {
		return err
	}
	sent, err := p.Read(r)
	if err != nil {
		return err
	}
	shown := amendView{Form: dataForm(s, p.NewID())}
	shown.Form.Fill(sent)
	if sent.Restored {
		return p.showData(w, r, s, http.StatusOK, shown)
	}
	version, unseen := frame.Seen(sent.Values)
	if s.mayAmend() { // who may not is told so below, whatever they typed
		if shown.Form.Require(); shown.Form.Wrong() {
			return p.showData(w, r, s, http.StatusUnprocessableEntity, shown)
		}
		if unseen != nil {
			return unseen
		}
	}
	to := s.path()
	_, err = p.Engine.Amend(r.Context(), p.Request(r, sent.Values, version, func(engine.Result) string { return to }), s.Proposal.ID, patchOf(s.Proposal, shown.Form))
	var refusal *workflow.Refusal
	var moved *engine.MovedError
	switch {
	case err == nil || errors.Is(err, store.ErrKeyUsed):
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	case errors.As(err, &moved):
		shown.Lost = p.whoMoved(r, s, moved)
		setHidden(&shown.Form, frame.VersionField, strconv.FormatInt(moved.Proposal.Version, 10))
		return p.showData(w, r, s, http.StatusConflict, shown)
	case errors.As(err, &refusal) && (refusal.Kind == workflow.Invalid || refusal.Kind == workflow.Blocked):
		shown.Blocked = refusal.Blockers
		shown.Form.RefuseAll(refusal.Errors, func(pointer string) string { return strings.Split(strings.TrimPrefix(pointer, "/"), "/")[0] })
		return p.showData(w, r, s, http.StatusUnprocessableEntity, shown)
	}
	return err
}

// patchOf is what of a case's data was changed in the form.
func patchOf(p workflow.Proposal, form frame.Form) engine.Patch {
	var patch engine.Patch
	if title := form.Field("title").Value; title != frame.Typed(p.Title) {
		patch.Title = &title
	}
	if description := form.Field("description").Value; description != frame.Typed(p.Description) {
		patch.Description = &description
	}
	if fields := form.Field("fields").Values; !sameCodes(fields, p.Fields) {
		patch.Fields = &fields
	}
	if tools := form.Field("tools").Values; !sameCodes(tools, p.Tools) {
		patch.Tools = &tools
	}
	if readings, err := strconv.Atoi(form.Field("readings").Value); err == nil && readings != p.Readings {
		patch.Readings = &readings
	}
	if reason := form.Field("readings_reason").Value; reason != frame.Typed(p.ReadingsReason) {
		patch.ReadingsReason = &reason
	}
	return patch
}

func sameCodes(a, b []string) bool { return strings.Join(a, ",") == strings.Join(b, ",") }

// setHidden sets the value of a hidden field.
func setHidden(form *frame.Form, name, value string) {
	for i := range form.Fields {
		if form.Fields[i].Name == name {
			form.Fields[i].Value = value
		}
	}
}
