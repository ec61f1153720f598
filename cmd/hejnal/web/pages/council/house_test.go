package council_test

import (
	"net/url"
	"strconv"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/workflow"
)

// sessionDay is the day of the session in most tests: the first day of a house.
const sessionDay = string(pagestest.FirstDay)

// placed brings a case of the form onto the agenda of the session, under a print of the number.
func placed(house *pagestest.House, form, number string, changes ...func(*engine.NewProposal)) string {
	id := house.Bring(form, "submitted_to_council", changes...)
	house.Do(id, "register_print", pagestest.Inputs{"print_number": number})
	house.Do(id, "place_on_agenda", pagestest.Inputs{"session_number": 42, "session_date": sessionDay})
	return id
}

// twoReadings makes a case one of two readings.
func twoReadings(asked *engine.NewProposal) {
	asked.Readings, asked.ReadingsReason = 2, "Wniosek komisji"
}

// taskOf is the open task of a case that the secretariat is asked for.
func taskOf(t *testing.T, house *pagestest.House, id string) string {
	t.Helper()
	for _, task := range house.Case(id).Tasks {
		if task.Role == workflow.Secretariat {
			return task.ID
		}
	}
	t.Fatalf("the secretariat is asked for nothing in %s", house.Case(id).State)
	return ""
}

// count is a vote as it is typed.
type count struct{ cast, against, abstained, present any }

// typed are the fields of a vote for a task.
func (c count) typed(task string) url.Values {
	values := url.Values{}
	for name, value := range map[string]any{"for": c.cast, "against": c.against, "abstained": c.abstained, "present": c.present} {
		switch v := value.(type) {
		case int:
			values.Set(task+".in."+name, strconv.Itoa(v))
		case string:
			values.Set(task+".in."+name, v)
		}
	}
	return values
}

// fill types votes into the form of a page.
func fill(form *pagestest.Form, votes map[string]count) *pagestest.Form {
	for task, vote := range votes {
		for name, value := range vote.typed(task) {
			form.Set(name, value...)
		}
	}
	return form
}

// press sends the form with a button.
func press(form *pagestest.Form, button string) *pagestest.Page {
	form.Values.Set("zapisz", button)
	return form.Send()
}

// lastOf is the last act of a case.
func lastOf(t *testing.T, house *pagestest.House, id string) workflow.Act {
	t.Helper()
	records, err := house.Store.History(t.Context(), id, house.Case(id).Seq-1, 1)
	if err != nil || len(records) != 1 {
		t.Fatalf("%d records, %v", len(records), err)
	}
	act, err := engine.ReadAct(records[0])
	if err != nil {
		t.Fatal(err)
	}
	return act
}
