package workflow_test

import (
	"testing"

	"hejnal/workflow"
)

func TestADefinitionSaysWhatAnActDoesToAResolution(t *testing.T) {
	w := open(t, "partnership_agreement")
	for _, test := range []struct{ transition, event, want string }{
		{"record_vote", "resolution_adopted", workflow.ResolutionAdopted},
		{"record_vote", "resolution_rejected", ""},
		{"record_vote", "quorum_not_reached", ""},
		{"record_ending_resolution", "ending_resolution_adopted", workflow.ResolutionEndingAdopted},
		{"record_ending_resolution", "ending_resolution_rejected", ""},
		{"record_suspension", "resolution_suspended", workflow.ResolutionSuspended},
		{"record_judgment", "ruling_quashed", workflow.ResolutionCleared},
		{"record_judgment", "ruling_upheld", ""},
		{"sign_agreement", "agreement_signed", ""},
		{"no_such", "resolution_adopted", ""},
	} {
		if got := w.Definition.ResolutionMark(test.transition, test.event); got != test.want {
			t.Errorf("%s with %s does %q, want %q", test.transition, test.event, got, test.want)
		}
	}
	if !w.Definition.MarksResolutions() || open(t, "eu_programme").Definition.MarksResolutions() {
		t.Error("a form with a Council says it, one without does not")
	}
}

func TestTheCityIsNamedAsTheFormSays(t *testing.T) {
	for form, want := range map[string]string{
		"twin_city_agreement": "Stołeczne Królewskie Miasto Kraków", "honorary_twin_title": "Gmina Miejska Kraków", "association_membership": "Gmina Miejska Kraków",
	} {
		definition := open(t, form).Definition
		if got := definition.CityAs(); got != want {
			t.Errorf("%s: %s", form, got)
		}
		if agreed := definition.Source.Parties != nil; agreed != (form != "honorary_twin_title") {
			t.Errorf("%s has parties: %v", form, agreed)
		}
	}
}
