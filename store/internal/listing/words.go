package listing

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"hejnal/store"
)

// manner is how a word is looked for.
type manner int

const (
	begun    manner = iota // a word of the text begins with it
	inside                 // it stands anywhere in the text
	numbered               // the number of the case begins with it
)

// Word is a word that is asked for, and how it is looked for.
type Word struct {
	text   string
	manner manner
}

const (
	// shortest is how many letters a word must have for a trigram index to serve it.
	shortest = 3
	// longest is how many letters of a word are looked at.
	longest = 100
	// beforeNumber is where a number stands in the key that cases are ordered by: behind the year and the serial number.
	beforeNumber = "17"
)

// number is what a case's number looks like, or its beginning: 17/2026, or OR-03.0031.17.2026.
var number = regexp.MustCompile(`^(\d+/\d{1,4}|[\pL\d-]+\.\d+\.\d+\.\d{1,4})$`)

// Words are the words of a text that cases are asked for by.
func Words(given string) []Word {
	var words []Word
	for word := range strings.FieldsSeq(store.Fold(given)) {
		if number.MatchString(word) {
			words = append(words, Word{word, numbered})
		} else {
			words = append(words, begunWords(word)...)
		}
	}
	return orNothing(words, given)
}

// WordsOfNames are the words of a text that partners are asked for by.
func WordsOfNames(given string) []Word { return orNothing(begunWords(store.Fold(given)), given) }

// orNothing stands for a text without letters and digits by a word that nothing answers.
func orNothing(words []Word, given string) []Word {
	if len(words) == 0 && store.Fold(given) != "" {
		return []Word{{"", begun}}
	}
	return words
}

// begunWords parts a folded text at everything that is neither letter nor digit.
func begunWords(folded string) []Word {
	var words []Word
	for _, word := range strings.FieldsFunc(folded, parts) {
		if letters := []rune(word); len(letters) > longest {
			word = string(letters[:longest])
		}
		words = append(words, Word{word, begun})
	}
	return words
}

// wider are the words to look for where nothing is found by this one; none where that is all.
func (w Word) wider() []Word {
	switch {
	case w.manner == numbered:
		return begunWords(w.text)
	case w.manner == begun && utf8.RuneCountInString(w.text) >= shortest:
		return []Word{{w.text, inside}}
	}
	return nil
}

// search narrows to rows of the table whose words answer every word asked for. PostgreSQL chooses by its statistics what
// it begins with; SQLite is told by the lead.
func (b *builder) search(table string, words []Word) {
	for _, word := range words {
		switch {
		case b.dialect == Postgres:
			b.and("id IN (SELECT id" + b.having(table, word) + ")")
		case word == b.lead.Word:
			b.and("num IN (SELECT " + rowOf[word.manner] + b.having(table, word) + ")")
		default:
			b.and(b.answers(word))
		}
	}
}

// found narrows to cases that answer every word asked for: those that the lead leads to are looked up; without a lead the
// cases are walked, and each word is asked for once and remembered as a set. The form of the conditions keeps either
// database from the other way, which it cannot know to be worse.
func (b *builder) found(words []Word, from string) {
	for _, word := range words {
		led, walked := word == b.lead.Word, b.lead == Lead{}
		switch {
		case led && b.dialect == Postgres:
			b.and("id = ANY (ARRAY(SELECT id" + b.having("cases", word) + "))")
		case led:
			b.and("num IN (SELECT " + rowOf[word.manner] + b.having("cases", word) + ")")
		case walked && b.dialect == Postgres:
			b.and("(id IN (SELECT id" + b.having("cases", word) + ")) IS TRUE")
		case walked:
			b.and("+num IN (SELECT " + rowOf[word.manner] + b.having("cases", word) + ")")
		case word.manner == numbered || b.dialect == SQLite:
			b.and(b.answers(word))
		default:
			b.and("EXISTS (SELECT 1 FROM cases_search WHERE cases_search.id = " + from + ".id AND " + b.answers(word) + ")")
		}
	}
}

// rowOf is what SQLite calls the number of a row where a word is looked for.
var rowOf = map[manner]string{begun: "doc", inside: "rowid", numbered: "num"}

// having is the rest of a query, from its FROM, for the rows whose text answers a word. A row may come more than once.
func (b *builder) having(table string, word Word) string {
	postgres := b.dialect == Postgres
	switch {
	case word.text == "":
		return b.nothing(table)
	case word.manner == numbered && postgres:
		return " FROM cases_listed WHERE " + b.from("substr(number_key, "+beforeNumber+")", word.text)
	case word.manner == numbered:
		return " FROM cases WHERE " + b.from("substr(number_key, "+beforeNumber+")", word.text)
	case word.manner == begun && postgres:
		return " FROM " + table + "_search WHERE words(search) @@ " + b.arg("'"+word.text+"':*") + "::tsquery"
	case word.manner == begun:
		return " FROM " + table + "_terms WHERE " + b.from("term", word.text)
	case postgres:
		return " FROM " + table + "_search WHERE search LIKE " + b.arg("%"+word.text+"%")
	}
	return " FROM " + table + "_search WHERE " + table + "_search MATCH " + b.arg(`"`+word.text+`"`)
}

func (b *builder) nothing(table string) string {
	if b.dialect == Postgres {
		return " FROM " + table + "_search WHERE false"
	}
	return " FROM " + table + "_terms WHERE false"
}

// answers is the condition that a row answers a word, which no index serves; the cheap conditions stand before the dear ones.
func (b *builder) answers(word Word) string {
	switch {
	case word.text == "":
		return "false"
	case word.manner == numbered && b.dialect == Postgres:
		return b.from("(substr(number_key, "+beforeNumber+") || '')", word.text)
	case word.manner == numbered:
		return b.from("+substr(number_key, "+beforeNumber+")", word.text)
	case b.dialect == Postgres:
		return b.answersInPostgres(word)
	case word.manner == begun:
		return b.holds(word) + " AND begins_word(search, " + b.arg(word.text) + ")"
	}
	return b.holds(word)
}

// holds is SQLite's condition that a word stands somewhere in a row's text.
func (b *builder) holds(word Word) string { return "instr(search, " + b.arg(word.text) + ") > 0" }

// answersInPostgres leaves it to the function words, as the index does, what a word is, where one may begin at all. Between
// what PostgreSQL's parser takes for two words always stands something else than a letter or digit of ASCII.
func (b *builder) answersInPostgres(word Word) string {
	const text = "(search || '')" // no index is of that
	condition := text + " LIKE " + b.arg("%"+word.text+"%")
	if word.manner == begun {
		condition += " AND " + text + " ~ " + b.arg("(^|[^a-z0-9])"+word.text) + " AND words" + text + " @@ " + b.arg("'"+word.text+"':*") + "::tsquery"
	}
	return condition
}

// from is the condition that a column begins with a word.
func (b *builder) from(column, word string) string {
	condition := column + " >= " + b.arg(word)
	if next := after(word); next != "" {
		condition += " AND " + column + " < " + b.arg(next)
	}
	return condition
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

// apart are the letters that part words. The function words of PostgreSQL has the same.
var apart = &unicode.RangeTable{LatinOffset: 11, R16: []unicode.Range16{
	{0x01, 0x2f, 1},
	{0x3a, 0x40, 1},
	{0x5b, 0x60, 1},
	{0x7b, 0xa9, 1},
	{0xab, 0xb1, 1},
	{0xb4, 0xb4, 1},
	{0xb6, 0xb8, 1},
	{0xbb, 0xbb, 1},
	{0xbf, 0xbf, 1},
	{0xd7, 0xd7, 1},
	{0xf7, 0xf7, 1},
	{0x2000, 0x206f, 1},
	{0x20a0, 0x20cf, 1},
	{0x2190, 0x2bff, 1},
	{0x2e00, 0x2e7f, 1},
	{0x3000, 0x3004, 1},
	{0x3008, 0x3020, 1},
	{0xfe10, 0xfe6f, 1},
}}

func parts(letter rune) bool { return unicode.Is(apart, letter) }

// BeginsWord reports whether a word of a folded text begins with another.
func BeginsWord(text, word string) bool {
	for at := 0; ; {
		found := strings.Index(text[at:], word)
		if found < 0 {
			return false
		}
		at += found
		if before, size := utf8.DecodeLastRuneInString(text[:at]); size == 0 || parts(before) {
			return true
		}
		at += len(word)
	}
}
