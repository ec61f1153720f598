package draw

import "slices"

// picture is a graph laid out: every box, line and label with its place.
type picture struct {
	width, height float64
	heading       []string // lines
	sheets        []*sheet
	columns       columns
	lines         []line
	labels        []label
}

// columns are the horizontal places that all strands share.
type columns struct {
	leftLanes  float64 // right edge of the lanes left of the column; they count to the left from here
	leftLabels float64
	rows       float64
	rightLanes float64 // left edge
	laneLabels float64
	lane       float64
	farLanes   float64 // left edge
	end        float64
}

type point struct{ x, y float64 }

// line is the ways of a bundle that look the same, with an arrow where they arrive.
type line struct {
	ways   [][]point
	strand string
	from   []string
	to     string
	look   look
}

// look is how a line is drawn; a later one lies on top.
type look int

const (
	plain look = iota
	fromOutside
	done
	possible
)

// label is lines of text; x is their left edge, or their right edge when anchored at the end. The last line's baseline
// is y.
type label struct {
	x, y  float64
	lines []string
	end   bool
	class string
}

// rectangle is a place: its upper left corner, width and height.
type rectangle struct{ x, y, width, height float64 }

// place is where the letters of a label stand.
func (l label) place() rectangle {
	r := rectangle{x: l.x, height: labelLine * float64(len(l.lines))}
	for _, text := range l.lines {
		r.width = max(r.width, textWidth(text, labelSize))
	}
	if l.end {
		r.x -= r.width
	}
	const descent = 3
	r.y = l.y + descent - r.height
	return r
}

func newPicture(g *Graph, o Options) *picture {
	p, least := &picture{}, 3*boxWidth
	if o.Narrow {
		least = boxWidth
	}
	p.heading = wrap(g.Title.In(o.Lang), headingSize, least)
	y := margin + headingLine*float64(len(p.heading))
	for _, strand := range g.Strands {
		if len(g.nodesOf(strand.ID)) == 0 {
			continue
		}
		if title := strand.Title.In(o.Lang); title != "" {
			y += strandGap
			p.labels = append(p.labels, label{x: margin, y: y, lines: wrap(title, strandSize, least)[:1], class: "strand"})
			y += boxPadding
		}
		s := arrange(g, strand, o, y)
		p.sheets = append(p.sheets, s)
		y = s.bottom
	}
	p.height = y + margin
	p.columns = p.measure()
	p.width = max(p.columns.end+margin, least+2*margin)
	for _, s := range p.sheets {
		p.place(s)
	}
	return p
}

const (
	headingSize = 18.0
	headingLine = 24.0
	strandSize  = 15.0
	strandGap   = 40.0
)

// measure finds the columns: as many lanes, and labels only where there are any.
func (p *picture) measure() columns {
	var lanes [3]int
	var labels [4]bool // left, right of the column, before the lane, after it
	hasLane := false
	for _, s := range p.sheets {
		lanes = [3]int{max(lanes[0], s.leftLanes), max(lanes[1], s.rightLanes), max(lanes[2], s.farLanes)}
		hasLane = hasLane || len(s.lane) > 0
		for _, b := range s.bundles {
			labels[0] = labels[0] || (b.entry.onLeft() && !b.to.inLane())
			labels[1] = labels[1] || (b.route == right && !b.to.inLane())
			labels[2] = labels[2] || (b.to.inLane() && b.entry.onLeft())
			labels[3] = labels[3] || b.route == far
		}
	}
	var c columns
	c.leftLanes = margin + laneSpacing*float64(lanes[0])
	c.leftLabels = c.leftLanes
	c.rows = c.leftLabels + labelRoom(labels[0])
	c.rightLanes = c.rows + boxWidth + labelRoom(labels[1]) + laneSpacing
	c.laneLabels = c.rightLanes + laneSpacing*float64(lanes[1])
	c.end = c.rows + boxWidth
	if labels[1] || lanes[1] > 0 {
		c.end = c.laneLabels
	}
	if hasLane {
		c.lane = c.laneLabels + labelRoom(labels[2])
		c.farLanes = c.lane + boxWidth + labelRoom(labels[3])
		c.end = c.farLanes + laneSpacing*float64(lanes[2])
	}
	return c
}

func labelRoom(used bool) float64 {
	if used {
		return labelColumn
	}
	return 0
}

// onLeft reports whether the port is on the left side of its box.
func (p *port) onLeft() bool { return slices.Contains(p.box.left, p) }

// place puts the boxes of a strand into their columns and draws its lines and labels.
func (p *picture) place(s *sheet) {
	for _, b := range s.rows {
		b.x = p.columns.rows
	}
	for _, b := range s.lane {
		b.x = p.columns.lane
	}
	if s.start != nil && s.start.row == 0 {
		x := s.start.x + arrowIndent
		way := []point{{x, s.start.y - startHeight + 8}, {x, s.start.y}}
		p.lines = append(p.lines, line{ways: [][]point{way}, strand: s.strand.ID, to: s.start.node.ID})
	}
	for _, b := range s.bundles {
		p.draw(s, b)
		p.labels = append(p.labels, p.label(b))
	}
}

// draw adds the lines of a bundle, one for each look.
func (p *picture) draw(s *sheet, b *bundle) {
	for l := plain; l <= possible; l++ {
		drawn := line{strand: s.strand.ID, to: b.to.node.ID, look: l}
		for _, m := range b.from {
			if m.look() != l {
				continue
			}
			drawn.ways = append(drawn.ways, p.way(b, m))
			if m.box != nil {
				drawn.from = append(drawn.from, m.box.node.ID)
			}
		}
		if len(drawn.ways) > 0 {
			p.lines = append(p.lines, drawn)
		}
	}
}

func (m *member) look() look {
	switch {
	case m.possible:
		return possible
	case m.done:
		return done
	case m.box == nil:
		return fromOutside
	default:
		return plain
	}
}

// way is the points of a line from one state of the bundle to its target.
func (p *picture) way(b *bundle, m *member) []point {
	switch b.route {
	case direct:
		x := b.to.x + arrowIndent
		return []point{{x, m.box.y + m.box.height}, {x, b.to.y}}
	case outside:
		from := p.columns.leftLabels
		if b.to.inLane() {
			from = p.columns.laneLabels
		}
		return []point{{from + outsideIndent, b.entry.y}, {b.to.x, b.entry.y}}
	default:
		x := p.laneX(b)
		return []point{m.exit.point(), {x, m.exit.y}, {x, b.entry.y}, b.entry.point()}
	}
}

const outsideIndent = 10.0

func (p *picture) laneX(b *bundle) float64 {
	offset := laneSpacing * (float64(b.lane) + 0.5)
	switch b.route {
	case left:
		return p.columns.leftLanes - offset
	case far:
		return p.columns.farLanes + offset
	default:
		return p.columns.rightLanes + offset
	}
}

// point is where the port touches its box.
func (p *port) point() point {
	if p.onLeft() {
		return point{p.box.x, p.y}
	}
	return point{p.box.x + boxWidth, p.y}
}

func (p *picture) label(b *bundle) label {
	l := label{lines: b.labels, class: "label"}
	switch {
	case b.route == direct:
		l.x, l.y = b.to.x+arrowIndent+9, b.to.y-arrowGap/2+3
	case b.entry.onLeft():
		l.x, l.y, l.end = b.to.x-labelIndent, b.entry.y-labelRise, true
	default:
		l.x, l.y = b.to.x+boxWidth+labelIndent, b.entry.y-labelRise
	}
	return l
}

const (
	labelIndent = 13.0
	labelRise   = 5.0 // of a label above its line
)
