package desk

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/pages/listening"
	"hejnal/store"
	"hejnal/workflow"
)

// perPage is how many tasks a page shows.
const perPage = 50

// mine is what the page of somebody's tasks shows.
type mine struct {
	Done    workflow.Text // what was just done; zero: nothing
	Filters frame.Form
	Chosen  []frame.Chosen
	Clear   string // address without filters
	Count   string // how many tasks the page shows; with a plus where there are more
	Decide  []decision
	Groups  []group
	Next    string
	Moves   bool // the reader has a role that is asked for something
	Opens   bool // the reader opens cases
	// Closed are the tasks of the reader's roles that were completed last.
	Closed []closed
	// Steads are those for whom the reader acts today, the reader first; empty where there are none.
	Steads []stead
}

func (p *pages) mine(w http.ResponseWriter, r *http.Request) error {
	c := call.Of(r)
	address := frame.AddressOf(r)
	as, steads, err := p.standing(r, address)
	if err != nil {
		return err
	}
	filter := engine.TasksOf(as)
	filter.MineRoles, filter.State = moving(as.Roles), "open"
	filter.PageRequest = store.PageRequest{Limit: perPage, Cursor: r.URL.Query().Get(frame.CursorField)}
	shown := mine{Moves: len(filter.MineRoles) > 0, Opens: as.Has(workflow.Official), Steads: steads}
	shown.Filters, shown.Chosen = p.narrow(&filter, address)
	shown.Clear = address.Without(formField, roleField, lateField).String()
	page, err := p.Store.ListTasks(r.Context(), filter)
	if err != nil {
		return fmt.Errorf("list tasks: %w", err)
	}
	rows, err := p.rows(r, page.Items, as)
	if err != nil {
		return err
	}
	shown.Count, shown.Next = strconv.Itoa(len(rows)), address.Next(page.Next)
	if shown.Next != "" {
		shown.Count += "+"
	}
	if shown.Decide, rows, err = p.toDecide(r, rows, as); err != nil {
		return err
	}
	shown.Groups = grouped(rows, p.Engine.Today())
	if shown.Closed, err = p.closed(r, filter.MineRoles); err != nil {
		return err
	}
	if shown.Done, err = p.told(r); err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, frame.Page{
		Template: "desk/mine", Title: "(" + shown.Count + ") " + frame.WordsOf(c.Language).T("Moje zadania", "My tasks"), Main: shown, Live: listening.Path,
	})
}

// moving are those of the roles that are asked for something.
func moving(roles []workflow.Role) []workflow.Role {
	return slices.DeleteFunc(slices.Clone(roles), func(role workflow.Role) bool { return !role.Moves() })
}

// Fields of the filters.
const (
	formField = "forma"
	roleField = "rola"
	lateField = "po_terminie"
)

// narrow narrows a list of tasks as its address asks, and gives the form of the filters and those in force. A value that there
// is not narrows nothing.
func (p *pages) narrow(filter *store.TaskFilter, address frame.Address) (frame.Form, []frame.Chosen) {
	forms := frame.Field{Name: formField, Kind: frame.Select, Label: workflow.Text{PL: "Forma współpracy", EN: "Form of cooperation"}, None: workflow.Text{PL: "wszystkie", EN: "all"}}
	late := frame.Field{
		Name: lateField, Kind: frame.Ticks, Label: workflow.Text{PL: "Termin", EN: "Due date"},
		Options: []frame.Option{{Value: "1", Title: workflow.Text{PL: "tylko po terminie", EN: "overdue only"}}},
	}
	var chosen []frame.Chosen
	for _, definition := range p.Engine.AllForms() {
		forms.Options = append(forms.Options, frame.Option{Value: definition.Form, Title: definition.Title})
		if definition.Form == address.Get(formField) {
			filter.Form, forms.Value = definition.Form, definition.Form
			chosen = append(chosen, frame.Chosen{Title: definition.Title, Href: address.Without(formField).String()})
		}
	}
	fields := []frame.Field{forms}
	if len(filter.MineRoles) > 1 {
		roles := roleChoice(filter.MineRoles)
		if role := workflow.Role(address.Get(roleField)); slices.Contains(filter.MineRoles, role) {
			filter.Role, roles.Value = role, string(role)
			chosen = append(chosen, frame.Chosen{Title: role.Title(), Href: address.Without(roleField).String()})
		}
		fields = append(fields, roles)
	}
	if address.Get(lateField) == "1" {
		filter.DueBefore, late.Values = p.Engine.Today(), []string{"1"}
		chosen = append(chosen, frame.Chosen{Title: workflow.Text{PL: "po terminie", EN: "overdue"}, Href: address.Without(lateField).String()})
	}
	return frame.Form{Fields: append(fields, late)}, chosen
}

func roleChoice(roles []workflow.Role) frame.Field {
	field := frame.Field{Name: roleField, Kind: frame.Select, Label: workflow.Text{PL: "O co prosi", EN: "Asked of"}, None: workflow.Text{PL: "wszystkie role", EN: "all roles"}}
	for _, role := range roles {
		field.Options = append(field.Options, frame.Option{Value: string(role), Title: role.Title()})
	}
	return field
}
