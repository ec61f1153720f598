package installation_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"hejnal/cmd/hejnal/installation"
)

func TestTheDiskOfDocumentsIsLookedAtWhereTheyLie(t *testing.T) {
	c := installation.Config{Data: t.TempDir()}
	data, files := c.Rooms()
	if bytes, err := data(); bytes <= 0 || err != nil {
		t.Errorf("%d bytes are free for the data, %v", bytes, err)
	}
	if _, err := files(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of documents whose folder is not there it says %v", err)
	}
	if err := os.Symlink("/proc", filepath.Join(c.Data, "files")); err != nil { // a file system of its own, without room
		t.Fatal(err)
	}
	if bytes, err := files(); bytes != 0 || err != nil {
		t.Errorf("%d bytes are free for the documents, %v", bytes, err)
	}
}
