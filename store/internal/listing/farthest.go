package listing

import (
	"context"
	"slices"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/workflow"
)

// farthestDue is the order by the farthest due date.
const farthestDue = "-due_on"

// span is a part of an order by due date: all of it, the cases that have such a date, or those that have none.
type span int

const (
	whole span = iota
	dated
	undated
)

// within narrows to the cases in the span. SQLite is kept from walking the order where a lead or a partner leaves fewer.
func (b *builder) within(s span, filter store.CaseFilter) string {
	column := "due_on"
	if b.dialect == SQLite && (b.lead != Lead{} || filter.PartnerID != "") {
		column = "+due_on"
	}
	switch s {
	case dated:
		return column + " < '" + row.NoDay + "'"
	case undated:
		return column + " = '" + row.NoDay + "'"
	default:
		return ""
	}
}

// farthest reads a page by the farthest due date. Cases without one come last that way too, so that they are read when
// those that have one have come to their end.
func (s *search) farthest(ctx context.Context) (page store.Page[workflow.Proposal], err error) {
	order, err := caseOrder(farthestDue)
	if err != nil {
		return page, err
	}
	limit := bound(s.filter.Limit)
	if s.filter.Cursor != "" {
		last, err := decode(s.filter.Cursor, order.name, order.columns)
		if err != nil {
			return page, err
		}
		if last[0] == row.NoDay {
			s.span = undated
			return s.find(ctx)
		}
	}
	s.span = dated
	page, err = s.find(ctx)
	if err != nil || page.Next != "" || s.filter.OverdueOn != "" {
		return page, err
	}
	s.span, s.filter.Cursor, s.filter.Limit = undated, "", max(limit-len(page.Items), 1)
	rest, err := s.find(ctx)
	if err != nil {
		return store.Page[workflow.Proposal]{}, err
	}
	if len(page.Items) == limit && len(rest.Items) > 0 {
		day, afterEveryID := row.NoDay, "~"
		page.Next = encode(order.name, order.columns, []any{&day, &afterEveryID})
		return page, nil
	}
	for _, p := range rest.Items {
		if !slices.ContainsFunc(page.Items, func(read workflow.Proposal) bool { return read.ID == p.ID }) { // its date may end in between
			page.Items = append(page.Items, p)
		}
	}
	page.Next = rest.Next
	return page, nil
}
