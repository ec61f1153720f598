package listing

import (
	"strings"
	"unicode/utf8"

	"hejnal/store"
)

// shortest is how many letters a word must have for a trigram index to serve it.
const shortest = 3

// search narrows to rows of the table whose words hold every word of the text. The words stand in a table of their own
// beside it, by the name of the table and _search. PostgreSQL has no trigrams of words that are shorter; so that it does not
// read everything for one that nothing has, it looks first whether anything has it, by an index of letters and their pairs.
func (b *builder) search(table, given string) {
	words := strings.Fields(store.Fold(given))
	if len(words) == 0 {
		return
	}
	if b.dialect == Postgres {
		conditions := make([]string, len(words))
		for i, word := range words {
			conditions[i] = b.like(word)
			if short(word) {
				b.and("EXISTS (SELECT 1 FROM " + table + "_search WHERE letters(search) @> ARRAY[" + b.arg(word) + "])")
			}
		}
		b.and("id IN (SELECT id FROM " + table + "_search WHERE " + strings.Join(conditions, " AND ") + ")")
		return
	}
	for _, word := range words {
		if word == b.lead.Word {
			b.and("num IN (" + b.having(table, word) + ")")
		} else {
			b.and(b.like(word) + ` ESCAPE '\'`)
		}
	}
}

// having is SQLite's query for the rows whose text holds a word. A row may come more than once.
func (b *builder) having(table, word string) string {
	if short(word) {
		return b.letters(table, word)
	}
	return "SELECT rowid FROM " + table + "_search WHERE " + table + "_search MATCH " + b.arg(`"`+strings.ReplaceAll(word, `"`, `""`)+`"`)
}

func short(word string) bool { return utf8.RuneCountInString(word) < shortest }

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

var literally = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func (b *builder) like(word string) string {
	return "search LIKE " + b.arg("%"+literally.Replace(word)+"%")
}
