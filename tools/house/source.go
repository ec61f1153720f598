package house

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// A File is one parsed Go file.
type File struct {
	// Path is relative to the repository's root and has forward slashes.
	Path string
	// Lines counts all lines, blank ones and comments included.
	Lines int
	// Generated is true for a file with the standard "Code generated" line.
	Generated bool

	syntax    *ast.File
	positions *token.FileSet
}

// Parse reads one Go file from its text. A text that is not Go is an error.
func Parse(name, text string) (File, error) {
	positions := token.NewFileSet()
	syntax, err := parser.ParseFile(positions, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return File{}, fmt.Errorf("parse %s: %w", name, err)
	}
	return File{
		Path:      name,
		Lines:     strings.Count(strings.TrimSuffix(text, "\n"), "\n") + 1,
		Generated: ast.IsGenerated(syntax),
		syntax:    syntax,
		positions: positions,
	}, nil
}

// Files parses every Go file of a source tree, in the order of their paths.
// Folders that Go itself passes over (testdata, and names that begin with a dot
// or an underscore) are passed over, and so is bin.
func Files(tree fs.FS) ([]File, error) {
	var files []File
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && passedOver(name):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		file, err := Parse(name, string(text))
		files = append(files, file)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read Go files: %w", err)
	}
	return files, nil
}

func passedOver(folder string) bool {
	base := path.Base(folder)
	if folder == "." {
		return false
	}
	return folder == "bin" || base == "testdata" || base[0] == '.' || base[0] == '_'
}

// Test tells whether the file belongs to the tests alone.
func (f File) Test() bool {
	return strings.HasSuffix(f.Path, "_test.go")
}

// Within tells whether the file lies in the folder or below it.
func (f File) Within(folder string) bool {
	return strings.HasPrefix(f.Path, folder+"/")
}

// Imports lists the paths of the imported packages as they are written.
func (f File) Imports() []string {
	var paths []string
	for _, spec := range f.syntax.Imports {
		// The parser has accepted the literal, so it can be unquoted.
		imported, _ := strconv.Unquote(spec.Path.Value)
		paths = append(paths, imported)
	}
	return paths
}
