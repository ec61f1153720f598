package workflow

import (
	"fmt"
	"maps"
	"slices"

	"cel.dev/cel-go/cel"
)

// effect is a compiled effect.
type effect struct {
	EffectSource
	record []assignment
	starts []start
	holds  []hold

	endsEntry                    *Expression
	registerSince, registerUntil *Expression
}

type assignment struct {
	variable string
	value    *Expression
}

type start struct {
	clock *Clock
	on    *Expression
}

type hold struct {
	label string
	scope *Expression
}

type opening struct {
	OpenSource
	form, title *Expression
}

func (c *compiler) effect(t *Transition, path string, written EffectSource) *effect {
	compiled := &effect{EffectSource: written}
	for _, name := range slices.Sorted(maps.Keys(written.Record)) {
		at := path + ".record." + name
		value := c.expression(t.Origin, at, written.Record[name], c.variableType(t, at, name))
		c.within(t, at, value)
		compiled.record = append(compiled.record, assignment{name, value})
	}
	c.tracksExist(t, path, written.Tracks)
	for i, s := range written.Start {
		at := fmt.Sprintf("%s.start[%d]", path, i)
		clock, ok := c.definition.numbers[s.Clock]
		if !ok {
			c.report("unknown_clock", t.Origin, at, "%s starts the clock %q, which does not exist", t.ID, s.Clock)
			continue
		}
		on := c.expression(t.Origin, at+".on", s.On, cel.StringType)
		c.within(t, at+".on", on)
		c.started[s.Clock] = true
		compiled.starts = append(compiled.starts, start{clock, on})
	}
	for i, id := range written.Stop {
		if _, ok := c.definition.numbers[id]; !ok {
			c.report("unknown_clock", t.Origin, fmt.Sprintf("%s.stop[%d]", path, i), "%s stops the clock %q, which does not exist", t.ID, id)
		}
	}
	for i, h := range written.Hold {
		at := fmt.Sprintf("%s.hold[%d].scope", path, i)
		scope := c.expression(t.Origin, at, h.Scope, cel.StringType)
		c.within(t, at, scope)
		compiled.holds = append(compiled.holds, hold{h.Label, scope})
	}
	compiled.endsEntry = c.expression(t.Origin, path+".ends_entry", written.EndsEntry, cel.StringType)
	c.within(t, path+".ends_entry", compiled.endsEntry)
	compiled.registerSince = c.registerDate(t, path+".register_since", written.RegisterSince)
	compiled.registerUntil = c.registerDate(t, path+".register_until", written.RegisterUntil)
	return compiled
}

func (c *compiler) registerDate(t *Transition, path, written string) *Expression {
	if written != "" && t.Call != callImport {
		c.report("not_imported", t.Origin, path, "%s dates an entry of the register; only what is imported needs that", t.ID)
	}
	told := c.expression(t.Origin, path, written, cel.StringType)
	c.within(t, path, told)
	return told
}

func (c *compiler) variableType(t *Transition, path, name string) *cel.Type {
	for _, part := range c.parts() {
		for _, variable := range part.Record {
			if variable.Name == name {
				return recordTypes[variable.Type]
			}
		}
	}
	c.report("unknown_variable", t.Origin, path, "%s sets record.%s, which no part declares", t.ID, name)
	return nil
}

func (c *compiler) tracksExist(t *Transition, path string, tracks map[string]string) {
	for _, track := range slices.Sorted(maps.Keys(tracks)) {
		if _, ok := c.definition.State(track, tracks[track]); !ok {
			c.report("unknown_state", t.Origin, path+".tracks."+track, "%s sets the track %s to %q, which it does not have", t.ID, track, tracks[track])
		}
	}
}

func (c *compiler) opening(t *Transition, path string, written *OpenSource) *opening {
	if written == nil {
		return nil
	}
	compiled := &opening{
		OpenSource: *written,
		form:       c.expression(t.Origin, path+".form", written.Form, cel.StringType),
		title:      c.expression(t.Origin, path+".title", written.Title, cel.StringType),
	}
	c.within(t, path+".form", compiled.form)
	c.within(t, path+".title", compiled.title)
	return compiled
}
