package storetest

import (
	"strings"

	"hejnal/store"
	"hejnal/workflow/calendar"
)

// Narrowed is a filter of cases that narrows by some of what can be asked for, in an order, and the columns that it
// narrows by, the narrowest as a rule first.
type Narrowed struct {
	store.CaseFilter
	Columns []string
}

// Name tells the filter from others.
func (n Narrowed) Name() string {
	return strings.Join(append([]string{n.Sort, string(n.OverdueOn)}, n.Columns...), " ")
}

// Combinations are the filters that narrow by none, one or two values, with and without overdue, in every order.
func Combinations() []Narrowed {
	columns := []string{"", "partner_id", "state", "country", "stage", "form"}
	var all []Narrowed
	for _, order := range []string{"updated_at", "created_at", "number", "title", "due_on"} {
		for _, down := range []string{"", "-"} {
			for _, overdue := range []calendar.Date{"", "2026-03-02"} {
				for i, one := range columns {
					for _, other := range columns[i:] {
						if one == other && one != "" {
							continue
						}
						n := Narrowed{CaseFilter: store.CaseFilter{Sort: down + order, OverdueOn: overdue}}
						n.narrow(one)
						n.narrow(other)
						all = append(all, n)
					}
				}
			}
		}
	}
	return all
}

func (n *Narrowed) narrow(column string) {
	switch column {
	case "":
		return
	case "partner_id":
		n.PartnerID = "p"
	case "state":
		n.State = "s"
	case "country":
		n.Country = "c"
	case "stage":
		n.Stage = "g"
	case "form":
		n.Form = "f"
	}
	n.Columns = append(n.Columns, column)
}
