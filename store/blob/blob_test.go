package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"hejnal/store"
	"hejnal/store/blob"
)

func TestAFileIsReadBackByItsHash(t *testing.T) {
	files, dir := folder(t)
	content := bytes.Repeat([]byte("zażółć\x00"), 10_000)
	digest := sha256.Sum256(content)
	want := hex.EncodeToString(digest[:])
	for range 2 {
		hash, size, err := files.Put(t.Context(), bytes.NewReader(content), int64(len(content)))
		if err != nil || hash != want || size != int64(len(content)) {
			t.Fatalf("got %s, %d, %v", hash, size, err)
		}
	}
	if left := whole(t, dir); len(left) != 1 || left[0] != filepath.Join(want[:2], want[2:4], want) {
		t.Errorf("the folder holds %q", left)
	}
	file, err := files.Get(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := file.Seek(1, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(file); err != nil || !bytes.Equal(got, content[1:]) {
		t.Errorf("read %d bytes, %v", len(got), err)
	}
}

func TestWhatIsRefusedLeavesNothing(t *testing.T) {
	broken := errors.New("line cut")
	for name, test := range map[string]struct {
		reader    io.Reader
		limit     int64
		cancelled bool
		want      error
	}{
		"one byte too many": {strings.NewReader("12345"), 4, false, blob.ErrTooLarge},
		"nothing allowed":   {strings.NewReader("1"), 0, false, blob.ErrTooLarge},
		"broken reader":     {io.MultiReader(strings.NewReader("12"), iotest.ErrReader(broken)), 9, false, broken},
		"full disk":         {iotest.ErrReader(&fs.PathError{Op: "write", Err: syscall.ENOSPC}), 9, false, store.ErrFull},
		"file too large":    {iotest.ErrReader(&fs.PathError{Op: "write", Err: syscall.EFBIG}), 9, false, store.ErrFull},
		"nobody waits":      {strings.NewReader("1"), 9, true, context.Canceled},
	} {
		t.Run(name, func(t *testing.T) {
			files, dir := folder(t)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if test.cancelled {
				cancel()
			}
			if _, _, err := files.Put(ctx, test.reader, test.limit); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			if left := whole(t, dir); len(left) != 0 {
				t.Errorf("left behind: %q", left)
			}
		})
	}
}

func TestTheLimitItselfAndNoBytesAreAllowed(t *testing.T) {
	files, _ := folder(t)
	for _, content := range []string{"", "1234"} {
		if _, size, err := files.Put(t.Context(), strings.NewReader(content), 4); err != nil || size != int64(len(content)) {
			t.Errorf("%q: got %d, %v", content, size, err)
		}
	}
}

func TestOnlyHashesOfStoredFilesAreFound(t *testing.T) {
	files, dir := folder(t)
	hash, _, err := files.Put(t.Context(), strings.NewReader("x"), 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(dir), "secret"), []byte("s"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"", "secret", "../secret", strings.ToUpper(hash), hash[1:], hash + "0", strings.Repeat("0", 64),
		"../../" + strings.Repeat("0", 58), strings.Repeat("../", 21) + "x", hash[:63] + "/", hash[:63] + "\x00",
	} {
		if _, err := files.Get(t.Context(), name); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%q: got %v, want ErrNotFound", name, err)
		}
	}
}

func TestOpenClearsWhatWasAbandonedAndNothingElse(t *testing.T) {
	_, dir := folder(t)
	old, fresh := filepath.Join(dir, "incoming", "old"), filepath.Join(dir, "incoming", "fresh")
	for _, name := range []string{old, fresh} {
		if err := os.WriteFile(name, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	yesterday := time.Now().Add(-24 * time.Hour)
	if err := os.Chtimes(old, yesterday, yesterday); err != nil {
		t.Fatal(err)
	}
	if _, err := blob.Open(dir); err != nil {
		t.Fatal(err)
	}
	if left := whole(t, dir); len(left) != 1 || left[0] != filepath.Join("incoming", "fresh") {
		t.Errorf("left: %q", left)
	}
}

func TestAFolderThatCannotBeMadeIsAnError(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := blob.Open(file); err == nil {
		t.Error("a file was opened as a folder")
	}
}

func folder(t *testing.T) (*blob.Store, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "blobs")
	files, err := blob.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return files, dir
}

// whole lists the files below a folder.
func whole(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, filepath.FromSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
