package draw

import (
	"slices"
)

// route says where the line of a bundle runs.
type route int

const (
	direct  route = iota // down to the next row
	left                 // beside the column, back up
	right                // between the column and the lane
	far                  // right of the lane, between ends
	outside              // in from nowhere: another strand sets the state
)

// bundle is the steps into one state that run together and carry the same labels.
type bundle struct {
	to     *box
	from   []*member
	route  route
	titles []string
	first  []int    // the line of labels that each title begins in
	labels []string // lines of text
	entry  *port
	lane   int // counted from the column or the lane outwards
}

// member is one state that a bundle comes from.
type member struct {
	box      *box
	exit     *port
	done     bool
	possible bool
}

// step is the edges of one title between two states.
type step struct {
	from, to *box
	title    string
	done     bool
	possible bool
}

// bundles joins the steps of a strand. Steps of one title into one state run together; titles that come from the same
// states share a line, unless one was made or is offered and the other is not.
func bundles(steps []step) []*bundle {
	type key struct {
		to     *box
		route  route
		origin string // for direct arrows, the state they come from
		title  string
	}
	var keys []key
	grouped := map[key][]step{}
	for _, s := range steps {
		k := key{to: s.to, route: routeOf(s), title: s.title}
		if k.route == direct {
			k.origin = s.from.node.ID
		}
		if grouped[k] == nil {
			keys = append(keys, k)
		}
		grouped[k] = append(grouped[k], s)
	}
	var result []*bundle
	for _, k := range keys {
		found := slices.IndexFunc(result, func(b *bundle) bool {
			return b.to == k.to && b.route == k.route && b.matches(newBundle(k.to, k.route, grouped[k]))
		})
		if found < 0 {
			result = append(result, newBundle(k.to, k.route, nil))
			found = len(result) - 1
		}
		result[found].add(grouped[k])
		result[found].titles = append(result[found].titles, k.title)
	}
	for _, b := range result {
		b.letter()
	}
	return result
}

// letter writes the titles as lines, with a mark before each when there are several.
func (b *bundle) letter() {
	for _, title := range b.titles {
		if len(b.titles) > 1 {
			title = "• " + title
		}
		b.first = append(b.first, len(b.labels))
		b.labels = append(b.labels, wrap(title, labelSize, labelWidth)...)
	}
}

func newBundle(to *box, way route, steps []step) *bundle {
	b := &bundle{to: to, route: way}
	b.add(steps)
	return b
}

// add joins steps to the bundle: what any of them is, made or offered, the line is.
func (b *bundle) add(steps []step) {
	for _, s := range steps {
		m := b.member(s.from)
		m.done = m.done || s.done
		m.possible = m.possible || s.possible
	}
}

// member returns the bundle's member for a state, which it adds when there is none.
func (b *bundle) member(from *box) *member {
	for _, m := range b.from {
		if m.box == from {
			return m
		}
	}
	m := &member{box: from}
	b.from = append(b.from, m)
	return m
}

// matches reports whether another bundle comes from the same states and looks the same. There is one arrow down to a row,
// whatever it looks like.
func (b *bundle) matches(other *bundle) bool {
	return len(b.from) == len(other.from) && !slices.ContainsFunc(b.from, func(m *member) bool {
		return !slices.ContainsFunc(other.from, func(o *member) bool {
			return m.box == o.box && (b.route == direct || m.look() == o.look())
		})
	})
}

func routeOf(s step) route {
	switch {
	case s.from == nil:
		return outside
	case s.from.inLane() && s.to.inLane():
		return far
	case s.from.inLane() || s.to.inLane():
		return right
	case s.to.row == s.from.row+1:
		return direct
	case s.to.row > s.from.row:
		return right
	default:
		return left
	}
}

// assignLanes gives each bundle of the route a lane of its own wherever their lines would run side by side, the shortest
// nearest to the column.
func assignLanes(list []*bundle, way route) int {
	type span struct {
		bundle   *bundle
		from, to float64
	}
	var spans []span
	for _, b := range list {
		if b.route != way {
			continue
		}
		s := span{b, b.entry.y, b.entry.y}
		for _, m := range b.from {
			s.from, s.to = min(s.from, m.exit.y), max(s.to, m.exit.y)
		}
		spans = append(spans, s)
	}
	slices.SortStableFunc(spans, func(a, b span) int {
		if shorter := (a.to - a.from) - (b.to - b.from); shorter != 0 {
			return sign(shorter)
		}
		return sign(a.from - b.from)
	})
	var lanes [][]span
	for _, s := range spans {
		lane := slices.IndexFunc(lanes, func(taken []span) bool {
			return !slices.ContainsFunc(taken, func(t span) bool {
				return s.from < t.to+laneClearance && t.from < s.to+laneClearance
			})
		})
		if lane < 0 {
			lanes = append(lanes, nil)
			lane = len(lanes) - 1
		}
		lanes[lane] = append(lanes[lane], s)
		s.bundle.lane = lane
	}
	return len(lanes)
}

func sign(x float64) int {
	switch {
	case x < 0:
		return -1
	case x > 0:
		return 1
	default:
		return 0
	}
}
