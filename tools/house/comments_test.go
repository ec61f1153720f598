package house_test

import (
	"path"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestUndocumentedNamesAreFound(t *testing.T) {
	file := parse(t, `package p

func Bare() {}

// Told is told.
func Told() {}

func hidden() {}

type Open struct{ Field int }

func (o *Open) Method() {}

type closed struct{}

func (closed) Method() {}

// Several types, each with a comment of its own.
type (
	// First is told.
	First int
	Second int
)

// Limits of something.
const (
	A = 1
	B = 2
)

const (
	C = 3
	D = 4 // told at the end of the line
	e = 5
)

var F, g = 1, 2
`)
	want := []string{"Bare", "Open", "Open.Method", "Second", "C", "F"}
	if diff := cmp.Diff(want, file.Undocumented()); diff != "" {
		t.Errorf("undocumented (-want +got):\n%s", diff)
	}
	if file.HasPackageComment() {
		t.Error("the sample has no package comment, but one was found")
	}
}

func TestEveryExportedNameAndPackageOfTheRepositoryHasAComment(t *testing.T) {
	commented := map[string]bool{}
	for _, file := range repositoryFiles(t) {
		if file.Test() {
			continue
		}
		for _, name := range file.Undocumented() {
			t.Errorf("%s: %s has no comment", file.Path, name)
		}
		folder := path.Dir(file.Path)
		commented[folder] = commented[folder] || file.HasPackageComment()
	}
	for folder, ok := range commented {
		if !ok {
			t.Errorf("%s: no file carries the package's comment", folder)
		}
	}
}
