package cases

import (
	"net/http"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// ticks adds the filters that are on or off.
func (n *narrowing) ticks(r *http.Request, today func() calendar.Date) {
	if n.tick(lateField, workflow.Text{PL: "Termin", EN: "Due date"}, workflow.Text{PL: "coś jest po terminie", EN: "something is overdue"}) {
		n.filter.OverdueOn = today()
	}
	reader := call.Of(r).By()
	moves := false
	for _, role := range reader.Roles {
		moves = moves || role.Moves()
	}
	if moves && n.tick(mineField, workflow.Text{PL: "Moje", EN: "Mine"}, workflow.Text{PL: "czekają na mnie lub moją rolę", EN: "wait for me or my role"}) {
		n.filter.MineUser, n.filter.MineRoles = reader.ID, reader.Roles
	}
}

func (n *narrowing) tick(name string, label, title workflow.Text) bool {
	field := frame.Field{Name: name, Kind: frame.Ticks, Label: label, Options: []frame.Option{{Value: "1", Title: title}}}
	on := n.address.Get(name) == "1"
	if on {
		field.Values = []string{"1"}
		n.choose(name, title)
	}
	n.form.Fields = append(n.form.Fields, field)
	return on
}
