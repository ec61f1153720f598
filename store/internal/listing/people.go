package listing

import (
	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/workflow"
)

var peopleOrder = ordered{name: "people", columns: []column{{"name", text}, {"id", text}}}

// People is the query for a page of people who are not disabled; an empty role means all.
func People(role workflow.Role, page store.PageRequest) (Query, error) {
	b := &builder{}
	b.and("disabled = " + b.arg(false))
	if role != "" {
		b.and("roles LIKE " + b.arg(`%"`+string(role)+`"%`))
	}
	if err := b.page(page.Cursor, peopleOrder); err != nil {
		return Query{}, err
	}
	limit := bound(page.Limit)
	sql := "SELECT full_name, roles, password_hash, must_change, disabled, version, created_at, name, id FROM people" +
		b.conditions() + peopleOrder.by() + " LIMIT " + b.arg(limit+1)
	return b.query(sql, limit, peopleOrder), nil
}

// ReadPeople reads a page of people from the rows of the query.
func (q Query) ReadPeople(rows Rows) (store.Page[store.Person], error) {
	return read(q, rows, func(keys []any) (store.Person, error) {
		var person store.Person
		var roles string
		var createdAt int64
		if err := rows.Scan(append([]any{
			&person.FullName, &roles, &person.PasswordHash, &person.MustChange, &person.Disabled, &person.Version, &createdAt,
		}, keys...)...); err != nil {
			return person, err
		}
		person.Name, person.ID = *keys[0].(*string), *keys[1].(*string)
		return row.ToPerson(person, roles, createdAt)
	})
}
