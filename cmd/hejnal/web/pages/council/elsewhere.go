package council

import (
	"encoding/json"
	"strconv"
	"strings"

	"hejnal/cmd/hejnal/web/pages/actform"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

// Vote is what the page of a single act shows where the act records a vote.
type Vote struct {
	Need workflow.Text // quorum and majority in words; zero where they cannot be told
	Sum  string        // names the numbers that are summed up while they are typed
	Most int           // statutory number of councillors
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
		switch strings.TrimPrefix(fields[i].Name, "in.") {
		case inFavour, against, abstained:
			fields[i].Sum = vote.Sum
		}
	}
	return vote, true
}

// Count fills in the numbers of a vote that were left empty, in the command and in its form, from the roll call that was given
// beside them. What records no vote stays as it is.
func Count(d *workflow.Definition, t *workflow.Transition, command *workflow.Command, form *frame.Form) {
	if !isVote(t) {
		return
	}
	for name, n := range countedIn(t, command.Inputs, d.Source.City.Composition) {
		command.Inputs[name] = json.RawMessage(strconv.Itoa(n))
		for i := range form.Fields {
			if form.Fields[i].Name == actform.FieldOf("/inputs/"+name) {
				form.Fields[i].Value = strconv.Itoa(n)
			}
		}
	}
}
