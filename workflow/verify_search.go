package workflow

import "slices"

// search is the walk over all combinations, nearest first. Spots are kept by the position in which they were reached.
type search struct {
	*space
	offered  []*offer
	paths    []*path
	at       [][][]*offer // axis → value → offers
	spots    []int        // by position
	position []int32      // by spot, -1 where not reached
	came     []edge       // by position: from where, and by which path
	first    []int32      // by position: its first edge; one more at the end
	edges    []edge
	held     [][]bool // by offer and rule: whether it may hold in some combination
	judged   []bool   // by offer: whether some combination offers it
	open     []bool   // by offer: whether it is possible in some combination
}

// edge leads to (or, in came, from) a position by a path.
type edge struct{ position, path int32 }

// nowhere is where the start came from.
var nowhere = edge{-1, -1}

func newSearch(s *space) *search {
	offered, paths := s.offers()
	search := &search{
		space: s, offered: offered, paths: paths, at: make([][][]*offer, s.strands), position: make([]int32, s.size),
		held: make([][]bool, len(offered)), judged: make([]bool, len(offered)), open: make([]bool, len(offered)),
	}
	for i := range search.position {
		search.position[i] = -1
	}
	for i := range s.strands {
		search.at[i] = make([][]*offer, len(s.axes[i].values))
	}
	for i, o := range offered {
		o.number = i
		search.held[i] = make([]bool, len(o.rules))
		for _, from := range o.from {
			search.at[o.axis][from] = append(search.at[o.axis][from], o)
		}
	}
	return search
}

func (s *search) run() {
	s.reach(s.start(), nowhere)
	for at := 0; at < len(s.spots); at++ {
		s.first = append(s.first, int32(len(s.edges)))
		spot := s.spots[at]
		for i := range s.strands {
			for _, o := range s.at[i][s.value(spot, s.axes[i])] {
				s.try(o, at)
			}
		}
	}
	s.first = append(s.first, int32(len(s.edges)))
}

// try takes every way of an offer that nothing known stands against.
func (s *search) try(o *offer, at int) {
	spot := s.spots[at]
	s.judged[o.number] = true
	for i, rule := range o.rules {
		if !s.held[o.number][i] && rule.at(spot) != no {
			s.held[o.number][i] = true
		}
	}
	if !o.possible(spot) {
		return
	}
	s.open[o.number] = true
	var scratch [8]int
	for _, p := range o.paths {
		when := p.when.at(spot)
		if when == no {
			continue
		}
		for _, target := range s.targets(scratch[:0], p, spot) {
			to := s.reach(target, edge{int32(at), int32(p.number)})
			s.edges = append(s.edges, edge{to, int32(p.number)})
		}
		if when == yes {
			return
		}
	}
}

// reach gives the position of a spot and notes how it was first come to.
func (s *search) reach(spot int, came edge) int32 {
	if s.position[spot] < 0 {
		s.position[spot] = int32(len(s.spots))
		s.spots = append(s.spots, spot)
		s.came = append(s.came, came)
	}
	return s.position[spot]
}

// from lists the edges that lead on from a position.
func (s *search) from(at int32) []edge { return s.edges[s.first[at]:s.first[at+1]] }

// leadingTo reports of each position whether a spot of the kind wanted can be reached from it.
func (s *search) leadingTo(wanted func(spot int) bool) []bool {
	back, first := s.reversed()
	leads := make([]bool, len(s.spots))
	var queue []int32
	for at, spot := range s.spots {
		if wanted(spot) {
			leads[at] = true
			queue = append(queue, int32(at))
		}
	}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, before := range back[first[at]:first[at+1]] {
			if !leads[before] {
				leads[before] = true
				queue = append(queue, before)
			}
		}
	}
	return leads
}

// reversed lists for each position those with an edge to it: back[first[at]:first[at+1]].
func (s *search) reversed() (back, first []int32) {
	first = make([]int32, len(s.spots)+1)
	for _, e := range s.edges {
		first[e.position+1]++
	}
	for i := 1; i < len(first); i++ {
		first[i] += first[i-1]
	}
	back = make([]int32, len(s.edges))
	next := slices.Clone(first)
	for at := range s.spots {
		for _, e := range s.from(int32(at)) {
			back[next[e.position]] = int32(at)
			next[e.position]++
		}
	}
	return back, first
}
