package workflow

import (
	"encoding/json"
	"slices"

	"hejnal/workflow/calendar"
)

// keptInput is an input as it is kept, with how it is written in the definition.
type keptInput struct {
	raw    json.RawMessage
	source InputSource
}

// draft is an accepted command on its way to a change.
type draft struct {
	c        *Case
	t        *Transition
	v        *view // of the case as it was
	command  Command
	kept     map[string]keptInput
	way      way
	from, to string
	warnings []Blocker
	after    *Proposal

	correcting *correcting // nil: it corrects no entry
}

func (d *draft) change() (*Change, *Refusal) {
	change := &Change{Before: d.c.Proposal, After: d.c.Proposal.clone()}
	d.after = &change.After
	change.Act = d.act()
	d.place(&change.Act)
	d.register()
	d.apply(d.t.effect)
	d.apply(d.way.effect)
	d.correct()
	if d.t.Call != callImport { // what was concluded before the program waits for nobody
		change.Tasks = d.c.syncTasks(d.after, d.t, d.v)
	}
	change.Read = d.scopes()
	change.Hold, change.Release = differences(d.c.Proposal.Holds, d.after.Holds)
	change.Personal = d.personal()
	if d.public() {
		change.Public = &Public{Inputs: d.publicInputs()}
	}
	for _, opening := range []*opening{d.t.opening, d.way.opening} {
		if opening == nil {
			continue
		}
		opened, refusal := d.open(opening, change)
		if refusal != nil {
			return nil, refusal
		}
		change.Opened = append(change.Opened, opened)
	}
	return change, nil
}

// scopes lists the fact scopes that the decision rests on, sorted, as the case was when they were loaded.
func (d *draft) scopes() []string {
	v := d.c.view()
	v.transition, v.inputs = d.t, d.v.inputs
	scopes := d.correcting.scopes(d.t.scopes(nil, v))
	slices.Sort(scopes)
	return scopes
}

func (d *draft) act() Act {
	now := d.c.Moment
	act := Act{
		ID: now.NewID(), ProposalID: d.after.ID, Seq: d.after.Seq + 1, Track: d.t.Strand, Transition: d.t.ID,
		Event: d.way.event, EventTitle: d.way.title, From: d.from, To: d.to,
		Actor:      Actor{User: d.command.By.ID, Role: d.v.role, OnBehalfOf: d.command.By.OnBehalfOf},
		OccurredOn: d.v.date, RecordedAt: now.Now, Inputs: map[string]json.RawMessage{},
		Comment: d.command.Comment, Justification: d.command.Justification, Warnings: d.warnings,
		Documents: d.documents(), Definition: d.c.Definition.Ref, Legacy: d.t.Call == "import",
	}
	for name, input := range d.kept {
		act.Inputs[name] = input.raw
	}
	return act
}

// documents are what the act was decided on: for each requirement, which any one of its kinds meets, the newest of them all.
func (d *draft) documents() []DocumentRef {
	refs := []DocumentRef{}
	for _, asked := range d.c.asked(d.t, d.v) {
		if asked.document.ID != "" && !slices.ContainsFunc(refs, func(r DocumentRef) bool { return r.ID == asked.document.ID }) {
			refs = append(refs, DocumentRef{ID: asked.document.ID, Kind: asked.document.Kind, SHA256: asked.document.SHA256})
		}
	}
	return refs
}

// place moves the case to where the act leads, and notes who did what when.
func (d *draft) place(act *Act) {
	p := d.after
	p.Seq, p.Version, p.UpdatedAt, p.LastAct = act.Seq, p.Version+1, act.RecordedAt, act.ID
	if d.t.Strand == Route {
		p.State = d.to
		if state, ok := d.c.Definition.State(Route, d.to); ok {
			p.Stage = state.Stage
		}
	} else {
		p.Tracks[d.t.Strand] = d.to
	}
	if d.way.to != "=" {
		since := act.OccurredOn
		if d.from == d.to {
			since = calendar.Max(since, p.Since[d.t.Strand])
		}
		p.Since[d.t.Strand] = since
	}
	p.LastOn[d.t.ID] = act.OccurredOn
	p.LastBy[d.t.ID] = []string{act.Actor.User}
	if act.Actor.OnBehalfOf != "" {
		p.LastBy[d.t.ID] = append(p.LastBy[d.t.ID], act.Actor.OnBehalfOf)
	}
	for i := range p.Documents {
		if slices.ContainsFunc(act.Documents, func(r DocumentRef) bool { return r.ID == p.Documents[i].ID }) {
			p.Documents[i].Used = true
		}
	}
}

// apply makes an effect; its expressions see the case as it was before the act.
func (d *draft) apply(e *effect) {
	if e == nil {
		return
	}
	p := d.after
	for _, a := range e.record {
		if value, err := a.value.eval(d.v); err == nil {
			p.Record[a.variable] = recordable(value.Value())
		}
	}
	for track, state := range e.Tracks {
		p.Tracks[track] = state
		p.Since[track] = d.v.date
	}
	if e.NewRound {
		p.Round++
	}
	for _, id := range e.Stop {
		p.stopClock(d.c.Definition.numbers[id], d.t.ID, d.v.date)
	}
	for _, s := range e.starts {
		if slices.Contains(s.clock.MetBy, d.t.ID) { // it keeps one term and starts the next
			p.stopClock(s.clock, d.t.ID, d.v.date)
		}
		p.startClock(s.clock, date(s.on.textOf(d.v)))
	}
	for _, label := range e.Release {
		p.Holds = slices.DeleteFunc(p.Holds, func(h Hold) bool { return h.Label == label })
	}
	for _, h := range e.holds {
		held := Hold{Scope: h.scope.textOf(d.v), Label: h.label}
		if held.Scope != "" && !slices.Contains(p.Holds, held) {
			p.Holds = append(p.Holds, held)
		}
	}
}

// public reports whether anybody may know of the act; a correction is as public as what it corrects.
func (d *draft) public() bool {
	return d.t.Public || d.correcting != nil && d.correcting.named.PublicID != ""
}

// personal lists the inputs whose values are personal; a correction is as personal as what it corrects may be.
func (d *draft) personal() []string {
	var names []string
	for name, input := range d.kept {
		if input.source.Personal || input.source.Type == "value" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// publicInputs are the inputs that anybody may know. Of a correction that is which entry it corrects, under the id by which the
// public knows it, and where and how only if the part is public itself.
func (d *draft) publicInputs() map[string]any {
	public := map[string]any{}
	for name, input := range d.kept {
		switch kind := input.source.Type; {
		case kind == "transition" && d.correcting != nil:
			public[name] = d.correcting.named.PublicID
		case kind == "pointer" || kind == "value":
			if d.correcting != nil && d.correcting.part != nil && d.correcting.part.public {
				public[name] = input.raw
			}
		case input.source.Public && !input.source.Personal:
			public[name] = input.raw
		}
	}
	return public
}

// differences compares what a case held before with what it holds after.
func differences(before, after []Hold) (held, released []Hold) {
	for _, h := range after {
		if !slices.Contains(before, h) {
			held = append(held, h)
		}
	}
	for _, h := range before {
		if !slices.Contains(after, h) {
			released = append(released, h)
		}
	}
	return held, released
}
