package draw

import "slices"

// Sizes of the drawing, in the units of its view box: pixels at full size.
const (
	margin        = 16.0
	boxWidth      = 236.0
	boxPadding    = 10.0
	titleSize     = 14.0
	titleLine     = 18.0
	labelSize     = 12.0
	labelLine     = 15.0
	labelWidth    = 164.0
	labelColumn   = labelWidth + 22
	exitHeight    = 13.0
	entryPadding  = 10.0
	rowGap        = 22.0
	arrowGap      = 30.0
	arrowIndent   = 34.0
	laneSpacing   = 11.0
	laneClearance = 6.0
	portClearance = 4.0
	boxTextWidth  = boxWidth - 2*boxPadding
	boldTextWidth = boxTextWidth / bold
	smallSize     = 11.5
)

// box is a state as it is drawn.
type box struct {
	node    Node
	row     int // −1 in the lane
	x, y    float64
	height  float64
	badge   string   // where the case stands, in words
	title   []string // lines
	stays   []string // titles of the steps that stay in the state
	notes   []string // the same as lines
	done    bool
	current bool
	left    []*port
	right   []*port
}

// port is where a line meets the side of a box. The label of an entry stands above its line.
type port struct {
	box    *box
	bundle *bundle
	entry  bool
	y      float64
}

func (b *box) inLane() bool { return b.row < 0 }

func (p *port) height() float64 {
	if !p.entry {
		return exitHeight
	}
	return entryPadding + labelLine*float64(len(p.bundle.labels))
}

// fit sets the height that the texts and the ports of both sides need.
func (b *box) fit() {
	lines := titleLine * float64(len(b.title))
	lines += labelLine * float64(len(b.notes))
	if b.badge != "" {
		lines += labelLine
	}
	b.height = max(lines, sideHeight(b.left), sideHeight(b.right)) + 2*boxPadding
}

func sideHeight(ports []*port) float64 {
	sum := 0.0
	for _, p := range ports {
		sum += p.height()
	}
	return sum
}

// firstEntry is how far below the top of the box the first line on its left side arrives.
func (b *box) firstEntry() float64 {
	if len(b.left) == 0 {
		return b.height / 2
	}
	return (b.height-sideHeight(b.left))/2 + b.left[0].height()
}

// settle gives the ports of each side their places: in the order of what they lead to, so that lines cross less.
func (b *box) settle() {
	for _, side := range [][]*port{b.left, b.right} {
		slices.SortStableFunc(side, func(p, q *port) int { return sign(p.farY() - q.farY()) })
		y := b.y + (b.height-sideHeight(side))/2
		for _, p := range side {
			y += p.height()
			p.y = y
			if !p.entry {
				p.y -= exitHeight / 2
			}
		}
	}
}

// farY is about where the other end of a port's line lies.
func (p *port) farY() float64 {
	if !p.entry {
		return p.bundle.to.centre()
	}
	sum, n := 0.0, 0.0
	for _, m := range p.bundle.from {
		if m.box != nil {
			sum += m.box.centre()
			n++
		}
	}
	if n == 0 {
		return p.box.centre()
	}
	return sum / n
}

func (b *box) centre() float64 { return b.y + b.height/2 }
