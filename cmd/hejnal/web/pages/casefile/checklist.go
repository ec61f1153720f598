package casefile

import (
	"slices"

	"hejnal/workflow"
)

// checklist is what an act asks for, and what of it is there.
type checklist struct {
	Act   workflow.Text
	Items []asked
}

// asked is a document that an act needs or may have.
type asked struct {
	Kinds    []workflow.Code
	By       []workflow.Role
	Optional bool
	Present  bool
	Stale    bool // there is one, but a new one is needed
	Document *workflow.Document
	Href     string          // of the document that is there
	Newer    []workflow.Text // kinds of what it judges that have a newer document
	Basis    string
	Mine     bool // the reader may attach it
}

// AnyOf are the ids of the kinds.
func (a asked) AnyOf() []string {
	var ids []string
	for _, kind := range a.Kinds {
		ids = append(ids, kind.ID)
	}
	return ids
}

func (s *subject) checklist(action workflow.Action) []asked {
	var items []asked
	for _, wanted := range action.RequiredDocuments {
		items = append(items, s.asked(action, wanted, false))
	}
	for _, wanted := range action.OptionalDocuments {
		items = append(items, s.asked(action, wanted, true))
	}
	return items
}

func (s *subject) asked(action workflow.Action, wanted workflow.AskedDocument, optional bool) asked {
	item := asked{By: wanted.By, Optional: optional, Present: wanted.Present, Basis: wanted.Basis}
	lent := s.mine(action) && slices.ContainsFunc(action.Roles, func(role workflow.Role) bool { return slices.Contains(wanted.By, role) })
	item.Mine = len(wanted.By) == 0 && s.moves() || s.Reader.Has(wanted.By...) || lent
	for _, id := range wanted.AnyOf {
		item.Kinds = append(item.Kinds, workflow.Code{ID: id, Title: s.kind(id)})
	}
	for i := range s.Proposal.Documents {
		document := &s.Proposal.Documents[i]
		if slices.Contains(wanted.AnyOf, document.Kind) {
			item.Document, item.Href = document, s.path()+"/dokumenty/"+document.ID
		}
	}
	item.Stale = !item.Present && item.Document != nil
	if item.Document != nil {
		item.Newer = s.newer(*item.Document)
	}
	return item
}

// newer are the kinds of what a document judges of which a newer one was attached since.
func (s *subject) newer(document workflow.Document) []workflow.Text {
	kinds := s.Definition.Source.City.Documents
	i := slices.IndexFunc(kinds, func(code workflow.Code) bool { return code.ID == document.Kind })
	if i < 0 {
		return nil
	}
	var newer []workflow.Text
	for _, kind := range kinds[i].About {
		if slices.ContainsFunc(s.Proposal.Documents, func(d workflow.Document) bool { return d.Kind == kind && d.AttachedAt.After(document.AttachedAt) }) {
			newer = append(newer, s.kind(kind))
		}
	}
	return newer
}

// nextChecklist is the checklist of the act that is asked of the reader, or else of the first that a task asks for; nil where
// nothing is asked for.
func (s *subject) nextChecklist() *checklist {
	ids := s.next()
	for _, task := range s.Proposal.Tasks {
		ids = append(ids, task.AsksFor...)
	}
	for _, id := range ids {
		action, ok := s.action(id)
		if items := s.checklist(action); ok && len(items) > 0 {
			return &checklist{Act: action.Title, Items: items}
		}
	}
	return nil
}
