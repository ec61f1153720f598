package store_test

import (
	"strings"
	"testing"
	"unicode"

	"hejnal/store"
)

func TestWordsAreLettersAndDigits(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "",
		" - / % ":                        "",
		"OR-03.0031.17.2026":             "or 03 0031 17 2026",
		"Umowa-ramowa: most 7,5% (Łask)": "umowa ramowa most 7 5 lask",
		"O'Neill & Søn_Brno":             "o neill son brno",
		"クラクフ・京都市":                       "クラクフ 京都市",
		"🌉most〰Kraków":                   "most krakow",
		"काठमाडौं":                       "कठमड",
		"po\u00adro\u200dzumienie":       "porozumienie",
		"ΠΕΙΡΑΙΑΣ":                       "πειραιασ",
		"½ m²":                           "1 2 m2",
		strings.Repeat("a", 201):         strings.Repeat("a", 100) + " " + strings.Repeat("a", 100) + " a",
	} {
		if got := store.WordsOf(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func FuzzWordsOfWordsAreTheSame(f *testing.F) {
	for _, text := range []string{"Umowa-ramowa", " a  b ", "İ", "\xff", "ﷺ", "7e5xyz", "list׃abc", "\u200b"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		words := store.WordsOf(text)
		if again := store.WordsOf(words); again != words {
			t.Errorf("%q: %q, and again %q", text, words, again)
		}
		if folded := store.WordsOf(store.Fold(text)); folded != words {
			t.Errorf("%q: %q, and %q of what is folded already", text, words, folded)
		}
		for word := range strings.SplitSeq(words, " ") {
			if strings.ContainsFunc(word, func(letter rune) bool { return !unicode.IsLetter(letter) && !unicode.IsNumber(letter) }) || word == "" && words != "" {
				t.Errorf("%q: %q is no word", text, word)
			}
		}
	})
}
