package house_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"hejnal/tools/house"
)

func TestWhatIsIgnoredIsNotListed(t *testing.T) {
	file := &fstest.MapFile{}
	files, err := house.NotIgnored(fstest.MapFS{
		".gitignore":          {Data: []byte("# built\n/bin/\n*.test\n\n/data/\n.idea/\ndocs/draft.md\n")},
		".git/HEAD":           file,
		"bin/hejnal":          file,
		"data/token":          file,
		"a/b.test":            file,
		"a/.idea/x":           file,
		"docs/draft.md":       file,
		"a/bin/b.go":          file,
		"a/docs/draft.md":     file,
		"a/data":              file,
		"data.txt":            file,
		"a/tests":             file,
		"docs/drafts/bin.txt": file,
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{".gitignore", "a/bin/b.go", "a/data", "a/docs/draft.md", "a/tests", "data.txt", "docs/drafts/bin.txt"}
	if diff := cmp.Diff(want, files); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

func TestWhatIsNotUnderstoodOfAGitignoreIsSaid(t *testing.T) {
	for name, text := range map[string]string{"negation": "*.a\n!b.a\n", "any depth": "a/**/b\n", "a broken pattern": "a[\n"} {
		if files, err := house.NotIgnored(fstest.MapFS{".gitignore": {Data: []byte(text)}}); err == nil {
			t.Errorf("%s: %v, want an error", name, files)
		}
	}
	if _, err := house.NotIgnored(fstest.MapFS{}); err == nil {
		t.Error("a tree without a .gitignore was listed")
	}
}
