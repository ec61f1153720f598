package workflow

import (
	"fmt"
	"slices"
	"strings"
)

// maxSpots bounds the combinations that are searched; the largest form of the City has some hundred thousand.
const maxSpots = 1 << 22

// axis is one thing that a combination has a value of: the state of a strand, or a bool variable.
type axis struct {
	name   string // as expressions read it
	strand string // "" for a variable
	values []string
	start  int
	stride int
}

// space numbers the combinations of a definition's strands and of the bool variables that its ways depend on. A spot is
// the number of a combination.
type space struct {
	definition *Definition
	axes       []axis // the route, the tracks, the variables
	strands    int    // axes that are strands
	size       int
}

func newSpace(d *Definition) (*space, []Finding) {
	s := &space{definition: d, size: 1}
	for _, strand := range d.Strands() {
		s.axes = append(s.axes, d.strandAxis(strand))
	}
	s.strands = len(s.axes)
	for _, name := range d.followed() {
		s.axes = append(s.axes, axis{name: name, values: []string{"false", "true"}})
	}
	for i := range s.axes {
		s.axes[i].stride = s.size
		s.size *= len(s.axes[i].values)
		if s.size > maxSpots {
			return nil, []Finding{{Code: "too_many_combinations", Origin: formOrigin(d), Message: fmt.Sprintf(
				"the form has more than %d combinations of states and bool variables; it cannot be proven", maxSpots)}}
		}
	}
	return s, nil
}

func formOrigin(d *Definition) Origin { return Origin{File: "forms/" + d.Form + ".yaml", Path: "$"} }

func (d *Definition) strandAxis(strand string) axis {
	a := axis{name: "proposal.state", strand: strand}
	start := d.Start
	if strand != Route {
		a.name = "tracks." + strand
		for _, track := range d.Tracks {
			if track.ID == strand {
				start = track.Start
			}
		}
	}
	for _, state := range d.States {
		if state.Strand == strand {
			a.values = append(a.values, state.ID)
		}
	}
	a.start = slices.Index(a.values, start)
	return a
}

// followed lists the bool variables, as expressions read them, that rules, checks and outcomes depend on, or that such a
// variable is set from. No other variable changes which ways are open.
func (d *Definition) followed() []string {
	reads := map[string]bool{}
	note := func(expression *Expression) bool {
		grown := false
		if expression == nil {
			return false
		}
		for _, name := range expression.reads {
			if strings.HasPrefix(name, "record.") && !reads[name] {
				reads[name], grown = true, true
			}
		}
		return grown
	}
	for _, t := range d.Transitions {
		for _, r := range t.rules {
			note(r.holds)
		}
		for _, c := range t.checks {
			note(c.holds)
		}
		for _, o := range t.outcomes {
			note(o.when)
		}
	}
	for grown := true; grown; {
		grown = false
		for _, t := range d.Transitions {
			for _, e := range t.effects() {
				for _, a := range e.record {
					if reads["record."+a.variable] && note(a.value) {
						grown = true
					}
				}
			}
		}
	}
	var names []string
	for _, variable := range d.record {
		if name := "record." + variable.Name; variable.Type == "bool" && reads[name] && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// effects lists the transition's own effect and those of its outcomes.
func (t *Transition) effects() []*effect {
	effects := []*effect{t.effect}
	for _, o := range t.outcomes {
		effects = append(effects, o.effect)
	}
	return effects
}

func (s *space) start() int {
	spot := 0
	for _, a := range s.axes {
		spot += a.start * a.stride
	}
	return spot
}

func (s *space) value(spot int, a axis) int { return spot / a.stride % len(a.values) }

// with gives the spot in which one axis has another value.
func (s *space) with(spot int, a axis, value int) int {
	return spot + (value-s.value(spot, a))*a.stride
}

func (s *space) axisNamed(name string) (int, bool) {
	i := slices.IndexFunc(s.axes, func(a axis) bool { return a.name == name })
	return i, i >= 0
}

// state gives the state of a strand.
func (s *space) state(spot, strand int) State {
	a := s.axes[strand]
	return *s.definition.states[a.strand+"/"+a.values[s.value(spot, a)]]
}

// proposal is a case that stands at the spot, as far as a condition is judged by it.
func (s *space) proposal(spot int) *Proposal {
	p := &Proposal{Form: s.definition.Form, Tracks: map[string]string{}, Record: map[string]any{}}
	for i, a := range s.axes {
		value := s.value(spot, a)
		switch {
		case i == 0:
			state := s.state(spot, 0)
			p.State, p.Stage = state.ID, state.Stage
		case i < s.strands:
			p.Tracks[a.strand] = a.values[value]
		default:
			p.Record[strings.TrimPrefix(a.name, "record.")] = value == 1
		}
	}
	return p
}
