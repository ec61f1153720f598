package opening

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

// subjectView is what the page that asks what it is about shows.
type subjectView struct {
	Hub  string
	Path string
	Form frame.Form
}

func subjectForm(d draft, definition *workflow.Definition) frame.Form {
	city := definition.Source.City
	form := frame.Form{Fields: []frame.Field{
		{
			Name: "title", Kind: frame.Line, Label: workflow.Text{PL: "Tytuł sprawy", EN: "Title of the case"}, Value: d.Title, Most: workflow.MaxTitle,
			Hint: workflow.Text{PL: "Z kim i o co chodzi, na przykład: Umowa o partnerstwie z Bordeaux.", EN: "With whom and what about, for example: Partnership agreement with Bordeaux."},
		},
		{Name: "description", Kind: frame.Area, Label: workflow.Text{PL: "Opis", EN: "Description"}, Value: d.Description, Optional: true, Most: workflow.MaxDescription, Rows: 6},
		{Name: "fields", Kind: frame.Ticks, Label: workflow.Text{PL: "Dziedziny współpracy", EN: "Fields of cooperation"}, Values: d.Fields, Options: frame.OptionsOf(city.Fields), Optional: true},
		{Name: "tools", Kind: frame.Ticks, Label: workflow.Text{PL: "Narzędzia współpracy", EN: "Tools of cooperation"}, Values: d.Tools, Options: frame.OptionsOf(city.Tools), Optional: true},
	}}
	if slices.ContainsFunc(definition.States, func(s workflow.State) bool { return s.Stage == "council" }) {
		form.Fields = append(form.Fields,
			frame.Field{Name: "readings", Kind: frame.Choice, Label: workflow.Text{PL: "Czytania w Radzie", EN: "Readings in the Council"}, Value: strconv.Itoa(max(d.Readings, 1)), Options: []frame.Option{
				{Value: "1", Title: workflow.Text{PL: "Jedno czytanie (zwykle)", EN: "One reading (usually)"}},
				{Value: "2", Title: workflow.Text{PL: "Dwa czytania", EN: "Two readings"}, Hint: workflow.Text{PL: "Podaj powód poniżej.", EN: "Give the reason below."}},
			}},
			frame.Field{Name: "readings_reason", Kind: frame.Line, Label: workflow.Text{PL: "Powód dwóch czytań", EN: "Reason for two readings"}, Value: d.ReadingsReason, Optional: true, Most: workflow.MaxText},
		)
	}
	return form
}

func (p *pages) askSubject(w http.ResponseWriter, r *http.Request) error {
	d, definition, err := p.draft(r)
	if err != nil {
		return err
	}
	return p.showSubject(w, r, http.StatusOK, d, subjectForm(d, definition))
}

func (p *pages) showSubject(w http.ResponseWriter, r *http.Request, status int, d draft, form frame.Form) error {
	words := frame.WordsOf(call.Of(r).Language)
	return p.Render(w, r, status, frame.Page{
		Template: "opening/subject", Title: words.T("Treść – nowa propozycja", "Subject – new proposal"), Main: subjectView{Hub: d.path(), Path: d.path() + "/tresc", Form: form}, Wrong: form.Wrong(),
	})
}

func (p *pages) describe(w http.ResponseWriter, r *http.Request) error {
	d, definition, err := p.draft(r)
	if err != nil {
		return err
	}
	sent, err := p.Read(r)
	if err != nil {
		return err
	}
	form := subjectForm(d, definition)
	form.Fill(sent)
	if sent.Restored {
		return p.showSubject(w, r, http.StatusOK, d, form)
	}
	form.Require()
	d.Title, d.Description, d.Fields, d.Tools = form.Field("title").Value, form.Field("description").Value, form.Field("fields").Values, form.Field("tools").Values
	d.ReadingsReason = form.Field("readings_reason").Value
	d.Readings, _ = strconv.Atoi(form.Field("readings").Value)
	if d.Readings == 2 && d.ReadingsReason == "" {
		form.Refuse("readings_reason", "Podaj powód dwóch czytań", "Give the reason for two readings")
	}
	if !form.Wrong() {
		if err := p.judge(r, d, &form); err != nil {
			return err
		}
	}
	if form.Wrong() {
		return p.showSubject(w, r, http.StatusUnprocessableEntity, d, form)
	}
	if err := p.keep(r, d); err != nil {
		return err
	}
	http.Redirect(w, r, d.path(), http.StatusSeeOther)
	return nil
}

// judge marks what is wrong with the subject of a draft; the rest of it is judged when it is there.
func (p *pages) judge(r *http.Request, d draft, form *frame.Form) error {
	_, err := p.Engine.Foresee(r.Context(), engine.Request{By: call.Of(r).By()}, d.proposal())
	var refusal *workflow.Refusal
	if !errors.As(err, &refusal) {
		return err
	}
	for _, wrong := range refusal.Errors {
		if field := subjectField(wrong.Pointer); form.Field(field).Name != "" {
			form.Refuse(field, wrong.Message.PL, wrong.Message.EN)
		}
	}
	return nil
}

// subjectField is the field of a JSON pointer into a proposal: that of a list, where it leads into one.
func subjectField(pointer string) string {
	field, _, _ := strings.Cut(strings.TrimPrefix(pointer, "/"), "/")
	return field
}
