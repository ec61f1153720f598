package council

import (
	"encoding/json"
	"strconv"
	"strings"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

// Vote is what the page of a single act shows where the act records a vote.
type Vote struct {
	Need workflow.Text // quorum and majority in words; zero where they cannot be told
	Sum  string        // names the numbers that are summed up while they are typed
	Last string        // the field of the last number, behind which they stand
	Most int           // statutory number of councillors
}

// Counted is a number of a vote that was counted from a roll call.
type Counted struct {
	Name   string // of the input
	Title  workflow.Text
	Number int
}

// VoteIn looks at an act of a form; ok is false where it records no vote. The fields of the numbers that are summed up are
// marked so.
func VoteIn(d *workflow.Definition, t *workflow.Transition, fields []frame.Field) (vote Vote, ok bool) {
	if !isVote(t) {
		return Vote{}, false
	}
	vote = Vote{Sum: "votes", Most: d.Source.City.Composition}
	if n, known := needOf(d, t); known {
		vote.Need = n.Text()
	}
	for i := range fields {
		if fields[i].Kind == frame.Number {
			vote.Last = fields[i].Name
		}
		switch strings.TrimPrefix(fields[i].Name, "in.") {
		case inFavour, against, abstained:
			fields[i].Sum = vote.Sum
		}
	}
	return vote, true
}

// Count fills in the numbers of a vote that were left empty from the roll call that was given beside them, and tells them. They
// do not go into the form: a roll call that is corrected is counted anew. What records no vote stays as it is.
func Count(d *workflow.Definition, t *workflow.Transition, command *workflow.Command) []Counted {
	if !isVote(t) {
		return nil
	}
	counted := countedIn(t, command.Inputs, d.Source.City.Composition)
	for _, one := range counted {
		command.Inputs[one.Name] = json.RawMessage(strconv.Itoa(one.Number))
	}
	return counted
}
