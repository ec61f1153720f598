package listing

import (
	"hejnal/store"
	"hejnal/store/internal/row"
)

var (
	commentColumns = []column{{"at", integer}, {"id", text}}
	oldestComments = ordered{name: "comments", columns: commentColumns}
	newestComments = ordered{name: "-comments", columns: commentColumns, down: true}
)

// Comments is the query for a page of a case's comments.
func Comments(filter store.CommentFilter) (Query, error) {
	order := oldestComments
	if filter.LastFirst {
		order = newestComments
	}
	b := &builder{}
	b.and("proposal_id = " + b.arg(filter.ProposalID))
	if err := b.page(filter.Cursor, order); err != nil {
		return Query{}, err
	}
	limit := bound(filter.Limit)
	sql := "SELECT proposal_id, author, text, at, id FROM comments" + b.conditions() + order.by() + " LIMIT " + b.arg(limit+1)
	return b.query(sql, limit, order), nil
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
