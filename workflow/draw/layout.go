package draw

import (
	"slices"

	"hejnal/workflow"
)

// sheet is a strand laid out: its boxes, its bundles and what of the channels beside the column it needs.
type sheet struct {
	strand  Strand
	rows    []*box
	lane    []*box
	bundles []*bundle
	start   *box

	top, bottom                     float64
	leftLanes, rightLanes, farLanes int
}

func (s *sheet) boxes() []*box { return slices.Concat(s.rows, s.lane) }

func (s *sheet) box(id string) *box {
	for _, b := range s.boxes() {
		if b.node.ID == id {
			return b
		}
	}
	return nil
}

// arrange lays out a strand below the line top, in all but the horizontal places.
func arrange(g *Graph, strand Strand, o Options, top float64) *sheet {
	nodes, edges := g.nodesOf(strand.ID), g.edgesOf(strand.ID)
	s := &sheet{strand: strand, top: top, bottom: top}
	placed := order(nodes, edges, strand.Start)
	if o.Narrow {
		placed.lane = nil
	}
	for row, node := range placed.rows {
		s.rows = append(s.rows, newBox(g, node, row, o.Lang))
	}
	for _, node := range placed.lane {
		s.lane = append(s.lane, newBox(g, node, -1, o.Lang))
	}
	s.start = s.box(strand.Start)
	s.bundles = bundles(s.steps(g, edges, o.Lang))
	if o.Narrow {
		s.bundles = slices.DeleteFunc(s.bundles, func(b *bundle) bool { return b.route != direct })
	}
	s.connect()
	s.stackRows()
	s.stackLane()
	for _, b := range s.boxes() {
		s.bottom = max(s.bottom, b.y+b.height)
	}
	s.leftLanes = assignLanes(s.bundles, left)
	s.rightLanes = assignLanes(s.bundles, right)
	s.farLanes = assignLanes(s.bundles, far)
	return s
}

func newBox(g *Graph, node Node, row int, lang string) *box {
	b := &box{node: node, row: row, title: wrap(node.Title.In(lang), titleSize, boldTextWidth)}
	b.current = g.Current[node.Strand] == node.ID
	b.done = !b.current && g.isDone(node.Strand, node.ID)
	words := wordsIn(lang)
	switch {
	case b.current:
		b.badge = "▶ " + words.here
	case b.done:
		b.badge = "✓ " + words.done
	case node.Kind == workflow.Goal:
		b.badge = "★ " + words.goal
	}
	return b
}

// steps turns the edges into steps between boxes; those that stay become notes in their box.
func (s *sheet) steps(g *Graph, edges []Edge, lang string) []step {
	var steps []step
	for _, edge := range edges {
		from, to, title := s.box(edge.From), s.box(edge.To), edge.Title.In(lang)
		if to == nil || from == nil && edge.From != "" {
			continue // not drawn
		}
		if from == to {
			if !slices.Contains(to.stays, title) {
				to.stays = append(to.stays, title)
				to.notes = append(to.notes, wrap("↻ "+title, smallSize, boxTextWidth)...)
			}
			continue
		}
		steps = append(steps, step{from: from, to: to, title: title, done: g.passed(edge), possible: g.offers(edge)})
	}
	return steps
}

// connect gives every bundle its ports.
func (s *sheet) connect() {
	for _, b := range s.bundles {
		b.entry = &port{box: b.to, bundle: b, entry: true}
		switch {
		case b.route == direct:
			continue
		case b.route == far, b.route == right && !b.to.inLane():
			b.to.right = append(b.to.right, b.entry)
		default:
			b.to.left = append(b.to.left, b.entry)
		}
		for _, m := range b.from {
			m.exit = &port{box: m.box, bundle: b}
			switch {
			case m.box == nil:
			case b.route == left, b.route == right && m.box.inLane():
				m.box.left = append(m.box.left, m.exit)
			default:
				m.box.right = append(m.box.right, m.exit)
			}
		}
	}
	for _, b := range s.boxes() {
		b.fit()
	}
}

// stackRows places the rows one below the other. What they lead to in the lane is taken to stand beside them.
func (s *sheet) stackRows() {
	y := s.top + startHeight
	for i, b := range s.rows {
		if i > 0 {
			y += s.gapAbove(b)
		}
		b.y = y
		y += b.height
	}
	for _, b := range s.lane {
		b.y = s.wishOf(b, func(m *member) float64 { return m.box.centre() }) - b.height/2
	}
	for _, b := range s.rows {
		b.settle()
	}
}

// stackLane places each box of the lane where the arrow into it is straight, or as near below as there is room.
func (s *sheet) stackLane() {
	wish := map[*box]float64{}
	for _, b := range s.lane {
		wish[b] = s.wishOf(b, func(m *member) float64 { return m.exit.y }) - b.firstEntry()
	}
	slices.SortStableFunc(s.lane, func(a, b *box) int { return sign(wish[a] - wish[b]) })
	y := s.top + startHeight
	for _, b := range s.lane {
		b.y = max(y, wish[b])
		b.settle()
		for s.runsInto(b) {
			b.y += portClearance
			b.settle()
		}
		y = b.y + b.height + rowGap
	}
}

// runsInto reports whether a line at the left of a box of the lane lies level with one of another bundle at the right of
// a row: in between they would look like one.
func (s *sheet) runsInto(b *box) bool {
	for _, p := range b.left {
		for _, row := range s.rows {
			for _, q := range row.right {
				if p.bundle != q.bundle && max(p.y-q.y, q.y-p.y) < portClearance {
					return true
				}
			}
		}
	}
	return false
}

const startHeight = 28.0

// gapAbove is the room that the arrow into a row, and its label, need.
func (s *sheet) gapAbove(b *box) float64 {
	for _, bundle := range s.bundles {
		if bundle.route == direct && bundle.to == b {
			return arrowGap + labelLine*float64(len(bundle.labels))
		}
	}
	return rowGap
}

// wishOf is the height at which a box of the lane would like its arrow: the mean of where the rows that lead to it stand.
func (s *sheet) wishOf(b *box, height func(*member) float64) float64 {
	sum, n := 0.0, 0.0
	for _, bundle := range s.bundles {
		for _, m := range bundle.from {
			if bundle.to == b && m.box != nil && !m.box.inLane() {
				sum += height(m)
				n++
			}
		}
	}
	if n == 0 {
		return s.lowest()
	}
	return sum / n
}

// lowest is the height of the last row.
func (s *sheet) lowest() float64 {
	if len(s.rows) == 0 {
		return s.top
	}
	return s.rows[len(s.rows)-1].centre()
}
