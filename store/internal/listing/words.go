package listing

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"hejnal/store"
)

// manner is how a word is looked for.
type manner int

const (
	begun    manner = iota // a word of the text begins with it
	together               // several words, parted by spaces: each begins a word of the text
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
	return asked(words, given)
}

// WordsOfNames are the words of a text that partners are asked for by.
func WordsOfNames(given string) []Word { return asked(begunWords(given), given) }

// asked leaves out words that another asks for as well, and stands for a text without letters and digits by a word that
// nothing answers.
func asked(words []Word, given string) []Word {
	var needed []Word
	for i, word := range words {
		if !impliedBy(word, needed) && !impliedBy(word, words[i+1:]) {
			needed = append(needed, word)
		}
	}
	if len(needed) == 0 && store.Fold(given) != "" {
		return []Word{{"", begun}}
	}
	return needed
}

// impliedBy reports whether what answers one of the others answers the word.
func impliedBy(word Word, others []Word) bool {
	return slices.ContainsFunc(others, func(other Word) bool {
		return other.manner == word.manner && strings.HasPrefix(other.text, word.text)
	})
}

// begunWords are the words of a text.
func begunWords(text string) []Word {
	var words []Word
	for word := range strings.FieldsSeq(store.WordsOf(text)) {
		words = append(words, Word{word, begun})
	}
	return words
}

// joined puts the words that begin words into one, so that an index finds what answers all of them.
func joined(words []Word) []Word {
	var texts []string
	var others []Word
	for _, word := range words {
		if word.manner == begun && word.text != "" {
			texts = append(texts, word.text)
		} else {
			others = append(others, word)
		}
	}
	if len(texts) < 2 {
		return words
	}
	return append([]Word{{strings.Join(texts, " "), together}}, others...)
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
	if b.dialect == Postgres {
		words = joined(words)
	}
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
// cases are walked, and what answers the words is asked for once and remembered as a set. The form of the conditions keeps
// either database from the other way, which it cannot know to be worse.
func (b *builder) found(words []Word, from string) {
	walked := b.lead == Lead{}
	if walked || b.lead.Word.manner == together {
		words = joined(words)
	}
	for _, word := range words {
		led := word == b.lead.Word
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
var rowOf = map[manner]string{begun: "doc", together: "rowid", inside: "rowid", numbered: "num"}

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
	case word.manner != inside && postgres:
		return " FROM " + table + "_search WHERE words(search) @@ " + b.arg(word.each("'", "':*", " & ")) + "::tsquery"
	case word.manner == begun:
		return " FROM " + table + "_terms WHERE " + b.from("term", word.text)
	case word.manner == together:
		return " FROM " + table + "_words WHERE " + table + "_words MATCH " + b.arg(word.each(`"`, `"*`, " "))
	case postgres:
		return " FROM " + table + "_search WHERE search LIKE " + b.arg("%"+word.text+"%")
	}
	return " FROM " + table + "_search WHERE " + table + "_search MATCH " + b.arg(`"`+word.text+`"`)
}

// each puts every one of several words between two signs.
func (w Word) each(before, behind, between string) string {
	return before + strings.ReplaceAll(w.text, " ", behind+between+before) + behind
}

func (b *builder) nothing(table string) string {
	if b.dialect == Postgres {
		return " FROM " + table + "_search WHERE false"
	}
	return " FROM " + table + "_terms WHERE false"
}

// answers is the condition that a row answers a word, which no index serves. Texts are words with a space between two.
func (b *builder) answers(word Word) string {
	switch {
	case word.text == "":
		return "false"
	case word.manner == numbered && b.dialect == Postgres:
		return b.from("(substr(number_key, "+beforeNumber+") || '')", word.text)
	case word.manner == numbered:
		return b.from("+substr(number_key, "+beforeNumber+")", word.text)
	case word.manner == begun:
		return b.holds("(' ' || search)", " "+word.text)
	}
	return b.holds("(search || '')", word.text) // no index is of that
}

// holds is the condition that a word stands somewhere in a text.
func (b *builder) holds(text, word string) string {
	if b.dialect == Postgres {
		return text + " LIKE " + b.arg("%"+word+"%")
	}
	return "instr(" + text + ", " + b.arg(word) + ") > 0"
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
