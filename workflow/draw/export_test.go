package draw

import "strings"

// Rect is the place of a part of a drawing.
type Rect struct {
	What       string
	X, Y, W, H float64
}

// Segment is a straight piece of a line. Lines of one bundle arrive at one place.
type Segment struct {
	X1, Y1, X2, Y2     float64
	ArrivalX, ArrivalY float64
}

// Geometry lays a graph out and tells where everything is. Texts are those in boxes.
func Geometry(g Graph, lang string) (canvas Rect, boxes, labels, texts []Rect, segments []Segment) {
	p := newPicture(&g, Options{Lang: lang})
	canvas = Rect{What: "canvas", W: p.width, H: p.height}
	for _, s := range p.sheets {
		for _, b := range s.boxes() {
			boxes = append(boxes, Rect{b.node.Strand + "/" + b.node.ID, b.x, b.y, boxWidth, b.height})
			for _, text := range b.title {
				texts = append(texts, Rect{What: text, W: textWidth(text, titleSize) * bold})
			}
			for _, text := range b.notes {
				texts = append(texts, Rect{What: text, W: textWidth(text, smallSize)})
			}
		}
	}
	for _, l := range p.labels {
		labels = append(labels, l.rect())
	}
	for _, l := range p.lines {
		for _, way := range l.ways {
			for i := 1; i < len(way); i++ {
				end := way[len(way)-1]
				segments = append(segments, Segment{way[i-1].x, way[i-1].y, way[i].x, way[i].y, end.x, end.y})
			}
		}
	}
	return canvas, boxes, labels, texts, segments
}

func (l label) rect() Rect {
	place := l.place()
	return Rect{strings.Join(l.lines, " "), place.x, place.y, place.width, place.height}
}

// BoxTextWidth is the room for text in a box.
const BoxTextWidth = boxTextWidth

// Order returns the ids of a strand's rows and of its lane.
func Order(g Graph, strand, start string) (rows, lane []string) {
	placed := order(g.nodesOf(strand), g.edgesOf(strand), start)
	for _, node := range placed.rows {
		rows = append(rows, node.ID)
	}
	for _, node := range placed.lane {
		lane = append(lane, node.ID)
	}
	return rows, lane
}

// Wrap breaks a text into lines of a width.
func Wrap(text string, size, width float64) []string { return wrap(text, size, width) }

// TextWidth is the width of a line.
func TextWidth(text string, size float64) float64 { return textWidth(text, size) }
