package house

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// NotIgnored lists the files of a source tree but for git's own and those that
// the .gitignore in its root names. Of that file's language it knows comments,
// anchored names, names of folders and the patterns of path.Match; anything
// else in it is an error.
func NotIgnored(tree fs.FS) ([]string, error) {
	text, err := fs.ReadFile(tree, ".gitignore")
	if err != nil {
		return nil, fmt.Errorf("read what is ignored: %w", err)
	}
	ignored, err := ignoring(string(text))
	if err != nil {
		return nil, err
	}
	var files []string
	err = fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil || name == ".":
			return err
		case name == ".git" || ignored(name, entry.IsDir()):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case !entry.IsDir():
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list files: %w", err)
	}
	return files, nil
}

// ignoring reads a .gitignore and answers whether it names a file or folder.
func ignoring(text string) (func(name string, folder bool) bool, error) {
	var patterns []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if _, err := path.Match(line, ""); err != nil || line[0] == '!' || strings.Contains(line, "**") {
			return nil, fmt.Errorf("read what is ignored: %q is not understood", line)
		}
		patterns = append(patterns, line)
	}
	return func(name string, folder bool) bool {
		for _, pattern := range patterns {
			wanted, onlyFolders := strings.CutSuffix(pattern, "/")
			subject := path.Base(name)
			if strings.Contains(wanted, "/") {
				wanted, subject = strings.TrimPrefix(wanted, "/"), name
			}
			// The pattern was matched once already, so it is a good one.
			if matches, _ := path.Match(wanted, subject); matches && (folder || !onlyFolders) {
				return true
			}
		}
		return false
	}, nil
}
