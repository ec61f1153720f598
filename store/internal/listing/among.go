package listing

import (
	"context"
	"fmt"

	"hejnal/store"
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

// among counts the cases that a page is looked for among, up to one more than the effort looks at.
func (s *search) among(ctx context.Context) (int, error) {
	query, err := Among(s.dialect, Way{span: s.span}, s.filter, s.effort.Far+1)
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

// narrowed reports whether there is something that leaves no more than some of the cases to look among.
func (s *search) narrowed() bool {
	f := s.filter
	return s.span == dated || f.Form != "" || f.State != "" || f.Stage != "" || f.Country != "" || f.PartnerID != "" || f.MineUser != "" || f.OverdueOn != ""
}
