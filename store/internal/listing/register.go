package listing

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"hejnal/store"
	"hejnal/workflow"
)

var registerOrders = map[string][]column{
	"title":       {{"title_key", binary}},
	"-title":      {{"title_key", binary}},
	"since":       {{"since", text}},
	"-since":      {{"since_back", text}},
	"country":     {{"country", text}, {"title_key", binary}},
	"-country":    {{"country", text}, {"title_key", binary}},
	"updated_at":  {{"updated_at", integer}},
	"-updated_at": {{"updated_at", integer}},
}

// FindRegister reads a page of the register.
func FindRegister(ctx context.Context, dialect Dialect, effort Effort, ask Ask, filter store.RegisterFilter) (page store.Page[workflow.Proposal], err error) {
	lead, words, err := leadOfRegister(ctx, dialect, effort, ask, filter)
	if err != nil {
		return page, err
	}
	query, err := Register(dialect, lead, words, filter)
	if err != nil {
		return page, err
	}
	return answered(ctx, ask, query, query.ReadRegister)
}

// CountRegister counts entries of the register up to the limit.
func CountRegister(ctx context.Context, dialect Dialect, effort Effort, ask Ask, filter store.RegisterFilter, limit int) (int, error) {
	lead, words, err := leadOfRegister(ctx, dialect, effort, ask, filter)
	if err != nil {
		return 0, err
	}
	return answered(ctx, ask, registerCount(dialect, lead, words, filter, limit), readCount)
}

func leadOfRegister(ctx context.Context, dialect Dialect, effort Effort, ask Ask, filter store.RegisterFilter) (Lead, []Word, error) {
	return leadOf(ctx, dialect, effort, ask, Words(filter.Text), func(words []Word, limit int) Breadth {
		return BreadthOfCases(dialect, store.CaseFilter{}, words, limit)
	})
}

// Register is the query for a page of the register whose entries answer the words, which stand for the filter's text.
func Register(dialect Dialect, lead Lead, words []Word, filter store.RegisterFilter) (Query, error) {
	name := filter.Sort
	if name == "" {
		name = "title"
	}
	columns, known := registerOrders[name]
	if !known {
		return Query{}, fmt.Errorf("sort the register by %q: no such order", filter.Sort)
	}
	order := ordered{name: "register:" + name, columns: append(columns[:len(columns):len(columns)], column{"id", text}), down: strings.HasPrefix(name, "-")}
	b := &builder{dialect: dialect, lead: lead}
	from := b.register(words, filter, columns[0].name == "updated_at")
	if err := b.page(filter.Cursor, order); err != nil {
		return Query{}, err
	}
	limit := bound(filter.Limit)
	shown := order.of("page")
	inner := "SELECT " + order.names() + from + b.conditions() + order.by() + " LIMIT " + b.arg(limit+1)
	sql := "SELECT cases.body, " + shown.names() + " FROM (" + inner + ") AS page JOIN cases ON cases.id = page.id" + shown.by()
	return b.query(sql, limit, order), nil
}

// registerCount is the query for how many entries answer, up to the limit.
func registerCount(dialect Dialect, lead Lead, words []Word, filter store.RegisterFilter, limit int) Query {
	b := &builder{dialect: dialect, lead: lead}
	from := b.register(words, filter, false)
	sql := "SELECT count(*) FROM (SELECT 1" + from + b.conditions() + " LIMIT " + b.arg(limit) + ") AS counted"
	return Query{SQL: sql, Args: b.args}
}

// register narrows to the entries that a filter asks for, and gives where they are read from. Cases are joined only where
// they are needed. SQLite, which has no statistics, goes from the register to them unless a word or a day leads to few.
func (b *builder) register(words []Word, filter store.RegisterFilter, withCases bool) string {
	for _, asked := range []struct{ name, value string }{
		{"partner_id", filter.PartnerID}, {"country", filter.Country}, {"form", filter.Form}, {"status", filter.Status}, {"continent", filter.Continent},
	} {
		b.equal(asked.name, asked.value)
	}
	if filter.Field != "" {
		b.and(b.find() + "(fields, " + b.arg(`"`+filter.Field+`"`) + ") > 0")
	}
	if filter.YearFrom > 0 {
		b.and("year >= " + b.arg(filter.YearFrom))
	}
	if filter.YearTo > 0 {
		b.and("year BETWEEN 1 AND " + b.arg(filter.YearTo))
	}
	if filter.ExpiringBefore != "" {
		b.expiring(string(filter.ExpiringBefore), filter.Clocks)
		withCases = true
	}
	b.search("cases", words)
	if !withCases && len(words) == 0 {
		return " FROM register"
	}
	if b.dialect == Postgres {
		return " FROM register JOIN (SELECT id, updated_at, deadline_on, body FROM cases) AS whole USING (id)"
	}
	const whole = "(SELECT id, num, search, number_key, updated_at, deadline_on, due_on, body FROM cases) AS whole"
	switch {
	case filter.ExpiringBefore != "":
		b.and("due_on < " + b.arg(string(filter.ExpiringBefore)))
		return " FROM " + whole + " CROSS JOIN register USING (id)"
	case b.lead != Lead{}:
		return " FROM register JOIN " + whole + " USING (id)"
	}
	return " FROM register CROSS JOIN " + whole + " USING (id)"
}

// expiring narrows to current entries of which a clock ends before the day. The day of a case's next deadline, which is
// none of the clocks' as a rule, keeps most bodies unread.
func (b *builder) expiring(before string, clocks []string) {
	day := b.arg(before)
	b.and("status = '" + workflow.RegisterCurrent + "' AND deadline_on < " + day)
	each, clock, state, due := "json_each(body, '$.deadlines') AS clocks", "json_extract(clocks.value, '$.clock')", "json_extract(clocks.value, '$.state')", "json_extract(clocks.value, '$.due_on')"
	if b.dialect == Postgres {
		each = "jsonb_array_elements(CASE jsonb_typeof(body::jsonb -> 'deadlines') WHEN 'array' THEN body::jsonb -> 'deadlines' ELSE '[]' END) AS clocks"
		clock, state, due = "clocks ->> 'clock'", "clocks ->> 'state'", "clocks ->> 'due_on'"
	}
	b.and("EXISTS (SELECT 1 FROM " + each + " WHERE " + in(b, clock, clocks) + " AND " + state + " = '" + workflow.DeadlineRunning + "' AND " + due + " < " + day + ")")
}

// find is the function that tells where in a text another stands.
func (b *builder) find() string {
	if b.dialect == Postgres {
		return "strpos"
	}
	return "instr"
}

// ReadRegister reads a page of the register from the rows of the query.
func (q Query) ReadRegister(rows Rows) (store.Page[workflow.Proposal], error) {
	return read(q, rows, func(keys []any) (workflow.Proposal, error) {
		var body string
		var proposal workflow.Proposal
		if err := rows.Scan(append([]any{&body}, keys...)...); err != nil {
			return proposal, err
		}
		if err := json.Unmarshal([]byte(body), &proposal); err != nil {
			return proposal, fmt.Errorf("decode case: %w", err)
		}
		return proposal, nil
	})
}

// readCount reads a count.
func readCount(rows Rows) (int, error) {
	count := 0
	for rows.Next() {
		if err := rows.Scan(&count); err != nil {
			return 0, err
		}
	}
	return count, rows.Err()
}
