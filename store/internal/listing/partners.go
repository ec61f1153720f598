package listing

import (
	"hejnal/store"
	"hejnal/store/internal/row"
)

var partnerOrder = ordered{name: "partners", columns: []column{{"name_key", binary}, {"id", text}}}

// Partners is the query for a page of partners whose names answer the words, which stand for the filter's text; PostgreSQL
// needs no lead.
func Partners(dialect Dialect, lead Lead, words []Word, filter store.PartnerFilter) (Query, error) {
	b := &builder{dialect: dialect, lead: lead}
	narrowed := ""
	if lead != (Lead{}) {
		narrowed = "+"
	}
	b.equal(narrowed+"country", filter.Country)
	b.equal("kind", filter.Kind)
	b.search("partners", words)
	if err := b.page(filter.Cursor, partnerOrder); err != nil {
		return Query{}, err
	}
	limit := bound(filter.Limit)
	sql := "SELECT fold, body, name_key, id FROM partners" + b.conditions() + partnerOrder.by() + " LIMIT " + b.arg(limit+1)
	return b.query(sql, limit, partnerOrder), nil
}

// ReadPartners reads a page of partners from the rows of the query.
func (q Query) ReadPartners(rows Rows) (store.Page[store.Partner], error) {
	return read(q, rows, func(keys []any) (store.Partner, error) {
		var fold, body string
		if err := rows.Scan(append([]any{&fold, &body}, keys...)...); err != nil {
			return store.Partner{}, err
		}
		return row.ToPartner(fold, body)
	})
}
