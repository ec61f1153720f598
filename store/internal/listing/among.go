package listing

import (
	"context"
	"fmt"

	"hejnal/store"
	"hejnal/workflow"
)

// Among is the query that counts, up to a limit, the cases that an index of the order leads to behind the cursor: a page of
// the filter is looked for among those.
func Among(dialect Dialect, way Way, filter store.CaseFilter, limit int) (Query, error) {
	order := caseOrder(filter.Sort)
	if len(order.columns) == 0 {
		return Query{}, fmt.Errorf("count cases by %q: no such order", filter.Sort)
	}
	b := &builder{dialect: dialect}
	after, err := b.after(filter.Cursor, order)
	if err != nil {
		return Query{}, err
	}
	from := b.remaining(way, filter, order, after)
	return b.query("SELECT count(*) FROM (SELECT 1"+from+" LIMIT "+b.arg(limit)+") AS counted", 1, order), nil
}

// among counts the cases that a page is looked for among, up to a limit.
func (s *search) among(ctx context.Context, limit int) (int, error) {
	query, err := Among(s.dialect, Way{span: s.span}, s.filter, limit)
	if err != nil {
		return 0, err
	}
	return answered(ctx, s.ask, query, func(rows Rows) (count int, err error) {
		for rows.Next() {
			if err := rows.Scan(&count); err != nil {
				return 0, err
			}
		}
		return count, rows.Err()
	})
}

// soon is how many cases are looked at rather than to count words, of which each may have very many.
const soon = 1_000

// left looks at all cases that the other filters leave, where they leave no more than most, and reports whether it did. None
// of them may mean that a word leads to nothing at all and is to be looked for more widely.
func (s *search) left(ctx context.Context, most int) (page store.Page[workflow.Proposal], all bool, err error) {
	if len(s.words) == 0 || !s.narrowed() {
		return page, false, nil
	}
	count, err := s.among(ctx, most+1)
	if err != nil || count > most {
		return page, false, err
	}
	page, err = s.cases(ctx, Way{Reach: most})
	return page, err == nil, err
}

// narrowed reports whether there is something that leaves no more than some of the cases to look among.
func (s *search) narrowed() bool {
	f := s.filter
	return s.span == dated || f.Form != "" || f.State != "" || f.Stage != "" || f.Country != "" || f.PartnerID != "" || f.MineUser != "" || f.OverdueOn != ""
}
