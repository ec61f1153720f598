package language

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Problem is a mistake in a definition and where it is written. Line and Column count from 1, Column in characters; both
// are 0 when the mistake concerns the file as a whole. Excerpt shows the line among its neighbours, a marker below it.
type Problem struct {
	File    string
	Line    int
	Column  int
	Message string
	Excerpt string
}

// String returns "file:line:column: message" and the excerpt below, without a final line feed.
func (p Problem) String() string {
	var text strings.Builder
	text.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&text, ":%d:%d", p.Line, p.Column)
	}
	fmt.Fprintf(&text, ": %s", p.Message)
	if p.Excerpt != "" {
		fmt.Fprintf(&text, "\n%s", p.Excerpt)
	}
	return text.String()
}

// Problems are all the mistakes found, ordered by file, line and column.
type Problems []Problem

// Error lists the problems, each as [Problem.String] writes it.
func (p Problems) Error() string {
	texts := make([]string, len(p))
	for i, problem := range p {
		texts[i] = problem.String()
	}
	return strings.Join(texts, "\n")
}

// asError is nil when there is no problem. A mistake in a shared part is found once for every form; it is said once.
func (p Problems) asError() error {
	if len(p) == 0 {
		return nil
	}
	slices.SortStableFunc(p, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return slices.Compact(p)
}

const (
	linesBefore  = 2
	linesAfter   = 1
	excerptWidth = 110
)

// excerpt shows a line among its neighbours, with a marker below the column. Long lines are cut around it.
func excerpt(lines []string, line, column int) string {
	if line < 1 || line > len(lines) {
		return ""
	}
	left := 0
	if column > excerptWidth {
		left = column - excerptWidth/2
	}
	var text strings.Builder
	for n := max(1, line-linesBefore); n <= min(len(lines), line+linesAfter); n++ {
		if n > line && strings.TrimSpace(lines[n-1]) == "" {
			continue
		}
		fmt.Fprintf(&text, "%5d | %s\n", n, window(lines[n-1], left))
		if n == line {
			fmt.Fprintf(&text, "      | %s^\n", strings.Repeat(" ", max(0, column-1-left)))
		}
	}
	return strings.TrimRight(text.String(), "\n")
}

func window(line string, left int) string {
	if left == 0 && utf8.RuneCountInString(line) <= excerptWidth {
		return strings.TrimRight(line, " \t")
	}
	runes := []rune(line)
	from := min(left, len(runes))
	to := min(left+excerptWidth, len(runes))
	return strings.TrimRight(string(runes[from:to]), " \t")
}
