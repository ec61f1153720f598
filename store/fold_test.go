package store_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"unicode/utf8"

	"hejnal/store"
)

func TestFoldedTextsAreComparedWithoutCaseAndMarks(t *testing.T) {
	for text, want := range map[string]string{
		"":                    "",
		"Zażółć GĘŚLĄ jaźń":   "zazolc gesla jazn",
		"  Łódź \t\n miasto ": "lodz miasto",
		"Straße":              "strasse",
		"STRASSE":             "strasse",
		"Tromsø":              "tromso",
		"Đà Nẵng":             "da nang",
		"Ærø":                 "aero",
		"İstanbul":            "istanbul",
		"Diyarbakır":          "diyarbakir",
		"ﬁn Ⅻ":                "fin xii",
		"京都市":                 "京都市",
		"Київ":                "киів",
		"a\u00a0b\x00c":       "a b c",
		"\u0301":              "",
		"Ångström":            "angstrom",
	} {
		if got := store.Fold(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func FuzzFoldingTwiceChangesNothing(f *testing.F) {
	for _, text := range []string{"Zażółć", " a  b ", "İ", "\xff", "ẞ", "ſt", "ǅ"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := store.Fold(text)
		if twice := store.Fold(once); twice != once {
			t.Errorf("%q: %q, then %q", text, once, twice)
		}
		if utf8.ValidString(text) && !utf8.ValidString(once) {
			t.Errorf("%q became %q", text, once)
		}
	})
}

func TestCollationKeysOrderByPolishRules(t *testing.T) {
	names := []string{"Żory", "Zabrze", "Źródła", "Łódź", "Lublin", "Ćmielów", "Cieszyn", "zabrze"}
	slices.SortFunc(names, func(a, b string) int { return bytes.Compare(store.CollationKey(a), store.CollationKey(b)) })
	want := []string{"Cieszyn", "Ćmielów", "Lublin", "Łódź", "zabrze", "Zabrze", "Źródła", "Żory"}
	if !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
}

func ExampleFold() {
	fmt.Println(store.Fold("  Święta  Łódź "))
	// Output: swieta lodz
}
