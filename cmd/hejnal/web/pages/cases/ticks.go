package cases

import (
	"net/http"
	"time"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// ticks adds the filters that are on or off.
func (n *narrowing) ticks(r *http.Request, today func() calendar.Date) {
	if n.tick(openField, workflow.Text{PL: "Bieg sprawy", EN: "Course of the case"}, workflow.Text{PL: "tylko w toku", EN: "open only"}) {
		n.filter.Open = true
	}
	if n.tick(lateField, workflow.Text{PL: "Termin", EN: "Due date"}, workflow.Text{PL: "coś jest po terminie", EN: "something is overdue"}) {
		n.filter.OverdueOn = today()
	}
	if n.tick(backField, workflow.Text{PL: "Zwroty", EN: "Returns"}, workflow.Text{PL: "zwrócone do poprawy choć raz", EN: "returned at least once"}) {
		n.filter.Returned = true
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

// openedSince narrows to cases opened since a day, which the dashboard leads to. A day that there is not narrows nothing.
func (n *narrowing) openedSince() {
	day, err := calendar.Parse(n.address.Get(sinceField))
	if err != nil {
		return
	}
	n.filter.OpenedSince = day.StartOf(time.UTC)
	n.form.Fields = append(n.form.Fields, frame.Field{Name: sinceField, Kind: frame.Hidden, Value: string(day)})
	n.choose(sinceField, workflow.Text{
		PL: "otwarte od: " + frame.WordsOf(call.Polish).Day(day), EN: "opened since: " + frame.WordsOf(call.English).Day(day),
	})
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
