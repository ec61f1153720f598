package workflow_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
	"hejnal/workflow/workflowtest"
)

// entry is the last act of the case that was made by the transition.
func entry(t testing.TB, w *workflowtest.Walker, transition string) workflow.Act {
	t.Helper()
	for _, act := range slices.Backward(w.Acts) {
		if act.Transition == transition {
			return act
		}
	}
	t.Fatalf("there is no entry of %s", transition)
	return workflow.Act{}
}

// correct corrects a field of the last entry of a transition.
func correct(t testing.TB, w *workflowtest.Walker, transition, field string, value any) *workflow.Change {
	t.Helper()
	return do(t, w, "correct_entry", inputs{"corrects": entry(t, w, transition).ID, "field": field, "value": value})
}

// entered gives the entry into force as it was corrected.
func entered(t testing.TB, w *workflowtest.Walker) workflow.CorrectedAct {
	t.Helper()
	id := entry(t, w, "enter_into_force").ID
	acts := w.Definition.Corrected(w.Acts)
	return acts[slices.IndexFunc(acts, func(a workflow.CorrectedAct) bool { return a.ID == id })]
}

func TestThePublicPartOfACorrectionTellsWhatIsPublicItself(t *testing.T) {
	for name, one := range map[string]struct {
		transition, field string
		value             any
		told              bool
	}{
		"an input that is public":     {"enter_into_force", "/inputs/valid_until", "2031-03-01", true},
		"a field of one":              {"enter_into_force", "/inputs/renewal/notice_months", 9, true},
		"the day":                     {"enter_into_force", "/occurred_on", "2026-03-05", true},
		"a remark":                    {"enter_into_force", "/comment", "Uwaga", false},
		"an input that is not public": {"sign_agreement", "/inputs/place", "Bordeaux", false},
		"a personal one":              {"sign_agreement", "/inputs/city_signatory", "Jan Kowalski", false},
	} {
		t.Run(name, func(t *testing.T) {
			w := inForce(t, inputs{"valid_until": "2030-03-01", "renewal": map[string]any{"term_months": 60, "notice_months": 6}})
			w.Office.Wait("2026-03-10")
			public := correct(t, w, one.transition, one.field, one.value).Public
			if public == nil {
				t.Fatal("the correction of a public entry is not public")
			}
			want := map[string]any{"corrects": entry(t, w, one.transition).PublicID}
			if one.told {
				value, err := json.Marshal(one.value)
				if err != nil {
					t.Fatal(err)
				}
				field, err := json.Marshal(one.field)
				if err != nil {
					t.Fatal(err)
				}
				want["field"], want["value"] = json.RawMessage(field), json.RawMessage(value)
			}
			if diff := cmp.Diff(want, public.Inputs); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestACorrectionOfACorrectionIsAsPublicAsWhatBothCorrect(t *testing.T) {
	w := inForce(t, inputs{"valid_until": "2030-03-01"})
	for _, one := range []struct {
		transition, field string
		told              bool
	}{{"enter_into_force", "/inputs/valid_until", true}, {"sign_agreement", "/inputs/city_signatory", false}, {"prepare_signing", "/inputs/partner_party", false}} {
		correct(t, w, one.transition, one.field, map[bool]any{true: "2031-03-01", false: "Ktoś"}[one.told])
		first := entry(t, w, "correct_entry")
		second := correct(t, w, "correct_entry", "/inputs/value", map[bool]any{true: "2032-03-01", false: "Kto inny"}[one.told])
		switch {
		case first.PublicID == "" && second.Public != nil:
			t.Errorf("%s: the correction of an internal correction is public", one.field)
		case first.PublicID != "" && (second.Public == nil || second.Public.Inputs["corrects"] != first.PublicID || (second.Public.Inputs["value"] != nil) != one.told):
			t.Errorf("%s: public %+v", one.field, second.Public)
		}
	}
}

func TestAnActIsReadAsLaterEntriesCorrectIt(t *testing.T) {
	w := adopted(t, "twin_city_agreement")
	walk(t, w, "prepare_signing", "sign_agreement")
	w.Office.Wait("2026-03-10")
	do(t, w, "enter_into_force", inputs{"valid_until": "2030-03-01", "renewal": map[string]any{"term_months": 60, "notice_months": 6}})
	recorded := entry(t, w, "enter_into_force")
	correct(t, w, "enter_into_force", "/inputs/valid_until", "2031-03-01")
	first := entry(t, w, "correct_entry")
	correct(t, w, "enter_into_force", "/inputs/renewal/notice_months", 9)
	correct(t, w, "enter_into_force", "/occurred_on", "2026-03-05")
	correct(t, w, "enter_into_force", "/comment", "Uwaga")
	got := entered(t, w)
	if string(got.Inputs["valid_until"]) != `"2031-03-01"` || string(got.Inputs["renewal"]) != `{"notice_months":9,"term_months":60}` || got.OccurredOn != "2026-03-05" || got.Comment != "Uwaga" {
		t.Errorf("read as %s on %s, %q", got.Inputs, got.OccurredOn, got.Comment)
	}
	if diff := cmp.Diff(recorded, got.Recorded); diff != "" || len(got.Corrections) != 4 {
		t.Errorf("%d corrections; what was recorded changed:\n%s", len(got.Corrections), diff)
	}
	do(t, w, "correct_entry", inputs{"corrects": first.ID, "field": "/inputs/value", "value": "2032-03-01"})
	if got = entered(t, w); string(got.Inputs["valid_until"]) != `"2032-03-01"` || len(got.Corrections) != 4 {
		t.Errorf("after the correction of the correction read as %s, corrected by %+v", got.Inputs["valid_until"], got.Corrections)
	}
	correct(t, w, "enter_into_force", "/inputs/valid_until", "2033-03-01")
	if got = entered(t, w); string(got.Inputs["valid_until"]) != `"2033-03-01"` {
		t.Errorf("the last correction says %s", got.Inputs["valid_until"])
	}
}

func TestWhatIsHiddenCorrectsNothing(t *testing.T) {
	w := inForce(t, inputs{"valid_until": "2030-03-01"})
	correct(t, w, "enter_into_force", "/inputs/valid_until", "2031-03-01")
	last := &w.Acts[len(w.Acts)-1]
	last.Inputs["value"] = json.RawMessage(`"sha256:` + w.Proposal.Documents[0].SHA256 + `"`)
	if got := entered(t, w); string(got.Inputs["valid_until"]) != `"2030-03-01"` || len(got.Corrections) != 1 || got.Corrections[0].Value != nil {
		t.Errorf("read as %s, corrected by %+v", got.Inputs["valid_until"], got.Corrections)
	}
}

func TestACorrectionIsNotPointedElsewhere(t *testing.T) {
	w := inForce(t, inputs{"valid_until": "2030-03-01"})
	correct(t, w, "enter_into_force", "/inputs/valid_until", "2031-03-01")
	for _, field := range []string{"/inputs/corrects", "/inputs/field"} {
		wrong := command(t, w, "correct_entry", inputs{"field": field, "value": "/comment"})
		if got := refused(t, w, wrong, workflow.Invalid).Errors; len(got) != 1 || got[0].Pointer != "/inputs/field" {
			t.Errorf("%s: %+v", field, got)
		}
	}
}

func TestACorrectedResolutionNumberIsHeldInPlaceOfTheWrongOne(t *testing.T) {
	const typed, taken, right = "XLII/922/26", "XLII/921/26", "XLII/923/26"
	numbered := func(t *testing.T, w *workflowtest.Walker, number string) *workflowtest.Walker {
		t.Helper()
		walk(t, w, "propose", "complete_draft", "submit_to_council", "register_print", "place_on_agenda", "record_vote")
		if number != "" {
			do(t, w, "number_resolution", inputs{"resolution_number": number})
		}
		return w
	}
	first := numbered(t, open(t, "twin_city_agreement"), taken)
	another := func(number string) *workflowtest.Walker {
		other, err := first.Office.Open("partnership_agreement")
		if err != nil {
			t.Fatal(err)
		}
		return numbered(t, other, number)
	}
	w, third, fourth := another(typed), another(""), another("")
	correction := command(t, w, "correct_entry", inputs{"corrects": entry(t, w, "number_resolution").ID, "field": "/inputs/resolution_number", "value": " xlii / 921 / 26"})
	if got := refused(t, w, correction, workflow.Blocked).Blockers; len(got) != 1 || got[0].Code != "resolution_number_taken" {
		t.Fatalf("refused by %+v", got)
	}
	for name, value := range map[string]any{"a word": "dziewięćset", "a number": 921} {
		correction := command(t, w, "correct_entry", inputs{"corrects": entry(t, w, "number_resolution").ID, "field": "/inputs/resolution_number", "value": value})
		if got := refused(t, w, correction, workflow.Invalid); got.Errors[0].Pointer != "/inputs/value" {
			t.Errorf("%s: refused at %s", name, got.Errors[0].Pointer)
		}
	}
	change := correct(t, w, "number_resolution", "/inputs/resolution_number", right)
	if got, _ := w.Proposal.Record["resolution_numbers"].([]string); !slices.Equal(got, []string{right}) {
		t.Errorf("the case bears %v", got)
	}
	if !slices.Equal(change.Hold, []workflow.Hold{{Scope: "resolution:" + right, Label: "resolution"}}) || !slices.Equal(change.Release, []workflow.Hold{{Scope: "resolution:" + typed, Label: "resolution"}}) ||
		!slices.Equal(change.Read, []string{"resolution:" + right}) {
		t.Errorf("held %v, released %v, read %v", change.Hold, change.Release, change.Read)
	}
	do(t, third, "number_resolution", inputs{"resolution_number": typed})
	reused := command(t, fourth, "number_resolution", inputs{"resolution_number": right})
	if got := refused(t, fourth, reused, workflow.Blocked).Blockers; len(got) != 1 || got[0].Code != "resolution_number_taken" {
		t.Errorf("the corrected number is given again: %+v", got)
	}
	again := correct(t, w, "correct_entry", "/inputs/value", "XLII/924/26")
	if len(again.Hold) != 1 || again.Hold[0].Scope != "resolution:XLII/924/26" || len(again.Release) != 1 || again.Release[0].Scope != "resolution:"+right {
		t.Errorf("the correction of the correction holds %v, releases %v", again.Hold, again.Release)
	}
}

func TestACorrectedNumberIsNoneOfTheCasesOwn(t *testing.T) {
	w := inForce(t, inputs{"valid_until": "2030-03-01"})
	founding := entry(t, w, "number_resolution")
	var number string
	if err := json.Unmarshal(founding.Inputs["resolution_number"], &number); err != nil {
		t.Fatal(err)
	}
	do(t, w, "record_ending_resolution", inputs{"resolution_number": "L/7002/26"})
	correction := command(t, w, "correct_entry", inputs{"field": "/inputs/resolution_number", "value": number})
	if got := refused(t, w, correction, workflow.Blocked).Blockers; len(got) != 1 || got[0].Code != "resolution_number_reused" {
		t.Fatalf("refused by %+v", got)
	}
	correct(t, w, "record_ending_resolution", "/inputs/resolution_number", "L/7002/26") // what it says already stays its own
	correct(t, w, "record_ending_resolution", "/inputs/resolution_number", "L/7003/26")
	if got, _ := w.Proposal.Record["resolution_numbers"].([]string); !slices.Equal(got, []string{number, "L/7003/26"}) {
		t.Errorf("the case bears %v", got)
	}
}

// before gives a case on which the last of the transitions comes next, and that transition: the entry into force where there is none.
func before(t *testing.T, form string, transitions []string) (w *workflowtest.Walker, last string) {
	t.Helper()
	switch {
	case transitions == nil:
		w = adopted(t, form)
		walk(t, w, "prepare_signing", "sign_agreement")
		return w, "enter_into_force"
	case form == "eu_programme":
		w = open(t, form)
		walk(t, w, transitions[:len(transitions)-1]...)
	case transitions[0] == "record_vote":
		w = onAgenda(t, form)
	case transitions[0] == "deliver_to_voivode":
		w = adopted(t, form)
	default:
		w = inForce(t, nil)
	}
	return w, transitions[len(transitions)-1]
}

func TestACorrectionSetsTheCaseRight(t *testing.T) {
	renewal := map[string]any{"term_months": 60, "notice_months": 6}
	fixed := inputs{"valid_until": "2030-03-01", "renewal": renewal}
	for name, one := range map[string]struct {
		form  string
		walk  []string
		given inputs // of the last transition
		field string
		value any

		record   map[string]any
		deadline workflow.Deadline
		task     calendar.Date // due date of some task
	}{
		"the end of a notice": {
			"twin_city_agreement",
			[]string{"record_partner_notice"},
			inputs{"ends_on": "2027-06-30"},
			"/inputs/ends_on", "2026-06-30",
			map[string]any{"ends_on": "2026-06-30"},
			workflow.Deadline{Clock: "notice_end", StartsOn: "2026-06-30", DueOn: "2026-06-30"},
			"2026-06-30",
		},
		"the end of an agreement": {
			"twin_city_agreement", nil, fixed, "/inputs/valid_until", "2031-03-01",
			map[string]any{"valid_until": "2031-03-01"},
			workflow.Deadline{Clock: "agreement_expiry", StartsOn: "2031-03-01", DueOn: "2031-03-01"},
			"2031-03-01",
		},
		"the notice that stops a renewal": {
			"twin_city_agreement", nil, fixed, "/inputs/renewal/notice_months", 12,
			map[string]any{"notice_months": int64(12)},
			workflow.Deadline{Clock: "notice_cutoff", StartsOn: "2029-03-01", DueOn: "2029-03-01"},
			"2029-03-01",
		},
		"an end that was left out": {
			"twin_city_agreement", nil, nil, "/inputs/valid_until", "2031-03-01",
			map[string]any{"valid_until": "2031-03-01"},
			workflow.Deadline{Clock: "agreement_expiry", StartsOn: "2031-03-01", DueOn: "2031-03-01"},
			"2031-03-01",
		},
		"the end of the durability period": {
			"eu_programme",
			[]string{
				"start_analysis", "decide_participation", "submit_application", "record_award", "sign_grant_agreement", "start_implementation", "settle", "start_durability",
			},
			inputs{"durability_until": "2041-12-31"},
			"/inputs/durability_until", "2031-12-31",
			map[string]any{"durability_until": "2031-12-31"},
			workflow.Deadline{Clock: "durability", StartsOn: "2031-12-31", DueOn: "2031-12-31"},
			"2031-12-31",
		},
		"the day of receipt": {
			"twin_city_agreement",
			[]string{"deliver_to_voivode"},
			inputs{"received_on": "2026-03-04"},
			"/inputs/received_on", "2026-03-03",
			nil,
			workflow.Deadline{Clock: "supervision", StartsOn: "2026-03-03", DueOn: "2026-04-02", Window: true},
			"2026-04-03",
		},
		"the day of an act": {
			"twin_city_agreement",
			[]string{"record_vote"},
			nil, "/occurred_on", "2026-03-03",
			map[string]any{"adopted_on": "2026-03-03"},
			workflow.Deadline{Clock: "delivery", StartsOn: "2026-03-03", DueOn: "2026-03-10"},
			"2026-03-10",
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, last := before(t, one.form, one.walk)
			w.Office.Wait("2026-03-04")
			do(t, w, last, one.given)
			state := w.Proposal.State
			change := correct(t, w, last, one.field, one.value)
			for variable, want := range one.record {
				if got := w.Proposal.Record[variable]; got != want {
					t.Errorf("%s is %v, want %v", variable, got, want)
				}
			}
			one.deadline.State = workflow.DeadlineRunning
			if diff := cmp.Diff(one.deadline, deadline(w, one.deadline.Clock)); diff != "" {
				t.Error(diff)
			}
			if !slices.ContainsFunc(w.Proposal.Tasks, func(task workflow.Task) bool { return task.DueOn == one.task }) {
				t.Errorf("no task is due on %s: %+v", one.task, w.Proposal.Tasks)
			}
			if w.Proposal.State != state || change.Act.From != change.Act.To || len(change.Hold)+len(change.Release) > 0 {
				t.Errorf("it moved to %s, held %v, released %v", w.Proposal.State, change.Hold, change.Release)
			}
		})
	}
}

func TestAMistypedEndOfANoticeHoldsNobodyUp(t *testing.T) {
	w := inForce(t, nil)
	do(t, w, "record_partner_notice", inputs{"ends_on": "2027-06-30"})
	terminate := workflow.Command{Transition: "terminate", By: workflowtest.Person(workflow.Official)}
	if got := refused(t, w, terminate, workflow.Blocked).Blockers; len(got) != 1 || got[0].Code != "too_early" {
		t.Fatalf("refused by %+v", got)
	}
	correct(t, w, "record_partner_notice", "/inputs/ends_on", "2026-03-02")
	if _, refusal := w.Decide(terminate); refusal != nil {
		t.Error(refusal)
	}
}

func TestACorrectionLeavesWhatLaterActsGave(t *testing.T) {
	w := inForce(t, inputs{"valid_until": "2030-03-01", "renewal": map[string]any{"term_months": 60, "notice_months": 6}})
	do(t, w, "renew", inputs{"valid_until": "2035-03-01"})
	correct(t, w, "enter_into_force", "/inputs/valid_until", "2031-03-01")
	if got := w.Proposal.Record["valid_until"]; got != "2035-03-01" {
		t.Errorf("valid until %v", got)
	}
	if got := due(w, "agreement_expiry"); got != "2035-03-01" {
		t.Errorf("expires on %s", got)
	}
	correct(t, w, "enter_into_force", "/inputs/renewal/notice_months", 12) // from which a later act reckoned
	if got := due(w, "notice_cutoff"); got != "2034-03-01" {
		t.Errorf("the last day for notice is %s", got)
	}
}

func TestACorrectionChangesNoAnswerThatAWayDependsOn(t *testing.T) {
	w := inForce(t, inputs{"valid_until": "2030-03-01"})
	correct(t, w, "enter_into_force", "/inputs/renewal", map[string]any{"term_months": 60, "notice_months": 6})
	if got := w.Proposal.Record["renewal_agreed"]; got != false {
		t.Errorf("renewal agreed: %v", got)
	}
	if got := w.Proposal.Record["notice_months"]; got != int64(6) {
		t.Errorf("notice of %v months", got)
	}
	vote := onAgenda(t, "twin_city_agreement")
	walk(t, vote, "record_vote")
	correct(t, vote, "record_vote", "/inputs/for", 3)
	if vote.Proposal.State != "resolution_adopted" || vote.Proposal.Tracks["supervision"] != "to_deliver" {
		t.Errorf("the vote led to %s, %v", vote.Proposal.State, vote.Proposal.Tracks)
	}
}

func TestACorrectedDayDatesTheRegister(t *testing.T) {
	w := adopted(t, "twin_city_agreement")
	walk(t, w, "prepare_signing", "sign_agreement")
	w.Office.Wait("2026-03-10")
	do(t, w, "enter_into_force", inputs{"valid_until": "2030-03-01"})
	walk(t, w, "suspend", "resume")
	w.Office.Wait("2026-03-12")
	correct(t, w, "resume", "/occurred_on", "2026-03-11") // which began nothing
	if got := w.Proposal.Register.Since; got != "2026-03-10" {
		t.Errorf("since %s", got)
	}
	correct(t, w, "enter_into_force", "/occurred_on", "2026-03-05")
	if got := w.Proposal.Register; got.Since != "2026-03-05" || got.SinceYear != 2026 {
		t.Errorf("since %+v", got)
	}
	do(t, w, "supersede")
	correct(t, w, "supersede", "/occurred_on", "2026-03-11")
	if got := w.Proposal; got.Register.Until != "2026-03-11" || got.Since[workflow.Route] != "2026-03-11" || got.LastOn["supersede"] != "2026-03-11" {
		t.Errorf("until %+v, since %v, last on %v", got.Register, got.Since, got.LastOn)
	}
}

func TestACorrectedSourceDatesAnImportedEntry(t *testing.T) {
	w := imported(t, "twin_city_agreement", "in_force")
	for _, one := range []struct {
		field string
		value any
		since calendar.Date
		year  int
	}{
		{"/inputs/dates", map[string]any{"began_on": "1991"}, "", 1991},
		{"/inputs/dates/began_on", "1992-12-09", "1992-12-09", 1992},
		{"/inputs/source", "Kronika", "1992-12-09", 1992},
	} {
		correct(t, w, "import_legacy", one.field, one.value)
		if got := w.Proposal.Register; got.Since != one.since || got.SinceYear != one.year {
			t.Errorf("%s: since %+v", one.field, got)
		}
	}
}

func TestACorrectedValueIsJudgedAsWhenItWasFirstGiven(t *testing.T) {
	for name, one := range map[string]struct {
		transition, field string
		value             any
		code              string // of the rule; empty: a check refuses it
	}{
		"an end before the entry into force":   {"enter_into_force", "/inputs/valid_until", "2026-03-01", ""},
		"an entry into force after the end":    {"enter_into_force", "/occurred_on", "2026-04-02", ""},
		"a day before an act that it rests on": {"enter_into_force", "/occurred_on", "2026-02-28", ""},
		"a day after an act that rests on it":  {"sign_agreement", "/occurred_on", "2026-04-30", ""},
		"another name of the City":             {"prepare_signing", "/inputs/city_party", "Kraków", "city_party_name"},
		"a number of another session and year": {"number_resolution", "/inputs/resolution_number", "XLI/5/25", "session_disagrees"},
	} {
		t.Run(name, func(t *testing.T) {
			w := inForce(t, inputs{"valid_until": "2026-04-01"})
			w.Office.Wait("2026-05-01")
			correction := command(t, w, "correct_entry", inputs{"corrects": entry(t, w, one.transition).ID, "field": one.field, "value": one.value})
			if one.code == "" {
				if got := refused(t, w, correction, workflow.Invalid).Errors; len(got) != 1 || got[0].Pointer != "/inputs/value" || !got[0].Message.Complete() {
					t.Errorf("refused by %+v", got)
				}
				return
			}
			blockers := refused(t, w, correction, workflow.Blocked).Blockers
			if blockers[0].Code != one.code {
				t.Fatalf("refused by %+v", blockers)
			}
			correction.Justification = "Tak stoi w dokumencie."
			if _, refusal := w.Decide(correction); (refusal == nil) != (blockers[0].Severity == workflow.Warn) {
				t.Errorf("with a justification: %v", refusal)
			}
		})
	}
}

func TestCountsOfAVoteAreCorrectedOneByOne(t *testing.T) {
	w := onAgenda(t, "twin_city_agreement")
	walk(t, w, "record_vote")
	for field, value := range map[string]any{"/inputs/for": 33, "/inputs/present": 43, "/inputs/absent": 0} {
		correct(t, w, "record_vote", field, value)
	}
	wrong := command(t, w, "correct_entry", inputs{"corrects": entry(t, w, "record_vote").ID, "field": "/inputs/present", "value": 44})
	if got := refused(t, w, wrong, workflow.Invalid).Errors; len(got) != 1 {
		t.Errorf("more are present than there are: %+v", got)
	}
}

// TestACorrectionOfWhatIsRightChangesNothing corrects every part of every entry on the way of each form to what it says already.
func TestACorrectionOfWhatIsRightChangesNothing(t *testing.T) {
	for _, form := range office(t).Forms() {
		t.Run(form, func(t *testing.T) {
			w := open(t, form)
			walk(t, w, shortest[form].walk...)
			for _, act := range w.Acts {
				parts := map[string]any{"/occurred_on": string(act.OccurredOn)}
				for name, raw := range act.Inputs {
					parts["/inputs/"+name] = raw
				}
				for field, value := range parts {
					change, refusal := w.Decide(command(t, w, "correct_entry", inputs{"corrects": act.ID, "field": field, "value": value}))
					if refusal != nil {
						t.Errorf("%s of %s: %v", field, act.Transition, refusal)
						continue
					}
					was, is := change.Before, change.After
					if diff := cmp.Diff([]any{was.Record, was.Deadlines, was.Holds, was.Register, was.Since, was.Tasks}, []any{is.Record, is.Deadlines, is.Holds, is.Register, is.Since, is.Tasks}); diff != "" {
						t.Errorf("%s of %s changes the case:\n%s", field, act.Transition, diff)
					}
				}
			}
		})
	}
}

// TestACorrectionOfBeforeStandsInNoOnesWay follows a case whose entry was corrected when nothing followed from that yet.
func TestACorrectionOfBeforeStandsInNoOnesWay(t *testing.T) {
	w := inForce(t, inputs{"valid_until": "2030-03-01"})
	correct(t, w, "enter_into_force", "/inputs/valid_until", "2031-03-01")
	w.Proposal.Record["valid_until"] = "2030-03-01"
	correct(t, w, "enter_into_force", "/inputs/valid_until", "2032-03-01")
	if got := w.Proposal.Record["valid_until"]; got != "2032-03-01" {
		t.Errorf("valid until %v", got)
	}
}

func TestACorrectedDayMayLieBeforeTheCaseWasOpened(t *testing.T) {
	w := open(t, "twin_city_agreement")
	walk(t, w, "propose")
	correct(t, w, "propose", "/occurred_on", "2026-02-28")
	if got := w.Proposal.Since[workflow.Route]; got != "2026-02-28" {
		t.Errorf("since %s", got)
	}
}
