package actform_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"hejnal/cmd/hejnal/web/pages/actform"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
	"hejnal/workflow/language"
)

// forms are the definitions that are part of the program, by form.
var forms = sync.OnceValue(func() map[string]*workflow.Definition {
	set, err := language.Load(workflow.Definitions)
	if err != nil {
		panic(err)
	}
	compiled := map[string]*workflow.Definition{}
	for _, source := range set.Forms() {
		definition, findings := workflow.Compile(source)
		if len(findings) > 0 {
			panic(findings[0].Message)
		}
		compiled[source.Form] = definition
	}
	return compiled
})

// transition finds a transition of a form.
func transition(t *testing.T, form, id string) (*workflow.Transition, workflow.Action) {
	t.Helper()
	transitions := forms()[form].Transitions
	i := slices.IndexFunc(transitions, func(found *workflow.Transition) bool { return found.ID == id })
	if i < 0 {
		t.Fatalf("%s has no %s", form, id)
	}
	return transitions[i], workflow.Action{Inputs: transitions[i].Schema()}
}

func TestAFormAsksInTheOrderAndTheWordsOfTheDefinition(t *testing.T) {
	for _, c := range []struct {
		form, transition string
		want             []string // name, kind, and "?" where it can be left empty
	}{
		{"twin_city_agreement", "record_vote", []string{
			"in.for number", "in.against number", "in.abstained number", "in.present number", "in.absent number ?", "in.roll_call area ?",
		}},
		{"twin_city_agreement", "enter_into_force", []string{"in.valid_until day ?", "in.renewal.term_months number ?", "in.renewal.notice_months number ?"}},
		{"twin_city_agreement", "sign_agreement", []string{"in.place line", "in.city_signatory line", "in.partner_signatory line", "in.signed_as choice"}},
		{"eu_programme", "record_award", []string{"in.amount line", "in.currency select"}},
		{"honorary_twin_title", "propose", []string{"in.twin_conditions ticks ?"}},
	} {
		found, action := transition(t, c.form, c.transition)
		var got []string
		for _, field := range actform.Fields(found, action) {
			line := field.Name + " " + field.Kind
			if field.Optional {
				line += " ?"
			}
			got = append(got, line)
			if !field.Label.Complete() {
				t.Errorf("%s of %s has no label in both languages", field.Name, c.transition)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s of %s asks for\n%q, want\n%q", c.transition, c.form, got, c.want)
		}
	}
}

func TestOptionsHaveTitlesAndExamplesStandInHints(t *testing.T) {
	signing, action := transition(t, "twin_city_agreement", "sign_agreement")
	fields := actform.Fields(signing, action)
	if as := fields[3]; len(as.Options) != 2 || as.Options[0].Value != "president" || as.Options[0].Title.EN != "President of the City" || as.Value != "" {
		t.Errorf("options %v, chosen %q", as.Options, as.Value)
	}
	if hint := fields[0].Hint; hint.PL != "Na przykład: Kraków" {
		t.Errorf("hint %q", hint.PL)
	}
}

func TestWhatWasTypedBecomesInputs(t *testing.T) {
	for _, c := range []struct {
		name, form, transition string
		typed                  url.Values
		want                   string
	}{
		{"nothing", "twin_city_agreement", "record_vote", url.Values{}, `{}`},
		{"numbers", "twin_city_agreement", "record_vote", url.Values{"in.for": {" 30 "}, "in.against": {"007"}, "in.abstained": {"0"}, "in.present": {"1 000"}}, `{"abstained":0,"against":7,"for":30,"present":1000}`},
		{"no number", "twin_city_agreement", "record_vote", url.Values{"in.for": {"trzydzieści"}, "in.against": {"-1"}}, `{"against":"-1","for":"trzydzieści"}`},
		{
			"a pasted roll call", "twin_city_agreement", "record_vote",
			url.Values{"in.roll_call": {"Nowak Anna; za\r\n\r\nLis Piotr\tWstrzymał się\nKowal Ewa, nieobecny\nMazur Adam;against"}},
			`{"roll_call":[{"councillor":"Nowak Anna","vote":"for"},{"councillor":"Lis Piotr","vote":"abstained"},{"councillor":"Kowal Ewa","vote":"absent"},{"councillor":"Mazur Adam","vote":"against"}]}`,
		},
		{"an unknown vote", "twin_city_agreement", "record_vote", url.Values{"in.roll_call": {"Nowak Anna; może"}}, `{"roll_call":[{"councillor":"Nowak Anna","vote":"może"}]}`},
		{"a part of an object", "twin_city_agreement", "enter_into_force", url.Values{"in.renewal.term_months": {"60"}}, `{"renewal":{"term_months":60}}`},
		{"an empty object", "twin_city_agreement", "enter_into_force", url.Values{"in.renewal.term_months": {" "}, "in.valid_until": {"2031-11-28"}}, `{"valid_until":"2031-11-28"}`},
		{"money as people write it", "eu_programme", "record_award", url.Values{"in.amount": {"12 345,60"}, "in.currency": {"EUR"}}, `{"amount":"12345.60","currency":"EUR"}`},
		{"ticks", "honorary_twin_title", "propose", url.Values{"in.twin_conditions": {"broad_scope", "lasting_ties", "broad_scope"}}, `{"twin_conditions":["broad_scope","lasting_ties"]}`},
		{"codes in a line", "twin_city_agreement", "prepare_signing", url.Values{"in.languages": {"pl, en,,pl"}}, `{"languages":["pl","en"]}`},
		{"a stranger", "twin_city_agreement", "record_vote", url.Values{"in.winner": {"x"}, "for": {"3"}}, `{}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			found, action := transition(t, c.form, c.transition)
			command := actform.Command(found, action, frame.Sent{Values: c.typed})
			got, err := json.Marshal(command.Inputs)
			if err != nil || string(got) != c.want {
				t.Errorf("got  %s, %v\nwant %s", got, err, c.want)
			}
		})
	}
}

func TestDateRemarkAndJustificationStandBesideTheInputs(t *testing.T) {
	found, action := transition(t, "twin_city_agreement", "submit_to_council")
	command := actform.Command(found, action, frame.Sent{Values: url.Values{
		"occurred_on": {"2026-03-02"}, "comment": {" uwaga "}, "justification": {"powód"},
	}})
	if command.Transition != "submit_to_council" || command.OccurredOn != "2026-03-02" || command.Comment != "uwaga" || command.Justification != "powód" {
		t.Errorf("%+v", command)
	}
	action.EarliestOn = "2026-03-01"
	fields := actform.Beside(action, "2026-03-05", true)
	if fields[0].Value != "2026-03-05" || fields[0].Least != "2026-03-01" || fields[0].Last != "2026-03-05" || !strings.Contains(fields[0].Hint.EN, "1 March 2026") {
		t.Errorf("the date: %+v", fields[0])
	}
	if fields[1].Optional || !actform.Beside(action, "2026-03-05", false)[1].Optional {
		t.Error("a justification is asked for where nothing warns, or not where something does")
	}
}

func TestAPointerLeadsToItsField(t *testing.T) {
	for pointer, want := range map[string]string{
		"/inputs/for": "in.for", "/inputs/renewal/term_months": "in.renewal.term_months", "/inputs/roll_call/3/vote": "in.roll_call", "/occurred_on": "occurred_on",
	} {
		if got := actform.FieldOf(pointer); got != want {
			t.Errorf("%s leads to %s, want %s", pointer, got, want)
		}
	}
}

func FuzzCommand(f *testing.F) {
	f.Add("Nowak Anna; za\nx,y", "12", "1,5")
	f.Fuzz(func(t *testing.T, list, number, money string) {
		found, action := transition(t, "twin_city_agreement", "record_vote")
		command := actform.Command(found, action, frame.Sent{Values: url.Values{"in.roll_call": {list}, "in.for": {number}, "comment": {money}}})
		for name, raw := range command.Inputs {
			if !json.Valid(raw) {
				t.Errorf("%s is not JSON: %q", name, raw)
			}
		}
	})
}
