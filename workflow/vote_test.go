package workflow_test

import (
	"slices"
	"testing"

	"hejnal/workflow"
	"hejnal/workflow/workflowtest"
)

type inputs = workflowtest.Inputs

// onAgenda brings a case of a Council form before the vote.
func onAgenda(t testing.TB, form string, changes ...func(*workflow.NewCase)) *workflowtest.Walker {
	t.Helper()
	w := open(t, form, changes...)
	walk(t, w, "propose", "complete_draft", "submit_to_council", "register_print", "place_on_agenda")
	return w
}

// adopted brings a case as far as a numbered resolution.
func adopted(t testing.TB, form string) *workflowtest.Walker {
	t.Helper()
	w := onAgenda(t, form)
	walk(t, w, "record_vote", "number_resolution")
	return w
}

func TestTheEngineDecidesTheOutcomeOfAVote(t *testing.T) {
	const simple, statutory = "twin_city_agreement", "association_membership"
	for name, test := range map[string]struct {
		form                             string
		votesFor, against, abstained, at int // at: present
		event, state                     string
	}{
		"an ordinary vote":                               {simple, 30, 5, 3, 38, "resolution_adopted", "resolution_adopted"},
		"21 of 43 present are no quorum":                 {simple, 21, 0, 0, 21, "quorum_not_reached", "print_registered"},
		"22 of 43 present are a quorum":                  {simple, 22, 0, 0, 22, "resolution_adopted", "resolution_adopted"},
		"one vote against none carries":                  {simple, 1, 0, 21, 22, "resolution_adopted", "resolution_adopted"},
		"a tie rejects":                                  {simple, 20, 20, 3, 43, "resolution_rejected", "resolution_rejected"},
		"nobody votes, which is a tie":                   {simple, 0, 0, 22, 22, "resolution_rejected", "resolution_rejected"},
		"more against than for":                          {simple, 10, 11, 1, 22, "resolution_rejected", "resolution_rejected"},
		"21 for of 30 carry an agreement":                {simple, 21, 9, 0, 30, "resolution_adopted", "resolution_adopted"},
		"21 for of 30 do not carry a membership":         {statutory, 21, 9, 0, 30, "majority_not_reached", "print_registered"},
		"22 for of 43 carry a membership":                {statutory, 22, 21, 0, 43, "resolution_adopted", "resolution_adopted"},
		"22 for of 22 carry a membership":                {statutory, 22, 0, 0, 22, "resolution_adopted", "resolution_adopted"},
		"21 for and 22 against reject a membership":      {statutory, 21, 22, 0, 43, "resolution_rejected", "resolution_rejected"},
		"a tie rejects a membership":                     {statutory, 21, 21, 1, 43, "resolution_rejected", "resolution_rejected"},
		"no quorum comes before a majority not reached":  {statutory, 15, 2, 0, 21, "quorum_not_reached", "print_registered"},
		"a title needs no more than more for than not":   {"honorary_twin_title", 12, 11, 0, 23, "resolution_adopted", "resolution_adopted"},
		"a sector agreement is carried by a simple vote": {"sector_agreement", 2, 1, 30, 33, "resolution_adopted", "resolution_adopted"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := onAgenda(t, test.form)
			change := do(t, w, "record_vote", inputs{"for": test.votesFor, "against": test.against, "abstained": test.abstained, "present": test.at})
			if change.Act.Event != test.event || w.Proposal.State != test.state {
				t.Errorf("%s, %s; want %s, %s", change.Act.Event, w.Proposal.State, test.event, test.state)
			}
			started := w.Proposal.Tracks["supervision"] == "to_deliver" && w.Proposal.Tracks["publication"] == "to_publish"
			if adopted := test.event == "resolution_adopted"; started != adopted {
				t.Errorf("tracks %v after %s", w.Proposal.Tracks, test.event)
			}
		})
	}
}

func TestAVoteThatDoesNotAddUpIsRefusedAndNotDecided(t *testing.T) {
	roll := func(votes ...string) []map[string]string {
		var list []map[string]string
		for i, vote := range votes {
			list = append(list, map[string]string{"councillor": "Radna " + workflow.Roman(i+1), "vote": vote})
		}
		return list
	}
	away := func(n int) []map[string]string {
		list := roll(slices.Repeat([]string{"absent"}, n)...)
		for i := range list {
			list[i]["councillor"] = "Radny " + workflow.Roman(i+1)
		}
		return list
	}
	for name, test := range map[string]struct {
		given   inputs
		pointer string // "" where the vote is decided
	}{
		"more votes than present":            {inputs{"for": 30, "against": 9, "abstained": 0, "present": 38}, "/inputs/present"},
		"fewer votes than present":           {inputs{"for": 30, "against": 1, "abstained": 0, "present": 38}, ""},
		"46 of 43 present":                   {inputs{"for": 30, "against": 5, "abstained": 3, "present": 46}, "/inputs/present"},
		"present and absent do not add up":   {inputs{"absent": 4}, "/inputs/absent"},
		"present and absent add up":          {inputs{"absent": 5}, ""},
		"roll call with fewer for":           {inputs{"for": 2, "against": 1, "abstained": 0, "roll_call": roll("for", "against")}, "/inputs/for"},
		"roll call with other against":       {inputs{"for": 1, "against": 0, "abstained": 0, "roll_call": roll("for", "against")}, "/inputs/against"},
		"roll call with other abstentions":   {inputs{"for": 1, "against": 0, "abstained": 1, "roll_call": roll("for")}, "/inputs/abstained"},
		"roll call that agrees":              {inputs{"for": 2, "against": 1, "abstained": 1, "roll_call": roll("for", "against", "for", "abstained", "absent")}, ""},
		"roll call with a vote that is none": {inputs{"for": 1, "roll_call": roll("for", "perhaps")}, "/inputs/roll_call/1/vote"},
		"roll call that names more as present": {
			inputs{"for": 1, "against": 0, "abstained": 0, "present": 1, "roll_call": roll("for", "not_voting")}, "/inputs/present",
		},
		"fewer present than make a quorum, by name": {
			inputs{"for": 15, "against": 0, "abstained": 0, "present": 22, "roll_call": slices.Concat(roll(slices.Repeat([]string{"for"}, 15)...), away(28))}, "/inputs/present",
		},
		"all 43 by name": {
			inputs{"for": 22, "against": 0, "abstained": 0, "present": 22, "roll_call": slices.Concat(roll(slices.Repeat([]string{"for"}, 22)...), away(21))}, "",
		},
		"absent by name and present do not fit": {inputs{"for": 1, "against": 0, "abstained": 0, "present": 43, "roll_call": slices.Concat(roll("for"), away(1))}, "/inputs/present"},
		"a negative number":                     {inputs{"against": -1}, "/inputs/against"},
		"half a councillor":                     {inputs{"for": 20.5}, "/inputs/for"},
		"a number written out":                  {inputs{"for": "thirty"}, "/inputs/for"},
		"an input nobody knows":                 {inputs{"inFavour": 30}, "/inputs/inFavour"},
		"no count at all":                       {inputs{"for": nil}, "/inputs/for"},
	} {
		t.Run(name, func(t *testing.T) {
			w := onAgenda(t, "twin_city_agreement")
			command, err := w.Command("record_vote", test.given)
			if err != nil {
				t.Fatal(err)
			}
			change, refusal := w.Decide(command)
			switch {
			case test.pointer == "" && refusal != nil:
				t.Fatalf("refused: %v", refusal)
			case test.pointer == "":
				return
			case refusal == nil:
				t.Fatalf("decided as %s", change.Act.Event)
			case refusal.Kind != workflow.Invalid || len(refusal.Errors) == 0 || refusal.Errors[0].Pointer != test.pointer:
				t.Errorf("refused as %s at %+v, want %s at %s", refusal.Kind, refusal.Errors, workflow.Invalid, test.pointer)
			case !refusal.Errors[0].Message.Complete():
				t.Errorf("message %+v lacks a language", refusal.Errors[0].Message)
			}
		})
	}
}

func TestTheRollCallOfAnEndingResolutionAgreesWithItsQuorum(t *testing.T) {
	w := ofGoal(t, "twin_city_agreement")
	var roll []map[string]string
	for i := range 43 {
		vote := "for"
		if i >= 15 {
			vote = "absent"
		}
		roll = append(roll, map[string]string{"councillor": "Radna " + workflow.Roman(i+1), "vote": vote})
	}
	vote := command(t, w, "record_ending_resolution", inputs{"for": 15, "against": 0, "abstained": 0, "present": 22, "roll_call": roll})
	if refusal := refused(t, w, vote, workflow.Invalid); refusal.Errors[0].Pointer != "/inputs/present" {
		t.Errorf("refused at %+v", refusal.Errors)
	}
}

func TestAnEndingResolutionHasTheOutcomesOfItsForm(t *testing.T) {
	for name, test := range map[string]struct {
		form  string
		given inputs
		event string
		may   bool // whether the City may end it now
	}{
		"an agreement, simple majority":           {"twin_city_agreement", inputs{"for": 15, "against": 14}, "ending_resolution_adopted", true},
		"an agreement, tie":                       {"twin_city_agreement", inputs{"for": 15, "against": 15}, "ending_resolution_rejected", false},
		"an agreement, no quorum":                 {"twin_city_agreement", inputs{"for": 15, "against": 5, "abstained": 0, "present": 21}, "quorum_not_reached", false},
		"a membership, absolute majority":         {"association_membership", inputs{"for": 22, "against": 16, "abstained": 0}, "ending_resolution_adopted", true},
		"a membership, absolute majority missing": {"association_membership", inputs{"for": 21, "against": 1, "abstained": 0}, "ending_resolution_rejected", false},
	} {
		t.Run(name, func(t *testing.T) {
			w, leave := inLife(t, test.form)
			if change := do(t, w, "record_ending_resolution", test.given); change.Act.Event != test.event {
				t.Errorf("%s, want %s", change.Act.Event, test.event)
			}
			action, _ := w.Action(leave, workflowtest.Person(workflow.President))
			if may := !blocks(action, "ending_resolution_needed"); may != test.may {
				t.Errorf("%s: blocked by %+v", leave, action.BlockedBy)
			}
		})
	}
}

// inLife brings a case to its goal and names the transition by which the City ends it.
func inLife(t testing.TB, form string) (*workflowtest.Walker, string) {
	t.Helper()
	w := adopted(t, form)
	if form == "association_membership" {
		walk(t, w, "send_consent_file", "record_voivode_opinion", "grant_consent", "sign_accession", "record_admission")
		return w, "withdraw_membership"
	}
	walk(t, w, "prepare_signing", "sign_agreement", "enter_into_force")
	return w, "give_notice"
}

func blocks(action workflow.Action, code string) bool {
	for _, blocker := range action.BlockedBy {
		if blocker.Code == code {
			return true
		}
	}
	return false
}
