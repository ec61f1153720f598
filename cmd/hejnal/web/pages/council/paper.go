package council

import (
	"slices"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// drafting is the stage in which a draft is prepared.
const drafting = "preparation"

// paper is one document of an item.
type paper struct {
	workflow.Document
	Kind    workflow.Text
	Href    string
	Several bool // there are several of the kind, which their titles tell apart
}

// papersOf are the documents that an item is decided on: of each kind the newest that was there on the day, and every one of
// the kinds that gather while the draft is before the Council, such as opinions of committees.
func papersOf(d *workflow.Definition, c workflow.Proposal, on calendar.Date) []paper {
	wanted, gathered := kindsOf(d)
	var papers []paper
	for _, kind := range wanted {
		var of []paper
		for _, document := range c.Documents {
			if document.Kind == kind.ID && calendar.Of(document.AttachedAt, calendar.Zone()) <= on {
				of = append(of, paper{Document: document, Kind: kind.Title, Href: "/sprawy/" + c.ID + "/dokumenty/" + document.ID})
			}
		}
		if len(of) > 1 && !slices.Contains(gathered, kind.ID) {
			of = of[len(of)-1:]
		}
		for i := range of {
			of[i].Several = len(of) > 1
		}
		papers = append(papers, of...)
	}
	return papers
}

// kindsOf are the kinds of documents that are asked for up to the vote, and those of them that gather.
func kindsOf(d *workflow.Definition) (wanted []workflow.Code, gathered []string) {
	var asked []string
	for _, t := range d.Transitions {
		from := slices.ContainsFunc(t.From, func(id string) bool {
			state, ok := d.State(t.Strand, id)
			return ok && (state.Stage == stage || state.Stage == drafting)
		})
		if !from || t.FromAny || t.Strand != workflow.Route {
			continue
		}
		for _, document := range t.Documents {
			asked = append(asked, document.AnyOf...)
			if t.To == "=" && asks(t, committee) {
				gathered = append(gathered, document.AnyOf...)
			}
		}
	}
	for _, kind := range d.Source.City.Documents {
		if slices.Contains(asked, kind.ID) {
			wanted = append(wanted, kind)
		}
	}
	return wanted, gathered
}
