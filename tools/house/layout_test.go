package house_test

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
)

// topLevel is everything that may stand in the repository's root.
var topLevel = []string{
	"cmd", "deploy", "docs", "events", "store", "tools", "workflow",
	"CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "SECURITY.md",
	"go.mod", "go.sum", "sqlc.yaml",
	".ci", ".dockerignore", ".editorconfig", ".gitattributes", ".github", ".gitignore", ".golangci.yaml",
}

// untracked are what .gitignore keeps out of the repository, and git itself.
var untracked = []string{".git", ".DS_Store", ".idea", ".vscode", "bin", "data"}

// empty names say nothing about what a file or folder is for.
var emptyNames = []string{"util", "utils", "common", "helper", "helpers", "misc"}

func TestTheRootHoldsOnlyWhatIsListed(t *testing.T) {
	entries, err := fs.ReadDir(repository(t), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !slices.Contains(topLevel, entry.Name()) && !slices.Contains(untracked, entry.Name()) {
			t.Errorf("%s does not belong in the root", entry.Name())
		}
	}
}

func TestNoFileOrFolderHasAnEmptyName(t *testing.T) {
	for _, name := range paths(t) {
		if isEmptyName(path.Base(name)) {
			t.Errorf("%s: name it after its subject", name)
		}
	}
}

func TestNoGoStandsAmongTheDefinitions(t *testing.T) {
	for _, name := range paths(t) {
		if strings.HasPrefix(name, "workflow/definitions/") && path.Ext(name) == ".go" {
			t.Errorf("%s: definitions are data", name)
		}
	}
}

func TestEmptyNamesAreToldFromOthers(t *testing.T) {
	for name, want := range map[string]bool{
		"util": true, "utils.go": true, "common_test.go": true, "helpers": true, "misc.sql": true,
		"utility_bill.go": false, "commons.go": false, "help.go": false, "calendar.go": false,
	} {
		if got := isEmptyName(name); got != want {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

func isEmptyName(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	return slices.Contains(emptyNames, strings.TrimSuffix(stem, "_test"))
}

// paths lists all files and folders of the repository but for untracked ones.
func paths(t *testing.T) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(repository(t), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains(untracked, name):
			return fs.SkipDir
		}
		names = append(names, name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
