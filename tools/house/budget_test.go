package house_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"hejnal/tools/house"
)

// A length is that of one file or function, in lines.
type length struct {
	name  string
	lines int
}

// A budget bounds such lengths.
type budget struct{ median, p95, longest int }

var (
	fileBudget     = budget{median: 120, p95: 500, longest: 800}
	functionBudget = budget{median: 12, p95: 60, longest: 100}
)

// fileExceptions and functionExceptions may be longer than the longest, for the
// reason given. A file is named by its path, a function by its file's path, a
// colon and its name.
var (
	fileExceptions     = map[string]string{}
	functionExceptions = map[string]string{}
)

const (
	// fewest is how many lengths make a median worth judging.
	fewest = 20
	// testRatio is how many lines of test there are at least for a line of other
	// code, judged as soon as there are ratioFrom lines of other code.
	testRatio = 0.8
	ratioFrom = 1000
)

func TestFilesKeepTheirBudget(t *testing.T) {
	var lengths []length
	for _, file := range repositoryFiles(t) {
		lengths = append(lengths, length{file.Path, file.Lines})
	}
	report(t, lengths, fileBudget, fileExceptions)
}

func TestFunctionsKeepTheirBudget(t *testing.T) {
	var lengths []length
	for _, file := range repositoryFiles(t) {
		for _, function := range file.Functions() {
			lengths = append(lengths, length{function.Path + ":" + function.Name, function.Lines})
		}
	}
	report(t, lengths, functionBudget, functionExceptions)
}

func TestThereIsAboutAsMuchTestAsCode(t *testing.T) {
	code, tests := 0, 0
	for _, file := range repositoryFiles(t) {
		if file.Test() || file.Within("store/storetest") || file.Within("events/eventstest") || file.Within("workflow/workflowtest") || file.Within("cmd/hejnal/web/pages/pagestest") || file.Within("tools") {
			tests += file.Lines
		} else {
			code += file.Lines
		}
	}
	for _, name := range paths(t) {
		if strings.Contains(name, "/testdata/") {
			tests += linesOfText(t, name)
		}
	}
	ratio := float64(tests) / float64(max(code, 1))
	t.Logf("%d lines of test for %d lines of other code: %.2f", tests, code, ratio)
	if code >= ratioFrom && ratio < testRatio {
		t.Errorf("%.2f lines of test for a line of other code, at least %.2f are due", ratio, testRatio)
	}
}

// linesOfText counts the lines of a test that is written as text: a script, or what must come out. A folder, and a file that is
// no text or a seed of a fuzz target, has none.
func linesOfText(t *testing.T, name string) int {
	t.Helper()
	tree := repository(t)
	if info, err := fs.Stat(tree, name); err != nil || info.IsDir() || strings.Contains(name, "/testdata/fuzz/") {
		return 0
	}
	text, err := fs.ReadFile(tree, name)
	if err != nil {
		t.Fatal(err)
	}
	if !utf8.Valid(text) {
		return 0
	}
	return strings.Count(string(text), "\n")
}

func TestTheBudgetTellsGoodFromBad(t *testing.T) {
	limits := budget{median: 10, p95: 20, longest: 30}
	for _, test := range []struct {
		name       string
		lengths    []length
		exceptions map[string]string
		want       []string
	}{
		{"within it", repeated(fewest, 10), nil, nil},
		{"too few for a median", repeated(fewest-1, 25), nil, nil},
		{"median", repeated(fewest, 11), nil, []string{"median"}},
		{"95th percentile", append(repeated(38, 5), repeated(3, 21)...), nil, []string{"95th"}},
		{"longest", []length{{"a", 31}}, nil, []string{"a has 31"}},
		{"longest with a reason", []length{{"a", 31}}, map[string]string{"a": "a table"}, nil},
		{"exception that is not needed", []length{{"a", 30}}, map[string]string{"a": "a table"}, []string{"exception"}},
		{"exception for what is gone", nil, map[string]string{"a": "a table"}, []string{"exception"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := complaints(test.lengths, limits, test.exceptions)
			if len(got) != len(test.want) {
				t.Fatalf("got %q, want %q", got, test.want)
			}
			for i, want := range test.want {
				if !strings.Contains(got[i], want) {
					t.Errorf("got %q, want it to speak of %q", got[i], want)
				}
			}
		})
	}
}

func report(t *testing.T, lengths []length, limits budget, exceptions map[string]string) {
	t.Helper()
	lines := linesOf(lengths)
	t.Logf("%d measured: median %d, 95th percentile %d, longest %d",
		len(lines), house.Percentile(lines, 50), house.Percentile(lines, 95), house.Percentile(lines, 100))
	for _, complaint := range complaints(lengths, limits, exceptions) {
		t.Error(complaint)
	}
}

// complaints says what in the lengths breaks the budget, and which exceptions
// are not needed.
func complaints(lengths []length, limits budget, exceptions map[string]string) []string {
	var found []string
	lines := linesOf(lengths)
	if got := house.Percentile(lines, 50); len(lines) >= fewest && got > limits.median {
		found = append(found, fmt.Sprintf("the median is %d lines, at most %d are allowed", got, limits.median))
	}
	if got := house.Percentile(lines, 95); len(lines) >= fewest && got > limits.p95 {
		found = append(found, fmt.Sprintf("the 95th percentile is %d lines, at most %d are allowed", got, limits.p95))
	}
	needed := map[string]bool{}
	for _, l := range lengths {
		if l.lines <= limits.longest {
			continue
		}
		needed[l.name] = true
		if exceptions[l.name] == "" {
			found = append(found, fmt.Sprintf("%s has %d lines, at most %d are allowed", l.name, l.lines, limits.longest))
		}
	}
	for name := range exceptions {
		if !needed[name] {
			found = append(found, name+" needs its exception no longer")
		}
	}
	slices.Sort(found)
	return found
}

func linesOf(lengths []length) []int {
	lines := make([]int, len(lengths))
	for i, l := range lengths {
		lines[i] = l.lines
	}
	return lines
}

// repeated makes n lengths of the same number of lines.
func repeated(n, lines int) []length {
	lengths := make([]length, n)
	for i := range lengths {
		lengths[i] = length{fmt.Sprintf("%d lines, number %d", lines, i), lines}
	}
	return lengths
}
