package legacy_test

import (
	"regexp"
	"slices"
	"testing"

	"hejnal/cmd/hejnal/legacy"
)

var code = regexp.MustCompile(`^[A-Z][A-Z0-9]+(-[A-Z0-9]+)?$`)

func TestEverySourceOfAnEntryHasAName(t *testing.T) {
	for _, entry := range krakow(t) {
		for _, name := range legacy.Sources(input(t, entry, "source")) {
			if code.MatchString(name) {
				t.Errorf("%s rests on %s, which nobody can look up", entry.Title, name)
			}
		}
	}
}

func TestWhatIsNoCodeOfASourceIsItsOwnName(t *testing.T) {
	for codes, want := range map[string][]string{
		"":                       nil,
		"BIP Miasta Krakowa":     {"BIP Miasta Krakowa"},
		"SOL, Kronika Krakowa":   {"stadt-solothurn.ch", "Kronika Krakowa"},
		"OLO,,WILNO":             {"olomouc.eu", "wilnoteka.lt"},
		" HU ":                   {"pl.partnercity.hu, 25 sierpnia 2016"},
		"https://example.pl/1,2": {"https://example.pl/1", "2"},
	} {
		if got := legacy.Sources(codes); !slices.Equal(got, want) {
			t.Errorf("%q is read as %q", codes, got)
		}
	}
}
