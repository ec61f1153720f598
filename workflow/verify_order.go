package workflow

import "slices"

// ordering follows how far the events of an order have come, beside the combinations.
type ordering struct {
	search *search
	last   int
	rank   []int  // by path: which event of the order it gives, -1 for none
	resets []bool // by path
}

// order reports the last event of an order where it can happen although the others did not, in their order. An event
// counts once the events before it have happened; one that happens again takes the order back to it.
func (s *search) order(written Invariant) []Finding {
	o := &ordering{search: s, last: len(written.Order) - 1, rank: make([]int, len(s.paths)), resets: make([]bool, len(s.paths))}
	has := false
	for i, p := range s.paths {
		o.rank[i] = slices.Index(written.Order, p.event)
		o.resets[i] = slices.Contains(written.Reset, p.event)
		has = has || o.rank[i] == o.last
	}
	if !has {
		return nil
	}
	var findings []Finding
	for _, found := range o.violations() {
		p := s.paths[found.path]
		findings = append(findings, s.broken(written, p, "", found.steps, "%s can happen without %s", p.event, chain(written.Order[:o.last])))
	}
	return findings
}

// after gives the progress after a path, and whether the path may happen at this progress.
func (o *ordering) after(progress int, path int32) (next int, allowed bool) {
	if o.resets[path] {
		progress = 0
	}
	rank := o.rank[path]
	if rank == o.last && progress < o.last {
		return progress, false
	}
	if rank >= 0 && progress >= rank {
		progress = rank + 1
	}
	return progress, true
}

// violation is a path that happens out of order, with the shortest way to it.
type violation struct {
	path  int32
	steps []string
}

// violations walks the combinations together with the progress, nearest first, and answers each path that breaks the
// order, once.
func (o *ordering) violations() []violation {
	s, width := o.search, o.last+2
	came := make([]int32, len(s.spots)*width) // the node before, plus one; the start is its own
	by := make([]int32, len(came))
	queue := []int32{0}
	came[0] = 1
	said := map[int32]bool{}
	var found []violation
	for head := 0; head < len(queue); head++ {
		node := queue[head]
		at, progress := node/int32(width), int(node)%width
		for _, e := range s.from(at) {
			next, allowed := o.after(progress, e.path)
			if !allowed && !said[e.path] {
				said[e.path] = true
				found = append(found, violation{e.path, append(o.steps(came, by, node), s.step(edge{at, e.path}, e.position))})
			}
			to := e.position*int32(width) + int32(next)
			if came[to] == 0 {
				came[to], by[to] = node+1, e.path
				queue = append(queue, to)
			}
		}
	}
	return found
}

func (o *ordering) steps(came, by []int32, node int32) []string {
	width := int32(o.last + 2)
	var steps []string
	for node != 0 {
		before := came[node] - 1
		steps = append(steps, o.search.step(edge{before / width, by[node]}, node/width))
		node = before
	}
	slices.Reverse(steps)
	return steps
}
