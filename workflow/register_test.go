package workflow_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
	"hejnal/workflow/workflowtest"
)

func TestAnAgreementIsInTheRegisterFromItsForceToItsEnd(t *testing.T) {
	w := adopted(t, "twin_city_agreement")
	walk(t, w, "prepare_signing", "sign_agreement")
	if w.Proposal.Register != (workflow.Register{}) {
		t.Errorf("signed and not in force: %+v", w.Proposal.Register)
	}
	since := w.Today()
	walk(t, w, "enter_into_force")
	want := workflow.Register{Status: workflow.RegisterCurrent, Since: since, SinceYear: 2026}
	for _, transition := range []string{"", "record_ending_resolution", "deliver_to_voivode", "publish", "give_notice"} {
		if transition != "" {
			w.Office.Wait(w.Today().PlusDays(1))
			walk(t, w, transition)
		}
		if diff := cmp.Diff(want, w.Proposal.Register); diff != "" {
			t.Errorf("after %q:\n%s", transition, diff)
		}
	}
	before := w.Proposal
	walk(t, w, "terminate")
	want.Status, want.Until, want.UntilYear = workflow.RegisterPast, w.Proposal.Since[workflow.Route], 2026
	if diff := cmp.Diff(want, w.Proposal.Register); diff != "" {
		t.Error(diff)
	}
	if before.Register.Status != workflow.RegisterCurrent {
		t.Error("the case as it was before changed")
	}
}

func TestAMembershipStaysCurrentWhileItsBasisIsRenewed(t *testing.T) {
	w := member(t)
	since := w.Proposal.Register.Since
	renewed := func(transition string, want bool) {
		t.Helper()
		if got := w.Definition.BasisBeingRenewed(&w.Proposal); got != want {
			t.Errorf("after %s: being renewed %v", transition, got)
		}
		if w.Proposal.Register != (workflow.Register{Status: workflow.RegisterCurrent, Since: since, SinceYear: 2026}) {
			t.Errorf("after %s: %+v", transition, w.Proposal.Register)
		}
	}
	renewed("record_admission", false)
	w.Office.Wait(w.Today().PlusDays(1))
	walk(t, w, "rules_changed")
	renewed("rules_changed", true)
	second := w.Clone()
	walk(t, w, again...)
	renewed("grant_consent", true)
	walk(t, w, "confirm_membership")
	renewed("confirm_membership", false)

	w = second
	walk(t, w, "withdraw_draft")
	renewed("withdraw_draft", true)
	walk(t, w, "withdraw_membership")
	if w.Proposal.Register.Status != workflow.RegisterPast || w.Proposal.Register.Since != since || w.Definition.BasisBeingRenewed(&w.Proposal) {
		t.Errorf("withdrawn: %+v", w.Proposal.Register)
	}
}

func TestWhatNeverWasIsNotInTheRegisterAsPast(t *testing.T) {
	w := open(t, "political_body")
	walk(t, w, "consent_to_participate", "end_participation")
	if w.Proposal.State != "ended" || w.Proposal.Register != (workflow.Register{}) {
		t.Errorf("%s: %+v", w.Proposal.State, w.Proposal.Register)
	}
}

func TestAnEntryEndsOnTheDayOnWhichWhatWasAgreedEnds(t *testing.T) {
	for name, test := range map[string]struct {
		begin inputs
		walk  []string
		until calendar.Date
	}{
		"an agreement that expired":     {inputs{"valid_until": "2026-06-30"}, []string{"expire"}, "2026-06-30"},
		"an agreement under notice":     {nil, []string{"record_partner_notice", "terminate"}, "2026-03-02"},
		"an agreement with a successor": {nil, []string{"supersede"}, "2026-07-15"},
	} {
		t.Run(name, func(t *testing.T) {
			w := inForce(t, test.begin)
			walk(t, w, test.walk[:len(test.walk)-1]...)
			w.Office.Wait("2026-07-15")
			walk(t, w, test.walk[len(test.walk)-1])
			if got := w.Proposal.Register; got.Status != workflow.RegisterPast || got.Until != test.until {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestWhatIsGivenUpIsPast(t *testing.T) {
	for name, test := range map[string]struct {
		form string
		walk []string
	}{
		"a programme, once its grant agreement is signed": {"eu_programme", []string{"start_analysis", "decide_participation", "submit_application", "record_award", "sign_grant_agreement", "abandon"}},
		"a programme under way": {
			"eu_programme",
			[]string{"start_analysis", "decide_participation", "submit_application", "record_award", "sign_grant_agreement", "start_implementation", "abandon"},
		},
		"a mandate that becomes a membership": {"political_body", []string{"consent_to_participate", "appoint_representative", "start_participation", "convert_to_membership"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t, test.form)
			walk(t, w, test.walk...)
			if got := w.Proposal.Register; got.Status != workflow.RegisterPast || got.Until != w.Today() || w.Definition.BasisBeingRenewed(&w.Proposal) {
				t.Errorf("%s: %+v, being renewed %v", w.Proposal.State, got, w.Definition.BasisBeingRenewed(&w.Proposal))
			}
		})
	}
}

func TestAnImportedEntryIsDatedAsFarAsTheSourcesTell(t *testing.T) {
	const current, past = workflow.RegisterCurrent, workflow.RegisterPast
	for name, test := range map[string]struct {
		form, state, dates string
		on                 calendar.Date
		want               workflow.Register
	}{
		"a full date":             {"twin_city_agreement", "in_force", `{"began_on":"1993-02-19"}`, "1993-02-19", workflow.Register{Status: current, Since: "1993-02-19", SinceYear: 1993}},
		"a year":                  {"honorary_twin_title", "title_conferred", `{"began_on":"1993"}`, "", workflow.Register{Status: current, SinceYear: 1993}},
		"a month":                 {"honorary_twin_title", "title_conferred", `{"resolved_on":"2024-11"}`, "", workflow.Register{Status: current, SinceYear: 2024}},
		"no date":                 {"twin_city_agreement", "in_force", "", "", workflow.Register{Status: current}},
		"no date but the act's":   {"twin_city_agreement", "in_force", "", "2001-05-06", workflow.Register{Status: current, Since: "2001-05-06", SinceYear: 2001}},
		"no date at all":          {"twin_city_agreement", "in_force", `{"began_on":"around 1990"}`, "", workflow.Register{Status: current}},
		"an end":                  {"partnership_agreement", "terminated", `{"began_on":"2006","ended_on":"2022-09-16"}`, "2022-09-16", workflow.Register{Status: past, SinceYear: 2006, Until: "2022-09-16", UntilYear: 2022}},
		"an end not known":        {"partnership_agreement", "terminated", `{"signed_on":"1996-04-03"}`, "1996-04-03", workflow.Register{Status: past, Since: "1996-04-03", SinceYear: 1996}},
		"an end, the act's day":   {"partnership_agreement", "terminated", "", "2022-09-16", workflow.Register{Status: past, Until: "2022-09-16", UntilYear: 2022}},
		"a first state, no mark":  {"informal_cooperation", "contacts", "", "", workflow.Register{Status: current}},
		"a goal without a mark":   {"informal_cooperation", "working_document", "", "", workflow.Register{Status: current}},
		"an end without a mark":   {"informal_cooperation", "lapsed", `{"ended_on":"2020"}`, "", workflow.Register{Status: past, UntilYear: 2020}},
		"an end marked current":   {"domestic_membership", "recorded", `{"began_on":"1991"}`, "", workflow.Register{Status: current, SinceYear: 1991}},
		"a form that is not told": {"unknown", "recorded", "", "", workflow.Register{Status: current}},
	} {
		t.Run(name, func(t *testing.T) {
			office := office(t)
			definition, _ := office.InForce(test.form)
			command := workflow.Command{By: workflowtest.Person(workflow.Official), OccurredOn: test.on, Inputs: map[string]json.RawMessage{
				"source": json.RawMessage(`"BIP"`), "confidence": json.RawMessage(`"S"`),
			}}
			if test.dates != "" {
				command.Inputs["dates"] = json.RawMessage(test.dates)
			}
			written := workflow.NewCase{ID: office.NewID(), Title: "Wpis", Partner: workflowtest.PartnerFor(test.form)}
			change, refusal := workflow.Import(definition, written, test.state, command, office.Moment())
			if refusal != nil {
				t.Fatal(refusal)
			}
			if diff := cmp.Diff(test.want, change.After.Register); diff != "" {
				t.Error(diff)
			}
			if definition.BasisBeingRenewed(&change.After) {
				t.Error("an entry that was only imported is being renewed")
			}
		})
	}
}

func TestACaseOfADefinitionWithoutMarksTakesThoseInForce(t *testing.T) {
	w := adopted(t, "twin_city_agreement")
	source := w.Definition.Source
	source.States = nil
	for _, state := range w.Definition.Source.States {
		state.Register = ""
		source.States = append(source.States, state)
	}
	w.Definition = compiled(t, source)
	walk(t, w, "prepare_signing", "sign_agreement", "enter_into_force")
	if w.Proposal.Register.Status != workflow.RegisterCurrent {
		t.Errorf("%s: %+v", w.Proposal.State, w.Proposal.Register)
	}
}

func TestEveryFormButTheInformalOneComesToTheRegister(t *testing.T) {
	for _, definition := range definitions(t) {
		marked := map[string]bool{}
		for _, state := range definition.States {
			marked[state.Register] = true
			if state.Register == workflow.RegisterPast && state.Kind != workflow.End {
				t.Errorf("%s %s: %s, %s", definition.Form, state.ID, state.Kind, state.Register)
			}
		}
		if want := definition.Form != "informal_cooperation"; marked[workflow.RegisterCurrent] != want {
			t.Errorf("%s: marked %v", definition.Form, marked)
		}
	}
}

func TestDocumentKindsSayWhetherAnybodyMayReadThem(t *testing.T) {
	public := map[string]bool{}
	for _, kind := range definitions(t)[0].Source.City.Documents {
		public[kind.ID] = kind.Public
	}
	for kind, want := range map[string]bool{"resolution": true, "agreement": true, "roll_call": true, "notice": false, "legal_opinion": false, "partner_letter": false} {
		if public[kind] != want {
			t.Errorf("%s: public %v", kind, public[kind])
		}
	}
}
