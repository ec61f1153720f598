package council

import (
	"slices"

	"hejnal/store"
	"hejnal/workflow"
)

// referred is a committee that a draft was given to, or that gave an opinion of its own accord.
type referred struct {
	Name    string
	Opinion workflow.Text // zero: still missing
}

// committees are those of the present round, in the order in which they came in.
func (t trail) committees() []referred {
	var list []referred
	for _, act := range t.round().acts {
		name, ok := text(act.Inputs[committee])
		if !ok {
			continue
		}
		i := slices.IndexFunc(list, func(r referred) bool { return store.Fold(r.Name) == store.Fold(name) })
		if i < 0 {
			i = len(list)
			list = append(list, referred{Name: name})
		}
		if code, ok := text(act.Inputs[opinion]); ok {
			list[i].Opinion = t.codeTitle(act.Transition, opinion, code)
		}
	}
	return list
}

// codeTitle is what a code of an input means in words.
func (t trail) codeTitle(transition, input, code string) workflow.Text {
	for _, named := range t.definition.Named(transition) {
		in, _ := inputOf(named, input)
		for _, known := range append(slices.Clone(in.Values), t.definition.Source.City.Lists[in.List]...) {
			if known.ID == code {
				return known.Title
			}
		}
	}
	return workflow.Text{PL: code, EN: code}
}
