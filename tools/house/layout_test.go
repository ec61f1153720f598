package house_test

import (
	"maps"
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

// empty names say nothing about what a file or folder is for.
var emptyNames = []string{"util", "utils", "common", "helper", "helpers", "misc"}

func TestTheRootHoldsOnlyWhatIsListed(t *testing.T) {
	strangers := map[string]bool{}
	for _, name := range paths(t) {
		if first, _, _ := strings.Cut(name, "/"); !slices.Contains(topLevel, first) {
			strangers[first] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(strangers)) {
		t.Errorf("%s does not belong in the root", name)
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
