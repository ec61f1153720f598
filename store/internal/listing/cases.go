package listing

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/workflow"
)

var caseOrders = map[string]column{
	"updated_at": {"updated_at", integer},
	"created_at": {"created_at", integer},
	"number":     {"number_key", text},
	"title":      {"title_key", binary},
	"due_on":     {"due_on", text},
}

// withTasks joins the open tasks to the rows of cases called page.
const withTasks = `SELECT page.body, coalesce(tasks.body, ''), coalesce(tasks.outcome, ''), coalesce(tasks.assignee, ''), coalesce(tasks.overdue, false), page.%s, page.id
FROM (%s) AS page LEFT JOIN tasks ON tasks.proposal_id = page.id AND tasks.state = 'open'`

// Way is how cases are found: by a lead, or else in the order asked for. Then each word stands for the set of its cases,
// unless no more than some cases are looked at.
type Way struct {
	Lead  Lead // what leads to few; they are sorted
	Reach int  // how many cases are looked at; 0: as many as it takes
	span  span
}

// Cases is the query for a page of cases that answer the words, which stand for the filter's text.
func Cases(dialect Dialect, way Way, words []Word, filter store.CaseFilter) (Query, error) {
	order, err := caseOrder(filter.Sort)
	if err != nil {
		return Query{}, err
	}
	b := &builder{dialect: dialect, lead: way.Lead}
	after, err := b.after(filter.Cursor, order)
	if err != nil {
		return Query{}, err
	}
	limit := bound(filter.Limit)
	shown := order.of("page")
	page := b.listed(way, words, filter, order, after, limit+1)
	return b.query(fmt.Sprintf(withTasks, order.columns[0].name, page)+shown.by()+", tasks.opened_at, tasks.id", limit, order), nil
}

// listed is the query for the cases of a page: id, body and what they are ordered by. Bodies are read last, of the page
// alone, unless the cases themselves are walked and each is wanted.
func (b *builder) listed(way Way, words []Word, filter store.CaseFilter, order ordered, after string, limit int) string {
	from, key := tableOf(b.dialect, order), order.columns[0].name
	var ids string
	if way.Reach > 0 {
		ids = b.nearby(way, words, filter, order, after)
	} else {
		b.waiting(filter)
		b.narrow(filter, order)
		b.counted(filter, from)
		b.and(after)
		b.and(b.within(way.span, filter))
		if len(words) == 0 && filter.MineUser == "" && from == "cases" {
			return "SELECT id, body, " + key + " FROM cases" + b.conditions() + order.by() + " LIMIT " + b.arg(limit)
		}
		b.found(words, from)
		b.foundMine(filter, from)
		ids = "SELECT id, " + key + " FROM " + from + b.conditions() + order.by()
	}
	return "SELECT listed.id, cases.body, listed." + key + " FROM (" + ids + " LIMIT " + b.arg(limit) + ") AS listed JOIN cases ON cases.id = listed.id"
}

// nearby is the query for those that answer among the first cases that an index of the order leads to. What no index of the
// order serves is asked of those, so that no more are looked at.
func (b *builder) nearby(way Way, words []Word, filter store.CaseFilter, order ordered, after string) string {
	columns, texts := "id, form, state, stage, country, partner_id, number_key, created_at, due_on", ""
	if key := order.columns[0].name; !strings.Contains(columns, key) {
		columns += ", " + key
	}
	if b.dialect == SQLite {
		columns += ", search"
	} else if len(words) > 0 {
		texts = " CROSS JOIN LATERAL (SELECT search FROM cases_search WHERE cases_search.id = near.id OFFSET 0) AS texts" // OFFSET keeps PostgreSQL from reading all texts
	}
	near := "SELECT " + columns + b.remaining(way, filter, order, after) + order.by() + " LIMIT " + strconv.Itoa(way.Reach)
	b.where = nil
	b.narrow(filter, order)
	b.counted(filter, "near")
	for _, word := range words {
		b.and(b.answers(word))
	}
	if filter.MineUser != "" {
		b.and(b.isMine(filter, "near"))
	}
	shown := order.of("near")
	return "SELECT " + shown.names() + " FROM (" + near + ") AS near" + texts + b.conditions() + shown.by()
}

// remaining is the rest of a query, from its FROM, for what an index of the order leads to behind the cursor.
func (b *builder) remaining(way Way, filter store.CaseFilter, order ordered, after string) string {
	nearest := nearest(filter)
	b.waiting(nearest)
	b.narrow(nearest, order)
	b.and(after)
	b.and(b.within(way.span, nearest))
	return " FROM " + tableOf(b.dialect, order) + b.conditions()
}

// nearest is what an index serves of a filter: the narrowest of its values as a rule.
func nearest(filter store.CaseFilter) store.CaseFilter {
	var one store.CaseFilter
	switch {
	case filter.PartnerID != "":
		one.PartnerID = filter.PartnerID
	case filter.MineUser != "":
		one.MineUser = filter.MineUser
	case filter.OverdueOn != "":
		one.OverdueOn = filter.OverdueOn
	case filter.State != "":
		one.State = filter.State
	case filter.Country != "":
		one.Country = filter.Country
	case filter.Stage != "":
		one.Stage = filter.Stage
	default:
		one.Form = filter.Form
	}
	return one
}

// counted narrows to what the figures count. Rounds and imports are told by the body alone, in the words in which it is
// written; there is an index of the cases in a later round.
func (b *builder) counted(filter store.CaseFilter, from string) {
	if len(filter.States) > 0 {
		b.and(in(b, "state", filter.States))
	}
	if filter.Open {
		b.and("stage <> 'ended'")
	}
	if filter.Returned {
		b.and("id IN (SELECT id FROM cases WHERE " + b.returned("body") + ")")
	}
	if !filter.OpenedSince.IsZero() {
		b.and("created_at >= " + b.arg(row.Micro(filter.OpenedSince)))
		b.and("EXISTS (SELECT 1 FROM cases AS whole WHERE whole.id = " + from + ".id AND " + b.own("whole.body") + ")")
	}
}

// returned is the condition on a case's body that it is in a later round than the first.
func (b *builder) returned(body string) string { return b.find() + "(" + body + `, '"round":1,') = 0` }

// own is the condition on a case's body that it was not imported.
func (b *builder) own(body string) string {
	return b.find() + "(" + body + `, '"legacy":true') = 0`
}

// tableOf is the table that has an index of the order.
func tableOf(dialect Dialect, order ordered) string {
	if dialect == Postgres && order.columns[0].name != "updated_at" {
		return "cases_listed"
	}
	return "cases"
}

// narrow adds the values that a filter asks for. SQLite has no statistics: it is given one of them, the one that leaves
// the fewest cases as a rule, to find cases by, and none where something else finds fewer.
func (b *builder) narrow(filter store.CaseFilter, order ordered) {
	narrowed := b.lead != Lead{} || waits(filter)
	if filter.OverdueOn != "" && filter.PartnerID == "" && order.columns[0].name != "due_on" {
		narrowed = true
	}
	for _, column := range []struct{ name, value string }{
		{"partner_id", filter.PartnerID}, {"state", filter.State}, {"country", filter.Country}, {"stage", filter.Stage}, {"form", filter.Form},
	} {
		name := column.name
		if narrowed && b.dialect != Postgres {
			name = "+" + name
		}
		b.equal(name, column.value)
		narrowed = narrowed || column.value != ""
	}
	if filter.OverdueOn != "" {
		b.and("due_on < " + b.arg(string(filter.OverdueOn)) + " AND due_on < '" + row.NoDay + "'")
	}
}

// waits reports whether the cases to look among are those that wait: without an open task a case is nobody's.
func waits(filter store.CaseFilter) bool { return filter.MineUser != "" && filter.PartnerID == "" }

// waiting narrows to cases that have an open task, where those are to be looked among.
func (b *builder) waiting(filter store.CaseFilter) {
	switch {
	case !waits(filter) || b.lead != Lead{}:
	case b.dialect == Postgres:
		b.and("waiting")
	default:
		b.and("waiting = 1")
	}
}

// foundMine narrows to cases that are somebody's, as found narrows to those of a word.
func (b *builder) foundMine(filter store.CaseFilter, from string) {
	if filter.MineUser == "" {
		return
	}
	ids := func() string { return "(SELECT proposal_id FROM tasks WHERE " + b.mine(filter) + ")" }
	switch {
	case b.lead.Mine && b.dialect == Postgres:
		b.and("id = ANY (ARRAY" + ids() + ")")
	case b.lead.Mine:
		b.and("id IN " + ids())
	case b.lead != Lead{}:
		b.and(b.isMine(filter, from))
	case b.dialect == Postgres:
		b.and("(id IN " + ids() + ") IS TRUE")
	default:
		b.and("+id IN " + ids())
	}
}

// isMine is the condition that a case of the table is somebody's.
func (b *builder) isMine(filter store.CaseFilter, table string) string {
	return "EXISTS (SELECT 1 FROM tasks WHERE tasks.proposal_id = " + table + ".id AND " + b.mine(filter) + ")"
}

// mine is the condition on open tasks that make a case somebody's.
func (b *builder) mine(filter store.CaseFilter) string {
	mine := "assignee = " + b.arg(filter.MineUser)
	if len(filter.MineRoles) > 0 {
		mine += " OR (assignee = '' AND " + in(b, "role", filter.MineRoles) + ")"
	}
	return "tasks.state = 'open' AND (" + mine + ")"
}

// caseOrder is an order of cases by its name; the newest first where none is asked for.
func caseOrder(name string) (ordered, error) {
	if name == "" {
		name = "-updated_at"
	}
	bare, down := strings.CutPrefix(name, "-")
	key, known := caseOrders[bare]
	if !known {
		return ordered{}, fmt.Errorf("sort cases by %q: no such order", name)
	}
	return ordered{name: "cases:" + name, columns: []column{key, {"id", text}}, down: down}, nil
}

// ReadCases reads a page of cases from the rows of the query.
func (q Query) ReadCases(rows Rows) (store.Page[workflow.Proposal], error) {
	var page store.Page[workflow.Proposal]
	var last []any
	for rows.Next() {
		var body, task string
		now := row.Changing{State: "open"}
		keys := q.targets()
		if err := rows.Scan(append([]any{&body, &task, &now.Outcome, &now.Assignee, &now.Overdue}, keys...)...); err != nil {
			return page, err
		}
		id := *keys[1].(*string)
		if n := len(page.Items); n == 0 || page.Items[n-1].ID != id {
			if n == q.limit {
				page.Next = encode(q.order, q.columns, last)
				break
			}
			var proposal workflow.Proposal
			if err := json.Unmarshal([]byte(body), &proposal); err != nil {
				return page, fmt.Errorf("decode case %s: %w", id, err)
			}
			page.Items, last = append(page.Items, proposal), keys
		}
		if task != "" {
			open, err := row.ToTask(task, now)
			if err != nil {
				return page, err
			}
			current := &page.Items[len(page.Items)-1]
			current.Tasks = append(current.Tasks, open)
		}
	}
	return page, rows.Err()
}
