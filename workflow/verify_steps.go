package workflow

import (
	"slices"
	"strings"
)

// steps writes the shortest way to a position: "transition → state", with the track in front of a track's transition and
// behind the state whatever other track moves.
func (s *search) steps(at int32) []string {
	var steps []string
	for came := s.came[at]; came != nowhere; at, came = came.position, s.came[came.position] {
		steps = append(steps, s.step(came, at))
	}
	slices.Reverse(steps)
	return steps
}

// stepsBy is the shortest way to a position, and one edge further.
func (s *search) stepsBy(at int32, e edge) []string {
	return append(s.steps(at), s.step(edge{at, e.path}, e.position))
}

// step writes the step that leads from came's position by its path to a position.
func (s *search) step(came edge, to int32) string {
	p := s.paths[came.path]
	before, after := s.spots[came.position], s.spots[to]
	own := s.axes[p.offer.axis]
	text := p.offer.ID + " → " + own.values[s.value(after, own)]
	if p.offer.axis > 0 {
		text = own.strand + ": " + text
	}
	var moved []string
	for i, a := range s.axes[:s.strands] {
		if i != p.offer.axis && s.value(before, a) != s.value(after, a) {
			moved = append(moved, a.strand+": "+a.values[s.value(after, a)])
		}
	}
	if len(moved) > 0 {
		text += " (" + strings.Join(moved, ", ") + ")"
	}
	return text
}
