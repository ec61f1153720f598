package workflow

import (
	"slices"
	"strings"

	"hejnal/workflow/calendar"
)

// effectsOf lists what an act brought about besides where it led.
func (d *Definition) effectsOf(act Act) []*effect {
	for _, t := range d.named[act.Transition] {
		if !t.made(act) {
			continue
		}
		effects := []*effect{t.effect}
		for _, way := range t.ways {
			if way.event == act.Event && way.effect != nil {
				effects = append(effects, way.effect)
			}
		}
		return effects
	}
	return nil
}

// last is the last act of the case that something is true of, with it.
func (k *correcting) last(is func(Act) bool) (Act, bool) {
	for _, act := range slices.Backward(k.acts) {
		if is(act.Act) {
			return act.Act, true
		}
	}
	return Act{}, false
}

// isLast reports whether the corrected act is the last one that something is true of.
func (k *correcting) isLast(is func(Act) bool) bool {
	act, found := k.last(is)
	return found && act.ID == k.before.ID
}

// sets reports whether an act set a variable.
func (k *correcting) sets(variable string) func(Act) bool {
	return func(act Act) bool {
		return slices.ContainsFunc(k.c.Definition.effectsOf(act), func(e *effect) bool {
			return slices.ContainsFunc(e.record, func(a assignment) bool { return a.variable == variable })
		})
	}
}

// keeps reports whether a variable says now what it said when the act was made, or is a list that the act adds to: of it is
// judged what others have added.
func (k *correcting) keeps(variable string) bool {
	act, set := k.last(k.sets(variable))
	if !set || act.Seq < k.before.Seq {
		return true
	}
	if k.c.Definition.kindOf(variable) != "texts" {
		return false
	}
	return slices.ContainsFunc(k.t.effects(), func(e *effect) bool {
		return slices.ContainsFunc(e.record, func(a assignment) bool { return a.variable == variable && k.reads(a.value) })
	})
}

func (d *Definition) kindOf(variable string) string {
	i := slices.IndexFunc(d.record, func(v Variable) bool { return v.Name == variable })
	if i < 0 {
		return ""
	}
	return d.record[i].Type
}

// follows reports whether an expression can be evaluated once more for the corrected act: it reads the act, the record and
// what never changes.
func follows(e *Expression) bool {
	return !slices.ContainsFunc(e.reads, func(name string) bool {
		group, _, _ := strings.Cut(name, ".")
		return !slices.Contains([]string{"inputs", "given", "record", "constants", "city"}, group) && name != "act.date" && name != "proposal.form"
	})
}

// assigned are the variables of the kinds that the act set by what the command changes. Yes/no variables are never among them:
// the ways of the case depend on them as its definition was proved.
func (k *correcting) assigned(list bool) []assignment {
	var found []assignment
	for _, e := range k.c.Definition.effectsOf(k.before) {
		for _, a := range e.record {
			kind := k.c.Definition.kindOf(a.variable)
			if kind != "bool" && list == (kind == "texts") && k.reads(a.value) && follows(a.value) {
				found = append(found, a)
			}
		}
	}
	return found
}

// views are what expressions see of the act before and after the command, over a record.
func (k *correcting) views(p *Proposal) (before, after *view) {
	was, _ := k.t.seen(k.before)
	is, _ := k.t.seen(k.after)
	return k.view(p, k.before, was), k.view(p, k.after, is)
}

// added gives what the act adds to a list, before and after the command.
func (k *correcting) added(a assignment) (before, after []string) {
	was, is := k.views(&Proposal{Form: k.c.Proposal.Form})
	return texts(a.value, was), texts(a.value, is)
}

func texts(e *Expression, v *view) []string {
	value, err := e.eval(v)
	if err != nil {
		return nil
	}
	items, _ := recordable(value.Value()).([]string)
	return items
}

// judged is what the conditions of the act's transition see: the corrected inputs, and of lists that the act added to what
// others added.
func (k *correcting) judged(inputs map[string]any) *view {
	p := k.c.Proposal.clone()
	for _, a := range k.assigned(true) {
		own, _ := k.added(a)
		present, _ := recorded(p.Record[a.variable]).([]string)
		p.Record[a.variable] = slices.DeleteFunc(slices.Clone(present), func(item string) bool { return slices.Contains(own, item) })
	}
	return k.view(&p, k.after, inputs)
}

// blockers collects what the rules of the act's transition have against the corrected part.
func (k *correcting) blockers() []Blocker {
	if k == nil || k.t == nil {
		return nil
	}
	var found []Blocker
	inputs, _ := k.t.seen(k.after)
	v := k.judged(inputs)
	for _, r := range k.t.rules {
		if k.concerns(r.holds) && !r.holds.holds(v) {
			found = append(found, k.c.failed(r, k.t))
		}
	}
	return found
}

// scopes adds the fact scopes that judging the corrected part reads to those that are known.
func (k *correcting) scopes(known []string) []string {
	if k == nil || k.t == nil {
		return known
	}
	inputs, _ := k.t.seen(k.after)
	v := k.judged(inputs)
	for _, f := range k.t.reads {
		if scope := f.scope.textOf(v); k.concerns(f.scope) && scope != "" && !slices.Contains(known, scope) {
			known = append(known, scope)
		}
	}
	return known
}

// correct brings into line with the corrected act what still stands as the act left it: variables, what the case holds, clocks,
// and the days that later acts and the register go by. States and yes/no variables stay as they are.
func (d *draft) correct() {
	k := d.correcting
	if k == nil || k.t == nil {
		return
	}
	if _, misplaced := k.misplaced(); misplaced { // since before such days were refused
		return
	}
	d.follow(k)
	if len(k.part.act.Corrections) > 0 { // corrections from before they took effect left all as the act was recorded
		recorded := *k
		recorded.before = k.part.act.Recorded
		d.follow(&recorded)
	}
}

// follow brings into line what stands as the act was before.
func (d *draft) follow(k *correcting) {
	changed := d.correctRecord(k)
	d.correctHolds(k)
	for _, clock := range d.c.Definition.Clocks {
		d.correctClock(k, clock, changed)
	}
	d.correctDays(k)
	d.correctRegister(k)
}

// correctRecord answers the variables that changed.
func (d *draft) correctRecord(k *correcting) (changed []string) {
	was, is := k.views(&d.c.Proposal)
	for _, a := range k.assigned(false) {
		before, err := a.value.eval(was)
		after, wrong := a.value.eval(is)
		present, _ := was.ofRecord(a.variable)
		if err != nil || wrong != nil || recordable(before.Value()) != present || !k.isLast(k.sets(a.variable)) {
			continue
		}
		d.after.Record[a.variable] = recordable(after.Value())
		changed = append(changed, a.variable)
	}
	for _, a := range k.assigned(true) {
		before, after := k.added(a)
		present, _ := recorded(d.after.Record[a.variable]).([]string)
		if len(before) != len(after) {
			continue
		}
		present = slices.Clone(present)
		for i, item := range before {
			if at := slices.Index(present, item); at >= 0 {
				present[at] = after[i]
			}
		}
		d.after.Record[a.variable] = present
		changed = append(changed, a.variable)
	}
	return changed
}

func (d *draft) correctHolds(k *correcting) {
	was, is := k.views(&d.c.Proposal)
	for _, e := range d.c.Definition.effectsOf(k.before) {
		for _, h := range e.holds {
			if !k.reads(h.scope) || !follows(h.scope) {
				continue
			}
			before, after := Hold{h.scope.textOf(was), h.label}, Hold{h.scope.textOf(is), h.label}
			if at := slices.Index(d.after.Holds, before); at >= 0 && after.Scope != "" && !slices.Contains(d.after.Holds, after) {
				d.after.Holds[at] = after
			}
		}
	}
}

// correctClock starts a clock anew that runs, or does not run, as the last act which concerned it left it, where its day follows
// from what the command changes.
func (d *draft) correctClock(k *correcting, clock *Clock, changed []string) {
	concerned := func(e *effect) bool {
		return slices.Contains(e.Stop, clock.ID) || slices.ContainsFunc(e.starts, func(s start) bool { return s.clock == clock })
	}
	by, found := k.last(func(act Act) bool { return slices.ContainsFunc(d.c.Definition.effectsOf(act), concerned) })
	if !found {
		return
	}
	starter := *k
	if by.ID != k.before.ID {
		starter.before, starter.after = by, by
		starter.t = d.c.Definition.transitionOf(by)
	}
	was, _ := starter.views(&d.c.Proposal)
	_, is := starter.views(d.after)
	for _, e := range d.c.Definition.effectsOf(by) {
		for _, s := range e.starts {
			own := by.ID == k.before.ID && k.reads(s.on)
			derived := slices.ContainsFunc(changed, func(variable string) bool { return slices.Contains(s.on.reads, "record."+variable) })
			if s.clock != clock || !own && !derived || !follows(s.on) {
				continue
			}
			before, after := date(s.on.textOf(was)), date(s.on.textOf(is))
			if before != after && before == d.after.runningSince(clock.ID) {
				d.after.startClock(clock, after)
			}
		}
	}
}

// correctDays moves the days on which the case came where it stands, and on which it was last done what the act does.
func (d *draft) correctDays(k *correcting) {
	if k.part.pointer != onDay || k.before.Transition == d.t.ID {
		return
	}
	before, after := k.before.OccurredOn, k.after.OccurredOn
	if d.after.LastOn[k.t.ID] == before && k.isLast(func(act Act) bool { return act.Transition == k.t.ID }) {
		d.after.LastOn[k.t.ID] = after
	}
	for _, strand := range d.c.Definition.Strands() {
		if d.after.Since[strand] == before && k.isLast(func(act Act) bool { return d.c.Definition.led(act, strand) }) {
			d.after.Since[strand] = after
		}
	}
}

// led reports whether an act led a strand to a state, be it the same one again.
func (d *Definition) led(act Act, strand string) bool {
	if act.From == "" {
		return false
	}
	t := d.transitionOf(act)
	moved := t != nil && t.Strand == strand && slices.ContainsFunc(t.ways, func(w way) bool { return w.event == act.Event && w.to != "=" })
	return moved || slices.ContainsFunc(d.effectsOf(act), func(e *effect) bool { return e.Tracks[strand] != "" })
}

// transitionOf is the transition by which an act was made; nil where the definition has none.
func (d *Definition) transitionOf(act Act) *Transition {
	i := slices.IndexFunc(d.named[act.Transition], func(t *Transition) bool { return t.made(act) })
	if i < 0 {
		return nil
	}
	return d.named[act.Transition][i]
}

// correctRegister moves the days of the entry in the register that the act gave it.
func (d *draft) correctRegister(k *correcting) {
	entry := &d.after.Register
	marks := func(mark string) func(Act) bool {
		return func(act Act) bool {
			state, _ := d.c.Definition.State(Route, act.To)
			return act.Track == Route && (act.From != act.To || act.From == "") && state.Register == mark
		}
	}
	first := slices.IndexFunc(k.acts, func(act CorrectedAct) bool { return marks(RegisterCurrent)(act.Act) })
	began := first >= 0 && k.acts[first].ID == k.before.ID
	ended := entry.Status == RegisterPast && k.isLast(marks(RegisterPast))
	if k.part.pointer == onDay {
		if began && entry.Since == k.before.OccurredOn {
			entry.Since, entry.SinceYear = k.after.OccurredOn, int(yearOf(k.after.OccurredOn))
		}
		if ended && entry.Until == k.before.OccurredOn {
			entry.Until, entry.UntilYear = k.after.OccurredOn, int(yearOf(k.after.OccurredOn))
		}
		return
	}
	was, is := k.views(&d.c.Proposal)
	dated := func(e *Expression, day *calendar.Date, year *int) {
		if e == nil || e.textOf(was) == e.textOf(is) {
			return
		}
		if before, of := known(e.textOf(was)); before == *day && of == *year {
			*day, *year = known(e.textOf(is))
		}
	}
	dated(k.t.effect.registerSince, &entry.Since, &entry.SinceYear)
	if ended {
		dated(k.t.effect.endsEntry, &entry.Until, &entry.UntilYear)
		dated(k.t.effect.registerUntil, &entry.Until, &entry.UntilYear)
	}
}
