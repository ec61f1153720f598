package council

import (
	"context"
	"fmt"
	"net/http"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Variables of a case's record that tell of its resolution.
const (
	adoptedOn         = "adopted_on"
	isNumbered        = "numbered"
	resolutionNumbers = "resolution_numbers"
)

// announcements is what the page of adopted resolutions shows.
type announcements struct {
	Groups []group
}

// group is what one task waits for.
type group struct {
	column
	Resolutions []resolution
	More        string
}

// resolution is one that was adopted and still waits for something.
type resolution struct {
	subject
	AdoptedOn calendar.Date
	Bears     string // its number; empty: none yet
	Expected  string // how its number is made; empty: not known
	Clocks    []clock
	Next      act
	Missing   []workflow.Blocker
}

func (p *pages) announcements(w http.ResponseWriter, r *http.Request) error {
	c := call.Of(r)
	var shown announcements
	for _, col := range columnsOf(p.Engine.AllForms(), afterAdoption) {
		made, err := p.group(r.Context(), col, c.By())
		if err != nil {
			return err
		}
		shown.Groups = append(shown.Groups, made)
	}
	return p.Render(w, r, http.StatusOK, frame.Page{
		Template: "council/announcements", Title: frame.WordsOf(c.Language).T("Uchwały podjęte: numer, publikacja, doręczenie", "Adopted resolutions: number, publication, delivery"), Main: shown,
	})
}

func (p *pages) group(ctx context.Context, col column, by workflow.Person) (group, error) {
	tasks, more, err := p.waiting(ctx, col)
	if err != nil {
		return group{}, err
	}
	made := group{column: col}
	if more {
		made.More = col.everything()
	}
	for _, task := range tasks {
		one, err := p.resolutionOf(ctx, task, by)
		if err != nil {
			return group{}, err
		}
		made.Resolutions = append(made.Resolutions, one)
	}
	return made, nil
}

func (p *pages) resolutionOf(ctx context.Context, task workflow.Task, by workflow.Person) (resolution, error) {
	c, err := p.Store.Case(ctx, task.ProposalID)
	if err != nil {
		return resolution{}, fmt.Errorf("load case of a resolution: %w", err)
	}
	t, err := p.trailOf(ctx, c, max(0, c.Seq-recent), recent)
	if err != nil {
		return resolution{}, err
	}
	actions, err := p.Engine.Explain(ctx, c, by)
	if err != nil {
		return resolution{}, err
	}
	made := resolution{subject: subjectOf(c, t), Clocks: clocksOf(t.definition, c, p.Engine.Today())}
	day, _ := c.Record[adoptedOn].(string)
	made.AdoptedOn = calendar.Date(day)
	made.Bears, made.Expected = numbersOf(c)
	if next, ok := nextOf(actions, task); ok {
		made.Next, made.Missing = actOf(c.ID, next), standing(next)
	}
	return made, nil
}

// numbersOf are the number that a resolution bears, or else how its number is made: XLII/…/26.
func numbersOf(c workflow.Proposal) (bears, expected string) {
	if numbered, _ := c.Record[isNumbered].(bool); numbered {
		return lastText(c.Record[resolutionNumbers]), ""
	}
	session, _ := sessionOf(c)
	day, _ := c.Record[adoptedOn].(string)
	if numeral := workflow.Roman(session); numeral != "" && len(day) == len("2026-01-01") {
		expected = numeral + "/…/" + day[2:4]
	}
	return "", expected
}

func lastText(list any) string {
	switch texts := list.(type) {
	case []string:
		if len(texts) > 0 {
			return texts[len(texts)-1]
		}
	case []any:
		if len(texts) > 0 {
			text, _ := texts[len(texts)-1].(string)
			return text
		}
	}
	return ""
}
