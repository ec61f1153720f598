package check

import (
	"fmt"
	"maps"
	"slices"
)

// past is what the journal tells of one proposal.
type past struct {
	id         string
	definition *definition
	steps      []step            // in order; step i made version i+1
	states     map[string]string // strand → state, as it stands
	acts       int64
	opener     *entry // the act of another proposal that opened it; nil: a command of its own
}

// step is something that raised the version: a transition, or a document that was attached.
type step struct {
	entry  *entry
	states map[string]string // after it
}

// at returns how the strands stood at a version.
func (p *past) at(version int64) map[string]string {
	if version < 1 || version > int64(len(p.steps)) {
		return nil
	}
	return p.steps[version-1].states
}

// versionOf is the version that an entry made, 0 for none.
func (p *past) versionOf(e *entry) int64 {
	at, found := slices.BinarySearchFunc(p.steps, e.pos, func(s step, pos int64) int { return int(s.entry.pos - pos) })
	if !found {
		return 0
	}
	return int64(at) + 1
}

// paths follows each proposal through its definition, and holds the case against where that leads.
func (c *checker) paths() {
	c.histories = map[string]*past{}
	var last *entry // the last transition in the journal
	for _, e := range c.found.entries {
		if e.kind != "transition" && e.kind != "document" {
			continue
		}
		p := c.histories[e.proposal]
		if p == nil {
			p = &past{id: e.proposal, states: map[string]string{}}
			c.histories[e.proposal] = p
			if last != nil && last.proposal != e.proposal && c.opened(last, e) {
				p.opener = last
			}
		}
		if e.kind == "transition" {
			c.act(p, e)
			if last = e; p.opener != nil && p.acts == 1 {
				last = p.opener // which may have opened more
			}
		}
		p.steps = append(p.steps, step{entry: e, states: maps.Clone(p.states)})
	}
	c.report.Proposals = len(c.histories)
	for id, p := range c.histories {
		if known := c.found.cases[id]; known == nil {
			c.report.add(Lost, "", "the journal tells of proposal %s, which is no case", id)
		} else {
			c.standing(p, known)
		}
	}
	for id := range c.found.cases {
		if c.histories[id] == nil {
			c.report.add(Phantom, "", "case %s has no history", id)
		}
	}
}

// opened tells whether one act opened the case whose first act is the other: it is of the same moment and may do so.
func (c *checker) opened(by, first *entry) bool {
	if by.at != first.at || first.seq != 1 {
		return false
	}
	d := c.definitions[by.event.Data.Definition.Digest]
	return d != nil && slices.ContainsFunc(d.transitions, func(t transition) bool {
		return t.ID == by.event.Data.Transition && (t.Then.Open != nil || slices.ContainsFunc(t.Outcomes, func(o outcome) bool { return o.Then.Open != nil }))
	})
}

// act makes one transition of a proposal.
func (c *checker) act(p *past, e *entry) {
	told := e.event.Data
	where := fmt.Sprintf("pos %d, seq %d of %s", e.pos, e.seq, e.proposal)
	p.acts++
	d := c.definitions[told.Definition.Digest]
	if d == nil || d.form != told.Form {
		c.report.add(Path, where, "the definition %s of form %s is not known", told.Definition.Digest, told.Form)
		return
	}
	if p.definition == nil {
		p.definition = d
		maps.Copy(p.states, d.start)
		if told.From == "" { // as the first act has it
			p.states[told.Track] = ""
		}
	}
	if p.definition != d {
		c.report.add(Path, where, "the act was made under another definition than the case began under")
	}
	if told.From != p.states[told.Track] {
		c.report.add(Path, where, "%s leaves %q on %s, which stood in %q", told.Transition, told.From, told.Track, p.states[told.Track])
	}
	t, after := d.follow(told, p.states)
	if t == nil {
		c.report.add(Path, where, "the definition has no way %s on %s: %s from %q to %q with tracks %v",
			told.Transition, told.Track, told.Event, told.From, told.To, told.Tracks)
		after = told.strands()
	}
	p.states = after
	if t != nil && c.isPublic(t, told) != e.publicPos.Valid {
		c.report.add(Path, where, "%s is marked public: %v, has a public event: %v", told.Transition, !e.publicPos.Valid, e.publicPos.Valid)
	}
	if stage := d.states[route][after[route]].Stage; told.Stage != stage {
		c.report.add(Path, where, "the stage is %q, of state %s it is %q", told.Stage, after[route], stage)
	}
}

// isPublic tells whether an act is told to the public: its transition is marked so, or the act it is about is told.
func (c *checker) isPublic(t *transition, told data) bool {
	if t.Public {
		return true
	}
	for _, asked := range t.Inputs {
		id, named := told.Inputs[asked.Name].(string)
		about := c.found.byID[id]
		if !named || asked.Type != "transition" || about == nil {
			continue
		}
		return about.publicPos.Valid
	}
	return false
}

// strands is how the strands stand after an act, as its event tells it.
func (d data) strands() map[string]string {
	states := map[string]string{route: d.State}
	maps.Copy(states, d.Tracks)
	return states
}

// follow finds the way of an act, and how the strands stand after it.
func (d *definition) follow(told data, before map[string]string) (*transition, map[string]string) {
	claimed := told.strands()
	for i := range d.transitions {
		t := &d.transitions[i]
		if t.ID != told.Transition || t.strand != told.Track {
			continue
		}
		imported := t.Call == "import" // which may begin in any state
		if t.Call == "open" || imported {
			if told.From != "" || told.Seq != 1 {
				continue
			}
		} else if !d.leaves(t, told.From) {
			continue
		}
		for _, w := range t.ways() {
			to := w.to
			switch {
			case imported:
				to = told.To
			case to == "=":
				to = told.From
			case to == "" && t.Call == "open":
				to = d.start[told.Track]
			}
			after := maps.Clone(before)
			maps.Copy(after, w.tracks)
			after[told.Track] = to
			if imported {
				after = claimed
			}
			if w.event == told.Event && to == told.To && maps.Equal(after, claimed) {
				return t, after
			}
		}
	}
	return nil, nil
}

// standing holds a case against its history.
func (c *checker) standing(p *past, k *kept) {
	where := fmt.Sprintf("case %s", k.id)
	tracks := maps.Clone(p.states)
	delete(tracks, route)
	if k.state != p.states[route] || k.body.State != k.state || !maps.Equal(k.body.Tracks, tracks) {
		c.report.add(Path, where, "the case stands in %s %v, its history leads to %s %v", k.state, k.body.Tracks, p.states[route], tracks)
	}
	if version := int64(len(p.steps)); k.version != version || k.body.Version != version {
		c.report.add(Altered, where, "the case has version %d, its history makes %d", k.version, version)
	}
	lastAct := ""
	for _, s := range p.steps {
		if s.entry.kind == "transition" {
			lastAct = s.entry.id
		}
	}
	if k.body.Seq != p.acts || k.body.LastAct != lastAct {
		c.report.add(Altered, where, "the case ends with act %d %s, its history with %d %s", k.body.Seq, k.body.LastAct, p.acts, lastAct)
	}
	if p.definition == nil {
		return
	}
	stage := p.definition.states[route][k.state].Stage
	if k.body.ID != k.id || k.form != p.definition.form || k.body.Form != k.form || k.stage != stage || k.body.Stage != stage {
		c.report.add(Altered, where, "the case is of form %s in stage %s, its history of %s in %s", k.form, k.stage, p.definition.form, stage)
	}
}
