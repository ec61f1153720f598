package council

import (
	"context"
	"slices"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
	"hejnal/workflow/country"
)

// card is one case on the board.
type card struct {
	subject
	Proposer   workflow.Text // role that passed the draft to the Council
	Clocks     []clock
	Committees []referred
	Readings   int
	Session    int           // 0: not on an agenda
	SessionOn  calendar.Date // of the agenda that the case is on
	Next       act
	Missing    []workflow.Blocker // what stands against Next, whoever makes it
	Others     []act              // what else the reader may do
	Open       *frame.Look        // nil: nobody else has it open
}

// subject is what a case is about.
type subject struct {
	ID      string
	Number  string
	Print   string // empty: none yet
	Title   string
	Form    workflow.Text
	Partner string
	Country workflow.Text
	Round   int
}

// act is a transition that can be made, or that somebody else is asked for.
type act struct {
	Title workflow.Text
	Href  string // empty: it is not for the reader to make
	Roles []workflow.Role
}

func subjectOf(c workflow.Proposal, t trail) subject {
	found, _ := country.Find(c.Partner.Country)
	return subject{
		ID: c.ID, Number: c.Number, Print: t.round().print(), Title: c.Title, Form: t.definition.Title, Partner: c.Partner.Name,
		Country: found.Name, Round: c.Round,
	}
}

// cardOf makes the card of a case for whom it is shown to, with the task that puts it on the board.
func (p *pages) cardOf(ctx context.Context, c workflow.Proposal, task workflow.Task, by workflow.Person) (card, error) {
	t, err := p.trailOf(ctx, c, max(0, c.Seq-recent), recent)
	if err != nil {
		return card{}, err
	}
	actions, err := p.Engine.Explain(ctx, c, by)
	if err != nil {
		return card{}, err
	}
	made := card{subject: subjectOf(c, t), Committees: t.committees(), Readings: c.Readings, Proposer: proposerOf(t)}
	made.Clocks = clocksOf(t.definition, c, p.Engine.Today())
	made.Session, made.SessionOn = sessionOf(c)
	if next, ok := nextOf(actions, task); ok {
		made.Next, made.Missing = actOf(c.ID, next), standing(next)
	}
	made.Others = othersOf(c.ID, actions, task, t.definition)
	return made, nil
}

// proposerOf is the role that brought the draft before the Council.
func proposerOf(t trail) workflow.Text {
	round := t.round()
	if len(round.acts) == 0 || before(t.definition, workflow.Route, round.acts[0].From) {
		return workflow.Text{}
	}
	return round.acts[0].Actor.Role.Title()
}

// sessionOf is the session on whose agenda a case is.
func sessionOf(c workflow.Proposal) (session int, on calendar.Date) {
	switch known := c.Record[sessionNumber].(type) {
	case float64:
		session = int(known)
	case int64:
		session = int(known)
	}
	day, _ := c.Record[sessionDate].(string)
	return session, calendar.Date(day)
}

// nextOf is the transition that a task waits for: of several the first that no rule stands against.
func nextOf(actions []workflow.Action, task workflow.Task) (workflow.Action, bool) {
	var first *workflow.Action
	for _, id := range task.AsksFor {
		for i := range actions {
			if actions[i].Transition != id {
				continue
			}
			if first == nil {
				first = &actions[i]
			}
			if len(standing(actions[i])) == 0 {
				return actions[i], true
			}
		}
	}
	if first == nil {
		return workflow.Action{}, false
	}
	return *first, true
}

// standing is what stands against a transition whoever makes it and whenever: not the role, and not a day that is to come.
func standing(action workflow.Action) []workflow.Blocker {
	return slices.DeleteFunc(slices.Clone(action.BlockedBy), func(b workflow.Blocker) bool { return b.Code == roleCode || b.Code == earlyCode })
}

// Codes of the core for whose part a transition is, and for a day that is to come.
const (
	roleCode  = "role"
	earlyCode = "too_early"
)

// foreign reports whether a transition is another role's part.
func foreign(action workflow.Action) bool {
	return slices.ContainsFunc(action.BlockedBy, func(b workflow.Blocker) bool { return b.Code == roleCode })
}

func actOf(id string, action workflow.Action) act {
	made := act{Title: action.Title, Roles: action.Roles}
	if !foreign(action) {
		made.Href = actPath(id, action.Transition)
	}
	return made
}

// actPath is the page on which an act of a case is made.
func actPath(id, transition string) string { return "/sprawy/" + id + "/czynnosci/" + transition }

// othersOf are the other transitions that the reader may make now. Corrections belong to the entry that they correct.
func othersOf(id string, actions []workflow.Action, task workflow.Task, d *workflow.Definition) []act {
	corrects := correction(d)
	var others []act
	for _, action := range actions {
		if action.Allowed && action.Transition != corrects && !slices.Contains(task.AsksFor, action.Transition) {
			others = append(others, actOf(id, action))
		}
	}
	return others
}
