package main_test

import (
	"bytes"
	"database/sql"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"
)

// asOwner runs a command that permissions hold for, also where the test is run by root.
func asOwner(t *testing.T, args ...string) (code int, told string) {
	t.Helper()
	if os.Geteuid() == 0 {
		args = append([]string{"setpriv", "--bounding-set=-dac_override,-dac_read_search", "hejnal"}, args...)
	} else {
		args = append([]string{"hejnal"}, args...)
	}
	return ran(t, args...)
}

// ran runs a program to its end and answers its exit code and what it told on standard error.
func ran(t *testing.T, args ...string) (code int, told string) {
	t.Helper()
	var errs bytes.Buffer
	command := exec.CommandContext(t.Context(), args[0], args[1:]...)
	command.Stderr = &errs
	if err := command.Run(); command.ProcessState == nil {
		t.Fatal(err)
	}
	return command.ProcessState.ExitCode(), errs.String()
}

func TestADataDirectoryThatCannotBeReadOrWrittenIsToldInASentence(t *testing.T) {
	data := t.TempDir()
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official")
	t.Cleanup(func() { _ = os.Chmod(data, 0o700) })
	for _, mode := range []os.FileMode{0o000, 0o500} {
		if err := os.Chmod(data, mode); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{serving("--data", data), {"user", "add", "jan.nowak", "--role", "official", "--data", data}, {"backup", "--data", data, "-"}} {
			code, told := asOwner(t, args...)
			if code != 1 || !strings.Contains(told, data) || !strings.Contains(told, "see who owns it") || strings.Contains(told, "panic") {
				t.Errorf("%v on a directory of mode %o answers %d %s", args, mode, code, told)
			}
		}
	}
	if err := os.Chmod(data, 0o700); err != nil {
		t.Fatal(err)
	}
	if told := hejnal(t, data, "user", "list"); strings.Contains(told, "jan.nowak") || !strings.Contains(told, "anna.nowak") {
		t.Errorf("the store holds\n%s", told)
	}
}

func TestAFullDiskIsToldInASentence(t *testing.T) {
	data := t.TempDir()
	const inside = `mount -t tmpfs -o size="$1" tmpfs "$2" && shift 2 && exec hejnal "$@"`
	within := func(size string, args ...string) (int, string) {
		t.Helper()
		return ran(t, append([]string{"unshare", "-rm", "sh", "-c", inside, "sh", size, data}, args...)...)
	}
	if code, told := within("64m", "user", "add", "anna.nowak", "--role", "official", "--data", data); code != 0 {
		t.Skipf("no file system can be made here: %s", told)
	}
	for _, args := range [][]string{serving("--data", data), {"user", "add", "anna.nowak", "--role", "official", "--data", data}} {
		for _, size := range []string{"16k", "64k", "200k"} {
			code, told := within(size, args...)
			if code != 1 || !strings.Contains(told, "the disk is full") || strings.Contains(told, "panic") {
				t.Errorf("%s on a disk of %s answers %d %s", args[0], size, code, told)
			}
		}
	}
}

func TestAnOlderSchemaIsBroughtUpToDateByWhoeverOpensIt(t *testing.T) {
	long(t)
	for _, first := range []string{"serve", "user"} {
		t.Run(first, func(t *testing.T) {
			data := t.TempDir()
			file := filepath.Join(data, "hejnal.sqlite")
			db, err := sql.Open("sqlite", file)
			if err != nil {
				t.Fatal(err)
			}
			old, err := goose.NewProvider(goose.DialectSQLite3, db, os.DirFS("../../store/sqlite/migrations"), goose.WithDisableGlobalRegistry(true))
			if err == nil {
				_, err = old.UpTo(t.Context(), 10)
			}
			if err != nil {
				t.Fatal(err)
			}
			closing(t, db)
			if code, told := ended(t, "backup", "--data", data, filepath.Join(t.TempDir(), "old.hejnal")); code != 0 {
				t.Errorf("a backup of an older store answers %s", told)
			}
			if first == "serve" {
				start(t, data, "").stop(t)
			}
			hejnal(t, data, "user", "add", "anna.nowak", "--role", "official")
			s := start(t, data, hejnal(t, data, "token", "create", "--user", "anna.nowak"))
			if status, text := s.send(t, http.MethodGet, s.open(t), ""); status != http.StatusOK {
				t.Errorf("the case reads %d %s", status, text)
			}
			s.stop(t)
		})
	}
}
