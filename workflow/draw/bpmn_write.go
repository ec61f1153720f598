package draw

import "slices"

// collaboration writes the pools and the messages between them.
func (d *bpmn) collaboration(w *writer) {
	w.line(`<collaboration id="collaboration">`)
	for _, s := range d.picture.sheets {
		title := s.strand.Title
		if title.IsZero() {
			title = d.graph.Title
		}
		w.line(`<participant id="%s" name="%s" processRef="process_%s"/>`, pool(s.strand.ID), clean(title.In(d.lang)), plainName(s.strand.ID))
	}
	for _, f := range d.flows {
		if f.message {
			w.line(`<messageFlow id="%s" name="%s" sourceRef="%s" targetRef="%s"/>`, f.id, clean(f.name), f.from, f.to)
		}
	}
	w.line(`</collaboration>`)
}

// process writes the elements of a strand.
func (d *bpmn) process(w *writer, s *sheet) {
	w.line(`<process id="process_%s" isExecutable="false">`, plainName(s.strand.ID))
	for _, m := range d.marksOf(s) {
		if m.end {
			w.line(`<endEvent id="%s"/>`, m.id)
		} else {
			w.line(`<startEvent id="%s"/>`, m.id)
		}
	}
	for _, b := range s.boxes() {
		w.line(`<task id="%s" name="%s"/>`, d.id(b), clean(b.node.Title.In(d.lang)))
	}
	for _, f := range d.flows {
		if f.strand != s.strand.ID || f.message {
			continue
		}
		w.line(`<sequenceFlow id="%s" name="%s" sourceRef="%s" targetRef="%s">`, f.id, clean(f.name), f.from, f.to)
		if f.condition != "" {
			w.line(`<conditionExpression>%s</conditionExpression>`, clean(f.condition))
		}
		w.line(`</sequenceFlow>`)
	}
	w.line(`</process>`)
}

func (d *bpmn) marksOf(s *sheet) []mark {
	return slices.DeleteFunc(slices.Clone(d.marks), func(m mark) bool { return m.strand != s.strand.ID })
}

// diagram writes where everything is. Pools have a band for their name at the left.
func (d *bpmn) diagram(w *writer) {
	const band, above, below = 30.0, 8.0, 24.0
	w.line(`<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="collaboration">`)
	for _, s := range d.picture.sheets {
		w.shape(pool(s.strand.ID), ` isHorizontal="true"`,
			rectangle{-band, s.top - above, d.picture.width + band, s.bottom - s.top + above + below})
		for _, m := range d.marksOf(s) {
			w.shape(m.id, "", m.at)
		}
		for _, b := range s.boxes() {
			w.shape(d.id(b), "", rectangle{b.x, b.y, boxWidth, b.height})
		}
	}
	for _, f := range d.flows {
		w.edge(f)
	}
	w.line(`</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`)
}

func (w *writer) shape(element, look string, at rectangle) {
	w.line(`<bpmndi:BPMNShape id="%s_di" bpmnElement="%s"%s>%s</bpmndi:BPMNShape>`, element, element, look, bounds(at))
}

func (w *writer) edge(f flow) {
	w.line(`<bpmndi:BPMNEdge id="%s_di" bpmnElement="%s">`, f.id, f.id)
	for _, p := range f.way {
		w.line(`<di:waypoint x="%s" y="%s"/>`, number(p.x), number(p.y))
	}
	if f.label != nil {
		w.line(`<bpmndi:BPMNLabel>%s</bpmndi:BPMNLabel>`, bounds(*f.label))
	}
	w.line(`</bpmndi:BPMNEdge>`)
}

func bounds(at rectangle) string {
	return `<dc:Bounds x="` + number(at.x) + `" y="` + number(at.y) + `" width="` + number(at.width) + `" height="` + number(at.height) + `"/>`
}
