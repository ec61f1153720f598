package workflow_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"hejnal/workflow"
	"hejnal/workflow/workflowtest"
)

func TestPlainTextCanBeSeen(t *testing.T) {
	for name, test := range map[string]struct {
		text  string
		plain bool
	}{
		"Polish":              {"Zażółć gęślą jaźń", true},
		"lines and tabs":      {"Pierwsza\n\tdruga\r\n", true},
		"another script":      {"京都市", true},
		"an emoji":            {"Umowa ✅", true},
		"nothing":             {"", true},
		"an escape":           {"Umowa\u001b[31m", false},
		"a null":              {"a\u0000b", false},
		"turned round":        {"umowa\u202efdp.exe", false},
		"nothing to be seen":  {"\u200b\u200b", false},
		"spaces alone":        {" \t ", false},
		"half of a character": {"a\ufffdb", false},
	} {
		if got := workflow.PlainText(test.text); got != test.plain {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestWhatIsWrongWithATextIsSaid(t *testing.T) {
	for name, test := range map[string]struct{ text, line, lines string }{
		"plain":              {"Jerozolima", "", ""},
		"nothing":            {"", "", ""},
		"two lines":          {"a\r\nb", "one line", ""},
		"turned round":       {"\u200fירושלים", "turns the direction", "turns the direction"},
		"a bell":             {"x\x07", "control character", "control character"},
		"nothing to be seen": {"\u200b", "Nothing", "Nothing"},
	} {
		for want, got := range map[string]workflow.Text{test.line + "!": workflow.NotPlainLine(test.text), test.lines + "?": workflow.NotPlain(test.text)} {
			want = want[:len(want)-1]
			if !strings.Contains(got.EN, want) || got.IsZero() != (want == "") || got.EN != "" && got.PL == "" {
				t.Errorf("%s: told %q", name, got.EN)
			}
		}
	}
}

// TestThePatternOfATextSaysWhatIsPlain holds the schema that outsiders read against PlainText, character by character. A text of
// nothing but characters that are not known, or unseen beyond U+FFFF, is all that the pattern lets pass and PlainText does not.
func TestThePatternOfATextSaysWhatIsPlain(t *testing.T) {
	t.Parallel()
	properties, _ := transitionsWith(t)["text"].Schema()["properties"].(map[string]any)
	pattern := ""
	for _, property := range properties {
		if schema, ok := property.(map[string]any); ok && schema["maxLength"] == 2000 && schema["format"] == nil {
			pattern = fmt.Sprint(schema["pattern"])
		}
	}
	plain, err := regexp.Compile(pattern)
	if err != nil || pattern == "" {
		t.Fatalf("the pattern of a text is %q: %v", pattern, err)
	}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if among := "a" + string(r) + "b"; workflow.PlainText(among) != plain.MatchString(among) {
			t.Errorf("%U among letters: fits %v", r, plain.MatchString(among))
		}
		switch alone := string(r); {
		case workflow.PlainText(alone) == plain.MatchString(alone):
		case workflow.PlainText(alone), r <= 0xffff && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Z):
			t.Errorf("%U alone: fits %v", r, plain.MatchString(alone))
		}
	}
}

func TestThePatternOfATextTurnsNoLineThatShowsIt(t *testing.T) {
	for kind, transition := range transitionsWith(t) {
		text, err := json.Marshal(transition.Schema())
		if err != nil || !workflow.PlainText(string(text)) {
			t.Errorf("the schema of %s with a %s is written with marks that turn what follows: %v", transition.ID, kind, err)
		}
	}
}

func TestListsBeyondTheirBoundAreRefusedAsAWhole(t *testing.T) {
	w := open(t, "informal_cooperation")
	many := "[" + strings.Repeat("{},", 5_000) + "{}]"
	noted := command(t, w, "record_contact")
	noted.Inputs["participants"] = json.RawMessage(many)
	refusal := refused(t, w, noted, workflow.Invalid)
	if len(refusal.Errors) != 1 || refusal.Errors[0].Pointer != "/inputs/participants" {
		t.Errorf("%d errors, the first %+v", len(refusal.Errors), refusal.Errors[0])
	}
	noted.Inputs["participants"] = json.RawMessage("[" + strings.Repeat("{},", 150) + "{}]")
	if refusal = refused(t, w, noted, workflow.Invalid); len(refusal.Errors) > 50 {
		t.Errorf("%d errors at once", len(refusal.Errors))
	}
	noted.Inputs["participants"] = json.RawMessage(`["` + strings.Repeat("a", 300<<10) + `"]`)
	if refusal = refused(t, w, noted, workflow.Invalid); refusal.Errors[0].Pointer != "/inputs" {
		t.Errorf("a large input: %+v", refusal.Errors)
	}
}

func TestTheRollCallNamesEveryCouncillorOnce(t *testing.T) {
	w := open(t, "twin_city_agreement")
	walk(t, w, "propose", "complete_draft", "submit_to_council", "register_print", "place_on_agenda")
	row := func(name, vote string) map[string]string { return map[string]string{"councillor": name, "vote": vote} }
	counts := inputs{"for": 2, "against": 0, "abstained": 0, "present": 30}
	for name, test := range map[string]struct {
		rows  []map[string]string
		right bool
	}{
		"two people":      {[]map[string]string{row("Anna Nowak", "for"), row("Jan Kowalski", "for")}, true},
		"one twice":       {[]map[string]string{row("Jan Kowalski", "for"), row(" jan kowalski", "for")}, false},
		"another count":   {[]map[string]string{row("Anna Nowak", "for")}, false},
		"too many absent": {[]map[string]string{row("Anna Nowak", "for"), row("Jan Kowalski", "for"), row("Ewa Lis", "absent")}, true},
	} {
		vote := command(t, w, "record_vote", counts, inputs{"roll_call": test.rows})
		if _, refusal := w.Decide(vote); (refusal == nil) != test.right {
			t.Errorf("%s: %v", name, refusal)
		}
	}
}

func TestAMembershipIsJudgedAgainBeforeItIsSigned(t *testing.T) {
	office := office(t)
	first, err := office.Open("association_membership")
	if err != nil {
		t.Fatal(err)
	}
	second, err := office.Open("association_membership")
	if err != nil {
		t.Fatal(err)
	}
	steps := []string{
		"propose", "complete_draft", "submit_to_council", "register_print", "place_on_agenda", "record_vote", "number_resolution",
		"send_consent_file", "record_voivode_opinion", "grant_consent", "sign_accession",
	}
	walk(t, first, steps...)
	walk(t, second, steps[:len(steps)-1]...)
	walk(t, first, "record_admission")
	action := must(second.Action("sign_accession", workflowtest.Person(workflow.President)))
	if !blocks(action, "membership_running") {
		t.Errorf("blocked by %v", codes(action.BlockedBy))
	}
}

func TestWhatIsAnnulledIsNotRenewedAndAClauseIsKnownBeforeItRenews(t *testing.T) {
	w := inForce(t, inputs{"valid_until": "2030-01-01"})
	if action := must(w.Action("record_automatic_renewal", workflowtest.Person(workflow.Official))); !blocks(action, "renewal_clause_unknown") {
		t.Errorf("a renewal by no clause: %v", codes(action.BlockedBy))
	}
	walk(t, w, "deliver_to_voivode", "record_annulment")
	if action := must(w.Action("renew", workflowtest.Person(workflow.President))); !blocks(action, "tracks_clear") {
		t.Errorf("an annulled agreement is renewed: %v", codes(action.BlockedBy))
	}
}
