package council

import (
	"net/url"
	"slices"

	"hejnal/workflow"
)

// column is one heading of the board: a task that the secretariat is asked for, with the state in which it is.
type column struct {
	Rule  string
	Role  workflow.Role
	State workflow.Text
	Task  workflow.Text
	// At is the state of the route in which the task is; zero for one of a track.
	At workflow.State
}

// columnsOf are the headings of every form in the order of the route, each once, that take a part of the secretariat.
func columnsOf(forms []*workflow.Definition, takes func(*workflow.Definition, *workflow.TaskRule) bool) []column {
	var columns []column
	for _, d := range forms {
		after := 0 // what a form has of its own stands where its route has it, whichever form comes first
		for _, rule := range d.Tasks {
			known := slices.IndexFunc(columns, func(c column) bool { return c.Rule == rule.ID })
			switch {
			case known >= 0:
				after = known + 1
			case takes(d, rule):
				state, _ := d.State(rule.Strand, rule.States[0])
				made := column{Rule: rule.ID, Role: rule.Role, State: state.Title, Task: rule.Title}
				if rule.Strand == workflow.Route {
					made.At = state
				}
				columns = slices.Insert(columns, after, made)
				after++
			}
		}
	}
	return columns
}

// ofSecretariat are the tasks that the secretariat is asked for.
func ofSecretariat(_ *workflow.Definition, rule *workflow.TaskRule) bool {
	return rule.Role == workflow.Secretariat
}

// afterAdoption are the tasks on an adopted resolution that the secretariat may do, also those that others are asked for.
func afterAdoption(d *workflow.Definition, rule *workflow.TaskRule) bool {
	return adopted(d, rule) && slices.ContainsFunc(rule.Asks, func(id string) bool {
		return slices.ContainsFunc(d.Named(id), func(t *workflow.Transition) bool { return slices.Contains(t.Roles, workflow.Secretariat) })
	})
}

// adopted reports whether a task stands on a track, which begins with the adoption, or in the state that an adoption leads to.
func adopted(d *workflow.Definition, rule *workflow.TaskRule) bool {
	if rule.Strand != workflow.Route {
		return true
	}
	vote, ok := voteOf(d)
	if !ok {
		return false
	}
	place := func(id string) int {
		return slices.IndexFunc(d.States, func(s workflow.State) bool { return s.Strand == workflow.Route && s.ID == id })
	}
	return slices.ContainsFunc(vote.Results(), func(result workflow.Result) bool {
		return slices.Contains(rule.States, result.To) && place(result.To) > place(vote.From[0])
	})
}

// everything is the address of the list of everything that stands under the heading.
func (c column) everything() string {
	if c.At.ID == "" {
		return "/zadania/grupa?" + url.Values{"rola": {string(c.Role)}}.Encode()
	}
	return "/sprawy?" + url.Values{"etap": {c.At.Stage}, "stan": {c.At.ID}}.Encode()
}
