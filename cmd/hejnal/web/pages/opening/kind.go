package opening

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

// kindView is what the page that asks for the kind of cooperation shows.
type kindView struct {
	Form    frame.Form
	Drafts  []begun
	Dropped bool // a draft was removed just now
}

// begun is a draft that can be gone on with.
type begun struct {
	Href, Title string
	Form        workflow.Text
	At          time.Time
}

// entails says in a sentence what a form asks of whom, by the stages that it goes through.
func entails(d *workflow.Definition) workflow.Text {
	through := func(stage string) bool {
		return slices.ContainsFunc(d.States, func(s workflow.State) bool { return s.Stage == stage })
	}
	switch {
	case through("consent"):
		return workflow.Text{PL: "Wymaga uchwały Rady i zgody ministra.", EN: "Needs the Council's resolution and the minister's consent."}
	case through("council"):
		return workflow.Text{PL: "Wymaga uchwały Rady Miasta.", EN: "Needs the City Council's resolution."}
	}
	return workflow.Text{PL: "Decyduje Prezydent Miasta, bez uchwały Rady.", EN: "The President of the City decides, without the Council."}
}

func kindForm(forms []*workflow.Definition) frame.Form {
	field := frame.Field{Name: "form", Kind: frame.Choice, Label: workflow.Text{PL: "Jaka to współpraca?", EN: "What kind of cooperation is it?"}}
	for _, d := range forms {
		needs := entails(d)
		field.Options = append(field.Options, frame.Option{Value: d.Form, Title: d.Title, Hint: workflow.Text{
			PL: d.Source.Summary.PL + " " + needs.PL, EN: d.Source.Summary.EN + " " + needs.EN,
		}})
	}
	return frame.Form{Fields: []frame.Field{field}}
}

func (p *pages) askForm(w http.ResponseWriter, r *http.Request) error {
	forms, err := p.openable(r)
	if err != nil {
		return err
	}
	form := kindForm(forms)
	form.Fields[0].Value = r.URL.Query().Get("forma")
	return p.showKind(w, r, http.StatusOK, form)
}

func (p *pages) showKind(w http.ResponseWriter, r *http.Request, status int, form frame.Form) error {
	words := frame.WordsOf(call.Of(r).Language)
	shown := kindView{Form: form, Dropped: r.URL.Query().Get(frame.DoneField) == dropped}
	drafts, err := p.Store.ListDrafts(r.Context(), call.Of(r).Person.ID)
	if err != nil {
		return fmt.Errorf("list drafts: %w", err)
	}
	for _, kept := range drafts {
		var d draft
		if kept.Kind != draftKind || json.Unmarshal(kept.Data, &d) != nil {
			continue
		}
		one := begun{Href: Path + "/" + kept.ID, Title: d.Title, At: kept.UpdatedAt}
		if definition, ok := p.Engine.Form(d.Form); ok {
			one.Form = definition.Title
		}
		shown.Drafts = append(shown.Drafts, one)
	}
	return p.Render(w, r, status, frame.Page{Template: "opening/kind", Title: words.T("Nowa propozycja współpracy", "New proposal of cooperation"), Main: shown, Wrong: form.Wrong()})
}

func (p *pages) chooseForm(w http.ResponseWriter, r *http.Request) error {
	forms, err := p.openable(r)
	if err != nil {
		return err
	}
	sent, err := p.Read(r)
	if err != nil {
		return err
	}
	form := kindForm(forms)
	form.Fill(sent)
	if sent.Restored {
		return p.showKind(w, r, http.StatusOK, form)
	}
	chosen := form.Field("form").Value
	if !slices.ContainsFunc(form.Fields[0].Options, func(o frame.Option) bool { return o.Value == chosen }) {
		form.Refuse("form", "Wybierz rodzaj współpracy", "Choose the kind of cooperation")
		return p.showKind(w, r, http.StatusUnprocessableEntity, form)
	}
	d := draft{ID: p.NewID(), Form: chosen}
	if err := p.keep(r, d); err != nil {
		return err
	}
	http.Redirect(w, r, d.path()+"/partner", http.StatusSeeOther)
	return nil
}
