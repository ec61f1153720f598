package listing_test

import (
	"testing"

	"hejnal/store/internal/listing"
)

func TestAWordOfATextBeginsWithAnother(t *testing.T) {
	const text = "7/2026 umowa-ramowa: most 7,5% (łask) 京都市 ababac"
	for word, want := range map[string]bool{
		"umowa": true, "ramo": true, "mowa": false, "7": true, "2026": true, "026": false, "5": true, "lask": false, "łask": true,
		"京都": true, "都": false, "aba": true, "bac": false, "st": false, "x": false,
	} {
		if got := listing.BeginsWord(text, word); got != want {
			t.Errorf("%q: got %t, want %t", word, got, want)
		}
	}
}
