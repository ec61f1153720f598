package listing

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// sampled is how many texts of cases a sample has.
const sampled = 1_000

// Sample is PostgreSQL's query for how many of some texts have each of the words.
func Sample(words []Word) Query {
	b := &builder{dialect: Postgres}
	counts := make([]string, len(words))
	for i, word := range words {
		counts[i] = "SELECT count(*) FILTER (WHERE search LIKE " + b.arg("%"+word.text+"%") + "), " + strconv.Itoa(i) + " FROM sample"
	}
	sql := "WITH sample AS MATERIALIZED (SELECT search FROM cases_search LIMIT " + strconv.Itoa(sampled) + ") " + strings.Join(counts, " UNION ALL ")
	return Query{SQL: sql, Args: b.args}
}

// ReadSample puts the words in order by how many texts of the sample have them, the rarest first.
func ReadSample(rows Rows, words []Word) ([]Word, error) {
	counts := map[Word]int{}
	for rows.Next() {
		var count, place int
		if err := rows.Scan(&count, &place); err != nil {
			return nil, err
		}
		counts[words[place]] = count
	}
	ordered := slices.Clone(words)
	slices.SortStableFunc(ordered, func(one, other Word) int { return cmp.Compare(counts[one], counts[other]) })
	return ordered, rows.Err()
}
