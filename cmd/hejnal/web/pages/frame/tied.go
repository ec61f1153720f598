package frame

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hejnal/cmd/hejnal/web/call"
)

// noBreak is a space at which no line ends.
const noBreak = "\u00a0"

// longestTied is the number of digits of the longest number that stays with the word after it: of a day, a size, a count.
const longestTied = 3

// tied keeps together what no line should part: a number and its month, unit or noun, and in Polish a word of one letter and the
// word after it.
func (w Words) tied(text string) string {
	if !strings.Contains(text, " ") {
		return text
	}
	words := strings.Split(text, " ")
	var tied strings.Builder
	tied.Grow(len(text) + len(words))
	for i, word := range words[:len(words)-1] {
		tied.WriteString(word)
		if w.ties(word, words[i+1]) {
			tied.WriteString(noBreak)
		} else {
			tied.WriteByte(' ')
		}
	}
	tied.WriteString(words[len(words)-1])
	return tied.String()
}

// ties reports whether a word stays on the line of the next one.
func (w Words) ties(word, next string) bool {
	first, _ := utf8.DecodeRuneInString(next)
	if next == "" || !unicode.IsLetter(first) {
		return false
	}
	bare := strings.TrimLeft(word, "(„\n")
	if w.Language == call.Polish && len(bare) == 1 && strings.Contains("aiouwzAIOUWZ", bare) {
		return true
	}
	digits := strings.Map(func(r rune) rune {
		if r == ',' || r == '.' {
			return -1
		}
		return r
	}, bare)
	return digits != "" && len(digits) <= longestTied && unicode.IsDigit(rune(bare[len(bare)-1])) && strings.Trim(digits, "0123456789") == ""
}
