package archive_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hejnal/cmd/hejnal/archive"
)

var contents = map[string]string{
	"hejnal.sqlite": strings.Repeat("rows ", 50_000), "instance": "one", "files/aa/bb/aabb": "a document", "files/aa/cc/aacc": "",
}

// manifest describes the contents.
func manifest(t *testing.T) archive.Manifest {
	t.Helper()
	m := archive.Manifest{
		Program: "1.2.3", MadeAt: time.Date(2026, 11, 22, 8, 30, 0, 0, time.UTC), Schema: 13, Needs: 10, Release: "0.1.0", Head: 42, PublicHead: 7,
		Settings: archive.Settings{SubjectPrefix: "gdynia.cooperation"}, Missing: []string{strings.Repeat("ff", 32)},
	}
	for _, name := range []string{"hejnal.sqlite", "instance", "files/aa/bb/aabb", "files/aa/cc/aacc"} {
		part, err := archive.Describe(name, strings.NewReader(contents[name]))
		if err != nil {
			t.Fatal(err)
		}
		m.Parts = append(m.Parts, part)
	}
	return m
}

func opener(files map[string]string) func(string) (io.ReadCloser, error) {
	return func(name string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(files[name])), nil }
}

func whole(t *testing.T) []byte {
	t.Helper()
	var text bytes.Buffer
	if err := archive.Write(&text, manifest(t), opener(contents)); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

// extract reads an archive into a new directory and answers what is there then.
func extract(t *testing.T, text []byte) (map[string]string, error) {
	t.Helper()
	read, err := archive.Read(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	dir := t.TempDir()
	if err := read.Extract(dir, nil); err != nil {
		return nil, err
	}
	found := map[string]string{}
	return found, filepath.Walk(dir, func(name string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s may be read by others: %s", name, info.Mode())
		}
		content, err := os.ReadFile(name)
		found[filepath.ToSlash(strings.TrimPrefix(name, dir+string(filepath.Separator)))] = string(content)
		return err
	})
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	text := whole(t)
	found, err := extract(t, text)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(contents, found); diff != "" {
		t.Errorf("contents (-want +got):\n%s", diff)
	}
	read, err := archive.Read(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	want := manifest(t)
	want.Format = archive.Format
	if diff := cmp.Diff(want, read.Manifest); diff != "" {
		t.Errorf("manifest (-want +got):\n%s", diff)
	}
	var progress int64
	if err := read.Extract(t.TempDir(), func(n int64) { progress += n }); err != nil || progress != want.Size() {
		t.Errorf("%d of %d bytes were told of: %v", progress, want.Size(), err)
	}
}

func TestAnArchiveCutShortAnywhereIsDamaged(t *testing.T) {
	text := whole(t)
	for length := 0; length < len(text); length += 3 {
		found, err := extract(t, text[:length])
		var flaw *archive.DamagedError
		if !errors.As(err, &flaw) && !errors.Is(err, archive.ErrForeign) {
			t.Fatalf("cut to %d of %d bytes it answers %v with %d files", length, len(text), err, len(found))
		}
	}
}

func TestAnArchiveWithAFlippedByteIsDamaged(t *testing.T) {
	text, refused := whole(t), 0
	for at := 0; at < len(text); at += 7 {
		changed := bytes.Clone(text)
		changed[at] ^= 0x20
		found, err := extract(t, changed) // bits that only pad are not read, and change nothing
		if err == nil && !cmp.Equal(contents, found) {
			t.Fatalf("with byte %d of %d flipped it gives other files", at, len(text))
		}
		if err != nil {
			refused++
		}
	}
	if refused < len(text)/8 {
		t.Errorf("only %d of %d flipped bytes were seen", refused, len(text)/7)
	}
	if _, err := extract(t, append(bytes.Clone(text), 'x')); err == nil {
		t.Error("something behind the end was read over")
	}
}

// pack writes a tar by hand.
func pack(t *testing.T, m any, entries ...tar.Header) []byte {
	t.Helper()
	var text bytes.Buffer
	compressed := gzip.NewWriter(&text)
	packed := tar.NewWriter(compressed)
	head, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	for i, entry := range append([]tar.Header{{Name: "manifest.json", Typeflag: tar.TypeReg, Size: int64(len(head))}}, entries...) {
		if err := packed.WriteHeader(&entry); err != nil {
			t.Fatal(err)
		}
		content := head
		if i > 0 {
			content = make([]byte, entry.Size)
		}
		if _, err := packed.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(packed.Close(), compressed.Close()); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

func TestWhatDoesNotBelongIsRefused(t *testing.T) {
	empty, err := archive.Describe("instance", strings.NewReader(""))
	if err != nil {
		t.Fatal(err)
	}
	named := func(name string) archive.Part { return archive.Part{Name: name, SHA256: empty.SHA256} }
	with := func(parts ...archive.Part) archive.Manifest { return archive.Manifest{Format: 1, Parts: parts} }
	file := func(name string) tar.Header { return tar.Header{Name: name, Typeflag: tar.TypeReg} }
	for _, test := range []struct {
		name    string
		text    []byte
		foreign bool
		says    string
	}{
		{"no archive", []byte("hello"), true, "no archive"},
		{"nothing", nil, true, "no archive"},
		{"a tar of somebody else's", pack(t, map[string]string{"hello": "world"}), true, "no archive"},
		{"a newer form", pack(t, archive.Manifest{Format: 2, Program: "7.0.0"}), false, "7.0.0"},
		{"a path out of the directory", pack(t, with(named("../evil")), file("../evil")), false, "leads out"},
		{"an absolute path", pack(t, with(named("/etc/evil")), file("/etc/evil")), false, "leads out"},
		{"a path that winds", pack(t, with(named("files/../instance")), file("files/../instance")), false, "leads out"},
		{"a part twice", pack(t, with(empty, empty), file("instance"), file("instance")), false, "twice"},
		{"no digest", pack(t, with(archive.Part{Name: "instance"}), file("instance")), false, "digest"},
		{"a missing document without a digest", pack(t, archive.Manifest{Format: 1, Missing: []string{"\x1b]0;title"}}), false, "digest"},
		{"a million parts of nothing", pack(t, map[string]any{"format": 1, "parts": make([]struct{}, 1<<20)}), false, "room"},
		{"another digest", pack(t, with(archive.Part{Name: "instance", SHA256: strings.Repeat("0", 64)}), file("instance")), false, "SHA-256"},
		{"a part that is not there", pack(t, with(empty)), false, "too early"},
		{"another part", pack(t, with(empty), file("other")), false, "other"},
		{"a part too many", pack(t, with(empty), file("instance"), file("other")), false, "other"},
		{"a link", pack(t, with(empty), tar.Header{Name: "instance", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}), false, "instance"},
		{"a larger part", pack(t, with(empty), tar.Header{Name: "instance", Typeflag: tar.TypeReg, Size: 9}), false, "instance"},
	} {
		_, err := extract(t, test.text)
		if err == nil || errors.Is(err, archive.ErrForeign) != test.foreign || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: it answers %v", test.name, err)
		}
	}
}

func TestAPartThatChangesWhileItIsReadIsNoPart(t *testing.T) {
	for _, other := range []string{"two", "longer than it was", ""} {
		changed := map[string]string{}
		for name, content := range contents {
			changed[name] = content
		}
		changed["instance"] = other
		if err := archive.Write(io.Discard, manifest(t), opener(changed)); err == nil {
			t.Errorf("%q in the place of %q is no error", other, contents["instance"])
		}
	}
}

func FuzzRead(f *testing.F) {
	var text bytes.Buffer
	part := archive.Part{Name: "../evil", SHA256: strings.Repeat("0", 64)}
	if err := json.NewEncoder(&text).Encode(archive.Manifest{Format: 1, Parts: []archive.Part{part}}); err != nil {
		f.Fatal(err)
	}
	f.Add([]byte("hello"))
	f.Add(text.Bytes())
	f.Fuzz(func(t *testing.T, text []byte) {
		dir := t.TempDir()
		read, err := archive.Read(bytes.NewReader(text))
		if err != nil || read.Manifest.Size() > 1<<20 {
			return
		}
		if err := read.Extract(filepath.Join(dir, "in"), nil); err == nil {
			t.Error("a directory that is not there was filled")
		}
		if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
			t.Errorf("beside the directory stands %v, %v", entries, err)
		}
	})
}
