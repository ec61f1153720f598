package language_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"hejnal/workflow/language"
)

var update = flag.Bool("update", false, "write the golden files")

// Each folder of testdata/bad is a set of files laid over the good ones, and want.txt what is said about it.
func TestProblemsAreSaidInFull(t *testing.T) {
	folders, err := filepath.Glob("testdata/bad/*")
	if err != nil || len(folders) == 0 {
		t.Fatal("no cases", err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			_, err := language.Load(os.DirFS("testdata/good"), os.DirFS(folder))
			if err == nil {
				t.Fatal("no problem was found")
			}
			golden := filepath.Join(folder, "want.txt")
			got := err.Error() + "\n"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func problemsOf(t *testing.T, name string, data []byte) language.Problems {
	t.Helper()
	_, err := language.Load(fstest.MapFS{name: &fstest.MapFile{Data: data}})
	var problems language.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("got %v", err)
	}
	return problems
}

func TestHostileFilesAreRefusedAtOnce(t *testing.T) {
	const many = 1 << 19
	cases := map[string][]byte{
		"a large file":          bytes.Repeat([]byte("# text\n"), 1<<18),
		"open brackets":         bytes.Repeat([]byte("["), many),
		"open braces":           bytes.Repeat([]byte("{a: "), many/4),
		"lists in lists":        bytes.Repeat([]byte("- "), many/2),
		"complex keys":          bytes.Repeat([]byte("? "), many/2),
		"anchors":               []byte("form: &a x\ntitle: *a\n"),
		"a billion laughs":      []byte("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"),
		"tags":                  []byte("form: !!binary aGVq\n"),
		"many list items":       append([]byte("states:\n"), bytes.Repeat([]byte("- x\n"), many/4)...),
		"many keys":             bytes.Repeat([]byte("a: 1\n"), many/8),
		"deep indentation":      deepIndentation(1200),
		"no text":               {0xff, 0xfe, 0x00},
		"control characters":    []byte("form: \x00\x01\n"),
		"nothing":               nil,
		"a comment only":        []byte("# nothing\n"),
		"two documents":         []byte("form: a\n---\nform: b\n"),
		"a list":                []byte("- form: a\n"),
		"a text":                []byte("form\n"),
		"an unfinished bracket": []byte("form: [\n"),
		"an unfinished quote":   []byte("form: \"\n"),
		"a tab":                 []byte("form: a\ntitle:\n\tpl: x\n"),
	}
	for what, data := range cases {
		t.Run(what, func(t *testing.T) {
			for _, problem := range problemsOf(t, "forms/x.yaml", data) {
				if problem.File != "forms/x.yaml" || problem.Message == "" {
					t.Errorf("got %+v", problem)
				}
			}
		})
	}
}

func deepIndentation(depth int) []byte {
	var text bytes.Buffer
	for i := range depth {
		text.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return text.Bytes()
}

func TestTooManyFilesAreNotRead(t *testing.T) {
	system := fstest.MapFS{}
	for i := range 300 {
		system["phases/"+strings.Repeat("x", i+1)+".yaml"] = &fstest.MapFile{Data: []byte("phase: x\n")}
	}
	_, err := language.Load(system)
	if err == nil || !strings.Contains(err.Error(), "more files than") {
		t.Errorf("got %v", err)
	}
}

func TestAnExcerptKeepsLongLinesShort(t *testing.T) {
	line := "title: { pl: \"" + strings.Repeat("ż", 400) + "\", ne: x }"
	problem := problemsOf(t, "forms/x.yaml", []byte("form: x\n"+line+"\n"))[0]
	for _, shown := range strings.Split(problem.Excerpt, "\n") {
		if len([]rune(shown)) > 130 {
			t.Errorf("%d characters: %s", len([]rune(shown)), shown)
		}
	}
	lines := strings.Split(problem.Excerpt, "\n")
	marker := strings.Index(lines[2], "^") // after the two lines of text
	if rest := string([]rune(lines[1])[marker:]); !strings.HasPrefix(rest, "ne: x") {
		t.Errorf("the marker does not stand below the key:\n%s", problem.Excerpt)
	}
}

func TestWindowsLineEndingsAreLineEndings(t *testing.T) {
	problem := problemsOf(t, "forms/x.yaml", []byte("form: x\r\nversion: 1\r\nordr: 1\r\n"))[0]
	if problem.Line != 3 || strings.Contains(problem.Excerpt, "\r") {
		t.Errorf("got %+v", problem)
	}
}

func FuzzParseFile(f *testing.F) {
	seeds, err := filepath.Glob("testdata/*/*/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	more, err := filepath.Glob("testdata/bad/*/*/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range append(seeds, more...) {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	base := os.DirFS("testdata/good")
	f.Fuzz(func(t *testing.T, data []byte) {
		set, err := language.ParseFile("x.yaml", data, base)
		var problems language.Problems
		if err != nil && !errors.As(err, &problems) {
			t.Fatalf("not a problem: %v", err)
		}
		for _, form := range set.Forms() {
			for i, transition := range form.Transitions {
				if where := set.Locate(form.Form, transition.Origin, "title"); where.Line == 0 {
					t.Errorf("transition %d of %s is nowhere: %+v", i, form.Form, where)
				}
			}
		}
	})
}
