package main_test

import (
	"crypto/rand"
	"encoding/hex"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// snapshots are the snapshots below a data directory, which nobody but the owner can reach.
func snapshots(t *testing.T, data string) []string {
	t.Helper()
	info, err := os.Stat(filepath.Join(data, ".backup"))
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder of snapshots is %v, %v", info, err)
	}
	found, err := filepath.Glob(filepath.Join(data, ".backup", "*", "snapshot"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// halfway begins a backup to standard output and waits until a part of it has come.
func halfway(t *testing.T, data string) *exec.Cmd {
	t.Helper()
	backup := exec.CommandContext(t.Context(), "hejnal", "backup", "--data", data, "-")
	backup.Env = append(os.Environ(), "TMPDIR=/nowhere")
	out, err := backup.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := backup.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	return backup
}

func TestTheSnapshotOfABackupThatIsKilledIsRemovedByTheNextBackupAndByTheServer(t *testing.T) {
	long(t)
	data := t.TempDir()
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official")
	s := start(t, data, hejnal(t, data, "token", "create", "--user", "anna.nowak"))
	content := make([]byte, 512<<10) // more than a pipe holds, so that nobody comes to an end who is not read from
	if _, err := rand.Read(content); err != nil {
		t.Fatal(err)
	}
	s.attach(t, s.open(t), hex.EncodeToString(content))
	backup := halfway(t, data)
	held := snapshots(t, data)
	if len(held) != 1 {
		t.Fatalf("the snapshots of a backup at work are %v", held)
	}
	hejnal(t, data, "backup", "-")
	if found := snapshots(t, data); len(found) != 1 || found[0] != held[0] {
		t.Errorf("another backup left %v of %v", found, held)
	}
	killed(backup, 1)
	if found := snapshots(t, data); len(found) != 1 {
		t.Fatalf("a backup that was killed leaves %v", found)
	}
	hejnal(t, data, "backup", "-")
	if found := snapshots(t, data); len(found) != 0 {
		t.Errorf("after the next backup there are %v", found)
	}
	s.stop(t)
	killed(halfway(t, data), 1)
	start(t, data, "").stop(t)
	if found := snapshots(t, data); len(found) != 0 {
		t.Errorf("after the next start there are %v", found)
	}
}
