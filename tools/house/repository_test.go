package house_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"hejnal/tools/house"
)

// repository is the source tree that this test stands in.
func repository(t *testing.T) fs.FS {
	t.Helper()
	tree := os.DirFS("../..")
	module, err := fs.ReadFile(tree, "go.mod")
	if err != nil || !strings.HasPrefix(string(module), "module hejnal\n") {
		t.Fatalf("../.. is not the root of the repository: %v", err)
	}
	return tree
}

// repositoryFiles are the repository's Go files but for the generated ones.
func repositoryFiles(t *testing.T) []house.File {
	t.Helper()
	all, err := house.Files(repository(t))
	if err != nil {
		t.Fatal(err)
	}
	var files []house.File
	for _, file := range all {
		if !file.Generated {
			files = append(files, file)
		}
	}
	return files
}

// parse reads a Go file that a test has written out.
func parse(t *testing.T, text string) house.File {
	t.Helper()
	file, err := house.Parse("sample.go", text)
	if err != nil {
		t.Fatal(err)
	}
	return file
}
