package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	program "hejnal/cmd/hejnal"
)

// unfinished opens the file of a backup to the name that is not the only one.
func unfinished(t *testing.T, name string) *os.File {
	t.Helper()
	file, err := program.UnfinishedArchive(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}

func TestABackupThatComesWhileAnotherOneEndsLeavesItsArchiveWhole(t *testing.T) {
	name := filepath.Join(t.TempDir(), "backup.hejnal")
	first := unfinished(t, name)
	if err := program.ClaimArchive(first, name); err != nil {
		t.Fatal(err)
	}
	if _, err := first.WriteString("whole"); err != nil {
		t.Fatal(err)
	}
	second := unfinished(t, name)
	if err := os.Rename(first.Name(), name); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if err := program.ClaimArchive(second, name); err == nil || !strings.Contains(err.Error(), "there already") {
		t.Errorf("the second is told %v", err)
	}
	if kept, err := os.ReadFile(name); err != nil || string(kept) != "whole" {
		t.Errorf("the archive holds %q, %v", kept, err)
	}
}

func TestABackupThatComesWhileAnotherOneGivesUpDoesNotWriteWhereNobodyFindsIt(t *testing.T) {
	name := filepath.Join(t.TempDir(), "backup.hejnal")
	late := unfinished(t, name)
	if err := os.Remove(late.Name()); err != nil { // by the one that gave up
		t.Fatal(err)
	}
	if err := program.ClaimArchive(late, name); err == nil || !strings.Contains(err.Error(), "run this one again") {
		t.Errorf("where its file is gone it is told %v", err)
	}
	next := unfinished(t, name)
	if err := program.ClaimArchive(next, name); err != nil {
		t.Fatal(err)
	}
	if err := program.ClaimArchive(late, name); err == nil {
		t.Error("where another file has the name it goes on")
	}
	if err := program.ClaimArchive(unfinished(t, name), name); err == nil || !strings.Contains(err.Error(), "another backup writes") {
		t.Errorf("beside one that writes it is told %v", err)
	}
}

func TestABackupTakesOverWhatAKilledOneLeft(t *testing.T) {
	name := filepath.Join(t.TempDir(), "backup.hejnal")
	if err := os.WriteFile(name+".part", []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	file := unfinished(t, name)
	if err := program.ClaimArchive(file, name); err != nil {
		t.Fatal(err)
	}
	if info, err := file.Stat(); err != nil || info.Size() != 0 {
		t.Errorf("what was left is %v, %v", info, err)
	}
}
