package workflow

import (
	"strconv"
	"strings"
	"unicode"
)

// PlainText reports whether a text can be shown as it is: no control characters but line ends and tabs, no marks that turn
// the direction of what follows, and, unless it is empty, something that can be seen.
func PlainText(text string) bool {
	seen := text == ""
	for _, r := range text {
		switch {
		case r == '\n', r == '\r', r == '\t':
		case hidden(r):
			return false
		case unicode.IsGraphic(r) && !unicode.IsSpace(r):
			seen = true
		}
	}
	return seen
}

// hidden are characters that no text may have, line ends and tabs among them.
func hidden(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == unicode.ReplacementChar
}

// What PlainText refuses, and what it does not count as seen, as classes of characters for regular expressions. Their dialects
// agree on \x and on the characters themselves, not on \s, \p and \u, nor on ranges beyond U+FFFF.
const (
	refusedClass = `\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f` + "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd"
	unseenClass  = `\x00-\x20\x7f-\xa0\xad` + "\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u1680\u180e\u2000-\u200f" +
		"\u2028-\u202f\u205f-\u206f\u3000\ue000-\uf8ff\ufeff\ufff9-\ufffb\ufffd"
)

// plainPattern tells outsiders what PlainText judges. It lets more pass only where a text has nothing but characters that are
// not known, or unseen beyond U+FFFF.
const plainPattern pattern = `^[^` + refusedClass + `]*[^` + unseenClass + `][^` + refusedClass + `]*$`

// pattern is a regular expression that is written in ASCII, so that no character of it turns the line that shows it.
type pattern string

// MarshalJSON writes the pattern.
func (p pattern) MarshalJSON() ([]byte, error) { return []byte(strconv.QuoteToASCII(string(p))), nil }

// NotPlain says in words why a text is none that PlainText lets pass; the zero value where it is one.
func NotPlain(text string) Text {
	if PlainText(text) {
		return Text{}
	}
	if strings.ContainsFunc(text, func(r rune) bool { return hidden(r) && !strings.ContainsRune("\n\r\t", r) }) {
		return Text{
			PL: "Tekst zawiera znak, którego nie widać (sterujący albo zmieniający kierunek pisma). Usuń go albo wpisz tekst od nowa.",
			EN: "The text has a character that cannot be seen (a control character, or one that turns the direction of writing). Delete it or type the text anew.",
		}
	}
	return Text{PL: "W tekście nie ma nic widocznego.", EN: "Nothing in the text can be seen."}
}

// NotPlainLine says in words why a text is not one line of what NotPlain lets pass; the zero value where it is.
func NotPlainLine(text string) Text {
	if strings.ContainsAny(text, "\n\r\t") {
		return Text{PL: "Wpisz tekst w jednym wierszu, bez końców wierszy i tabulatorów.", EN: "Give the text in one line, without line ends and tabs."}
	}
	return NotPlain(text)
}
