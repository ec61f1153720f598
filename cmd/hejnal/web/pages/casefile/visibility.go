package casefile

import (
	"slices"

	"hejnal/store"
	"hejnal/workflow"
)

// visibility says what anybody may see of a case.
type visibility struct {
	Entries int             // public entries of its history
	First   store.Record    // the first public entry; zero where there is none
	Older   bool            // there are older entries, which are not looked at
	Coming  []workflow.Text // acts offered now that would be public
	Href    string
}

// publicPath is the page on which anybody reads what is public of the case.
func (s *subject) publicPath() string { return "/rejestr/" + s.Proposal.ID }

func (s *subject) visibility(records []store.Record) visibility {
	v := visibility{Href: s.publicPath(), Older: s.Proposal.Seq > mostActs}
	for _, record := range records {
		if record.Public == nil {
			continue
		}
		if v.Entries++; v.Entries == 1 {
			v.First = record
		}
	}
	for _, action := range s.Actions {
		t := s.transition(action.Transition, action.Track)
		if t != nil && t.Public && !slices.Contains(v.Coming, action.Title) {
			v.Coming = append(v.Coming, action.Title)
		}
	}
	return v
}
