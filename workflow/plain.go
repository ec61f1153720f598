package workflow

import (
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
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == unicode.ReplacementChar:
			return false
		case unicode.IsGraphic(r) && !unicode.IsSpace(r):
			seen = true
		}
	}
	return seen
}

// PlainLine is PlainText of one line.
func PlainLine(text string) bool { return !strings.ContainsAny(text, "\n\r\t") && PlainText(text) }

var notPlain = Text{
	PL: "Tekst zawiera znaki sterujące albo nie ma w nim nic widocznego.", EN: "The text has control characters, or nothing in it can be seen.",
}
