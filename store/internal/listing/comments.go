package listing

import (
	"hejnal/store"
	"hejnal/store/internal/row"
)

var commentOrder = ordered{name: "comments", columns: []column{{"at", integer}, {"id", text}}}

// Comments is the query for a page of a case's comments.
func Comments(proposalID string, page store.PageRequest) (Query, error) {
	b := &builder{}
	b.and("proposal_id = " + b.arg(proposalID))
	if err := b.page(page.Cursor, commentOrder); err != nil {
		return Query{}, err
	}
	limit := bound(page.Limit)
	sql := "SELECT proposal_id, author, text, at, id FROM comments" + b.conditions() + commentOrder.by() + " LIMIT " + b.arg(limit+1)
	return b.query(sql, limit, commentOrder), nil
}

// ReadComments reads a page of comments from the rows of the query.
func (q Query) ReadComments(rows Rows) (store.Page[store.Comment], error) {
	return read(q, rows, func(keys []any) (store.Comment, error) {
		var comment store.Comment
		if err := rows.Scan(append([]any{&comment.ProposalID, &comment.By, &comment.Text}, keys...)...); err != nil {
			return comment, err
		}
		comment.At, comment.ID = row.Moment(*keys[0].(*int64)), *keys[1].(*string)
		return comment, nil
	})
}
