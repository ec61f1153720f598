package opening

import (
	"slices"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

// documentsOf are the documents that a form needs on its way to its goal, in the order in which they are needed.
func documentsOf(d *workflow.Definition) []workflow.Text {
	way := onTheWay(d)
	var seen []string
	var documents []workflow.Text
	for _, t := range d.Transitions {
		if t.Strand != workflow.Route || !slices.ContainsFunc(t.From, func(state string) bool { return way[state] }) {
			continue
		}
		for _, needed := range t.Documents {
			if needed.Optional || needed.When != "" || len(needed.AnyOf) != 1 || slices.Contains(seen, needed.AnyOf[0]) {
				continue
			}
			seen = append(seen, needed.AnyOf[0])
			documents = append(documents, frame.TitleOf(d.Source.City.Documents, needed.AnyOf[0]))
		}
	}
	return documents
}

// onTheWay are the states of a route that a case can come to before its goal or its end.
func onTheWay(d *workflow.Definition) map[string]bool {
	way := map[string]bool{d.Start: true}
	for queue := []string{d.Start}; len(queue) > 0; queue = queue[1:] {
		for _, t := range d.Transitions {
			if t.Strand != workflow.Route || !slices.Contains(t.From, queue[0]) {
				continue
			}
			for _, result := range t.Results() {
				state, known := d.State(workflow.Route, result.To)
				if !known || way[result.To] || state.Kind == workflow.Goal || state.Kind == workflow.End {
					continue
				}
				way[result.To] = true
				queue = append(queue, result.To)
			}
		}
	}
	return way
}
