package listing

import (
	"context"

	"hejnal/store"
	"hejnal/store/internal/row"
)

var partnerOrder = ordered{name: "partners", columns: []column{{"name_key", binary}, {"id", text}}}

// FindPartners reads a page of partners.
func FindPartners(ctx context.Context, dialect Dialect, effort Effort, ask Ask, filter store.PartnerFilter) (page store.Page[store.Partner], err error) {
	lead, words, err := leadOf(ctx, dialect, effort, ask, WordsOfNames(filter.Text), func(words []Word, limit int) Breadth {
		return BreadthOfPartners(dialect, words, limit)
	})
	if err != nil {
		return page, err
	}
	query, err := Partners(dialect, lead, words, filter)
	if err != nil {
		return page, err
	}
	return answered(ctx, ask, query, query.ReadPartners)
}

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
