package away

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Fields of the form; they have the names of the engine's pointers.
const (
	absentField     = "absent"
	substituteField = "substitute"
	fromField       = "from"
	untilField      = "until"
	rolesField      = "roles"
	reasonField     = "reason"
)

// setting is what the page of the form shows.
type setting struct {
	Form frame.Form
	Key  string
}

// form is the form for a reader: administrators choose who is absent, anybody else is it.
func (p *pages) form(r *http.Request) (frame.Form, error) {
	by := call.Of(r).By()
	people, beyond, err := p.People(r.Context(), "")
	if err != nil {
		return frame.Form{}, err
	}
	var absent, others []frame.Option
	for _, person := range people {
		title := workflow.Text{PL: frame.NameOf(person), EN: frame.NameOf(person)}
		option := frame.Option{Value: person.ID, Title: title}
		if slices.ContainsFunc(person.Roles, workflow.Role.Moves) {
			absent = append(absent, option)
		}
		if slices.ContainsFunc(person.Roles, workflow.Role.Reads) && (person.ID != by.ID || by.Has(workflow.Admin)) {
			others = append(others, option)
		}
	}
	roles, today := by.Roles, string(p.Engine.Today())
	var fields []frame.Field
	if by.Has(workflow.Admin) {
		roles = workflow.Roles()
		fields = append(fields, frame.Field{Name: absentField, Kind: frame.Select, Label: workflow.Text{PL: "Kto będzie nieobecny", EN: "Who will be absent"}, Options: absent, Hint: beyond})
	}
	return frame.Form{Fields: append(fields,
		frame.Field{Name: substituteField, Kind: frame.Select, Label: workflow.Text{PL: "Kto zastępuje", EN: "Who stands in"}, Options: others, Hint: beyond},
		frame.Field{Name: fromField, Kind: frame.Date, Label: workflow.Text{PL: "Pierwszy dzień", EN: "First day"}, Value: today},
		frame.Field{
			Name: untilField, Kind: frame.Date, Least: today, Label: workflow.Text{PL: "Dzień powrotu", EN: "Day of return"},
			Hint: workflow.Text{PL: "Pierwszy dzień, w którym zastępstwo już nie działa.", EN: "The first day on which the substitution no longer holds."},
		},
		rolesOf(roles),
		frame.Field{
			Name: reasonField, Kind: frame.Area, Rows: 2, Most: 500, Label: workflow.Text{PL: "Powód", EN: "Reason"},
			Hint: workflow.Text{PL: "Na przykład urlop. Widzą go obie osoby, kontrola i administrator.", EN: "For example leave. Both people, audit and the administrator see it."},
		},
	)}, nil
}

func rolesOf(roles []workflow.Role) frame.Field {
	field := frame.Field{
		Name: rolesField, Kind: frame.Ticks, Optional: true, Label: workflow.Text{PL: "W jakich rolach", EN: "In which roles"},
		Hint: workflow.Text{PL: "Bez wyboru: we wszystkich rolach osoby nieobecnej.", EN: "None chosen: in all the roles of the absent person."},
	}
	for _, role := range roles {
		if role.Moves() {
			field.Options = append(field.Options, frame.Option{Value: string(role), Title: role.Title()})
		}
	}
	return field
}

func (p *pages) ask(w http.ResponseWriter, r *http.Request) error {
	form, err := p.form(r)
	if err != nil {
		return err
	}
	return p.showForm(w, r, http.StatusOK, form)
}

func (p *pages) showForm(w http.ResponseWriter, r *http.Request, status int, form frame.Form) error {
	return p.Render(w, r, status, frame.Page{
		Template: "away/form", Title: frame.WordsOf(call.Of(r).Language).T("Ustaw zastępstwo", "Set a substitution"), Wrong: form.Wrong(), Main: setting{Form: form, Key: p.NewID()},
	})
}

func (p *pages) set(w http.ResponseWriter, r *http.Request) error {
	sent, err := p.Read(r)
	if err != nil {
		return err
	}
	form, err := p.form(r)
	if err != nil {
		return err
	}
	form.Fill(sent)
	if sent.Restored {
		return p.showForm(w, r, http.StatusOK, form)
	}
	form.Require()
	if form.Wrong() {
		return p.showForm(w, r, http.StatusUnprocessableEntity, form)
	}
	before, err := p.LedBefore(r, sent.Values) // a second one would overlap the first
	if err != nil {
		return err
	}
	if before != "" {
		http.Redirect(w, r, before, http.StatusSeeOther)
		return nil
	}
	to := listPath + "?" + frame.DoneField + "=" + added
	request := p.Request(r, sent.Values, 0, func(engine.Result) string { return to })
	_, err = p.Engine.Substitute(r.Context(), request, askedOf(form))
	return p.answer(w, r, sent, form, err, to)
}

func askedOf(form frame.Form) engine.NewSubstitution {
	asked := engine.NewSubstitution{
		Absent: form.Field(absentField).Value, Substitute: form.Field(substituteField).Value, From: calendar.Date(form.Field(fromField).Value),
		Until: calendar.Date(form.Field(untilField).Value), Reason: form.Field(reasonField).Value,
	}
	for _, role := range form.Field(rolesField).Values {
		asked.Roles = append(asked.Roles, workflow.Role(role))
	}
	return asked
}

// answer leads to where the change led, or shows what was refused in the form.
func (p *pages) answer(w http.ResponseWriter, r *http.Request, sent frame.Sent, form frame.Form, err error, to string) error {
	var refusal *workflow.Refusal
	switch {
	case errors.As(err, &refusal) && refusal.Kind == workflow.Invalid:
		form.RefuseAll(refusal.Errors, func(pointer string) string {
			field, _, _ := strings.Cut(strings.TrimPrefix(pointer, "/"), "/")
			return field
		})
		return p.showForm(w, r, http.StatusUnprocessableEntity, form)
	case errors.As(err, &refusal) && refusal.Kind == workflow.Blocked:
		form.Beside = append(form.Beside, refusal.Message)
		return p.showForm(w, r, http.StatusConflict, form)
	case errors.Is(err, store.ErrKeyUsed):
		before, lookup := p.LedBefore(r, sent.Values)
		if lookup != nil || before == "" {
			return errors.Join(err, lookup)
		}
		to = before
	case err != nil:
		return err
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

func (p *pages) end(w http.ResponseWriter, r *http.Request) error {
	id, err := call.ID(r, "id")
	if err != nil {
		return err
	}
	sent, err := p.Read(r)
	if err != nil {
		return err
	}
	if sent.Restored {
		http.Redirect(w, r, listPath, http.StatusSeeOther)
		return nil
	}
	if _, err := p.Engine.EndSubstitution(r.Context(), engine.Request{By: call.Of(r).By(), TraceParent: call.Of(r).Trace}, id); err != nil {
		return err
	}
	http.Redirect(w, r, listPath+"?"+frame.DoneField+"="+ended, http.StatusSeeOther)
	return nil
}
