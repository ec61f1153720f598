package listing

import (
	"strings"

	"hejnal/store"
)

// Breadth is SQLite's query for what leads to the fewest rows: it counts, up to a limit, what each word of a text and
// whose they are lead to, and answers with one row for each of the leads: its count and its place among them.
type Breadth struct {
	Query
	Leads []Lead
}

// BreadthOfCases is the breadth of a filter of cases; it has no leads where neither a text nor a user is asked for.
func BreadthOfCases(filter store.CaseFilter, limit int) Breadth {
	b := &builder{}
	breadth := b.breadth("cases", filter.Text, limit)
	if filter.MineUser != "" {
		breadth.add(b.count("SELECT 1 FROM tasks WHERE "+b.mine(filter), len(breadth.Leads), limit), Lead{Mine: true})
	}
	breadth.Args = b.args
	return breadth
}

// BreadthOfPartners is the breadth of a filter of partners.
func BreadthOfPartners(filter store.PartnerFilter, limit int) Breadth {
	b := &builder{}
	breadth := b.breadth("partners", filter.Text, limit)
	breadth.Args = b.args
	return breadth
}

// most is how many words of a text are counted; the others are looked for in what these lead to.
const most = 8

func (b *builder) breadth(table, given string, limit int) Breadth {
	var breadth Breadth
	for word := range strings.FieldsSeq(store.Fold(given)) {
		if len(breadth.Leads) < most {
			breadth.add(b.count(b.having(table, word), len(breadth.Leads), limit), Lead{Word: word})
		}
	}
	return breadth
}

// count is the query that counts the rows of another up to the limit.
func (b *builder) count(query string, place, limit int) string {
	return "SELECT count(*), " + b.arg(place) + " FROM (" + query + " LIMIT " + b.arg(limit) + ")"
}

func (d *Breadth) add(query string, lead Lead) {
	if d.SQL != "" {
		d.SQL += " UNION ALL "
	}
	d.SQL += query
	d.Leads = append(d.Leads, lead)
}

// ReadLead reads which lead leads to the fewest rows, and to so few at most; the zero value where none does.
func (d Breadth) ReadLead(rows Rows, few int) (Lead, error) {
	var lead Lead
	for rows.Next() {
		var count, place int
		if err := rows.Scan(&count, &place); err != nil {
			return Lead{}, err
		}
		if count <= few {
			lead, few = d.Leads[place], count-1
		}
	}
	return lead, rows.Err()
}
