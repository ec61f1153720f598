package house_test

import (
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
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

// paths lists the files of the repository and the folders that they lie in: those that git keeps, or, where the tree is no
// clone, all but what .gitignore names. What somebody has lying beside them is no part of it.
func paths(t *testing.T) []string {
	t.Helper()
	tree := repository(t)
	files := kept(t)
	if len(files) == 0 {
		var err error
		if files, err = house.NotIgnored(tree); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[string]bool{}
	for _, name := range files {
		for ; name != "."; name = path.Dir(name) {
			seen[name] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// kept asks git for the files that it keeps and that are there; none where the tree is no clone, or git is not installed.
// Whoever owns the clone, it is safe to read.
func kept(t *testing.T) []string {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	answer, err := exec.CommandContext(t.Context(), "git", "-c", "safe.directory="+root, "-C", root, "ls-files", "-z").Output()
	if err != nil {
		return nil
	}
	names := strings.FieldsFunc(string(answer), func(letter rune) bool { return letter == 0 })
	return slices.DeleteFunc(names, func(name string) bool {
		_, err := os.Lstat(filepath.Join(root, name))
		return err != nil
	})
}
