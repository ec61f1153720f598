package council

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"hejnal/cmd/hejnal/web/pages/actform"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// ballot is one item on the page of all votes: its form while it waits for the vote, and what came of what was sent.
type ballot struct {
	*item
	Form frame.Form // no fields: there is nothing to fill in
	Need workflow.Text
	Told *told  // nil: nothing was done
	Kept string // what was typed for a vote that somebody else recorded
	Most int    // statutory number of councillors

	Counted []Counted // from the roll call that was sent
}

// told is what came of one item.
type told struct {
	Kind    string // ok, warn, stop; empty: only looked at
	Title   workflow.Text
	Detail  string
	Blocked []workflow.Blocker
}

// ballotOf makes the ballot of an item. Fields are named after the task, because a case can be on one agenda twice.
func ballotOf(one *item, upcoming bool) *ballot {
	b := &ballot{item: one, Most: one.trail.definition.Source.City.Composition}
	if one.vote == nil {
		return b
	}
	if n, ok := needOf(one.trail.definition, one.vote); ok {
		b.Need = n.Text()
	}
	if one.Next.Href == "" || len(one.Missing) > 0 || upcoming {
		return b
	}
	for _, field := range actform.Fields(one.vote, one.action) {
		field.Name = b.named(field.Name)
		if input, ok := inputOf(one.vote, strings.TrimPrefix(field.Name, b.named("in."))); ok && field.Kind == frame.Number {
			field.Hint = input.Help
			if input.Name == inFavour || input.Name == against || input.Name == abstained {
				field.Sum = one.task.ID
			}
		}
		b.Form.Fields = append(b.Form.Fields, field)
	}
	b.Form.Fields = append(b.Form.Fields, frame.Field{Name: b.named(frame.VersionField), Kind: frame.Hidden, Value: strconv.FormatInt(one.of.Version, 10)})
	return b
}

func (b *ballot) named(field string) string { return b.task.ID + "." + field }

// Key names the ballot on the page.
func (b *ballot) Key() string { return b.task.ID }

// FormTitle is the form of cooperation.
func (b *ballot) FormTitle() workflow.Text { return b.subject.Form }

// Counts are the numbers of the vote.
func (b *ballot) Counts() []frame.Field {
	return b.fields(func(f frame.Field) bool { return f.Kind == frame.Number })
}

// Lists are what can be pasted beside the numbers.
func (b *ballot) Lists() []frame.Field {
	return b.fields(func(f frame.Field) bool { return f.Kind != frame.Number && f.Kind != frame.Hidden })
}

// Hidden are the fields that nobody sees.
func (b *ballot) Hidden() []frame.Field {
	return b.fields(func(f frame.Field) bool { return f.Kind == frame.Hidden })
}

// Pasted reports whether something stands, or is wrong, in what can be pasted.
func (b *ballot) Pasted() bool {
	for _, field := range b.Lists() {
		if field.Value != "" || !field.Wrong.IsZero() {
			return true
		}
	}
	return false
}

func (b *ballot) fields(which func(frame.Field) bool) []frame.Field {
	var found []frame.Field
	for _, field := range b.Form.Fields {
		if which(field) {
			found = append(found, field)
		}
	}
	return found
}

// typedFor is what was typed for a task, without the task's name before it.
func typedFor(values url.Values, task string) url.Values {
	own := url.Values{}
	for name, given := range values {
		if field, ok := strings.CutPrefix(name, task+"."); ok {
			own[field] = given
		}
	}
	return own
}

// typed reports whether anything was typed.
func typed(own url.Values) bool {
	for name := range own {
		if name != frame.VersionField && strings.TrimSpace(own.Get(name)) != "" {
			return true
		}
	}
	return false
}

// command reads what was typed as the vote of a day. Numbers that were left empty are counted from a roll call.
func (b *ballot) command(own url.Values, day calendar.Date) workflow.Command {
	command := actform.Command(b.vote, b.action, frame.Sent{Values: own})
	command.OccurredOn = day
	b.Counted = Count(b.trail.definition, b.vote, &command)
	return command
}

// countedIn counts a list of votes by name for the numbers that were not given: how often a code stands in the list is the
// number of that name, and everybody whom the list does not name as absent is present.
func countedIn(vote *workflow.Transition, inputs map[string]json.RawMessage, composition int) []Counted {
	var counts []Counted
	for _, input := range vote.Inputs {
		var records []map[string]any
		if input.Type != "records" || json.Unmarshal(inputs[input.Name], &records) != nil {
			continue
		}
		cast := map[string]int{}
		for _, record := range records {
			for _, part := range input.Fields {
				if code, ok := record[part.Name].(string); ok && part.Type == "choice" {
					cast[code]++
				}
			}
		}
		for _, number := range vote.Inputs {
			if number.Type != "int" || inputs[number.Name] != nil {
				continue
			}
			switch n, listed := cast[number.Name]; {
			case number.Name == present:
				counts = append(counts, Counted{Name: number.Name, Title: number.Title, Number: len(records) - cast[absent]})
			case number.Name == absent && len(records) < composition:
			case listed, !number.Optional, number.Name == absent:
				counts = append(counts, Counted{Name: number.Name, Title: number.Title, Number: n})
			}
		}
	}
	return counts
}

// refuse puts what the core found wrong beside the fields.
func (b *ballot) refuse(wrong []workflow.FieldError) {
	b.Form.RefuseAll(actform.InLines(b.vote, b.action, wrong), func(pointer string) string { return b.named(actform.FieldOf(pointer)) })
}
