package draw_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hejnal/workflow/draw"
)

func TestWrap(t *testing.T) {
	cases := []struct {
		what, text string
		width      float64
		want       []string
	}{
		{"nothing", "", 100, []string{""}},
		{"a short text", "Pomysł", 100, []string{"Pomysł"}},
		{"a break between words", "Dokument roboczy podpisany", 100, []string{"Dokument", "roboczy", "podpisany"}},
		{"spaces and line feeds", "  Po \n\t czytaniu\x00 ", 200, []string{"Po czytaniu"}},
		{"more than three lines", "raz dwa trzy cztery pięć", 40, []string{"raz", "dwa", "trzy…"}},
		{"a word that is too long", "Konstantynopolitańczykowianeczka", 80, []string{"Konstanty…"}},
		{"a long word at the end of three lines", "aa aa aa Konstantynopol", 20, []string{"aa", "aa", "a…"}},
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.want, draw.Wrap(c.text, 12, c.width)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, diff)
		}
	}
}

func TestWrappedLinesFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, width := rapid.String().Draw(t, "text"), rapid.Float64Range(15, 300).Draw(t, "width")
		lines := draw.Wrap(text, 12, width)
		if len(lines) == 0 || len(lines) > 3 {
			t.Fatalf("%d lines", len(lines))
		}
		for _, line := range lines {
			if draw.TextWidth(line, 12) > width {
				t.Errorf("%q is wider than %v", line, width)
			}
		}
	})
}

func TestLettersHaveTheirWidths(t *testing.T) {
	for _, order := range []string{"iam", "łńW", "tnM", ".aŻ", "lAW"} {
		letters := []rune(order)
		for i := 1; i < len(letters); i++ {
			if draw.TextWidth(string(letters[i-1]), 12) >= draw.TextWidth(string(letters[i]), 12) {
				t.Errorf("%c is not narrower than %c", letters[i-1], letters[i])
			}
		}
	}
	if one, ten := draw.TextWidth("ó", 10), draw.TextWidth(strings.Repeat("ó", 10), 10); ten < 9.99*one || ten > 10.01*one {
		t.Errorf("ten letters are %v wide, one %v", ten, one)
	}
}
