package main_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/archive"
)

// lying writes an archive like another one, with other parts.
func lying(t *testing.T, file, other string, change func(*archive.Manifest, map[string][]byte)) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	read, err := archive.Read(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := read.Extract(dir, nil); err != nil {
		t.Fatal(err)
	}
	contents := map[string][]byte{}
	for _, part := range read.Manifest.Parts {
		if contents[part.Name], err = os.ReadFile(filepath.Join(dir, part.Name)); err != nil {
			t.Fatal(err)
		}
	}
	change(&read.Manifest, contents)
	var out bytes.Buffer
	err = archive.Write(&out, read.Manifest, func(name string) (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(contents[name])), nil
	})
	if err == nil {
		err = os.WriteFile(other, out.Bytes(), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// refusesLies holds a restore against archives whose manifests agree with their parts and not with the store in them.
func refusesLies(t *testing.T, file, dir string) {
	t.Helper()
	isDocument := func(p archive.Part) bool { return strings.HasPrefix(p.Name, "files/") }
	for name, change := range map[string]func(*archive.Manifest, map[string][]byte){
		"neither in it": func(m *archive.Manifest, _ map[string][]byte) {
			m.Parts = slices.DeleteFunc(m.Parts, isDocument)
		},
		"belongs to no data directory": func(m *archive.Manifest, contents map[string][]byte) {
			for i, part := range m.Parts {
				if isDocument(part) {
					contents[part.Name] = []byte("forged")
					m.Parts[i], _ = archive.Describe(part.Name, strings.NewReader("forged"))
				}
			}
		},
	} {
		other, back := filepath.Join(dir, "lying.hejnal"), filepath.Join(dir, "lied")
		lying(t, file, other, change)
		if code, told := ended(t, "restore", "--data", back, other); code != 1 || !strings.Contains(told, name) {
			t.Errorf("an archive that lies answers %d %s", code, told)
		}
	}
}

func TestABackupIsNotWrittenIntoAFileOfSomebodyElses(t *testing.T) {
	dir := t.TempDir()
	data, file, victim := filepath.Join(dir, "data"), filepath.Join(dir, "backup.hejnal"), filepath.Join(dir, "victim")
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official")
	if err := os.WriteFile(victim, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, link := range map[string]func(old, name string) error{"symbolic": os.Symlink, "hard": os.Link} {
		if err := link(victim, file+".part"); err != nil {
			t.Fatal(err)
		}
		code, told := ended(t, "backup", "--data", data, file)
		text, err := os.ReadFile(victim)
		if code != 1 || err != nil || string(text) != "precious" {
			t.Errorf("over a %s link it answers %d %s and leaves %q, %v", name, code, told, text, err)
		}
		if err := os.Remove(file + ".part"); err != nil {
			t.Fatal(err)
		}
	}
}
