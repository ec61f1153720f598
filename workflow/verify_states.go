package workflow

import "fmt"

// origins gives where the states of a definition are written, by strand/state.
func (d *Definition) origins() map[string]Origin {
	origins := map[string]Origin{}
	for _, state := range d.Source.States {
		origins[Route+"/"+state.ID] = state.Origin
	}
	for _, track := range d.Source.Tracks {
		for _, state := range track.States {
			origins[track.ID+"/"+state.ID] = state.Origin
		}
	}
	return origins
}

func (s *search) unreachableStates() []Finding {
	var findings []Finding
	origins := s.definition.origins()
	for i, reached := range s.reached() {
		for value, ok := range reached {
			if ok {
				continue
			}
			a := s.axes[i]
			findings = append(findings, Finding{
				Code: "unreachable_state", Origin: origins[a.strand+"/"+a.values[value]],
				Message: fmt.Sprintf("the state %s of the %s is never reached", a.values[value], a.strand),
			})
		}
	}
	return findings
}

// reached reports of each state of each strand whether some combination has it.
func (s *search) reached() [][]bool {
	reached := make([][]bool, s.strands)
	for i := range reached {
		reached[i] = make([]bool, len(s.axes[i].values))
	}
	for _, spot := range s.spots {
		for i := range reached {
			reached[i][s.value(spot, s.axes[i])] = true
		}
	}
	return reached
}

// ways reports where no way leads to an end: a combination from which the route never ends, and a state of a track from
// which the track never does.
func (s *search) ways() []Finding {
	var findings []Finding
	origins := s.definition.origins()
	for i := range s.strands {
		a := s.axes[i]
		ends := s.leadingTo(func(spot int) bool { return s.state(spot, i).Kind == End })
		ways, stuck := make([]int, len(a.values)), make([]int32, len(a.values))
		for at := len(ends) - 1; at >= 0; at-- {
			if value := s.value(s.spots[at], a); ends[at] {
				ways[value]++
			} else {
				stuck[value] = int32(at) + 1
			}
		}
		for value, state := range a.values {
			if stuck[value] == 0 || i > 0 && (ways[value] > 0 || !s.hasEnd(a.strand)) {
				continue
			}
			at := stuck[value] - 1
			findings = append(findings, Finding{
				Code: "no_way_to_end", Origin: origins[a.strand+"/"+state], Steps: s.steps(at),
				Message: fmt.Sprintf("from %s no end of the %s can be reached", s.describe(s.spots[at]), a.strand),
			})
		}
	}
	return findings
}

func (s *search) hasEnd(strand string) bool {
	for _, state := range s.definition.States {
		if state.Strand == strand && state.Kind == End {
			return true
		}
	}
	return false
}

// endsThatMove reports transitions that lead on from an end of the route, other than those that a rule guards and that
// lead to another end.
func (s *search) endsThatMove() []Finding {
	var findings []Finding
	said := map[int32]bool{}
	for at, spot := range s.spots {
		before := s.state(spot, 0)
		if before.Kind != End {
			continue
		}
		for _, e := range s.from(int32(at)) {
			p, after := s.paths[e.path], s.state(s.spots[e.position], 0)
			if after.ID == before.ID || after.Kind == End && len(p.offer.bars) > 0 || said[e.path] {
				continue
			}
			said[e.path] = true
			findings = append(findings, Finding{
				Code: "end_moves", Origin: p.offer.Origin, Path: "from", Steps: s.stepsBy(int32(at), e),
				Message: fmt.Sprintf("%s leads on from %s, which is an end", p.offer.ID, before.ID),
			})
		}
	}
	return findings
}

// deadTransitions reports transitions that no combination lets happen although their states are reached, and rules that
// hold in none.
func (s *search) deadTransitions() []Finding {
	var findings []Finding
	for i, o := range s.offered {
		explained := !s.judged[i] && (len(o.from) > 0 || o.FromAny || o.FromOpen)
		for n, held := range s.held[i] {
			if held || !s.judged[i] {
				continue
			}
			explained = explained || o.Transition.rules[n].Severity == string(Block)
			findings = append(findings, Finding{
				Code: "rule_never_holds", Origin: o.Origin, Path: fmt.Sprintf("rules[%d]", n),
				Message: fmt.Sprintf("the rule %s holds in no case in which %s is offered", o.Transition.rules[n].ID, o.ID),
			})
		}
		if !s.open[i] && !explained {
			findings = append(findings, Finding{
				Code: "dead_transition", Origin: o.Origin, Message: fmt.Sprintf("%s can never happen", o.ID),
			})
		}
	}
	return findings
}
