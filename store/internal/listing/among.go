package listing

import (
	"context"

	"hejnal/store"
	"hejnal/workflow"
)

// among counts, up to a limit, the cases that an index of the order leads to behind the cursor: a page is looked for among
// those.
func (s *search) among(ctx context.Context, limit int) (int, error) {
	order, err := caseOrder(s.filter.Sort)
	if err != nil {
		return 0, err
	}
	b := &builder{dialect: s.dialect}
	after, err := b.after(s.filter.Cursor, order)
	if err != nil {
		return 0, err
	}
	from := b.remaining(Way{span: s.span}, s.filter, order, after)
	query := b.query("SELECT count(*) FROM (SELECT 1"+from+" LIMIT "+b.arg(limit)+") AS counted", 1, order)
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
	page, err = s.cases(ctx, Way{Reach: 2*most + 1}) // more may have come meanwhile
	return page, err == nil, err
}

// narrowed reports whether there is something that leaves no more than some of the cases to look among.
func (s *search) narrowed() bool {
	f := s.filter
	return s.span == dated || f.Form != "" || f.State != "" || f.Stage != "" || f.Country != "" || f.PartnerID != "" || f.MineUser != "" || f.OverdueOn != ""
}
