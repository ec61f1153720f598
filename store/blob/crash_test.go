package blob_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"hejnal/store/blob"
)

// childVariable names the folder into which this program, run as a child, puts files until it is killed.
const childVariable = "HEJNAL_BLOB_TEST_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childVariable); dir != "" {
		fmt.Fprintln(os.Stderr, putForever(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// putForever puts one file after another and prints the hash of each that was taken.
func putForever(dir string) error {
	files, err := blob.Open(dir)
	for n := 0; err == nil; n++ {
		var hash string
		hash, _, err = files.Put(context.Background(), io.LimitReader(pattern(n), 100_000), 100_000)
		fmt.Println(hash)
	}
	return err
}

// pattern is an endless reader that repeats its number.
type pattern int

func (p pattern) Read(buffer []byte) (int, error) {
	return copy(buffer, fmt.Sprintf("%d,", int(p))), nil
}

func TestAKilledProcessLeavesWholeFilesOnly(t *testing.T) {
	if testing.Short() {
		t.Skip("it kills processes")
	}
	dir := filepath.Join(t.TempDir(), "blobs")
	taken := killed(t, dir, 20)
	files, err := blob.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, hash := range taken {
		file, err := files.Get(t.Context(), hash)
		if err != nil {
			t.Fatalf("a file that was taken: %v", err)
		}
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}
	for _, name := range whole(t, dir) {
		if filepath.Dir(name) == "incoming" {
			continue
		}
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if digest := sha256.Sum256(content); hex.EncodeToString(digest[:]) != filepath.Base(name) {
			t.Errorf("%s holds other bytes", name)
		}
	}
}

// killed runs a child on the folder, kills it after it took so many files, and returns their hashes.
func killed(t *testing.T, dir string, count int) []string {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), childVariable+"="+dir)
	child.Stderr = os.Stderr
	output, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var hashes []string
	for lines := bufio.NewScanner(output); len(hashes) < count && lines.Scan(); {
		hashes = append(hashes, lines.Text())
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := child.Wait(); err == nil {
		t.Error("the child ended by itself")
	}
	if len(hashes) != count {
		t.Fatalf("the child took %d files, want %d", len(hashes), count)
	}
	return hashes
}
