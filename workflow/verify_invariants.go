package workflow

import (
	"fmt"
	"slices"
	"strings"
)

// invariant answers how an invariant can be broken, by the shortest way.
func (s *search) invariant(written Invariant) []Finding {
	switch {
	case len(written.Order) > 0:
		return s.order(written)
	case written.Bars != nil:
		return s.bars(written)
	case written.Only != nil:
		return s.only(written)
	case written.Without != nil:
		return s.without(written)
	}
	return []Finding{{
		Code: "empty_invariant", Origin: written.Origin,
		Message: fmt.Sprintf("the invariant %s says nothing: give order, bars, only or without", written.ID),
	}}
}

// broken is a finding at the transition whose path breaks an invariant.
func (s *search) broken(written Invariant, p *path, below string, steps []string, format string, args ...any) Finding {
	return Finding{
		Code: "invariant", Origin: p.offer.Origin, Path: below, Steps: steps,
		Message: fmt.Sprintf("%s breaks %s: ", p.offer.ID, written.ID) + fmt.Sprintf(format, args...),
	}
}

// giving reports of each path whether it gives one of the events, and whether any does.
func (s *search) giving(events []string) (gives []bool, some bool) {
	gives = make([]bool, len(s.paths))
	for i, p := range s.paths {
		gives[i] = slices.Contains(events, p.event)
		some = some || gives[i]
	}
	return gives, some
}

// bars reports a forbidden event in a forbidden state of a track, once for each way in which it can happen.
func (s *search) bars(written Invariant) []Finding {
	bar := written.Bars
	gives, some := s.giving(bar.Events)
	track, ok := s.axisNamed("tracks." + bar.Track)
	if !ok || !some {
		return nil
	}
	findings := s.unknownStates(written, track)
	said := map[int32]bool{}
	for at, spot := range s.spots {
		state := s.state(spot, track).ID
		if !slices.Contains(bar.States, state) || len(bar.From) > 0 && !slices.Contains(bar.From, s.state(spot, 0).ID) {
			continue
		}
		for _, e := range s.from(int32(at)) {
			if gives[e.path] && !said[e.path] {
				said[e.path] = true
				p := s.paths[e.path]
				findings = append(findings, s.broken(written, p, "", s.stepsBy(int32(at), e),
					"%s can happen while the %s is %s", p.event, bar.Track, state))
			}
		}
	}
	return findings
}

func (s *search) unknownStates(written Invariant, track int) []Finding {
	var findings []Finding
	for i, state := range written.Bars.States {
		if !slices.Contains(s.axes[track].values, state) {
			findings = append(findings, Finding{
				Code: "unknown_state", Origin: written.Origin, Path: fmt.Sprintf("bars.states[%d]", i),
				Message: fmt.Sprintf("the invariant %s names the state %q, which the %s does not have", written.ID, state, written.Bars.Track),
			})
		}
	}
	return findings
}

// only reports transitions that give an event and are open to another role.
func (s *search) only(written Invariant) []Finding {
	var findings []Finding
	gives, _ := s.giving(written.Only.Events)
	said := map[*offer]bool{}
	for i, p := range s.paths {
		if !gives[i] || said[p.offer] || len(p.offer.Roles) == 1 && p.offer.Roles[0] == written.Only.Role {
			continue
		}
		said[p.offer] = true
		findings = append(findings, s.broken(written, p, "roles", s.stepsTo(int32(i)),
			"%s is for the role %s alone, not for %s", p.event, written.Only.Role, idsOf(p.offer.Roles)))
	}
	return findings
}

// stepsTo is the shortest way that ends with a path; nil where it is never taken.
func (s *search) stepsTo(path int32) []string {
	for at := range s.spots {
		for _, e := range s.from(int32(at)) {
			if e.path == path {
				return s.stepsBy(int32(at), e)
			}
		}
	}
	return nil
}

// without reports transitions that the role may make and that bring a case nearer to the event, or give it.
func (s *search) without(written Invariant) []Finding {
	gives, some := s.giving([]string{written.Without.Event})
	if !some {
		return nil
	}
	var findings []Finding
	said := map[*offer]bool{}
	giving := make([]bool, len(s.spots))
	for at := range s.spots {
		giving[at] = slices.ContainsFunc(s.from(int32(at)), func(e edge) bool { return gives[e.path] })
	}
	leads := s.leadingTo(func(spot int) bool { return giving[s.position[spot]] })
	for at := range s.spots {
		for _, e := range s.from(int32(at)) {
			p := s.paths[e.path]
			moves := int(e.position) != at && leads[e.position]
			if !moves && !gives[e.path] || said[p.offer] || !slices.Contains(p.offer.Roles, written.Without.Role) {
				continue
			}
			said[p.offer] = true
			findings = append(findings, s.broken(written, p, "roles", s.stepsBy(int32(at), e),
				"a step of the role %s lies on the way to %s", written.Without.Role, written.Without.Event))
		}
	}
	return findings
}

// chain writes events as an order for people.
func chain(events []string) string { return strings.Join(events, ", then ") }
