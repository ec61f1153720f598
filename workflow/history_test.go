package workflow_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hejnal/workflow"
	"hejnal/workflow/workflowtest"
)

func TestACorrectionIsANewEntryThatPointsAtTheOldOne(t *testing.T) {
	w := onAgenda(t, "twin_city_agreement")
	walk(t, w, "record_vote")
	vote, before := w.Acts[len(w.Acts)-1], w.Proposal.State
	corrected := do(t, w, "correct_entry", inputs{"corrects": vote.ID, "field": "/inputs/for", "value": 31, "reason": "Omyłka pisarska"})
	if corrected.Act.Seq != vote.Seq+1 || corrected.Act.From != corrected.Act.To || w.Proposal.State != before {
		t.Errorf("corrected by %+v", corrected.Act)
	}
	if diff := cmp.Diff(vote, w.Acts[len(w.Acts)-2]); diff != "" {
		t.Errorf("the old entry changed:\n%s", diff)
	}
	if string(corrected.Act.Inputs["value"]) != "31" || corrected.Act.Event != "entry_corrected" {
		t.Errorf("kept %s as %s", corrected.Act.Inputs["value"], corrected.Act.Event)
	}
}

func TestACorrectionIsPublicWhereTheEntryWas(t *testing.T) {
	w := onAgenda(t, "twin_city_agreement")
	public := do(t, w, "record_vote").Act
	private := w.Acts[1] // propose
	if change := do(t, w, "correct_entry", inputs{"corrects": public.ID}); change.Public == nil {
		t.Error("the correction of a public entry is not public")
	}
	if change := do(t, w, "correct_entry", inputs{"corrects": private.ID}); change.Public != nil {
		t.Error("the correction of an internal entry is public")
	}
}

func TestWhoMayCorrect(t *testing.T) {
	w := onAgenda(t, "twin_city_agreement")
	vote := do(t, w, "record_vote").Act
	for role, kind := range map[workflow.Role]workflow.Kind{
		workflow.Secretariat: "", workflow.Official: "", workflow.President: workflow.Blocked, workflow.Lawyer: workflow.Blocked,
		workflow.Auditor: workflow.Forbidden,
	} {
		command := command(t, w, "correct_entry", inputs{"corrects": vote.ID})
		command.By = workflowtest.Person(role)
		_, refusal := w.Decide(command)
		switch {
		case kind == "" && refusal != nil:
			t.Errorf("%s: %v", role, refusal)
		case kind != "" && (refusal == nil || refusal.Kind != kind):
			t.Errorf("%s: %v, want %s", role, refusal, kind)
		}
	}
}

func TestOnlyEntriesOfTheCaseAreCorrected(t *testing.T) {
	w := open(t, "twin_city_agreement")
	other, err := w.Office.Open("twin_city_agreement")
	if err != nil {
		t.Fatal(err)
	}
	foreign := command(t, w, "correct_entry", inputs{"corrects": other.Acts[0].ID})
	if got := refused(t, w, foreign, workflow.Invalid).Errors[0].Pointer; got != "/inputs/corrects" {
		t.Errorf("refused at %s", got)
	}
	case1 := w.Case()
	case1.Acts[other.Acts[0].ID] = other.Acts[0]
	if _, refusal := workflow.Decide(case1, foreign); refusal == nil || refusal.Kind != workflow.Invalid {
		t.Errorf("an entry of another case: %v", refusal)
	}
}

func TestPersonalInputsStayOutOfThePublicPart(t *testing.T) {
	w := adopted(t, "twin_city_agreement")
	walk(t, w, "prepare_signing")
	signed := do(t, w, "sign_agreement")
	if signed.Public == nil {
		t.Fatal("a signature is public")
	}
	for _, personal := range []string{"city_signatory", "partner_signatory"} {
		if _, ok := signed.Public.Inputs[personal]; ok || signed.Act.Inputs[personal] == nil {
			t.Errorf("%s: public %v, kept %s", personal, ok, signed.Act.Inputs[personal])
		}
	}
	for _, definition := range definitions(t) {
		for _, transition := range definition.Transitions {
			for _, input := range transition.Inputs {
				if input.Personal && input.Public {
					t.Errorf("%s of %s is personal and public", input.Name, transition.ID)
				}
			}
		}
	}
}

// definitions gives the definitions in force of the forms of which cases can be opened.
func definitions(t testing.TB) []*workflow.Definition {
	t.Helper()
	office := office(t)
	var found []*workflow.Definition
	for _, form := range office.Forms() {
		definition, _ := office.InForce(form)
		found = append(found, definition)
	}
	return found
}

func TestADecisionKeepsTheHashesOfWhatItDecidedOn(t *testing.T) {
	w := open(t, "twin_city_agreement")
	walk(t, w, "propose", "complete_draft")
	submitted := do(t, w, "submit_to_council")
	var kinds []string
	for _, ref := range submitted.Act.Documents {
		index := slices.IndexFunc(w.Proposal.Documents, func(d workflow.Document) bool { return d.ID == ref.ID })
		if index < 0 || w.Proposal.Documents[index].SHA256 != ref.SHA256 || !w.Proposal.Documents[index].Used {
			t.Errorf("%+v is not what is attached", ref)
		}
		kinds = append(kinds, ref.Kind)
	}
	if diff := cmp.Diff([]string{"president_ordinance", "draft_resolution", "agreement_text"}, kinds); diff != "" {
		t.Error(diff)
	}
}

func TestALaterActSeesTheNewestDocument(t *testing.T) {
	w := open(t, "twin_city_agreement")
	walk(t, w, "propose", "complete_draft")
	newest := w.Attach("draft_resolution", workflow.Official)
	submitted := do(t, w, "submit_to_council")
	if !slices.ContainsFunc(submitted.Act.Documents, func(r workflow.DocumentRef) bool { return r.SHA256 == newest.SHA256 }) {
		t.Errorf("decided on %+v", submitted.Act.Documents)
	}
}

func TestOfSeveralKindsThatWouldDoTheNewestDocumentIsTaken(t *testing.T) {
	w := open(t, "informal_cooperation")
	w.Attach("declaration", workflow.President)
	newest := w.Attach("letter_of_intent", workflow.President)
	signed := do(t, w, "sign_working_document").Act
	if len(signed.Documents) != 1 || signed.Documents[0].SHA256 != newest.SHA256 {
		t.Errorf("signed %+v, the newest is %s", signed.Documents, newest.Kind)
	}
}

func TestTheLegalOpinionIsTheLawyers(t *testing.T) {
	w := open(t, "twin_city_agreement")
	walk(t, w, "propose")
	for _, kind := range []string{"draft_resolution", "statement_of_reasons", "agreement_text", "legal_opinion"} {
		w.Attach(kind, workflow.Official)
	}
	official := workflowtest.Person(workflow.Official)
	if action := must(w.Action("complete_draft", official)); !blocks(action, "document_missing") || !cmp.Equal(action.BlockedBy[0].Who, []workflow.Role{workflow.Lawyer}) {
		t.Errorf("an official's opinion: %+v", action.BlockedBy)
	}
	w.Attach("legal_opinion", workflow.Lawyer)
	if action := must(w.Action("complete_draft", official)); !action.Allowed {
		t.Errorf("the lawyer's opinion: %+v", action.BlockedBy)
	}
}

func TestAmending(t *testing.T) {
	title, other := "Nowy tytuł", workflowtest.PartnerFor("honorary_twin_title")
	fields, wrong, two := []string{"sport"}, []string{"sport", "sport"}, 2
	reason := "Złożony projekt"
	official := workflow.Command{By: workflowtest.Person(workflow.Official)}
	for name, test := range map[string]struct {
		walk  []string
		patch workflow.Patch
		by    workflow.Role
		kind  workflow.Kind
		codes []string
	}{
		"the title":                   {nil, workflow.Patch{Title: &title}, workflow.Official, "", nil},
		"the title, later":            {[]string{"propose", "complete_draft"}, workflow.Patch{Title: &title}, workflow.Official, "", nil},
		"the title at the end":        {[]string{"let_lapse"}, workflow.Patch{Title: &title}, workflow.Official, workflow.NotHere, nil},
		"the partner in time":         {nil, workflow.Patch{Partner: &other}, workflow.Official, "", nil},
		"the partner after proposing": {[]string{"propose"}, workflow.Patch{Partner: &other}, workflow.Official, workflow.Blocked, []string{"frozen_partner"}},
		"the fields after proposing":  {[]string{"propose"}, workflow.Patch{Fields: &fields}, workflow.Official, workflow.Blocked, []string{"frozen_fields"}},
		"a field twice":               {nil, workflow.Patch{Fields: &wrong}, workflow.Official, workflow.Invalid, nil},
		"two readings with a reason":  {[]string{"propose"}, workflow.Patch{Readings: &two, ReadingsReason: &reason}, workflow.Official, "", nil},
		"two readings without":        {[]string{"propose"}, workflow.Patch{Readings: &two}, workflow.Official, workflow.Invalid, nil},
		"nothing":                     {nil, workflow.Patch{}, workflow.Official, workflow.Invalid, nil},
		"by a lawyer":                 {nil, workflow.Patch{Title: &title}, workflow.Lawyer, workflow.Forbidden, nil},
		"readings before the Council": {[]string{"propose", "complete_draft"}, workflow.Patch{Readings: &two, ReadingsReason: &reason}, workflow.Official, "", nil},
		"readings, once submitted": {
			[]string{"propose", "complete_draft", "submit_to_council"},
			workflow.Patch{Readings: &two, ReadingsReason: &reason},
			workflow.Official, workflow.Blocked,
			[]string{"frozen_readings", "frozen_readings_reason"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t, "twin_city_agreement")
			walk(t, w, test.walk...)
			before := w.Proposal
			official.By = workflowtest.Person(test.by)
			change, refusal := workflow.Amend(w.Case(), test.patch, official)
			switch {
			case test.kind != "" && (refusal == nil || refusal.Kind != test.kind):
				t.Fatalf("%v, want %s", refusal, test.kind)
			case test.kind != "":
				if test.codes != nil && !cmp.Equal(codes(refusal.Blockers), test.codes) {
					t.Errorf("blocked by %v", codes(refusal.Blockers))
				}
			case refusal != nil:
				t.Fatal(refusal)
			case change.Act.Event != "data_amended" || change.After.Seq != before.Seq+1 || change.After.State != before.State || len(change.Act.Inputs) == 0:
				t.Errorf("amended by %+v", change.Act)
			}
			if diff := cmp.Diff(before, w.Proposal); diff != "" {
				t.Errorf("the old case changed:\n%s", diff)
			}
		})
	}
}

func TestWhatIsFrozenIsSaidInWords(t *testing.T) {
	other, one, two, reason := workflowtest.PartnerFor("honorary_twin_title"), 1, 2, "Złożony projekt"
	council := []string{"propose", "complete_draft", "submit_to_council"}
	for name, test := range map[string]struct {
		readings  int
		walk      []string
		patch     workflow.Patch
		want      workflow.Text
		who       []workflow.Role
		clearedBy []string
	}{
		"the case does not come back": {
			1, council, workflow.Patch{Partner: &other}, workflow.Text{
				PL: "Pole „Partner” można zmienić tylko na etapie „Kontakty”. Sprawa jest na etapie „Rada Miasta” i na tamten etap już nie wraca; inna treść tego pola wymaga nowej sprawy.",
				EN: "The field “Partner” can be changed only at the stage “Contacts”. The case is at the stage “City Council” and does not come back there; to have it otherwise takes a new case.",
			}, nil, nil,
		},
		"one act brings it back": {
			1, council, workflow.Patch{Readings: &two, ReadingsReason: &reason}, workflow.Text{
				PL: "Pole „Czytania w Radzie” można zmienić tylko na etapie „Kontakty” albo „Przygotowanie”. Sprawa jest na etapie „Rada Miasta”; wraca tam po czynności „Zwróć do poprawy”.",
				EN: "The field “Readings in the Council” can be changed only at the stage “Contacts” or “Preparation”. The case is at the stage “City Council”; it comes back there by “Return for correction”.",
			}, []workflow.Role{workflow.Secretariat}, []string{"return_for_correction"},
		},
		"two acts bring it back": {
			2, append(council[:3:3], "register_print", "place_on_agenda", "hold_first_reading"), workflow.Patch{Readings: &one}, workflow.Text{
				PL: "Pole „Czytania w Radzie” można zmienić tylko na etapie „Kontakty” albo „Przygotowanie”. Sprawa jest na etapie „Rada Miasta”.",
				EN: "The field “Readings in the Council” can be changed only at the stage “Contacts” or “Preparation”. The case is at the stage “City Council”.",
			}, nil, nil,
		},
		"nor once the agreement is signed": {
			1, append(council[:3:3], "register_print", "place_on_agenda", "record_vote", "number_resolution", "prepare_signing", "sign_agreement"),
			workflow.Patch{Readings: &two, ReadingsReason: &reason},
			workflow.Text{
				PL: "Pole „Czytania w Radzie” można zmienić tylko na etapie „Kontakty” albo „Przygotowanie”. Sprawa jest na etapie „Zawarcie” i na tamten etap już nie wraca; inna treść tego pola wymaga nowej sprawy.",
				EN: "The field “Readings in the Council” can be changed only at the stage “Contacts” or “Preparation”. The case is at the stage “Conclusion” and does not come back there; to have it otherwise takes a new case.",
			},
			nil, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t, "twin_city_agreement", func(asked *workflow.NewCase) { asked.Readings, asked.ReadingsReason = test.readings, reason })
			walk(t, w, test.walk...)
			_, refusal := workflow.Amend(w.Case(), test.patch, workflow.Command{By: workflowtest.Person(workflow.Official)})
			if refusal == nil || len(refusal.Blockers) == 0 {
				t.Fatalf("not refused: %v", refusal)
			}
			got := refusal.Blockers[0]
			if diff := cmp.Diff(test.want, got.Message); diff != "" {
				t.Error(diff)
			}
			if !cmp.Equal(got.Who, test.who) || !cmp.Equal(got.ClearedBy, test.clearedBy) {
				t.Errorf("cleared by %v of %v", got.ClearedBy, got.Who)
			}
		})
	}
}

func TestAnAmendmentKeepsOldAndNew(t *testing.T) {
	w := open(t, "twin_city_agreement")
	old, title := w.Proposal.Title, "Nowy tytuł"
	change, refusal := workflow.Amend(w.Case(), workflow.Patch{Title: &title}, workflow.Command{By: workflowtest.Person(workflow.Official)})
	if refusal != nil {
		t.Fatal(refusal)
	}
	var kept struct{ Old, New string }
	if err := json.Unmarshal(change.Act.Inputs["title"], &kept); err != nil || kept.Old != old || kept.New != title || change.After.Title != title {
		t.Errorf("kept %+v (%v), now %s", kept, err, change.After.Title)
	}
	if change.Before.Title != old {
		t.Errorf("before: %s", change.Before.Title)
	}
}

func TestWhatACaseBeginsWith(t *testing.T) {
	for name, test := range map[string]struct {
		change  func(*workflow.NewCase)
		pointer string
	}{
		"no title":                       {func(n *workflow.NewCase) { n.Title = "  " }, "/title"},
		"an unknown field":               {func(n *workflow.NewCase) { n.Fields = []string{"kultura"} }, "/fields/0"},
		"a field twice":                  {func(n *workflow.NewCase) { n.Fields = []string{"culture", "culture"} }, "/fields/1"},
		"an unknown tool":                {func(n *workflow.NewCase) { n.Tools = []string{"hammer"} }, "/tools/0"},
		"three readings":                 {func(n *workflow.NewCase) { n.Readings = 3 }, "/readings"},
		"two readings without a reason":  {func(n *workflow.NewCase) { n.Readings = 2 }, "/readings_reason"},
		"everything in order":            {func(*workflow.NewCase) {}, ""},
		"no field, judged when proposed": {func(n *workflow.NewCase) { n.Fields = nil }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			office := office(t)
			definition, _ := office.InForce("sector_agreement")
			written := workflow.NewCase{ID: office.NewID(), Title: "Sprawa", Partner: workflowtest.PartnerFor(""), Fields: []string{"culture"}}
			test.change(&written)
			change, refusal := workflow.Begin(definition, written, workflow.Command{By: workflowtest.Person(workflow.Official)}, office.Moment())
			switch {
			case test.pointer != "" && (refusal == nil || refusal.Errors[0].Pointer != test.pointer):
				t.Errorf("answered %+v, want an error at %s", refusal, test.pointer)
			case test.pointer == "" && refusal != nil:
				t.Error(refusal)
			case test.pointer == "":
				if p := change.After; p.Seq != 1 || p.Version != 1 || p.State != "contacts" || p.Round != 1 || p.Readings != 1 || change.Before.ID != "" {
					t.Errorf("began as %+v", p)
				}
			}
		})
	}
}

func TestALegacyEntryGoesPastTheGuards(t *testing.T) {
	office := office(t)
	definition, _ := office.InForce("twin_city_agreement")
	official := workflowtest.Person(workflow.Official)
	written := workflow.NewCase{ID: office.NewID(), Title: "Bordeaux", Partner: workflowtest.PartnerFor("twin_city_agreement")}
	command := workflow.Command{By: official, Inputs: map[string]json.RawMessage{"source": json.RawMessage(`"BIP"`), "confidence": json.RawMessage(`"S"`)}}
	change, refusal := workflow.Import(definition, written, "in_force", command, office.Moment())
	if refusal != nil {
		t.Fatal(refusal)
	}
	p := change.After
	if !p.Legacy || !change.Act.Legacy || p.State != "in_force" || p.Stage != "life" || change.Act.OccurredOn != "" || change.Act.Event != "legacy_imported" || change.Public == nil {
		t.Errorf("imported as %+v by %+v", p, change.Act)
	}
	if diff := cmp.Diff([]workflow.Hold{{Scope: "country:FR", Label: "twin_city_agreement"}}, change.Hold); diff != "" {
		t.Error(diff)
	}
	written.ID = office.NewID()
	ended, refusal := workflow.Import(definition, written, "terminated", command, office.Moment())
	if refusal != nil || len(ended.Hold) != 0 {
		t.Errorf("an ended one: %v, holds %+v", refusal, ended.Hold)
	}
	if _, refusal := workflow.Import(definition, written, "on_agenda", command, office.Moment()); refusal == nil || refusal.Kind != workflow.Invalid {
		t.Errorf("into the middle: %v", refusal)
	}
	command.By = workflowtest.Person(workflow.Secretariat)
	if _, refusal := workflow.Import(definition, written, "in_force", command, office.Moment()); refusal == nil || refusal.Kind != workflow.Forbidden {
		t.Errorf("by the secretariat: %v", refusal)
	}
}

// imported is a case that was entered as concluded before the program.
func imported(t testing.TB, form, state string) *workflowtest.Walker {
	t.Helper()
	office := office(t)
	definition, _ := office.InForce(form)
	command := workflow.Command{
		By:     workflowtest.Person(workflow.Official),
		Inputs: map[string]json.RawMessage{"source": json.RawMessage(`"BIP"`), "confidence": json.RawMessage(`"S"`)},
	}
	written := workflow.NewCase{ID: office.NewID(), Title: "Wpis historyczny", Partner: workflowtest.PartnerFor(form)}
	change, refusal := workflow.Import(definition, written, state, command, office.Moment())
	if refusal != nil {
		t.Fatal(refusal)
	}
	w := &workflowtest.Walker{Office: office, Definition: definition}
	w.Accept(change)
	return w
}

func TestALegacyAgreementLivesOn(t *testing.T) {
	w := imported(t, "twin_city_agreement", "in_force")
	walk(t, w, "record_ending_resolution", "deliver_to_voivode", "publish", "give_notice", "terminate")
	if w.Proposal.State != "terminated" {
		t.Errorf("state %s", w.Proposal.State)
	}
}
