package workflow_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hejnal/workflow"
	"hejnal/workflow/workflowtest"
)

// TestWhatAnExpressionSees shows each expression as the example of an input, of a case that was opened on 2026-03-02.
func TestWhatAnExpressionSees(t *testing.T) {
	office := office(t)
	for expression, want := range map[string]any{
		// the case
		"proposal.form": "test", "proposal.title": "Sprawa", "proposal.description": "Opis", "proposal.state": "a", "proposal.stage": "life",
		"proposal.round": int64(1), "proposal.readings": int64(2), "proposal.serial": int64(7), "size(proposal.fields)": int64(1),
		"'culture' in proposal.fields": true, "size(proposal.tools)": int64(0),
		"partner.id": "partner-bordeaux", "partner.name": "Bordeaux", "partner.country": "FR", "partner.continent": "europe",
		"partner.kind": "city", "partner.wikidata": "Q1479",
		"act.today": "2026-03-02", "act.date": "2026-03-02", "act.role": "official", "act.last": "01980000-0000-7000-8000-000000000002",
		"city.composition": int64(43), "city.name": "Kraków", "constants.c": "1",
		"tracks.side": "p", "deadlines.tea": "2026-03-12", "facts.others": int64(2),
		"record.x": false, "record.n": int64(0), "record.day": "", "record.word": "", "size(record.list)": int64(0),
		"documents.letter == ''": false, "documents.other": "", "names_city.letter": "yes", "names_city.other": "",
		// what was not given
		"inputs.number": int64(0), "given.number": false, "inputs.flag": "", "size(inputs.codes)": int64(0), "size(inputs.rows)": int64(0),
		"size(inputs.object)": int64(0),
		// dates
		"plus_days('2026-02-27', 3)": "2026-03-02", "plus_days('2026-03-02', -2)": "2026-02-28", "plus_days('', 3)": "", "plus_days('soon', 3)": "",
		"plus_months('2026-01-31', 1)": "2026-02-28", "plus_months('', 1)": "", "next_working_day('2026-05-01')": "2026-05-04",
		"later('2026-03-01', '2026-02-28')": "2026-03-01", "later('', '2026-02-28')": "2026-02-28",
		"year('2026-03-02')": int64(2026), "year('')": int64(0), "year('soon')": int64(0),
		// numbers of resolutions
		"roman(121)": "CXXI", "roman(0)": "", "arabic('CXXI')": int64(121), "arabic('IC')": int64(0),
		"session_of('CXXI/1934/14')": int64(121), "session_of('none')": int64(0), "year_of('CXXI/1934/14')": int64(2014), "year_of('none')": int64(0),
		"two_digits(2026)": "26", "two_digits(5)": "05", "two_digits(2000)": "00",
		// CEL's own
		"'a' + string(3)": "a3", "['a', 'b'].exists(x, x == 'b')": true, "'abc'.startsWith('ab')": true,
	} {
		t.Run(expression, func(t *testing.T) {
			source := everything()
			source.Transitions[0].Inputs[0].Examples = []any{"=" + expression}
			w := &workflowtest.Walker{Office: office, Definition: compiled(t, source)}
			w.Accept(begun(t, w))
			w.Proposal.LastAct = "01980000-0000-7000-8000-000000000002"
			w.Attach("letter", workflow.Official)
			c := w.Case()
			c.Facts = workflow.Facts{"country:FR": {Holders: []workflow.Holder{
				{Label: "twin", ProposalID: "one"}, {Label: "twin", ProposalID: "two"}, {Label: "title", ProposalID: "two"}, {Label: "twin", ProposalID: c.Proposal.ID},
			}}}
			got := workflowtest.FirstExamples(workflow.Explain(c, workflowtest.Person(workflow.Official))[0])["shown"]
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// everything is a form that has one of each thing that an expression can see.
func everything() workflow.Source {
	field := workflow.InputSource{Name: "vote", Type: "text", Title: words, Examples: []any{"x"}}
	optional := func(name, kind string) workflow.InputSource {
		return workflow.InputSource{Name: name, Type: kind, Title: words, Optional: true, Fields: []workflow.InputSource{field}}
	}
	source := form("a b!", move("go: a > b", func(t *workflow.TransitionSource) {
		t.Inputs = []workflow.InputSource{
			{Name: "shown", Type: "value", Title: words},
			optional("number", "int"), optional("flag", "choice"), optional("codes", "codes"),
			optional("rows", "records"), optional("object", "object"),
		}
		t.Inputs[2].Values = []workflow.Code{{ID: "yes", Title: words}}
	}), workflow.TransitionSource{
		ID: "open", Title: words, Event: "opened", Call: "open", Roles: []workflow.Role{workflow.Official},
		Then: workflow.EffectSource{Start: []workflow.StartSource{{Clock: "tea", On: "act.date"}}},
	})
	source.City.Name = "Kraków"
	source.City.Documents = []workflow.Code{{ID: "letter", Title: words}, {ID: "other", Title: words}}
	source.City.Fields = []workflow.Code{{ID: "culture", Title: words}}
	source.Clocks = []workflow.ClockSource{{ID: "tea", Title: words, Days: 10}}
	source.Facts = []workflow.FactSource{{Name: "others", Scope: "'country:' + partner.country", Label: "twin"}}
	source.Record = append(source.Record, workflow.Variable{Name: "day", Type: "date"}, workflow.Variable{Name: "word", Type: "text"}, workflow.Variable{Name: "list", Type: "texts"})
	source.Tracks = []workflow.TrackSource{{ID: "side", Title: words, Start: "p", Part: workflow.Part{States: states("p!")}}}
	return source
}

func begun(t *testing.T, w *workflowtest.Walker) *workflow.Change {
	t.Helper()
	change, refusal := workflow.Begin(w.Definition, workflow.NewCase{
		ID: "case", Serial: 7, Title: "Sprawa", Description: "Opis", Partner: workflowtest.PartnerFor(""), Fields: []string{"culture"},
		Readings: 2, ReadingsReason: "Złożona",
	}, workflow.Command{By: workflowtest.Person(workflow.Official)}, w.Office.Moment())
	if refusal != nil {
		t.Fatal(refusal)
	}
	return change
}
