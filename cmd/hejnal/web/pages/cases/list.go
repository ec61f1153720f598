package cases

import (
	"fmt"
	"net/http"
	"strings"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

const (
	perPage   = 50
	mostText  = 200
	usualSort = "-updated_at"
)

// sorts are the orders that a list can be asked for in.
var sorts = []frame.Option{
	{Value: usualSort, Title: workflow.Text{PL: "ostatnio zmienione", EN: "last changed"}},
	{Value: "updated_at", Title: workflow.Text{PL: "najdawniej zmienione", EN: "longest unchanged"}},
	{Value: "due_on", Title: workflow.Text{PL: "najbliższy termin", EN: "nearest due date"}},
	{Value: "-due_on", Title: workflow.Text{PL: "najdalszy termin", EN: "farthest due date"}},
	{Value: "title", Title: workflow.Text{PL: "tytuł, od A do Z", EN: "title, A to Z"}},
	{Value: "-title", Title: workflow.Text{PL: "tytuł, od Z do A", EN: "title, Z to A"}},
	{Value: "number", Title: workflow.Text{PL: "znak, od najstarszego", EN: "number, oldest first"}},
	{Value: "-number", Title: workflow.Text{PL: "znak, od najnowszego", EN: "number, newest first"}},
}

// list is what the page of cases shows.
type list struct {
	Filters frame.Form
	Misread []frame.Misread
	Chosen  []frame.Chosen
	Clear   string
	Columns columns
	Rows    []row
	Result  workflow.Text
	Next    string
	First   string // address of the first page; empty where this is it
	Opens   bool   // the reader opens proposals
}

// columns are those by which the list can be sorted.
type columns struct{ Title, Number, Due, Updated frame.Column }

func (p *pages) list(w http.ResponseWriter, r *http.Request) error {
	asked, err := p.narrow(r)
	if err != nil {
		return err
	}
	page, err := p.Store.ListCases(r.Context(), asked.filter)
	if err != nil {
		return fmt.Errorf("list cases: %w", err)
	}
	address := asked.address
	shown := list{
		Filters: asked.form, Misread: asked.misread, Chosen: asked.chosen, Clear: address.Without(everyFilter...).String(), Next: address.Next(page.Next),
		Columns: columns{
			Title:   address.Column(workflow.Text{PL: "Sprawa", EN: "Case"}, "title", usualSort),
			Number:  address.Column(workflow.Text{PL: "Znak", EN: "Number"}, "number", usualSort),
			Due:     address.Column(workflow.Text{PL: "Termin", EN: "Due"}, "due_on", usualSort),
			Updated: address.Column(workflow.Text{PL: "Zmieniono", EN: "Changed"}, "updated_at", usualSort),
		},
		Opens: call.Of(r).By().Has(workflow.Official),
	}
	if asked.filter.Cursor != "" {
		shown.First = address.String()
	}
	if shown.Rows, err = p.rows(r.Context(), page.Items); err != nil {
		return err
	}
	shown.Result = result(len(shown.Rows), shown.Next != "", shown.First != "")
	words := frame.WordsOf(call.Of(r).Language)
	return p.Render(w, r, http.StatusOK, frame.Page{Template: "cases/list", Title: titleOf(words, asked), Main: shown})
}

// titleOf is the title of the list, with the filters that are in force.
func titleOf(words frame.Words, asked *narrowing) string {
	var filters []string
	for _, chosen := range asked.chosen {
		filters = append(filters, words.In(chosen.Title))
	}
	title := words.T("Sprawy", "Cases")
	if len(filters) > 0 {
		title += ": " + strings.Join(filters, ", ")
	}
	return title
}

// result says how many cases the page shows, and whether there are others.
func result(count int, more, later bool) workflow.Text {
	pl := frame.WordsOf(call.Polish).Count(count, "sprawa|sprawy|spraw", "")
	en := frame.WordsOf(call.English).Count(count, "", "case|cases")
	switch {
	case more:
		return workflow.Text{PL: pl + " na tej stronie, na następnej są dalsze", EN: en + " on this page, more on the next"}
	case later:
		return workflow.Text{PL: pl + " na tej stronie, to ostatnia", EN: en + " on this page, the last one"}
	}
	return workflow.Text{PL: pl, EN: en}
}
