package workflow_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
	"hejnal/workflow/workflowtest"
)

func command(t testing.TB, w *workflowtest.Walker, transition string, given ...inputs) workflow.Command {
	t.Helper()
	command, err := w.Command(transition, given...)
	if err != nil {
		t.Fatal(err)
	}
	return command
}

func refused(t testing.TB, w *workflowtest.Walker, command workflow.Command, kind workflow.Kind) *workflow.Refusal {
	t.Helper()
	change, refusal := w.Decide(command)
	if refusal == nil {
		t.Fatalf("%s was accepted as %s", command.Transition, change.Act.Event)
	}
	if refusal.Kind != kind {
		t.Fatalf("refused as %s (%v), want %s", refusal.Kind, refusal, kind)
	}
	if !refusal.Message.Complete() {
		t.Errorf("message %+v lacks a language", refusal.Message)
	}
	return refusal
}

func codes(blockers []workflow.Blocker) []string {
	found := []string{}
	for _, blocker := range blockers {
		found = append(found, blocker.Code)
	}
	return found
}

func TestRefusalsComeInTheirOrder(t *testing.T) {
	w := open(t, "twin_city_agreement")
	walk(t, w, "propose")
	official, auditor := workflowtest.Person(workflow.Official), workflowtest.Person(workflow.Auditor)
	bad := map[string]json.RawMessage{"term": json.RawMessage(`"for ever"`)}
	for name, test := range map[string]struct {
		command workflow.Command
		kind    workflow.Kind
	}{
		"no such transition, before the role":       {workflow.Command{Transition: "teleport", By: auditor}, workflow.Unknown},
		"a call is no transition":                   {workflow.Command{Transition: "amend_data", By: official}, workflow.Unknown},
		"the role, before the state":                {workflow.Command{Transition: "sign_agreement", By: auditor}, workflow.Forbidden},
		"the role, before the inputs":               {workflow.Command{Transition: "complete_draft", By: auditor, Inputs: bad}, workflow.Forbidden},
		"nobody at all":                             {workflow.Command{Transition: "complete_draft"}, workflow.Forbidden},
		"the state, before the inputs":              {workflow.Command{Transition: "prepare_signing", By: official, Inputs: bad}, workflow.NotHere},
		"the inputs, before documents that lack":    {workflow.Command{Transition: "complete_draft", By: official, Inputs: bad}, workflow.Invalid},
		"documents that lack":                       {workflow.Command{Transition: "complete_draft", By: official, Inputs: map[string]json.RawMessage{"term": json.RawMessage(`"fixed"`)}}, workflow.Blocked},
		"a date that does not exist":                {workflow.Command{Transition: "complete_draft", By: official, OccurredOn: "2026-02-30"}, workflow.Invalid},
		"a comment that is too long":                {workflow.Command{Transition: "complete_draft", By: official, Comment: strings.Repeat("ą", 4001)}, workflow.Invalid},
		"an input that is no JSON, though required": {workflow.Command{Transition: "complete_draft", By: official, Inputs: map[string]json.RawMessage{"term": json.RawMessage(`{`)}}, workflow.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			if refusal := refused(t, w, test.command, test.kind); len(refusal.Errors)+len(refusal.Blockers) == 0 {
				t.Error("refused without a reason")
			}
		})
	}
}

func TestARefusalNamesWhoMayAndWhatMay(t *testing.T) {
	w := open(t, "twin_city_agreement")
	forbidden := refused(t, w, workflow.Command{Transition: "sign_agreement", By: workflowtest.Person(workflow.Official)}, workflow.Forbidden)
	if diff := cmp.Diff([]workflow.Role{workflow.President}, forbidden.Who); diff != "" {
		t.Error(diff)
	}
	nowhere := refused(t, w, workflow.Command{Transition: "sign_agreement", By: workflowtest.Person(workflow.President)}, workflow.NotHere)
	if diff := cmp.Diff(w.Offered(), nowhere.Blockers[0].ClearedBy); diff != "" {
		t.Error(diff)
	}
	if text := nowhere.Error(); !strings.Contains(text, "not_offered") {
		t.Errorf("as an error: %s", text)
	}
}

// TestDecideRefusesForTheReasonsThatExplainGives compares, along the whole way, what Explain says to each role with how
// Decide answers the same person: forbidden, blocked by the same blockers, or not blocked.
func TestDecideRefusesForTheReasonsThatExplainGives(t *testing.T) {
	for _, form := range office(t).Forms() {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			w := open(t, form)
			for steps := 0; steps < 14; steps++ {
				for _, role := range workflow.Roles() {
					for _, action := range w.Explain(role) {
						agrees(t, w, action, workflowtest.Person(role))
					}
				}
				if !advance(w) {
					break
				}
			}
		})
	}
}

// advance makes the first transition that leads to another state.
func advance(w *workflowtest.Walker) bool {
	before := w.Proposal.State
	for _, transition := range w.Offered() {
		next := w.Clone()
		if _, err := next.Do(transition); err == nil && next.Proposal.State != before && next.Proposal.Stage != "ended" {
			*w = *next
			return true
		}
	}
	return false
}

func agrees(t *testing.T, w *workflowtest.Walker, action workflow.Action, person workflow.Person) {
	t.Helper()
	command := workflow.Command{Transition: action.Transition, By: person, Inputs: map[string]json.RawMessage{}}
	for name, example := range workflowtest.FirstExamples(action) {
		if err := workflowtest.Give(&command, name, example); err != nil {
			t.Fatal(err)
		}
	}
	_, refusal := w.Decide(command)
	said := codes(action.BlockedBy)
	switch {
	case refusal == nil:
		if len(said) > 0 || !action.Allowed {
			t.Errorf("%s: Explain said %v to %s, Decide accepted", action.Transition, said, person.ID)
		}
	case refusal.Kind == workflow.Forbidden:
		if !slices.Contains(said, "role") || action.Allowed {
			t.Errorf("%s: Decide forbade it to %s, Explain said %v", action.Transition, person.ID, said)
		}
	case refusal.Kind == workflow.Blocked:
		if diff := cmp.Diff(refusal.Blockers, action.BlockedBy); diff != "" {
			t.Errorf("%s for %s:\n%s", action.Transition, person.ID, diff)
		}
	default:
		t.Errorf("%s: first examples were refused to %s as %s: %v", action.Transition, person.ID, refusal.Kind, refusal.Errors)
	}
}

func TestAReasonCitesItsOwnBasis(t *testing.T) {
	const gmina, associations = "ustawy o samorządzie gminnym", "ustawy z dnia 15 września 2000 r. o zasadach przystępowania jednostek samorządu terytorialnego do międzynarodowych zrzeszeń społeczności lokalnych i regionalnych"
	refusal := func(w *workflowtest.Walker, transition string, by workflow.Person) map[string]string {
		found := map[string]string{}
		_, refusal := w.Decide(workflow.Command{Transition: transition, By: by, Inputs: command(t, w.Clone(), transition).Inputs})
		for _, blocker := range refusal.Blockers {
			found[blocker.Code] = blocker.Basis
		}
		return found
	}
	delivered := adopted(t, "twin_city_agreement")
	walk(t, delivered, "deliver_to_voivode")
	file := adopted(t, "association_membership")
	late := adopted(t, "association_membership")
	walk(t, late, "send_consent_file", "record_voivode_opinion", "refuse_consent")
	late.Office.Wait("2026-06-01")
	for name, test := range map[string]struct {
		w                *workflowtest.Walker
		transition, code string
		by               workflow.Person
		basis            string
	}{
		"the voivode's 30 days":  {delivered, "record_no_objection", "too_early", workflowtest.Person(workflow.Official), "art. 91 ust. 1 " + gmina},
		"a translation":          {file, "send_consent_file", "document_missing", workflowtest.Person(workflow.Official), "art. 4 ust. 4 " + associations},
		"a complaint after time": {late, "complain_to_court", "court_complaint_late", workflowtest.Person(workflow.President), "art. 53 § 1 ustawy – Prawo o postępowaniu przed sądami administracyjnymi"},
	} {
		found := refusal(test.w, test.transition, test.by)
		if basis, blocked := found[test.code]; !blocked || basis != test.basis {
			t.Errorf("%s: %q (%v), want %q", name, basis, found, test.basis)
		}
	}
	vote := must(onAgenda(t, "association_membership").Action("record_vote", workflowtest.Person(workflow.Secretariat)))
	if want := "art. 14 ust. 1 " + gmina + "; art. 4 ust. 1 " + associations; vote.Basis != want {
		t.Errorf("the vote on a membership rests on %q", vote.Basis)
	}
}

func TestFourEyes(t *testing.T) {
	both := func(id string) workflow.Person {
		return workflow.Person{ID: id, Roles: []workflow.Role{workflow.Official, workflow.President, workflow.Secretariat}}
	}
	for name, test := range map[string]struct {
		first, second workflow.Person
		stopped       bool
	}{
		"two people":                               {both("anna"), both("jan"), false},
		"the same person in another role":          {both("anna"), both("anna"), true},
		"for whom one stood in before":             {workflow.Person{ID: "jan", OnBehalfOf: "anna", Roles: both("").Roles}, both("anna"), true},
		"who stood in before":                      {workflow.Person{ID: "jan", OnBehalfOf: "anna", Roles: both("").Roles}, both("jan"), true},
		"who stands in for the first":              {both("anna"), workflow.Person{ID: "jan", OnBehalfOf: "anna", Roles: both("").Roles}, true},
		"who stands in for somebody else":          {both("anna"), workflow.Person{ID: "jan", OnBehalfOf: "ewa", Roles: both("").Roles}, false},
		"an empty person behind nobody is no pair": {workflow.Person{ID: "anna", Roles: both("").Roles}, workflow.Person{ID: "jan", Roles: both("").Roles}, false},
	} {
		for _, pair := range [][2]string{{"complete_draft", "submit_to_council"}, {"prepare_signing", "sign_agreement"}} {
			t.Run(name+" "+pair[1], func(t *testing.T) {
				w := open(t, "twin_city_agreement")
				walk(t, w, "propose")
				if pair[0] == "prepare_signing" {
					w = adopted(t, "twin_city_agreement")
				}
				one := command(t, w, pair[0])
				one.By = test.first
				change, refusal := w.Decide(one)
				if refusal != nil {
					t.Fatal(refusal)
				}
				w.Accept(change)
				two := command(t, w, pair[1])
				two.By = test.second
				_, refusal = w.Decide(two)
				if stopped := refusal != nil && slices.Contains(codes(refusal.Blockers), "four_eyes"); stopped != test.stopped {
					t.Errorf("stopped %v (%v)", stopped, refusal)
				}
			})
		}
	}
}

func TestFourEyesLookAtTheLastActorOnly(t *testing.T) {
	w := open(t, "twin_city_agreement")
	walk(t, w, "propose")
	for _, id := range []string{"anna", "jan"} {
		if id == "jan" {
			walk(t, w, "reopen_draft")
		}
		drafted := command(t, w, "complete_draft")
		drafted.By.ID = id
		change, refusal := w.Decide(drafted)
		if refusal != nil {
			t.Fatal(refusal)
		}
		w.Accept(change)
	}
	submitted := command(t, w, "submit_to_council")
	submitted.By = workflow.Person{ID: "anna", Roles: []workflow.Role{workflow.President}}
	if _, refusal := w.Decide(submitted); refusal != nil {
		t.Errorf("anna's draft was replaced by jan's, yet %v", refusal)
	}
}

func TestTheDateOfAnAct(t *testing.T) {
	w := open(t, "twin_city_agreement")
	w.Office.Wait("2026-03-10")
	walk(t, w, "propose") // on 2026-03-10
	w.Office.Wait("2026-03-20")
	for name, test := range map[string]struct {
		on   calendar.Date
		kind workflow.Kind // "" where it is accepted
	}{
		"today":                              {"2026-03-20", ""},
		"not given, which is today":          {"", ""},
		"the day of what it depends on":      {"2026-03-10", ""},
		"the day before what it depends on":  {"2026-03-09", workflow.Invalid},
		"tomorrow":                           {"2026-03-21", workflow.Invalid},
		"no day of the calendar":             {"2026-02-29", workflow.Invalid},
		"a slip in the year":                 {"0202-03-10", workflow.Invalid},
		"not the way in which days are kept": {"20.03.2026", workflow.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			drafted := command(t, w, "complete_draft")
			drafted.OccurredOn = test.on
			change, refusal := w.Decide(drafted)
			switch {
			case test.kind == "" && refusal != nil:
				t.Fatalf("refused: %v", refusal)
			case test.kind == "":
				if want := calendar.Max(test.on, ""); want != "" && change.Act.OccurredOn != want || test.on == "" && change.Act.OccurredOn != "2026-03-20" {
					t.Errorf("dated %s", change.Act.OccurredOn)
				}
			case refusal == nil || refusal.Kind != test.kind || refusal.Errors[0].Pointer != "/occurred_on":
				t.Errorf("answered %+v, want %s at /occurred_on", refusal, test.kind)
			}
		})
	}
}

func TestAnActMayBeDatedBeforeTheCaseWasOpened(t *testing.T) {
	w := open(t, "twin_city_agreement")
	noted := command(t, w, "record_contact")
	noted.OccurredOn = "1991-12-09"
	if _, refusal := w.Decide(noted); refusal != nil {
		t.Error(refusal)
	}
}

func TestNothingIsDoneBeforeItsDay(t *testing.T) {
	w := adopted(t, "twin_city_agreement")
	walk(t, w, "deliver_to_voivode") // on 2026-03-02: 30 days end on 2026-04-01
	early := workflow.Command{Transition: "record_no_objection", By: workflowtest.Person(workflow.Official)}
	w.Office.Wait("2026-04-01")
	if got := codes(refused(t, w, early, workflow.Blocked).Blockers); !cmp.Equal(got, []string{"too_early"}) {
		t.Errorf("blocked by %v", got)
	}
	action, _ := w.Action("record_no_objection", early.By)
	if action.EarliestOn != "2026-04-02" || action.Allowed {
		t.Errorf("earliest on %s, allowed %v", action.EarliestOn, action.Allowed)
	}
	w.Office.Wait("2026-04-02")
	if _, refusal := w.Decide(early); refusal != nil {
		t.Error(refusal)
	}
}

func TestAWarningIsPassedWithAJustificationThatIsKept(t *testing.T) {
	office := office(t)
	first, err := office.Open("twin_city_agreement")
	if err != nil {
		t.Fatal(err)
	}
	walk(t, first, "propose", "complete_draft", "submit_to_council", "register_print", "place_on_agenda", "record_vote",
		"number_resolution", "prepare_signing", "sign_agreement", "enter_into_force")
	second, err := office.Open("twin_city_agreement")
	if err != nil {
		t.Fatal(err)
	}
	action, _ := second.Action("propose", workflowtest.Person(workflow.Official))
	if action.Allowed || !cmp.Equal(codes(action.BlockedBy), []string{"twin_in_country"}) || action.BlockedBy[0].Severity != workflow.Warn {
		t.Fatalf("allowed %v, blocked by %+v", action.Allowed, action.BlockedBy)
	}
	proposed := command(t, second, "propose")
	for _, empty := range []string{"", "   "} {
		proposed.Justification = empty
		if got := codes(refused(t, second, proposed, workflow.Blocked).Blockers); !cmp.Equal(got, []string{"twin_in_country"}) {
			t.Errorf("blocked by %v", got)
		}
	}
	proposed.Justification = "Wieloletnia współpraca uczelni"
	change, refusal := second.Decide(proposed)
	if refusal != nil {
		t.Fatal(refusal)
	}
	if change.Act.Justification != proposed.Justification || !cmp.Equal(codes(change.Act.Warnings), []string{"twin_in_country"}) {
		t.Errorf("kept %q and %+v", change.Act.Justification, change.Act.Warnings)
	}
	if !slices.Contains(change.Read, "country:FR") {
		t.Errorf("the decision rests on %v", change.Read)
	}
}

func TestAnUnneededJustificationIsKept(t *testing.T) {
	w := open(t, "twin_city_agreement")
	proposed := command(t, w, "propose")
	proposed.Justification = "Na wszelki wypadek"
	change, refusal := w.Decide(proposed)
	if refusal != nil {
		t.Fatal(refusal)
	}
	if change.Act.Justification != proposed.Justification || len(change.Act.Warnings) != 0 {
		t.Errorf("kept %q and %+v", change.Act.Justification, change.Act.Warnings)
	}
}

func TestARefusalSaysHowWarningsArePassed(t *testing.T) {
	w := open(t, "partnership_agreement")
	walk(t, w, "propose")
	command(t, w, "complete_draft") // attaches what is needed
	one := inputs{"term": "indefinite"}
	if says := refused(t, w, command(t, w, "complete_draft", one), workflow.Blocked).Message.PL; !strings.Contains(says, "To ostrzeżenie: można je") {
		t.Errorf("of one: %s", says)
	}
	walk(t, w, "complete_draft", "submit_to_council", "register_print", "place_on_agenda", "record_vote")
	two := inputs{"resolution_number": "XLI/99/25"} // neither the session nor the year of the vote
	if says := refused(t, w, command(t, w, "number_resolution", two), workflow.Blocked).Message.PL; !strings.Contains(says, "To ostrzeżenia: można je") {
		t.Errorf("of two: %s", says)
	}
}
