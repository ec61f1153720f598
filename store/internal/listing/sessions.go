package listing

import (
	"strings"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/workflow/calendar"
)

// rule is the rule of a task, in the words of the index that has it.
func (d Dialect) rule() string {
	if d == Postgres {
		return "(body::jsonb ->> 'rule')"
	}
	return "json_extract(body, '$.rule')"
}

// SessionDays is the query for the days on which tasks of the rules are due, from a day on, the next first; with no day the
// newest first. It is a union of branches, each of which walks one index and stops after so many days.
func SessionDays(dialect Dialect, rules []string, from calendar.Date, limit int) Query {
	b := &builder{dialect: dialect}
	limit = bound(limit)
	direction := ""
	if from == "" {
		direction = " DESC"
	}
	var branches []string
	for _, rule := range rules {
		for _, state := range taskStates("") {
			branches = append(branches, "SELECT * FROM (SELECT due_on, '"+state+"' AS state, count(*) AS counted FROM tasks WHERE "+dialect.rule()+" = "+b.arg(rule)+
				" AND state = '"+state+"' AND due_on >= "+b.arg(string(from))+" AND due_on < '"+row.NoDay+"' GROUP BY due_on ORDER BY due_on"+direction+
				" LIMIT "+b.arg(limit)+") AS branch")
		}
	}
	if len(branches) == 0 {
		return Query{SQL: "SELECT '', 0, 0 WHERE 1 = 0"}
	}
	sum := func(state string) string {
		return "CAST(sum(CASE state WHEN '" + state + "' THEN counted ELSE 0 END) AS bigint)"
	}
	return Query{SQL: "SELECT due_on, " + sum("open") + ", " + sum("completed") + " FROM (" + strings.Join(branches, " UNION ALL ") +
		") AS days GROUP BY due_on ORDER BY due_on" + direction + " LIMIT " + b.arg(limit), Args: b.args}
}

// ReadSessionDays reads the days from the rows of the query.
func ReadSessionDays(rows Rows) ([]store.SessionDay, error) {
	days := []store.SessionDay{}
	for rows.Next() {
		var day store.SessionDay
		var on string
		if err := rows.Scan(&on, &day.Open, &day.Completed); err != nil {
			return nil, err
		}
		day.On = calendar.Date(on)
		days = append(days, day)
	}
	return days, rows.Err()
}
