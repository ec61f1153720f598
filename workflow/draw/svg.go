package draw

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"hejnal/workflow"
)

// SVG draws the graph. The drawing holds presentation attributes and classes and neither styles nor scripts, so that it
// may stand in a page under a strict content policy; the classes are state, open, goal, end, current, done, line,
// possible, outside, label, note, badge, heading and strand. What a state or a step is, is shown by shape, line and word
// and not by colour alone. Its title and description speak for it.
func SVG(g Graph, o Options) string {
	p := newPicture(&g, o)
	w := &writer{}
	titleID, descID := o.Prefix+"title", o.Prefix+"desc"
	w.line(`<svg xmlns="http://www.w3.org/2000/svg" class="diagram" viewBox="0 0 %s %s" width="%s" height="%s" role="img" `+
		`aria-labelledby="%s %s" font-family="Arial, Helvetica, 'Liberation Sans', sans-serif" fill="#16202b">`,
		number(p.width), number(p.height), number(p.width), number(p.height), clean(titleID), clean(descID))
	w.line(`<title id="%s">%s</title>`, clean(titleID), clean(g.Title.In(o.Lang)))
	w.line(`<desc id="%s">%s</desc>`, clean(descID), clean(Describe(g, o.Lang)))
	w.line(`<rect class="paper" width="%s" height="%s" fill="#ffffff"/>`, number(p.width), number(p.height))
	w.text(label{x: margin, y: margin + headingSize + headingLine*float64(len(p.heading)-1), lines: p.heading, class: "heading"})
	w.lines(p)
	for _, l := range p.labels {
		w.text(l)
	}
	for _, s := range p.sheets {
		for _, b := range s.boxes() {
			w.box(b)
		}
	}
	w.line("</svg>")
	return w.String()
}

type writer struct{ strings.Builder }

func (w *writer) line(format string, args ...any) {
	fmt.Fprintf(w, format, args...)
	w.WriteByte('\n')
}

// lines draws those that were made or are offered last, so that they lie on top.
func (w *writer) lines(p *picture) {
	w.line(`<g class="lines" fill="none" stroke="#66727e" stroke-width="1.3">`)
	for l := plain; l <= possible; l++ {
		for i := range p.lines {
			if p.lines[i].look == l {
				w.way(&p.lines[i])
			}
		}
	}
	w.line(`</g>`)
}

// looks are the class, the colour and the further attributes of lines.
var looks = map[look]struct{ class, colour, attributes string }{
	plain:       {"line", "#66727e", ""},
	fromOutside: {"line outside", "#66727e", ` stroke-dasharray="2 3"`},
	done:        {"line done", "#1c6b40", ` stroke="#1c6b40" stroke-width="2.6"`},
	possible:    {"line possible", "#0b4f9c", ` stroke="#0b4f9c" stroke-width="2.6" stroke-dasharray="8 3"`},
}

func (w *writer) way(l *line) {
	look := looks[l.look]
	paths := make([]string, len(l.ways))
	for i, way := range l.ways {
		last := len(way) - 1
		paths[i] = pathOf(append(slices.Clone(way[:last]), towards(way[last], way[last-1], headLength/2)))
	}
	w.line(`<path class="%s" data-from="%s" data-to="%s"%s d="%s"/>`,
		look.class, clean(strings.Join(l.from, " ")), clean(l.to), look.attributes, strings.Join(paths, ""))
	way := l.ways[0]
	if len(l.from) == 0 {
		w.line(`<circle class="%s" cx="%s" cy="%s" r="4" fill="%s" stroke="none"/>`,
			look.class, number(way[0].x), number(way[0].y), look.colour)
	}
	w.line(`<path class="%s" fill="%s" stroke="none" d="%s"/>`, look.class, look.colour, head(way[len(way)-2], way[len(way)-1]))
}

const headLength = 9.0

// head is an arrow's head that ends at a point, coming from another on the same level or the same plumb line.
func head(from, to point) string {
	const half = 4.5
	dx, dy := float64(sign(to.x-from.x)), float64(sign(to.y-from.y))
	base := point{to.x - dx*headLength, to.y - dy*headLength}
	return fmt.Sprintf("M%s %sL%s %sL%s %sZ", number(to.x), number(to.y),
		number(base.x-dy*half), number(base.y+dx*half), number(base.x+dy*half), number(base.y-dx*half))
}

// pathOf draws a line through points at right angles, its corners rounded.
func pathOf(points []point) string {
	const radius = 7.0
	var path strings.Builder
	fmt.Fprintf(&path, "M%s %s", number(points[0].x), number(points[0].y))
	for i := 1; i < len(points)-1 && points[1] != points[2]; i++ {
		before, at, after := points[i-1], points[i], points[i+1]
		r := min(radius, distance(before, at)/2, distance(at, after)/2)
		enter, leave := towards(at, before, r), towards(at, after, r)
		fmt.Fprintf(&path, "L%s %sQ%s %s %s %s", number(enter.x), number(enter.y), number(at.x), number(at.y), number(leave.x), number(leave.y))
	}
	last := points[len(points)-1]
	fmt.Fprintf(&path, "L%s %s", number(last.x), number(last.y))
	return path.String()
}

func distance(a, b point) float64 { return max(a.x-b.x, b.x-a.x) + max(a.y-b.y, b.y-a.y) }

func towards(from, to point, length float64) point {
	return point{from.x + float64(sign(to.x-from.x))*length, from.y + float64(sign(to.y-from.y))*length}
}

func (w *writer) text(l label) {
	size, spacing, look := labelSize, labelLine, ` fill="#33404d"`
	switch l.class {
	case "heading":
		size, spacing, look = headingSize, headingLine, ` font-weight="bold"`
	case "strand":
		size, look = strandSize, ` font-weight="bold"`
	}
	if l.end {
		look += ` text-anchor="end"`
	}
	fmt.Fprintf(w, `<text class="%s" font-size="%s"%s>`, l.class, number(size), look)
	for i, text := range l.lines {
		y := l.y - spacing*float64(len(l.lines)-1-i)
		fmt.Fprintf(w, `<tspan x="%s" y="%s">%s</tspan>`, number(l.x), number(y), clean(text))
	}
	w.line(`</text>`)
}

func (w *writer) box(b *box) {
	w.line(`<g class="%s" data-strand="%s" data-state="%s">`, b.classes(), clean(b.node.Strand), clean(b.node.ID))
	corner, fill, stroke, thick := 7.0, "#ffffff", "#2b3a4a", 1.4
	switch {
	case b.current:
		fill, stroke, thick = "#fff4cc", "#16202b", 4
	case b.done:
		fill, stroke = "#e4f2e9", "#1c6b40"
	case b.node.Kind == workflow.End:
		fill = "#eef1f4"
	}
	if b.node.Kind == workflow.End {
		corner = min(b.height/2, 20)
	}
	w.line(`<rect x="%s" y="%s" width="%s" height="%s" rx="%s" fill="%s" stroke="%s" stroke-width="%s"/>`,
		number(b.x), number(b.y), number(boxWidth), number(b.height), number(corner), fill, stroke, number(thick))
	if isAtGoal(b.node) {
		const inset = 3.5
		w.line(`<rect class="inner" x="%s" y="%s" width="%s" height="%s" rx="5" fill="none" stroke="%s"/>`,
			number(b.x+inset), number(b.y+inset), number(boxWidth-2*inset), number(b.height-2*inset), stroke)
	}
	w.boxText(b)
	w.line(`</g>`)
}

func (b *box) classes() string {
	classes := "state " + b.node.Kind
	switch {
	case b.current:
		classes += " current"
	case b.done:
		classes += " done"
	}
	return clean(classes)
}

func (w *writer) boxText(b *box) {
	type row struct {
		class, look, text string
		size, height      float64
	}
	var rows []row
	if b.badge != "" {
		rows = append(rows, row{"badge", ` fill="#33404d"`, b.badge, smallSize, labelLine})
	}
	for _, text := range b.title {
		rows = append(rows, row{"name", ` font-weight="bold"`, text, titleSize, titleLine})
	}
	for _, text := range b.notes {
		rows = append(rows, row{"note", ` fill="#33404d"`, text, smallSize, labelLine})
	}
	total := 0.0
	for _, r := range rows {
		total += r.height
	}
	y := b.y + (b.height-total)/2
	for _, r := range rows {
		y += r.height
		w.line(`<text class="%s" x="%s" y="%s" font-size="%s"%s>%s</text>`, r.class, number(b.x+boxPadding), number(y-4), number(r.size), r.look, clean(r.text))
	}
}

// number writes a length with at most one decimal.
func number(x float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", x), ".0")
}

// clean escapes a text for XML and replaces what XML cannot hold.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case r < ' ' || r == 0xFFFE || r == 0xFFFF:
			return '�'
		default:
			return r
		}
	}, strings.ToValidUTF8(text, "�"))
	return html.EscapeString(text)
}
