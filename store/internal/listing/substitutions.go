package listing

import (
	"strings"

	"hejnal/store"
	"hejnal/store/internal/row"
)

var substitutionOrder = ordered{name: "substitutions", columns: []column{{"created_at", integer}, {"id", text}}, down: true}

const substitutionColumns = "absent, substitute, from_day, until_day, roles, reason, set_by, ended_at, created_at, id"

// Substitutions is the query for a page of substitutions. A person's are a union of those that they are absent in and those
// that they are the substitute in; nobody is both in one.
func Substitutions(filter store.SubstitutionFilter) (Query, error) {
	b := &builder{}
	limit := bound(filter.Limit)
	sides := []string{"absent", "substitute"}
	if filter.Person == "" {
		sides = []string{""}
	}
	var branches []string
	for _, side := range sides {
		branch := &builder{args: b.args}
		branch.equal(side, filter.Person)
		if err := branch.page(filter.Cursor, substitutionOrder); err != nil {
			return Query{}, err
		}
		branches = append(branches, "SELECT * FROM (SELECT "+substitutionColumns+" FROM substitutions"+branch.conditions()+
			substitutionOrder.by()+" LIMIT "+branch.arg(limit+1)+") AS branch")
		b.args = branch.args
	}
	sql := "SELECT " + substitutionColumns + " FROM (" + strings.Join(branches, " UNION ALL ") + ") AS substitutions" + substitutionOrder.by() + " LIMIT " + b.arg(limit+1)
	return b.query(sql, limit, substitutionOrder), nil
}

// ReadSubstitutions reads a page of substitutions from the rows of the query.
func (q Query) ReadSubstitutions(rows Rows) (store.Page[store.Substitution], error) {
	return read(q, rows, func(keys []any) (store.Substitution, error) {
		var from row.Substitution
		if err := rows.Scan(append([]any{
			&from.Absent, &from.Substitute, &from.FromDay, &from.UntilDay, &from.Roles, &from.Reason, &from.SetBy, &from.EndedAt,
		}, keys...)...); err != nil {
			return store.Substitution{}, err
		}
		from.CreatedAt, from.ID = *keys[0].(*int64), *keys[1].(*string)
		return row.ToSubstitution(from)
	})
}
