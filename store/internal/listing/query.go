// Package listing writes the queries whose shape depends on what is asked for, and reads their rows. Both backends run
// them: the statements differ only in how a text is searched.
package listing

import (
	"strconv"
	"strings"

	"hejnal/store"
)

// Dialect is the SQL that a backend speaks.
type Dialect int

// The dialects.
const (
	SQLite Dialect = iota
	Postgres
)

// Lead is what rows are found by where it leads to few of them: a word of the text, or whose they are. The zero value is
// neither.
type Lead struct {
	Word Word
	Mine bool
}

// Bounds of a page.
const (
	DefaultLimit = 50
	MaxLimit     = 200
)

// Rows are the rows of either driver.
type Rows interface {
	Next() bool
	Scan(targets ...any) error
	Err() error
}

// Query is a statement with its arguments, and what is needed to read a page from its rows.
type Query struct {
	SQL     string
	Args    []any
	limit   int
	order   string
	columns []column
}

// builder gathers conditions and arguments.
type builder struct {
	dialect Dialect
	lead    Lead
	where   []string
	args    []any
}

// arg adds an argument and returns its placeholder, which both drivers understand.
func (b *builder) arg(value any) string {
	b.args = append(b.args, value)
	return "$" + strconv.Itoa(len(b.args))
}

// and adds a condition; "" is none.
func (b *builder) and(condition string) {
	if condition != "" {
		b.where = append(b.where, condition)
	}
}

// equal narrows to a value; an empty one does not narrow.
func (b *builder) equal(column, value string) {
	if value != "" {
		b.and(column + " = " + b.arg(value))
	}
}

// in is the condition that the column is one of the values.
func in[T ~string](b *builder, column string, values []T) string {
	if len(values) == 0 {
		return "1 = 0"
	}
	places := make([]string, len(values))
	for i, value := range values {
		places[i] = b.arg(string(value))
	}
	return column + " IN (" + strings.Join(places, ", ") + ")"
}

func (b *builder) conditions() string {
	if len(b.where) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(b.where, " AND ")
}

// ordered is an order of rows: its name, which cursors carry, its columns, and its direction.
type ordered struct {
	name    string
	columns []column
	down    bool
}

func (o ordered) names() string {
	names := make([]string, len(o.columns))
	for i, column := range o.columns {
		names[i] = column.name
	}
	return strings.Join(names, ", ")
}

// of is the order by the columns of a table.
func (o ordered) of(table string) ordered {
	columns := make([]column, len(o.columns))
	for i, column := range o.columns {
		column.name = table + "." + column.name
		columns[i] = column
	}
	o.columns = columns
	return o
}

func (o ordered) by() string {
	direction := ""
	if o.down {
		direction = " DESC"
	}
	return " ORDER BY " + strings.ReplaceAll(o.names(), ",", direction+",") + direction
}

// after is the condition that a row comes after the cursor; "" for the first page.
func (b *builder) after(given string, order ordered) (string, error) {
	if given == "" {
		return "", nil
	}
	values, err := decode(given, order.name, order.columns)
	if err != nil {
		return "", err
	}
	places := make([]string, len(values))
	for i, value := range values {
		places[i] = b.arg(value)
	}
	sign := " > "
	if order.down {
		sign = " < "
	}
	return "(" + order.names() + ")" + sign + "(" + strings.Join(places, ", ") + ")", nil
}

// page narrows to the rows after the cursor.
func (b *builder) page(given string, order ordered) error {
	condition, err := b.after(given, order)
	b.and(condition)
	return err
}

// query closes a statement whose rows carry the order's columns; one row more than the page shows whether there is another.
func (b *builder) query(sql string, limit int, order ordered) Query {
	return Query{SQL: sql, Args: b.args, limit: limit, order: order.name, columns: order.columns}
}

func bound(limit int) int {
	if limit <= 0 {
		return DefaultLimit
	}
	return min(limit, MaxLimit)
}

// targets returns fresh scan targets of the order's columns.
func (q Query) targets() []any {
	targets := make([]any, len(q.columns))
	for i, column := range q.columns {
		targets[i] = column.kind.target()
	}
	return targets
}

// read reads a page of rows that each make one item; scan is given the targets of the order's columns, which stand last.
func read[T any](q Query, rows Rows, scan func(keys []any) (T, error)) (store.Page[T], error) {
	var page store.Page[T]
	var last []any
	for rows.Next() {
		keys := q.targets()
		item, err := scan(keys)
		if err != nil {
			return store.Page[T]{}, err
		}
		if len(page.Items) == q.limit {
			page.Next = encode(q.order, q.columns, last)
			continue
		}
		page.Items, last = append(page.Items, item), keys
	}
	return page, rows.Err()
}
