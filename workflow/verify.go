package workflow

import (
	"fmt"
	"strings"
)

// Verify proves a definition. It searches every combination of route, tracks and bool variables that can be reached from
// the start: what a condition says of these is taken exactly, everything else (inputs, documents, facts, dates) as "may
// hold or not". It answers what is wrong with the states, transitions and rules, and every invariant that can be broken,
// each with the shortest way that shows it. A definition without findings is proven.
func Verify(d *Definition) []Finding {
	space, findings := newSpace(d)
	if len(findings) > 0 {
		return findings
	}
	s := newSearch(space)
	s.run()
	findings = append(findings, s.unreachableStates()...)
	findings = append(findings, s.ways()...)
	findings = append(findings, s.endsThatMove()...)
	findings = append(findings, s.deadTransitions()...)
	for _, invariant := range d.Source.Invariants {
		findings = append(findings, s.invariant(invariant)...)
	}
	return findings
}

// VerifyTogether answers the invariants' events and tracks that none of the definitions has: such an invariant is written
// wrongly, for it would hold of everything.
func VerifyTogether(definitions []*Definition) []Finding {
	events, tracks := map[string]bool{}, map[string]bool{}
	for _, d := range definitions {
		for _, t := range d.Transitions {
			for _, way := range t.ways {
				events[way.event] = true
			}
		}
		for _, track := range d.Tracks {
			tracks[track.ID] = true
		}
	}
	var findings []Finding
	said := map[string]bool{}
	for _, d := range definitions {
		for _, invariant := range d.Source.Invariants {
			for _, f := range invariant.names(events, tracks) {
				if key := f.Origin.File + f.Origin.Path + f.Path; !said[key] {
					said[key] = true
					findings = append(findings, f)
				}
			}
		}
	}
	return findings
}

// names answers the events and tracks of an invariant that are not among the known ones.
func (i Invariant) names(events, tracks map[string]bool) []Finding {
	var findings []Finding
	report := func(code, path, format, name string) {
		findings = append(findings, Finding{Code: code, Origin: i.Origin, Path: path, Message: fmt.Sprintf(format, i.ID, name)})
	}
	each := func(path string, names []string) {
		for n, name := range names {
			if !events[name] {
				report("unknown_event", fmt.Sprintf("%s[%d]", path, n), "the invariant %s names the event %q, which no form has", name)
			}
		}
	}
	each("order", i.Order)
	each("reset", i.Reset)
	if i.Bars != nil {
		each("bars.events", i.Bars.Events)
		if !tracks[i.Bars.Track] {
			report("unknown_track", "bars.track", "the invariant %s names the track %q, which no form has", i.Bars.Track)
		}
	}
	if i.Only != nil {
		each("only.events", i.Only.Events)
	}
	if i.Without != nil && !events[i.Without.Event] {
		report("unknown_event", "without.event", "the invariant %s names the event %q, which no form has", i.Without.Event)
	}
	return findings
}

// describe names where a case stands, as people say it: the route's state, and the tracks that have left their start.
func (s *space) describe(spot int) string {
	var beside []string
	for _, a := range s.axes[1:s.strands] {
		if state := a.values[s.value(spot, a)]; state != a.values[a.start] {
			beside = append(beside, a.strand+": "+state)
		}
	}
	text := s.axes[0].values[s.value(spot, s.axes[0])]
	if len(beside) > 0 {
		text += " (" + strings.Join(beside, ", ") + ")"
	}
	return text
}
