package listing

import (
	"context"
	"slices"
	"strconv"

	"hejnal/store"
)

// Breadth is the query for what leads to the fewest rows: it counts, up to a limit, what each word of a text and
// whose they are lead to, and answers with one row for each of the leads: its count and its place among them.
type Breadth struct {
	Query
	Leads []Lead
	words []Word
}

// BreadthOfCases is the breadth of a filter of cases and of the words of its text; it has no leads where neither a text
// nor a user is asked for.
func BreadthOfCases(dialect Dialect, filter store.CaseFilter, words []Word, limit int) Breadth {
	b := &builder{dialect: dialect}
	breadth := b.breadth("cases", words, limit)
	if filter.MineUser != "" {
		breadth.add(b.count(" FROM tasks WHERE "+b.mine(filter), len(breadth.Leads), limit), Lead{Mine: true})
	}
	breadth.Args = b.args
	return breadth
}

// BreadthOfPartners is the breadth of words of partners' names.
func BreadthOfPartners(dialect Dialect, words []Word, limit int) Breadth {
	b := &builder{dialect: dialect}
	breadth := b.breadth("partners", words, limit)
	breadth.Args = b.args
	return breadth
}

// leadOf chooses how rows of a text are found: on SQLite what leads to few is found first and then sorted, what leads to many is
// met soon enough in the order asked for; PostgreSQL chooses by itself. A word that leads to nothing is looked for more widely.
func leadOf(ctx context.Context, dialect Dialect, effort Effort, ask Ask, words []Word, of func(words []Word, limit int) Breadth) (lead Lead, asked []Word, err error) {
	limit := 1
	if dialect == SQLite {
		limit = effort.Few + 1
	}
	for {
		breadth := of(words, limit)
		if len(breadth.Leads) == 0 {
			return Lead{}, words, nil
		}
		var wider []Word
		err = ask(ctx, breadth.Query, func(rows Rows) error {
			lead, wider, err = breadth.ReadLead(rows, limit-1)
			return err
		})
		switch {
		case err != nil:
			return Lead{}, nil, err
		case wider == nil && dialect == Postgres:
			return Lead{}, words, nil
		case wider == nil:
			return lead, words, nil
		}
		words = wider
	}
}

// most is how many words of a text are counted; the others are looked for in what these lead to.
const most = 8

func (b *builder) breadth(table string, words []Word, limit int) Breadth {
	breadth := Breadth{words: words}
	for _, word := range words[:min(len(words), most)] {
		breadth.add(b.count(b.having(table, word), len(breadth.Leads), limit), Lead{Word: word})
	}
	return breadth
}

// count is the query that counts rows up to the limit; it is given the rest of their query, from its FROM. PostgreSQL would
// read the texts themselves to count but some of very many, which is dear, unless it must take them for all.
func (b *builder) count(query string, place, limit int) string {
	rows := "SELECT 1" + query
	if b.dialect == Postgres && limit > 1 {
		rows = "WITH found AS MATERIALIZED (" + rows + ") SELECT 1 FROM found"
	}
	return "SELECT count(*), " + strconv.Itoa(place) + " FROM (" + rows + " LIMIT " + b.arg(limit) + ") AS counted"
}

func (d *Breadth) add(query string, lead Lead) {
	if d.SQL != "" {
		d.SQL += " UNION ALL "
	}
	d.SQL += query
	d.Leads = append(d.Leads, lead)
}

// ReadLead reads which lead leads to the fewest rows, and to so few at most; the zero value where none does. Where a word
// leads to nothing and can be looked for more widely, it answers with the words to ask for in place of these, else with none.
func (d Breadth) ReadLead(rows Rows, few int) (lead Lead, wider []Word, err error) {
	instead := make([][]Word, len(d.words))
	widened := false
	for rows.Next() {
		var count, place int
		if err := rows.Scan(&count, &place); err != nil {
			return Lead{}, nil, err
		}
		if count <= few {
			lead, few = d.Leads[place], count-1
		}
		if count == 0 && !d.Leads[place].Mine {
			instead[place] = d.words[place].wider()
			widened = widened || instead[place] != nil
		}
	}
	if !widened {
		return lead, nil, rows.Err()
	}
	for i, word := range d.words {
		if instead[i] == nil {
			instead[i] = []Word{word}
		}
	}
	return Lead{}, slices.Concat(instead...), rows.Err()
}
