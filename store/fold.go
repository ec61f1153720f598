package store

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// stroked are the letters that no decomposition takes apart.
var stroked = strings.NewReplacer("ł", "l", "ß", "ss", "ø", "o", "đ", "d", "ð", "d", "þ", "th", "æ", "ae", "œ", "oe", "ħ", "h", "ı", "i", "ŧ", "t")

// Fold brings a text into the form in which texts are compared and searched: lower case, without diacritics, runs of
// white space and control characters squeezed into one space, none at either end. Folding twice changes nothing.
func Fold(text string) string {
	var folded strings.Builder
	space := false
	for _, letter := range norm.NFKD.String(strings.ToLower(text)) {
		switch {
		case unicode.Is(unicode.Mn, letter):
		case unicode.IsSpace(letter), unicode.IsControl(letter):
			space = folded.Len() > 0
		default:
			if space {
				folded.WriteByte(' ')
				space = false
			}
			folded.WriteRune(unicode.ToLower(letter))
		}
	}
	return stroked.Replace(folded.String())
}
