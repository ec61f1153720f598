package listing

import (
	"strconv"
	"strings"
)

// sampled is how many texts of cases a sample has.
const sampled = 1_000

// Sample is PostgreSQL's query for how many of some texts have each of the words, and its place among them; the rarest first.
func Sample(words []Word) Query {
	b := &builder{dialect: Postgres}
	counts := make([]string, len(words))
	for i, word := range words {
		counts[i] = "SELECT count(*) FILTER (WHERE " + b.holds("(search || '')", word.text) + ") AS texts, " + strconv.Itoa(i) + " AS place FROM sample"
	}
	sql := "WITH sample AS MATERIALIZED (SELECT search FROM cases_search LIMIT " + strconv.Itoa(sampled) + ") " + strings.Join(counts, " UNION ALL ") + " ORDER BY texts, place LIMIT 1"
	return Query{SQL: sql, Args: b.args}
}

// ReadSample reads which of the words is the rarest.
func ReadSample(rows Rows, words []Word) (Word, error) {
	var rarest Word
	for rows.Next() {
		var count, place int
		if err := rows.Scan(&count, &place); err != nil {
			return Word{}, err
		}
		rarest = words[place]
	}
	return rarest, rows.Err()
}
