package figures

import (
	"slices"
	"strings"

	"hejnal/workflow"
	"hejnal/workflow/draw"
)

// procedure is what a form asks for, step by step.
type procedure struct {
	Stages []stage
	Ends   []ending
	After  []step  // ends in which something can still be done
	Beside []stage // the tracks
	Always []act   // what may be done in every step
}

// stage is a part of the way with its steps, or a track.
type stage struct {
	Title workflow.Text
	Steps []step
}

// step is a state that leads on.
type step struct {
	Number  int // from 1 along the whole way; 0 in a track
	Title   workflow.Text
	Outside workflow.Text // who is waited for outside the City
	Goal    bool
	End     bool
	Acts    []act // that lead on; where none does, all
	Others  []act // that lead back, to an end, or nowhere else
}

// act is something that can be done in a step.
type act struct {
	Title     workflow.Text
	Help      workflow.Text
	Roles     []workflow.Role
	To        []workflow.Text // none: the case stays
	Documents []paper
	NotBy     []workflow.Text // four eyes
	Basis     string
}

// paper is a document that an act asks for: one of the kinds.
type paper struct {
	Title    workflow.Text
	Optional bool
	When     bool // only in some cases
}

// ending is a state that ends the case, and from where it is reached.
type ending struct {
	Title workflow.Text
	From  []workflow.Text
}

// reader reads the procedure out of a definition.
type reader struct {
	*workflow.Definition
	graph  draw.Graph
	titles map[string]map[string]workflow.Text // of the city's code lists
}

func procedureOf(d *workflow.Definition, graph draw.Graph) procedure {
	city := d.Source.City
	r := reader{Definition: d, graph: graph, titles: map[string]map[string]workflow.Text{
		"documents": titlesOf(city.Documents), "stages": titlesOf(city.Stages), "outside": titlesOf(city.Lists["outside"]),
	}}
	column := draw.Column(graph, workflow.Route)
	shown := procedure{Stages: r.way(column)}
	for _, track := range d.Tracks {
		shown.Beside = append(shown.Beside, stage{Title: track.Title, Steps: r.track(track.ID)})
	}
	for _, state := range d.States {
		if state.Strand == workflow.Route && state.Kind == workflow.End {
			shown.Ends = append(shown.Ends, ending{Title: state.Title, From: r.before(state)})
			onTheWay := slices.ContainsFunc(column, func(n draw.Node) bool { return n.ID == state.ID })
			if after := r.step(state, nil); len(after.Acts) > 0 && !onTheWay {
				shown.After = append(shown.After, after)
			}
		}
	}
	for _, t := range d.Transitions {
		if t.Call == "" && (t.FromAny || t.FromOpen) {
			shown.Always = append(shown.Always, r.act(t, ""))
		}
	}
	return shown
}

func titlesOf(codes []workflow.Code) map[string]workflow.Text {
	titles := map[string]workflow.Text{}
	for _, code := range codes {
		titles[code.ID] = code.Title
	}
	return titles
}

// way is the route in the order in which it is drawn, parted into stages.
func (r reader) way(column []draw.Node) []stage {
	var stages []stage
	last := "-"
	for i, node := range column {
		state, _ := r.State(workflow.Route, node.ID)
		if state.Stage != last {
			stages = append(stages, stage{Title: r.titles["stages"][state.Stage]})
			last = state.Stage
		}
		shown := r.step(state, column[i+1:])
		shown.Number = i + 1
		current := &stages[len(stages)-1]
		current.Steps = append(current.Steps, shown)
	}
	return stages
}

// track is the states of a track; those that end it come last.
func (r reader) track(strand string) []step {
	var steps, ends []step
	for _, state := range r.States {
		if state.Strand != strand {
			continue
		}
		shown := r.step(state, nil)
		if state.Kind == workflow.End {
			ends = append(ends, shown)
			continue
		}
		steps = append(steps, shown)
	}
	return append(steps, ends...)
}

// step is a state with what can be done in it; further are the states that come later on the way.
func (r reader) step(state workflow.State, further []draw.Node) step {
	shown := step{
		Title: state.Title, Outside: r.titles["outside"][state.Outside], Goal: state.Kind == workflow.Goal, End: state.Kind == workflow.End,
	}
	for _, t := range r.Transitions {
		if t.Strand != state.Strand || t.Call != "" || t.FromAny || t.FromOpen || !slices.Contains(t.From, state.ID) {
			continue
		}
		leadsOn := slices.ContainsFunc(t.Results(), func(result workflow.Result) bool {
			return state.Strand != workflow.Route && result.To != "=" || slices.ContainsFunc(further, func(n draw.Node) bool { return n.ID == result.To })
		})
		if leadsOn {
			shown.Acts = append(shown.Acts, r.act(t, state.ID))
		} else {
			shown.Others = append(shown.Others, r.act(t, state.ID))
		}
	}
	if len(shown.Acts) == 0 {
		shown.Acts, shown.Others = shown.Others, nil
	}
	return shown
}

func (r reader) act(t *workflow.Transition, from string) act {
	shown := act{Title: t.Title, Help: t.Help, Roles: t.Roles, Basis: t.Basis}
	for _, result := range t.Results() {
		state, known := r.State(t.Strand, result.To)
		if known && state.ID != from && !slices.Contains(shown.To, state.Title) {
			shown.To = append(shown.To, state.Title)
		}
	}
	for _, asked := range t.Documents {
		shown.Documents = append(shown.Documents, r.paper(asked))
	}
	for _, id := range t.NotBy {
		if named := r.Named(id); len(named) > 0 {
			shown.NotBy = append(shown.NotBy, named[0].Title)
		}
	}
	return shown
}

func (r reader) paper(asked workflow.DocumentSource) paper {
	var pl, en []string
	for _, kind := range asked.AnyOf {
		title := r.titles["documents"][kind]
		pl, en = append(pl, title.PL), append(en, title.EN)
	}
	return paper{Title: workflow.Text{PL: strings.Join(pl, " albo "), EN: strings.Join(en, " or ")}, Optional: asked.Optional, When: asked.When != ""}
}

// before lists the states from which an end is reached, as they are drawn.
func (r reader) before(end workflow.State) []workflow.Text {
	var titles []workflow.Text
	for _, edge := range r.graph.Edges {
		if edge.Strand != end.Strand || edge.To != end.ID || edge.From == edge.To {
			continue
		}
		if from, known := r.State(edge.Strand, edge.From); known && !slices.Contains(titles, from.Title) {
			titles = append(titles, from.Title)
		}
	}
	return titles
}
