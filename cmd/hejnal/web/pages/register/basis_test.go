package register_test

import (
	"cmp"
	"net/http"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

// step is an act and the inputs that stand in place of its examples.
type step struct {
	transition string
	inputs     pagestest.Inputs
}

var (
	rejected = pagestest.Inputs{"resolution_number": "L/7001/26", "for": 5, "against": 30, "abstained": 0, "present": 35}
	noQuorum = pagestest.Inputs{"resolution_number": "L/7004/26", "for": 1, "against": 0, "abstained": 0, "present": 5}
	ending   = pagestest.Inputs{"resolution_number": "L/7002/26"}
)

// adopt are the acts from a draft to a resolution of the number.
func adopt(number string) []step {
	return []step{
		{"give_legal_opinion", nil},
		{"complete_draft", nil},
		{"submit_to_council", nil},
		{"register_print", nil},
		{"place_on_agenda", nil},
		{"record_vote", nil},
		{"number_resolution", pagestest.Inputs{"resolution_number": number}},
	}
}

// Rows of an entry's page.
const stands, ends, other = "Podstawa prawna", "Podstawa zakończenia", "Inne uchwały w sprawie"

func TestAnEntryTellsWhatItRestsOnAndWhatBecameOfIt(t *testing.T) {
	h := pagestest.New(t)
	for name, test := range map[string]struct {
		form, state string
		steps       []step
		rows        map[string][]string // row → what it says
		silent      []string
	}{
		"a rejected vote on ending is no basis of anything": {
			"partnership_agreement", "in_force",
			[]step{{"record_ending_resolution", rejected}},
			map[string][]string{stands: {"za 30"}},
			[]string{ends},
		},
		"nor is one without a quorum": {"partnership_agreement", "in_force", []step{{"record_ending_resolution", noQuorum}}, map[string][]string{stands: {"za 30"}}, []string{ends}},
		"an ending resolution stands apart": {
			"partnership_agreement", "in_force",
			[]step{{"record_ending_resolution", ending}},
			map[string][]string{stands: {"nr"}, ends: {"nr L/7002/26"}},
			nil,
		},
		"a suspended resolution": {
			"honorary_twin_title", "title_conferred",
			[]step{{"deliver_to_voivode", nil}, {"record_suspension", nil}},
			map[string][]string{stands: {"wykonanie wstrzymane od"}},
			nil,
		},
		"a suspension that is over": {
			"honorary_twin_title", "title_conferred",
			[]step{{"deliver_to_voivode", nil}, {"record_suspension", nil}, {"record_no_objection", nil}},
			map[string][]string{stands: {"nr"}},
			[]string{"wykonanie wstrzymane"},
		},
		"an annulled resolution": {
			"honorary_twin_title", "title_conferred",
			[]step{{"deliver_to_voivode", nil}, {"record_annulment", nil}},
			map[string][]string{stands: {"stwierdzono nieważność w całości, wykonanie wstrzymane od"}},
			nil,
		},
		"one annulled in part": {
			"honorary_twin_title", "title_conferred",
			[]step{{"deliver_to_voivode", nil}, {"record_partial_annulment", nil}},
			map[string][]string{stands: {"stwierdzono nieważność w części, w tym zakresie wykonanie wstrzymane od"}},
			nil,
		},
		"a ruling that the court quashed": {
			"honorary_twin_title", "title_conferred",
			[]step{{"deliver_to_voivode", nil}, {"record_annulment", nil}, {"file_complaint", nil}, {"record_judgment", nil}},
			map[string][]string{stands: {"nr"}},
			[]string{"stwierdzono"},
		},
		"a ruling that the court upheld": {
			"honorary_twin_title", "title_conferred",
			[]step{{"deliver_to_voivode", nil}, {"record_partial_annulment", nil}, {"file_complaint", nil}, {"record_judgment", pagestest.Inputs{"result": "upheld"}}},
			map[string][]string{stands: {"stwierdzono nieważność w części, w tym zakresie wykonanie wstrzymane od"}},
			nil,
		},
		"an annulled ending resolution leaves the other as it was": {
			"partnership_agreement", "in_force",
			[]step{{"record_ending_resolution", pagestest.Inputs{"resolution_number": "L/7003/26"}}, {"deliver_to_voivode", nil}, {"record_annulment", nil}},
			map[string][]string{stands: {"nr"}, ends: {"nr L/7003/26", "stwierdzono nieważność w całości, wykonanie wstrzymane od"}},
			nil,
		},
		"a resolution that was not used": {
			"sector_agreement", "resolution_adopted",
			append(append([]step{{"number_resolution", pagestest.Inputs{"resolution_number": "XLII/801/26"}}, {"redraft", nil}}, adopt("XLII/802/26")...),
				step{"prepare_signing", nil}, step{"sign_agreement", nil}, step{"enter_into_force", nil}),
			map[string][]string{stands: {"nr XLII/802/26"}, other: {"nr XLII/801/26"}},
			nil,
		},
		"the consent is that to the resolution": {
			"association_membership", "member", nil,
			map[string][]string{stands: {"nr"}, "Zgoda ministra": {"Decyzja DWRP", "do uchwały nr"}},
			[]string{other},
		},
		"a resolution that is to renew the basis is none before it does": {
			"association_membership", "member", append([]step{{"rules_changed", nil}}, adopt("XLII/803/26")...),
			map[string][]string{stands: {"nr"}, other: {"nr XLII/803/26"}},
			nil,
		},
		"and is one afterwards": {
			"association_membership", "member", append(append([]step{{"rules_changed", nil}}, adopt("XLII/804/26")...), step{"send_consent_file", nil},
				step{"record_voivode_opinion", nil}, step{"grant_consent", nil}, step{"confirm_membership", nil}),
			map[string][]string{stands: {"nr XLII/804/26"}, "Zgoda ministra": {"do uchwały nr XLII/804/26"}},
			[]string{other},
		},
	} {
		t.Run(name, func(t *testing.T) {
			id := h.Bring(test.form, test.state)
			for _, step := range test.steps {
				step.take(h, id)
			}
			says(t, h.Visitor().Get("/rejestr/"+id).Want(http.StatusOK).Check().Silent(test.silent...), test.rows)
		})
	}
}

func (s step) take(h *pagestest.House, id string) {
	if s.inputs == nil {
		h.Do(id, s.transition)
		return
	}
	h.Do(id, s.transition, s.inputs)
}

// says fails the test unless the rows of the page say what they should, and no entry rests on a resolution that ends it.
func says(t *testing.T, page *pagestest.Page, rows map[string][]string) {
	t.Helper()
	for row, texts := range rows {
		told := rowOf(page, row)
		for _, text := range texts {
			if !strings.Contains(told, text) {
				t.Errorf("%s: %q does not say %q", row, told, text)
			}
		}
		if row == stands && strings.Contains(told, "L/700") {
			t.Errorf("it rests on %q", told)
		}
	}
}

// rowOf is what the main facts say under a name.
func rowOf(page *pagestest.Page, name string) string {
	for _, row := range pagestest.Every(page.Root, pagestest.Class("govuk-summary-list__row")) {
		if key := pagestest.First(row, pagestest.Tag("dt")); pagestest.Text(key) == name {
			return pagestest.Text(pagestest.First(row, pagestest.Tag("dd")))
		}
	}
	return ""
}

func TestOnlyAnAgreementHasParties(t *testing.T) {
	h := pagestest.New(t)
	const full, legal = "Stołeczne Królewskie Miasto Kraków", "Gmina Miejska Kraków"
	for _, test := range []struct{ form, state, row, city, other string }{
		{"twin_city_agreement", "in_force", "Strony", full, legal},
		{"partnership_agreement", "in_force", "Strony", full, legal},
		{"sector_agreement", "in_force", "Strony", full, legal},
		{"honorary_twin_title", "title_conferred", "Partner", "", full},
		{"association_membership", "member", "Członek i zrzeszenie", legal, full},
		{"eu_programme", "grant_agreement_signed", "Uczestnicy", legal, full},
		{"political_body", "participating", "Partner", "", full},
	} {
		id := h.Bring(test.form, test.state)
		page := h.Visitor().Get("/rejestr/" + id).Want(http.StatusOK).Check()
		summary := pagestest.Text(pagestest.First(page.Root, pagestest.Class("govuk-body-l")))
		for place, text := range map[string]string{"the row": rowOf(page, test.row), "the summary": summary} {
			if !strings.Contains(text, h.Case(id).Partner.Name) || !strings.Contains(text, test.city) || strings.Contains(text, test.other) {
				t.Errorf("%s: %s says %q", test.form, place, text)
			}
		}
		if !strings.Contains(summary, test.row+": ") {
			t.Errorf("%s: the summary says %q", test.form, summary)
		}
		if test.row != "Strony" {
			page.Silent("Strony")
		}
		linked := h.Visitor().Get("/rejestr/" + id + ".jsonld").Want(http.StatusOK)
		if want := cmp.Or(test.city, legal); !strings.Contains(linked.Body, `"`+want+`"`) {
			t.Errorf("%s: linked data do not name %s", test.form, want)
		}
	}
}
