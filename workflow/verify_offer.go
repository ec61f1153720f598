package workflow

import (
	"maps"
	"slices"
)

// offer is a transition as the search sees it.
type offer struct {
	*Transition
	number int
	axis   int      // of its strand
	from   []int    // values of the axis
	rules  []*judge // beside Transition.rules
	bars   []*judge // blocking rules and checks
	paths  []*path
}

// path is one way of a transition as the search takes it.
type path struct {
	offer  *offer
	number int
	event  string
	when   *judge // nil: always
	to     int    // value of the strand's axis, -1 to stay
	tracks []setting
	record []setting
}

// setting gives an axis a value: a fixed one, or what a condition says.
type setting struct {
	axis  int
	value int
	judge *judge
}

// offers turns the transitions of a definition into offers. What opens or imports a case is no way on from a state.
func (s *space) offers() (offers []*offer, paths []*path) {
	judges := map[string]*judge{}
	judge := func(e *Expression) *judge {
		if e == nil {
			return nil
		}
		if judges[e.text] == nil {
			judges[e.text] = s.judgeOf(e)
		}
		return judges[e.text]
	}
	for _, t := range s.definition.Transitions {
		if t.Call == "open" || t.Call == "import" {
			continue
		}
		o := &offer{Transition: t, axis: slices.IndexFunc(s.axes, func(a axis) bool { return a.strand == t.Strand })}
		for _, from := range t.From {
			o.from = append(o.from, slices.Index(s.axes[o.axis].values, from))
		}
		for _, r := range t.rules {
			o.rules = append(o.rules, judge(r.holds))
			if r.Severity == string(Block) {
				o.bars = append(o.bars, judge(r.holds))
			}
		}
		for _, c := range t.checks {
			o.bars = append(o.bars, judge(c.holds))
		}
		for i, way := range t.ways {
			p := &path{offer: o, number: len(paths), event: way.event, to: slices.Index(s.axes[o.axis].values, way.to)}
			if len(t.outcomes) > 0 {
				p.when = judge(t.outcomes[i].when)
			}
			s.settings(p, t.effect, judge)
			s.settings(p, way.effect, judge)
			o.paths, paths = append(o.paths, p), append(paths, p)
		}
		offers = append(offers, o)
	}
	return offers, paths
}

func (s *space) settings(p *path, e *effect, judge func(*Expression) *judge) {
	if e == nil {
		return
	}
	for _, track := range slices.Sorted(maps.Keys(e.Tracks)) {
		i, _ := s.axisNamed("tracks." + track)
		p.tracks = append(p.tracks, setting{axis: i, value: slices.Index(s.axes[i].values, e.Tracks[track])})
	}
	for _, a := range e.record {
		if i, ok := s.axisNamed("record." + a.variable); ok {
			p.record = append(p.record, setting{axis: i, judge: judge(a.value)})
		}
	}
}

// possible reports whether nothing that is known stands against the transition.
func (o *offer) possible(spot int) bool {
	for _, bar := range o.bars {
		if bar.at(spot) == no {
			return false
		}
	}
	return true
}

// targets appends the spots that the path leads to: several where a variable is set to what is not known.
func (s *space) targets(into []int, p *path, spot int) []int {
	target := spot
	if p.to >= 0 {
		target = s.with(target, s.axes[p.offer.axis], p.to)
	}
	for _, set := range p.tracks {
		target = s.with(target, s.axes[set.axis], set.value)
	}
	into = append(into, target)
	for _, set := range p.record {
		a, known := s.axes[set.axis], set.judge.at(spot)
		for i := range into {
			if known != yes {
				into[i] = s.with(into[i], a, 0)
			}
			if known == yes {
				into[i] = s.with(into[i], a, 1)
			}
			if known == maybe {
				into = append(into, s.with(into[i], a, 1))
			}
		}
	}
	return into
}
