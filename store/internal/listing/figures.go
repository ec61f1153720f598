package listing

import (
	"time"

	"hejnal/store"
	"hejnal/store/internal/row"
)

// Figures are the queries of what a dashboard shows, each with what reads its rows into the answer. They read whole indexes.
func Figures(dialect Dialect, asked store.FiguresRequest, into *store.CaseFigures) []Figure {
	asked = asked.Filled()
	plain := func(sql string, list *[]store.Figure, args ...any) Figure {
		return Figure{Query{SQL: sql, Args: args}, func(rows Rows) error { return readFigures(rows, list) }}
	}
	outside := &builder{dialect: dialect}
	where := in(outside, "state", asked.Outside)
	expiring := registerCount(dialect, Lead{}, nil, asked.Expiring(), unbounded)
	return []Figure{
		plain("SELECT stage, count(*) FROM cases WHERE stage <> 'ended' GROUP BY stage ORDER BY stage", &into.Stages),
		plain("SELECT state, counted FROM (SELECT state, count(*) AS counted FROM cases GROUP BY state) AS states"+
			" WHERE (SELECT stage FROM cases WHERE cases.state = states.state LIMIT 1) <> 'ended' ORDER BY state", &into.States),
		plain("SELECT role, count(*) FROM tasks WHERE state = 'open' GROUP BY role ORDER BY role", &into.Open),
		plain("SELECT role, count(*) FROM tasks WHERE state = 'open' AND due_on < $1 GROUP BY role ORDER BY role", &into.Overdue, string(asked.Today)),
		plain("SELECT state, count(*) FROM cases WHERE "+where+" GROUP BY state ORDER BY state", &into.Outside, outside.args...),
		{expiring, func(rows Rows) (err error) {
			into.Expiring, err = readCount(rows)
			return err
		}},
		openings(dialect, asked.Since, into),
		spans(dialect, asked.Since, into),
	}
}

// Figure is one of the queries, and what reads its rows.
type Figure struct {
	Query
	Read func(Rows) error
}

// unbounded is more than is ever counted.
const unbounded = 1<<31 - 1

func readFigures(rows Rows, list *[]store.Figure) error {
	*list = []store.Figure{}
	for rows.Next() {
		var figure store.Figure
		if err := rows.Scan(&figure.Of, &figure.Count); err != nil {
			return err
		}
		*list = append(*list, figure)
	}
	return rows.Err()
}

// openings counts the cases opened since, and those of them that came back.
func openings(dialect Dialect, since time.Time, into *store.CaseFigures) Figure {
	b := &builder{dialect: dialect}
	from := "cases"
	if dialect == Postgres {
		from = "(SELECT id, created_at FROM cases_listed) AS listed JOIN (SELECT id, body FROM cases) AS whole USING (id)"
	}
	b.and("created_at >= " + b.arg(row.Micro(since)))
	b.and(b.own("body"))
	sql := "SELECT count(*), count(CASE WHEN " + b.returned("body") + " THEN 1 END) FROM " + from + b.conditions()
	return Figure{Query{SQL: sql, Args: b.args}, func(rows Rows) error {
		for rows.Next() {
			if err := rows.Scan(&into.Opened, &into.Returned); err != nil {
				return err
			}
		}
		return rows.Err()
	}}
}

// spans counts the tasks completed since by their rules, and tells the median of how long they were open: the mean of the
// one or two in the middle.
func spans(dialect Dialect, since time.Time, into *store.CaseFigures) Figure {
	sql := "SELECT rule, max(counted), CAST(avg(span) AS bigint) FROM (" +
		"SELECT rule, span, row_number() OVER (PARTITION BY rule ORDER BY span) AS place, count(*) OVER (PARTITION BY rule) AS counted FROM (" +
		"SELECT " + dialect.rule() + " AS rule, closed_at - opened_at AS span FROM tasks WHERE state = 'completed' AND closed_at >= $1) AS closed" +
		") AS placed WHERE place IN ((counted + 1) / 2, (counted + 2) / 2) GROUP BY rule ORDER BY rule"
	return Figure{Query{SQL: sql, Args: []any{row.Micro(since)}}, func(rows Rows) error {
		into.Spans = []store.SpanFigure{}
		for rows.Next() {
			var figure store.SpanFigure
			var micro int64
			if err := rows.Scan(&figure.Rule, &figure.Count, &micro); err != nil {
				return err
			}
			figure.Median = time.Duration(micro) * time.Microsecond
			into.Spans = append(into.Spans, figure)
		}
		return rows.Err()
	}}
}
