package workflow_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hejnal/workflow"
	"hejnal/workflow/workflowtest"
)

func TestRounds(t *testing.T) {
	w := onAgenda(t, "twin_city_agreement")
	if w.Proposal.Round != 1 {
		t.Errorf("a case begins in round %d", w.Proposal.Round)
	}
	walk(t, w, "return_for_correction")
	if w.Proposal.Round != 2 || w.Proposal.State != "assessment" {
		t.Errorf("returned: round %d, %s", w.Proposal.Round, w.Proposal.State)
	}
	walk(t, w, "complete_draft", "submit_to_council", "register_print", "place_on_agenda", "record_vote", "number_resolution")
	walk(t, w, "deliver_to_voivode", "record_annulment")
	for _, transition := range []string{"prepare_signing"} {
		action, _ := w.Action(transition, workflowtest.Person(workflow.Official))
		if !blocks(action, "tracks_clear") {
			t.Errorf("%s on an annulled resolution: %v", transition, codes(action.BlockedBy))
		}
	}
	walk(t, w, "redraft")
	want := map[string]string{"supervision": "not_started", "publication": "not_started"}
	if diff := cmp.Diff(want, w.Proposal.Tracks); diff != "" || w.Proposal.Round != 3 {
		t.Errorf("redrafted: round %d, tracks %s", w.Proposal.Round, diff)
	}
	if w.Proposal.Record["numbered"] != false || due(w, "complaint") != "" {
		t.Errorf("the annulled resolution's number or clock lives on: %v, %v", w.Proposal.Record, w.Proposal.Deadlines)
	}
	walk(t, w, "complete_draft", "submit_to_council", "register_print", "place_on_agenda", "record_vote", "number_resolution", "prepare_signing")
	if got := len(w.Proposal.Record["resolution_numbers"].([]string)); got != 2 {
		t.Errorf("%d numbers are kept", got)
	}
}

func TestSupervision(t *testing.T) {
	for name, test := range map[string]struct {
		walk    []string
		inputs  map[string]inputs
		state   string
		blocked bool
		warned  bool
	}{
		"not delivered yet":        {nil, nil, "to_deliver", false, false},
		"delivered":                {[]string{"deliver_to_voivode"}, nil, "delivered", false, false},
		"no objection":             {[]string{"deliver_to_voivode", "record_no_objection"}, nil, "no_objection", false, false},
		"breach noted":             {[]string{"deliver_to_voivode", "record_breach"}, nil, "breach_noted", false, false},
		"suspended":                {[]string{"deliver_to_voivode", "record_suspension"}, nil, "suspended", true, false},
		"suspended, no objection":  {[]string{"deliver_to_voivode", "record_suspension", "record_no_objection"}, nil, "no_objection", false, false},
		"annulled":                 {[]string{"deliver_to_voivode", "record_annulment"}, nil, "annulled", true, false},
		"suspended, then annulled": {[]string{"deliver_to_voivode", "record_suspension", "record_annulment"}, nil, "annulled", true, false},
		"complaint filed":          {[]string{"deliver_to_voivode", "record_annulment", "file_complaint"}, nil, "complaint_filed", true, false},
		"ruling quashed":           {[]string{"deliver_to_voivode", "record_annulment", "file_complaint", "record_judgment"}, nil, "quashed", false, false},
		"ruling upheld": {
			[]string{"deliver_to_voivode", "record_annulment", "file_complaint", "record_judgment"},
			map[string]inputs{"record_judgment": {"result": "upheld"}},
			"upheld", true, false,
		},
		"partly annulled":        {[]string{"deliver_to_voivode", "record_partial_annulment"}, nil, "partly_annulled", false, true},
		"partial complaint":      {[]string{"deliver_to_voivode", "record_partial_annulment", "file_complaint"}, nil, "partial_complaint_filed", false, true},
		"partial ruling quashed": {[]string{"deliver_to_voivode", "record_partial_annulment", "file_complaint", "record_judgment"}, nil, "quashed", false, false},
		"annulled by a court":    {[]string{"deliver_to_voivode", "record_no_objection", "record_court_annulment"}, nil, "upheld", true, false},
		"partial ruling, upheld": {
			[]string{"deliver_to_voivode", "record_partial_annulment", "file_complaint", "record_judgment"},
			map[string]inputs{"record_judgment": {"result": "upheld"}},
			"partly_upheld", false, true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := adopted(t, "twin_city_agreement")
			for _, transition := range test.walk {
				do(t, w, transition, test.inputs[transition])
			}
			if got := w.Proposal.Tracks["supervision"]; got != test.state {
				t.Fatalf("supervision is %s, want %s", got, test.state)
			}
			action, ok := w.Action("prepare_signing", workflowtest.Person(workflow.Official))
			if !ok || blocks(action, "tracks_clear") != test.blocked || action.Allowed == (test.blocked || test.warned) {
				t.Errorf("the signing is blocked by %v", codes(action.BlockedBy))
			}
			if blocks(action, "resolution_partly_annulled") != test.warned {
				t.Errorf("warned %v, want %v", codes(action.BlockedBy), test.warned)
			}
		})
	}
}

// TestAnEndingResolutionLiftsNoAnnulment: the supervision starts anew with the ending resolution, and what was annulled before
// stays annulled.
func TestAnEndingResolutionLiftsNoAnnulment(t *testing.T) {
	president := workflowtest.Person(workflow.President)
	for name, test := range map[string]struct{ form, goal, transition, leave string }{
		"renewing an agreement": {"twin_city_agreement", "in_force", "renew", "give_notice"},
		"presenting a title":    {"honorary_twin_title", "title_conferred", "present_title", "revoke_title"},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t, test.form)
			for _, transition := range shortest[test.form].walk {
				if w.Proposal.State != test.goal {
					walk(t, w, transition)
				}
			}
			w.Attach("annex", workflow.President)
			if action := must(w.Action(test.transition, president)); !action.Allowed {
				t.Errorf("before: %v", codes(action.BlockedBy))
			}
			walk(t, w, "deliver_to_voivode", "record_annulment")
			if action := must(w.Action(test.transition, president)); !blocks(action, "tracks_clear") {
				t.Errorf("annulled: %v", codes(action.BlockedBy))
			}
			rejected := w.Clone()
			do(t, rejected, "record_ending_resolution", inputs{"for": 5, "against": 30})
			if action := must(rejected.Action(test.transition, president)); !blocks(action, "tracks_clear") {
				t.Errorf("annulled, and the ending rejected: %v", codes(action.BlockedBy))
			}
			walk(t, w, "record_ending_resolution")
			if action := must(w.Action(test.transition, president)); !blocks(action, "ending_resolution_stands") {
				t.Errorf("annulled, and the ending adopted: %v", codes(action.BlockedBy))
			}
			walk(t, w, test.leave)
		})
	}
}

func TestTwoReadings(t *testing.T) {
	one, two := onAgenda(t, "twin_city_agreement"), onAgenda(t, "twin_city_agreement", twoReadings)
	secretariat := workflowtest.Person(workflow.Secretariat)
	if action := must(one.Action("hold_first_reading", secretariat)); !blocks(action, "two_readings") {
		t.Errorf("a first reading with one: %v", codes(action.BlockedBy))
	}
	if action := must(two.Action("record_vote", secretariat)); !blocks(action, "first_reading_due") {
		t.Errorf("a vote before the first reading: %v", codes(action.BlockedBy))
	}
	walk(t, two, "hold_first_reading", "place_on_agenda")
	if action := must(two.Action("hold_first_reading", secretariat)); !blocks(action, "first_reading_not_held") {
		t.Errorf("a second first reading: %v", codes(action.BlockedBy))
	}
	walk(t, two, "record_vote")
	if two.Proposal.State != "resolution_adopted" {
		t.Errorf("state %s", two.Proposal.State)
	}
}

func TestTheRulesOfEachForm(t *testing.T) {
	partner := func(change func(*workflow.Partner)) func(*workflow.NewCase) {
		return func(written *workflow.NewCase) { change(&written.Partner) }
	}
	for name, test := range map[string]struct {
		form   string
		begin  func(*workflow.NewCase)
		given  inputs
		blocks []string
	}{
		"one field for a sector":        {"sector_agreement", func(*workflow.NewCase) {}, nil, nil},
		"two fields for a sector":       {"sector_agreement", func(n *workflow.NewCase) { n.Fields = []string{"culture", "sport"} }, nil, []string{"not_one_field"}},
		"no field for a sector":         {"sector_agreement", func(n *workflow.NewCase) { n.Fields = nil }, nil, []string{"not_one_field"}},
		"two fields for a partnership":  {"partnership_agreement", func(n *workflow.NewCase) { n.Fields = []string{"culture", "sport"} }, nil, nil},
		"a title outside Europe":        {"honorary_twin_title", func(*workflow.NewCase) {}, nil, nil},
		"a title in Europe":             {"honorary_twin_title", partner(func(p *workflow.Partner) { p.Continent = "europe" }), nil, []string{"partner_in_europe"}},
		"a twin at home":                {"twin_city_agreement", partner(func(p *workflow.Partner) { p.Country = "PL" }), nil, []string{"partner_domestic"}},
		"a twin of a region":            {"twin_city_agreement", partner(func(p *workflow.Partner) { p.Kind = "region" }), nil, []string{"partner_no_city"}},
		"a twin of an organisation":     {"twin_city_agreement", partner(func(p *workflow.Partner) { p.Kind = "organisation" }), nil, []string{"partner_no_city"}},
		"a partnership at home":         {"partnership_agreement", partner(func(p *workflow.Partner) { p.Country = "PL" }), nil, []string{"partner_domestic"}},
		"a partnership with a region":   {"partnership_agreement", partner(func(p *workflow.Partner) { p.Kind = "region" }), nil, nil},
		"a sector at home":              {"sector_agreement", partner(func(p *workflow.Partner) { p.Country = "PL" }), nil, []string{"partner_domestic"}},
		"a title at home":               {"honorary_twin_title", partner(func(p *workflow.Partner) { p.Country, p.Continent = "PL", "europe" }), nil, []string{"partner_domestic", "partner_in_europe"}},
		"a title for an organisation":   {"honorary_twin_title", partner(func(p *workflow.Partner) { p.Kind = "organisation" }), nil, []string{"partner_no_city"}},
		"an association":                {"association_membership", func(*workflow.NewCase) {}, nil, nil},
		"a city is no association":      {"association_membership", partner(func(p *workflow.Partner) { p.Kind = "city" }), nil, []string{"partner_is_no_organisation"}},
		"a domestic association":        {"association_membership", partner(func(p *workflow.Partner) { p.Country = "PL" }), nil, []string{"association_domestic"}},
		"no international association":  {"association_membership", func(*workflow.NewCase) {}, inputs{"international_association": "no"}, []string{"association_not_international"}},
		"tasks or property handed over": {"association_membership", func(*workflow.NewCase) {}, inputs{"hands_over_tasks_or_property": "yes"}, []string{"hands_over_tasks"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t, test.form, test.begin)
			_, refusal := w.Decide(command(t, w, "propose", test.given))
			var got []string
			if refusal != nil {
				got = codes(refusal.Blockers)
			}
			if diff := cmp.Diff(test.blocks, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAnIndefiniteTermNeedsAReason(t *testing.T) {
	w := open(t, "partnership_agreement")
	walk(t, w, "propose")
	command(t, w, "complete_draft") // attaches what is needed
	if got := codes(refused(t, w, command(t, w, "complete_draft", inputs{"term": "indefinite"}), workflow.Blocked).Blockers); !cmp.Equal(got, []string{"indefinite_term_unreasoned"}) {
		t.Errorf("blocked by %v", got)
	}
	do(t, w, "complete_draft", inputs{"term": "indefinite", "term_reason": "Trwały charakter"})
}

func TestAPoliticalBodyIsNoMembership(t *testing.T) {
	w := open(t, "political_body")
	if got := codes(refused(t, w, command(t, w, "consent_to_participate", inputs{"becomes_member_pays_or_accepts_statute": "yes"}), workflow.Blocked).Blockers); !cmp.Equal(got, []string{"membership_at_entry"}) {
		t.Errorf("at entry: %v", got)
	}
	walk(t, w, "consent_to_participate", "appoint_representative", "start_participation")
	refusal := refused(t, w, command(t, w, "answer_membership_question", inputs{"becomes_member_pays_or_accepts_statute": "yes"}), workflow.Blocked)
	if diff := cmp.Diff([]string{"convert_to_membership"}, refusal.Blockers[0].ClearedBy); diff != "" {
		t.Error(diff)
	}
	walk(t, w, "convert_to_membership")
	opened := w.Opened[0].Proposal
	if opened.Form != "association_membership" || opened.State != "contacts" || opened.Seq != 1 {
		t.Errorf("opened %s in %s, seq %d", opened.Form, opened.State, opened.Seq)
	}
	if diff := cmp.Diff([]workflow.Link{{Rel: "converted_from", ProposalID: w.Proposal.ID}}, opened.Links); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]workflow.Link{{Rel: "converted_to", ProposalID: opened.ID}}, w.Proposal.Links); diff != "" {
		t.Error(diff)
	}
}

func TestFormalisingTakesPartnerAndDocumentsAlong(t *testing.T) {
	w := open(t, "informal_cooperation")
	walk(t, w, "sign_working_document")
	do(t, w, "formalise", inputs{"target_form": "sector_agreement", "title": "Umowa o kulturze"})
	opened := w.Opened[0].Proposal
	if opened.Form != "sector_agreement" || opened.Title != "Umowa o kulturze" || opened.Partner != w.Proposal.Partner {
		t.Errorf("opened %+v", opened)
	}
	if len(opened.Documents) != 1 || opened.Documents[0].SHA256 != w.Proposal.Documents[0].SHA256 || opened.Documents[0].ID == w.Proposal.Documents[0].ID {
		t.Errorf("documents %+v", opened.Documents)
	}
	if !w.Proposal.Documents[0].Used || opened.Documents[0].Used {
		t.Error("no act of the new case was decided on the document yet")
	}
}

func TestALinkedCaseBeginsLikeAnyOther(t *testing.T) {
	long := strings.Repeat("ą", 300)
	for name, test := range map[string]struct {
		title string
		right bool
	}{
		"as long as a title may be": {long, true},
		"a letter longer":           {long + "ą", false},
		"of two lines":              {"Umowa\no kulturze", false},
	} {
		t.Run(name, func(t *testing.T) {
			for transition, w := range map[string]*workflowtest.Walker{
				"formalise":             open(t, "informal_cooperation"),
				"convert_to_membership": open(t, "political_body"),
			} {
				if transition == "convert_to_membership" {
					walk(t, w, "consent_to_participate", "appoint_representative", "start_participation")
				}
				given := command(t, w, transition, inputs{"title": test.title})
				if test.right {
					if change, refusal := w.Decide(given); refusal != nil || change.Opened[0].After.Title != test.title {
						t.Errorf("%s: %v", transition, refusal)
					}
					continue
				}
				refusal := refused(t, w, given, workflow.Invalid)
				if len(refusal.Errors) != 1 || refusal.Errors[0].Pointer != "/inputs/title" {
					t.Errorf("%s is refused at %+v", transition, refusal.Errors)
				}
			}
		})
	}
}

func TestAnUncoveredContributionNeedsTheBudgetAct(t *testing.T) {
	w := open(t, "eu_programme")
	walk(t, w, "start_analysis")
	command(t, w, "decide_participation")
	if got := codes(refused(t, w, command(t, w, "decide_participation", inputs{"covered_in_budget": "no"}), workflow.Blocked).Blockers); !cmp.Equal(got, []string{"contribution_not_covered"}) {
		t.Errorf("blocked by %v", got)
	}
	do(t, w, "decide_participation", inputs{"covered_in_budget": "no", "budget_act": "XLII/990/26"})
}
