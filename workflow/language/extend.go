package language

import (
	"fmt"
	"maps"
	"slices"

	"hejnal/workflow"
)

// extend adds one extension to every transition of its id.
func (c *composer) extend(source *workflow.Source, doc *document, index int, with *extension) {
	path := fmt.Sprintf("$.extend[%d]", index)
	var found int
	ids := map[string]bool{}
	for _, strand := range strands(source) {
		for i := range strand.Transitions {
			transition := &strand.Transitions[i]
			ids[transition.ID] = true
			if transition.ID == with.Transition {
				found++
				adder := &adder{composer: c, doc: doc, path: path, to: transition}
				adder.add(with)
			}
		}
	}
	switch {
	case with.Transition == "":
		c.report(doc, path, "the key %q is missing", "transition")
	case found == 0 && !with.Optional:
		c.report(doc, path+".transition", "the form %s has no transition %q to extend%s",
			c.form.Form, with.Transition, suggestion(with.Transition, slices.Sorted(maps.Keys(ids))))
	}
}

// adder adds an extension, written at a path of a document, to one transition.
type adder struct {
	composer *composer
	doc      *document
	path     string
	to       *workflow.TransitionSource
}

func (a *adder) add(with *extension) {
	to := a.to
	if with.Basis != "" {
		to.Basis = with.Basis
	}
	to.Inputs = appended(a, "inputs", to.Inputs, with.Inputs)
	to.Documents = appended(a, "documents", to.Documents, with.Documents)
	to.Checks = appended(a, "checks", to.Checks, with.Checks)
	to.Rules = appended(a, "rules", to.Rules, with.Rules)
	to.NotBy = appended(a, "not_by", to.NotBy, with.NotBy)
	a.merge(&to.Then, &with.Then)
}

// appended returns a new list, and notes where its new members are written.
func appended[T any](a *adder, list string, to, more []T) []T {
	if len(more) == 0 {
		return to
	}
	for i := range more {
		a.move(fmt.Sprintf("%s[%d]", list, len(to)+i), fmt.Sprintf("%s[%d]", list, i))
	}
	return slices.Concat(to, more)
}

func (a *adder) move(sub, written string) {
	a.composer.movePart(a.to.Origin, sub, workflow.Origin{File: a.doc.name, Path: join(a.path, written)})
}

func (a *adder) merge(to, more *workflow.EffectSource) {
	to.Record = a.mergeMap("record", to.Record, more.Record)
	to.Tracks = a.mergeMap("tracks", to.Tracks, more.Tracks)
	to.NewRound = to.NewRound || more.NewRound
	to.Start = appended(a, "then.start", to.Start, more.Start)
	to.Stop = appended(a, "then.stop", to.Stop, more.Stop)
	to.Hold = appended(a, "then.hold", to.Hold, more.Hold)
	to.Release = appended(a, "then.release", to.Release, more.Release)
	a.mergeText("ends_entry", &to.EndsEntry, more.EndsEntry)
	a.mergeText("register_since", &to.RegisterSince, more.RegisterSince)
	a.mergeText("register_until", &to.RegisterUntil, more.RegisterUntil)
	if more.Open == nil {
		return
	}
	if to.Open != nil {
		a.composer.report(a.doc, join(a.path, "then.open"), "the transition %q opens a proposal already", a.to.ID)
		return
	}
	a.move("then.open", "then.open")
	to.Open = more.Open
}

func (a *adder) mergeText(name string, to *string, more string) {
	written := "then." + name
	switch {
	case more == "":
	case *to != "":
		a.composer.report(a.doc, join(a.path, written), "the transition %q sets %s already", a.to.ID, name)
	default:
		*to = more
		a.move(written, written)
	}
}

func (a *adder) mergeMap(name string, to, more map[string]string) map[string]string {
	if len(more) == 0 {
		return to
	}
	merged := maps.Clone(to)
	if merged == nil {
		merged = map[string]string{}
	}
	for _, key := range slices.Sorted(maps.Keys(more)) {
		written := "then." + name + "." + key
		if _, taken := merged[key]; taken {
			a.composer.report(a.doc, join(a.path, written), "the transition %q sets %s already", a.to.ID, key)
			continue
		}
		merged[key] = more[key]
		a.move(written, written)
	}
	return merged
}
