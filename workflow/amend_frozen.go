package workflow

import (
	"slices"
	"strings"
)

// fieldTitles are the names of a case's own data that can be changed only at some stages.
var fieldTitles = map[string]Text{
	"partner":         {PL: "Partner", EN: "Partner"},
	"fields":          {PL: "Dziedziny", EN: "Fields"},
	"readings":        {PL: "Czytania w Radzie", EN: "Readings in the Council"},
	"readings_reason": {PL: "Powód dwóch czytań", EN: "Reason for two readings"},
}

// frozen says of every change that the present stage does not allow where it is allowed, and how the case comes back there, if it
// can.
func (c *Case) frozen(changes []amendment) []Blocker {
	var blockers []Blocker
	for _, change := range changes {
		if len(change.stages) == 0 || slices.Contains(change.stages, c.Proposal.Stage) {
			continue
		}
		title, allowed, now := fieldTitles[change.field], c.stageTitles(change.stages), c.stageTitles([]string{c.Proposal.Stage})
		blocker := Blocker{Code: "frozen_" + change.field, Severity: Block, Message: Text{
			PL: "Pole „" + title.PL + "” można zmienić tylko na etapie " + allowed.PL + ". Sprawa jest na etapie " + now.PL,
			EN: "The field “" + title.EN + "” can be changed only at the stage " + allowed.EN + ". The case is at the stage " + now.EN,
		}}
		back := c.waysBack(change.stages)
		switch {
		case len(back) > 0:
			acts := c.titlesOf(back)
			blocker.Message.PL += "; wraca tam po czynności " + acts.PL + "."
			blocker.Message.EN += "; it comes back there by " + acts.EN + "."
		case c.Definition.leadsTo(c.Proposal.State, change.stages):
			blocker.Message.PL += "."
			blocker.Message.EN += "."
		default:
			blocker.Message.PL += " i na tamten etap już nie wraca; inna treść tego pola wymaga nowej sprawy."
			blocker.Message.EN += " and does not come back there; to have it otherwise takes a new case."
		}
		for _, t := range back {
			blocker.ClearedBy = append(blocker.ClearedBy, t.ID)
			blocker.Who = append(blocker.Who, t.Roles...)
		}
		blocker.Who = unique(blocker.Who)
		blockers = append(blockers, blocker)
	}
	return blockers
}

// waysBack are the acts that the present state offers and that lead to one of the stages.
func (c *Case) waysBack(stages []string) []*Transition {
	return slices.DeleteFunc(c.Definition.Offered(&c.Proposal), func(t *Transition) bool {
		return !slices.ContainsFunc(c.Definition.onRoute(t, c.Proposal.State), func(id string) bool {
			state, _ := c.Definition.State(Route, id)
			return slices.Contains(stages, state.Stage)
		})
	})
}

// leadsTo reports whether acts lead from a state of the route to one of the stages.
func (d *Definition) leadsTo(from string, stages []string) bool {
	seen := []string{from}
	for i := 0; i < len(seen); i++ {
		if state, _ := d.State(Route, seen[i]); slices.Contains(stages, state.Stage) {
			return true
		}
		for _, t := range d.Transitions {
			if t.Call != "" || !slices.Contains(t.From, seen[i]) {
				continue
			}
			for _, to := range d.onRoute(t, seen[i]) {
				if !slices.Contains(seen, to) {
					seen = append(seen, to)
				}
			}
		}
	}
	return false
}

// onRoute lists the states of the route to which a transition leads from one; of a track it leads to none.
func (d *Definition) onRoute(t *Transition, from string) []string {
	var states []string
	for _, way := range t.ways {
		if t.Strand == Route {
			states = append(states, destination(way.to, from))
		}
	}
	return states
}

func (c *Case) stageTitles(ids []string) Text {
	var titles []Text
	for _, stage := range c.Definition.codes["stages"] {
		if slices.Contains(ids, stage.ID) {
			titles = append(titles, stage.Title)
		}
	}
	return quoted(titles)
}

func (c *Case) titlesOf(transitions []*Transition) Text {
	var titles []Text
	for _, t := range transitions {
		titles = append(titles, t.Title)
	}
	return quoted(titles)
}

// quoted joins titles of which any one will do.
func quoted(titles []Text) Text {
	var pl, en []string
	for _, title := range titles {
		pl, en = append(pl, "„"+title.PL+"”"), append(en, "“"+title.EN+"”")
	}
	return Text{PL: strings.Join(pl, " albo "), EN: strings.Join(en, " or ")}
}
