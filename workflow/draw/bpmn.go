package draw

import (
	"fmt"
	"slices"

	"hejnal/workflow"
)

// BPMN writes the graph as a BPMN 2.0 drawing that modelling tools open, laid out like the SVG. It is a picture and cannot
// be executed: a strand is a pool, a state a task, a step a conditional flow named after it, and where the route sets the
// state of a track there is a message flow from the route. A graph without a route gives an empty drawing.
func BPMN(g Graph, lang string) string {
	p := newPicture(&g, Options{Lang: lang})
	d := &bpmn{picture: p, graph: &g, lang: lang, names: g.names()}
	d.collect()
	w := &writer{}
	w.line(`<?xml version="1.0" encoding="UTF-8"?>`)
	w.line(`<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" ` +
		`xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" ` +
		`id="definitions" targetNamespace="urn:hejnal:workflow">`)
	d.collaboration(w)
	for _, s := range p.sheets {
		d.process(w, s)
	}
	d.diagram(w)
	w.line(`</definitions>`)
	return w.String()
}

// bpmn is a drawing on its way to BPMN.
type bpmn struct {
	picture *picture
	graph   *Graph
	lang    string
	names   map[[2]string]string
	flows   []flow
	marks   []mark
}

// flow is an arrow between two elements.
type flow struct {
	id, name, condition string
	strand              string
	from, to            string // ids of elements
	message             bool
	way                 []point
	label               *rectangle
}

// mark is a start or an end event.
type mark struct {
	id, strand string
	end        bool
	at         rectangle
}

const markSize = 16.0

func (d *bpmn) id(b *box) string {
	return "state_" + d.names[[2]string{b.node.Strand, b.node.ID}]
}

func pool(strand string) string { return "pool_" + plainName(strand) }

// collect turns the edges of the graph into flows and gives starts and ends their events.
func (d *bpmn) collect() {
	for _, s := range d.picture.sheets {
		if s.start != nil && s.start.row == 0 {
			d.start(s)
		}
		for _, edge := range d.graph.edgesOf(s.strand.ID) {
			if edge.From != "" || s.strand.ID != d.graph.Strands[0].ID {
				d.flows = append(d.flows, d.flow(s, edge))
			}
		}
		for _, b := range s.boxes() {
			if b.node.Kind == workflow.End {
				d.end(s, b)
			}
		}
	}
	for i := range d.flows {
		d.flows[i].id = fmt.Sprintf("flow_%d", i+1)
	}
}

func (d *bpmn) start(s *sheet) {
	m := mark{id: "start_" + plainName(s.strand.ID), strand: s.strand.ID}
	x := s.start.x + arrowIndent
	m.at = rectangle{x - markSize/2, s.start.y - startHeight, markSize, markSize}
	d.marks = append(d.marks, m)
	d.flows = append(d.flows, flow{strand: s.strand.ID, from: m.id, to: d.id(s.start), way: []point{{x, m.at.y + markSize}, {x, s.start.y}}})
}

// end puts an end event below the right end of a box, in the gap that is there.
func (d *bpmn) end(s *sheet, b *box) {
	const indent, gap = 14.0, 4.0
	m := mark{id: "end_" + d.names[[2]string{b.node.Strand, b.node.ID}], strand: s.strand.ID, end: true}
	x, bottom := b.x+boxWidth-indent, b.y+b.height
	m.at = rectangle{x - markSize/2, bottom + gap, markSize, markSize}
	d.marks = append(d.marks, m)
	d.flows = append(d.flows, flow{strand: s.strand.ID, from: d.id(b), to: m.id, way: []point{{x, bottom}, {x, bottom + gap}}})
}

func (d *bpmn) flow(s *sheet, edge Edge) flow {
	from, to := s.box(edge.From), s.box(edge.To)
	f := flow{strand: edge.Strand, name: edge.Title.In(d.lang), condition: edge.Transition, to: d.id(to)}
	if from == nil {
		f.message, f.from = true, pool(d.graph.Strands[0].ID)
	} else {
		f.from = d.id(from)
	}
	if from == to {
		f.way = loop(to)
		return f
	}
	for _, b := range s.bundles {
		title := slices.Index(b.titles, f.name)
		i := slices.IndexFunc(b.from, func(m *member) bool { return m.box == from })
		if b.to == to && title >= 0 && i >= 0 {
			f.way, f.label = d.picture.way(b, b.from[i]), d.labelOf(b, title)
		}
	}
	return f
}

// loop is a way from the upper edge of a box, near its right end, back to its right side.
func loop(b *box) []point {
	const reach = 9.0
	x, right := b.x+boxWidth-2*reach, b.x+boxWidth
	return []point{{x, b.y}, {x, b.y - reach}, {right + reach, b.y - reach}, {right + reach, b.y + reach}, {right, b.y + reach}}
}

// labelOf is the place of one title among the labels of a bundle.
func (d *bpmn) labelOf(b *bundle, title int) *rectangle {
	whole := d.picture.label(b)
	last := len(b.labels)
	if title+1 < len(b.first) {
		last = b.first[title+1]
	}
	place := whole.place()
	place.y += labelLine * float64(b.first[title])
	place.height = labelLine * float64(last-b.first[title])
	return &place
}
