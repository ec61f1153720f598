package listing

import (
	"strings"
	"unicode/utf8"

	"hejnal/store"
)

// shortest is how many letters a word must have for a trigram index to serve it.
const shortest = 3

// search narrows to rows of the table whose words hold every word of the text. The words stand in a table of their own
// beside it, by the name of the table and _search.
func (b *builder) search(table, given string) {
	words := strings.Fields(store.Fold(given))
	if len(words) == 0 {
		return
	}
	switch b.dialect {
	case Postgres:
		conditions := make([]string, len(words))
		for i, word := range words {
			conditions[i] = b.holds(word)
		}
		b.and("id IN (SELECT id FROM " + table + "_search WHERE " + strings.Join(conditions, " AND ") + ")")
	case SQLiteBroad:
		for _, word := range words {
			b.and(b.like(word) + ` ESCAPE '\'`)
		}
	default:
		if long := longWords(given); long != "" {
			b.and("num IN (SELECT rowid FROM " + table + "_search WHERE " + table + "_search MATCH " + b.arg(long) + ")")
		}
		for _, word := range words {
			if short(word) {
				b.and("num IN (" + b.letters(table, word) + ")")
			}
		}
	}
}

func short(word string) bool { return utf8.RuneCountInString(word) < shortest }

// holds is PostgreSQL's condition that a text holds a word: by trigrams, or, where the word has too few letters for one,
// by its letters and pairs of letters.
func (b *builder) holds(word string) string {
	if short(word) {
		return "letters(search) @> ARRAY[" + b.arg(word) + "]"
	}
	return b.like(word)
}

// letters is SQLite's query for the rows whose text holds a word too short for a trigram: a trigram begins with it, or it
// stands at the end of the text, where no trigram begins. A row may come more than once.
func (b *builder) letters(table, word string) string {
	from := b.arg(word)
	trigrams := "SELECT doc FROM " + table + "_letters WHERE term >= " + from
	ends := "SELECT num FROM " + table + " WHERE substr(search, -2) = " + from
	if utf8.RuneCountInString(word) == 1 {
		ends = "SELECT num FROM " + table + " WHERE substr(search, -1) = " + from +
			" UNION ALL SELECT num FROM " + table + " WHERE substr(search, -2) >= " + from
	}
	if next := after(word); next != "" {
		to := " AND %s < " + b.arg(next)
		trigrams += strings.Replace(to, "%s", "term", 1)
		if utf8.RuneCountInString(word) == 1 {
			ends += strings.Replace(to, "%s", "substr(search, -2)", 1)
		}
	}
	return trigrams + " UNION ALL " + ends
}

// after is the first text behind all that begin with the word; "" when there is none.
func after(word string) string {
	last, size := utf8.DecodeLastRuneInString(word)
	head := word[:len(word)-size]
	switch {
	case last == utf8.MaxRune:
		return ""
	case last+1 == 0xd800: // where no letters are
		return head + "\ue000"
	}
	return head + string(last+1)
}

// longWords asks a trigram index for all words of a text that it can serve; "" when there are none.
func longWords(given string) string {
	var long []string
	for word := range strings.FieldsSeq(store.Fold(given)) {
		if !short(word) {
			long = append(long, `"`+strings.ReplaceAll(word, `"`, `""`)+`"`)
		}
	}
	return strings.Join(long, " AND ")
}

var literally = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func (b *builder) like(word string) string {
	return "search LIKE " + b.arg("%"+literally.Replace(word)+"%")
}

// breadths are the queries that count what the words of a text find, each up to the limit.
func (b *builder) breadths(table, given string, limit int) []string {
	var counts []string
	if words := longWords(given); words != "" {
		counts = append(counts, b.count("SELECT 1 FROM "+table+"_search WHERE "+table+"_search MATCH "+b.arg(words), limit))
	}
	for word := range strings.FieldsSeq(store.Fold(given)) {
		if short(word) {
			counts = append(counts, b.count(b.letters(table, word), limit))
		}
	}
	return counts
}

// count is the query that counts the rows of another up to the limit.
func (b *builder) count(query string, limit int) string {
	return "SELECT count(*) AS found FROM (" + query + " LIMIT " + b.arg(limit) + ")"
}

// least is the query for the smallest of the counts; it reports false when there are none.
func (b *builder) least(counts []string) (Query, bool) {
	if len(counts) == 0 {
		return Query{}, false
	}
	return Query{SQL: "SELECT min(found) FROM (" + strings.Join(counts, " UNION ALL ") + ")", Args: b.args}, true
}

// BreadthOfPartners is Breadth for partners.
func BreadthOfPartners(filter store.PartnerFilter, limit int) (Query, bool) {
	b := &builder{}
	return b.least(b.breadths("partners", filter.Text, limit))
}
