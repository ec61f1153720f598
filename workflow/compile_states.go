package workflow

import (
	"fmt"
	"slices"

	"cel.dev/cel-go/cel"
)

func (c *compiler) states() {
	origin := Origin{File: "forms/" + c.source.Form + ".yaml", Path: "$"}
	for _, strand := range c.strands() {
		for _, written := range strand.States {
			c.state(strand.strand, written)
		}
	}
	if _, ok := c.definition.State(Route, c.source.Start); !ok {
		c.report("unknown_state", origin, "start", "the form starts in %q, which is no state of it", c.source.Start)
	}
	for _, track := range c.source.Tracks {
		c.definition.Tracks = append(c.definition.Tracks, Track{ID: track.ID, Title: track.Title, Start: track.Start})
		if _, ok := c.definition.State(track.ID, track.Start); !ok {
			c.report("unknown_state", Origin{File: "tracks/" + track.ID + ".yaml", Path: "$"}, "start",
				"the track starts in %q, which is no state of it", track.Start)
		}
	}
}

func (c *compiler) state(strand string, written StateSource) {
	if !idForm.MatchString(written.ID) {
		c.report("id", written.Origin, "id", "%q is no state id: use lower-case letters, digits and _", written.ID)
	}
	if _, twice := c.definition.State(strand, written.ID); twice {
		c.report("duplicate_state", written.Origin, "", "the state %s is written twice", written.ID)
		return
	}
	c.translated(written.Origin, "title", written.Title)
	if !slices.Contains([]string{Open, Goal, End}, written.Kind) {
		c.report("kind", written.Origin, "kind", "the state %s has the kind %q; use open, goal or end", written.ID, written.Kind)
	}
	if strand == Route && !slices.ContainsFunc(c.source.City.Stages, func(stage Code) bool { return stage.ID == written.Stage }) {
		c.report("unknown_stage", written.Origin, "stage", "the state %s lies in the unknown stage %q", written.ID, written.Stage)
	}
	c.marks(strand, written)
	state := State{
		ID: written.ID, Strand: strand, Stage: written.Stage, Kind: written.Kind, Title: written.Title,
		Register: written.Register, Outside: written.Outside,
	}
	c.definition.States = append(c.definition.States, state)
	c.definition.states[strand+"/"+written.ID] = &state
}

// marks checks what a state says of the register and of who is waited for.
func (c *compiler) marks(strand string, written StateSource) {
	if !slices.Contains([]string{"", RegisterCurrent, RegisterPast}, written.Register) {
		c.report("register", written.Origin, "register", "the state %s is marked %q in the register; use current, past or nothing", written.ID, written.Register)
	}
	if written.Register == RegisterPast && written.Kind != End {
		c.report("register", written.Origin, "register", "the state %s is no end, so the register cannot have it as past", written.ID)
	}
	if written.Outside != "" && !slices.ContainsFunc(c.source.City.Lists["outside"], func(code Code) bool { return code.ID == written.Outside }) {
		c.report("unknown_code", written.Origin, "outside", "the state %s waits for %q, which the list outside does not have", written.ID, written.Outside)
	}
	if strand != Route && written.Register+written.Outside != "" {
		c.report("not_on_route", written.Origin, "", "the state %s lies on the track %s; only states of the route have register and outside", written.ID, strand)
	}
}

func (c *compiler) facts() {
	for _, strand := range c.strands() {
		for _, written := range strand.Facts {
			compiled := &fact{FactSource: written, scope: c.expression(written.Origin, "scope", written.Scope, cel.StringType)}
			c.definition.facts = append(c.definition.facts, compiled)
		}
	}
}

func (c *compiler) clocks() {
	for _, strand := range c.strands() {
		for _, written := range strand.Clocks {
			lengths := 0
			for _, given := range []bool{written.Days > 0, written.Months > 0, written.Until} {
				if given {
					lengths++
				}
			}
			if lengths != 1 {
				c.report("clock_length", written.Origin, "", "the clock %s needs exactly one of days, months and until", written.ID)
			}
			if !slices.Contains([]string{"", "next", "before"}, written.Rolls) {
				c.report("clock_rolls", written.Origin, "rolls", "the clock %s rolls %q; use next, before or nothing", written.ID, written.Rolls)
			}
			c.translated(written.Origin, "title", written.Title)
			clock := &Clock{ClockSource: written}
			c.definition.Clocks = append(c.definition.Clocks, clock)
			c.definition.numbers[written.ID] = clock
		}
	}
}

func (c *compiler) clocksAreStarted() {
	told := slices.ContainsFunc(c.definition.Clocks, func(clock *Clock) bool { return clock.Window || len(clock.MetBy) > 0 })
	for _, clock := range c.definition.Clocks {
		clock.told = told
		c.clockCanBeMet(clock)
		if !c.started[clock.ID] {
			c.report("clock_without_start", clock.Origin, "", "no transition starts the clock %s", clock.ID)
		}
	}
}

func (c *compiler) clockCanBeMet(clock *Clock) {
	if clock.Window && (clock.Until || len(clock.MetBy) > 0) {
		c.report("clock_window", clock.Origin, "window", "the clock %s is a window in which somebody else may act; it has no until and no met_by", clock.ID)
	}
	for i, id := range clock.MetBy {
		if len(c.definition.named[id]) == 0 {
			c.report("unknown_transition", clock.Origin, fmt.Sprintf("met_by[%d]", i), "the clock %s is met by %q, which the form does not have", clock.ID, id)
		}
	}
}
