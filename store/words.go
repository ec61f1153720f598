package store

import (
	"strings"
	"unicode"
)

// longest is how many letters of a word stand together; the others are a word of their own.
const longest = 100

// WordsOf brings a text into the form in which its words are searched: folded, with nothing but letters and digits in a word
// and one space between two. Marks and what is not seen leave no gap, everything else parts words. It says alone where a
// word begins: no index has an opinion of its own on it.
func WordsOf(text string) string {
	var words strings.Builder
	letters, parted := 0, false
	for _, letter := range Fold(text) {
		switch {
		case unicode.IsLetter(letter), unicode.IsNumber(letter):
			if letters == longest || parted && words.Len() > 0 {
				words.WriteByte(' ')
				letters = 0
			}
			words.WriteRune(sigma(letter))
			letters, parted = letters+1, false
		case !unicode.In(letter, unicode.M, unicode.Cf):
			parted = true
		}
	}
	return words.String()
}

// sigma gives the one form of the Greek letter that has another at the end of a word.
func sigma(letter rune) rune {
	if letter == 'ς' {
		return 'σ'
	}
	return letter
}
