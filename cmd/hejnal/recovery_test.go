package main_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// asServer runs a program as the user whose PostgreSQL it is, in the folder of the cluster.
func (c *cluster) asServer(t *testing.T, args ...string) string {
	t.Helper()
	said, err := c.triedAsServer(t, args...)
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, said)
	}
	return said
}

// triedAsServer does the same where it may fail.
func (c *cluster) triedAsServer(t *testing.T, args ...string) (said string, err error) {
	t.Helper()
	if os.Geteuid() == 0 {
		args = append([]string{"runuser", "-u", "postgres", "--"}, args...)
	}
	run := exec.CommandContext(t.Context(), args[0], args[1:]...)
	run.Dir = filepath.Dir(c.data)
	run.Env = append(os.Environ(), "PGBIN="+c.bin)
	out, err := run.CombinedOutput()
	return strings.TrimSpace(string(out)), err
}

// deployed puts the settings and programs of deploy/postgres into the cluster, with folders of the test's own, and starts
// it with them.
func (c *cluster) deployed(t *testing.T) (programs, archive string) {
	t.Helper()
	folder := filepath.Dir(c.data)
	programs, archive = filepath.Join(folder, "programs"), filepath.Join(folder, "wal")
	if err := os.MkdirAll(programs, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"archive-wal", "base-backup", "expire", "recover"} {
		text := readText(t, "../../deploy/postgres/"+name)
		writeText(t, filepath.Join(programs, name), text, 0o755)
	}
	settings := readText(t, "../../deploy/postgres/hejnal.conf")
	moved := strings.NewReplacer("/usr/local/lib/hejnal/", programs+"/", "/var/backups/hejnal/wal", archive, "shared_buffers = 2GB", "shared_buffers = 64MB").Replace(settings)
	if !strings.Contains(moved, programs) || !strings.Contains(moved, archive) {
		t.Fatal("the settings name other folders than the test knows")
	}
	fragment := filepath.Join(folder, "hejnal.conf")
	writeText(t, fragment, moved, 0o644)
	main := filepath.Join(c.data, "postgresql.conf")
	writeText(t, main, readText(t, main)+"include = '"+fragment+"'\n", 0o600)
	c.control(t, "stop", "-m", "fast")
	c.start(t)
	return programs, archive
}

func readText(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func writeText(t *testing.T, path, text string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

// archived waits until everything that is committed is in the archive of WAL.
func (c *cluster) archived(t *testing.T) {
	t.Helper()
	last := c.ask(t, "SELECT pg_walfile_name(pg_switch_wal())")
	for late := time.Now().Add(60 * time.Second); c.ask(t, "SELECT coalesce(last_archived_wal, '') FROM pg_stat_archiver") < last; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatalf("%s is not archived: %s", last, c.ask(t, "SELECT * FROM pg_stat_archiver"))
		}
	}
}

// plain takes the compression off what is in the archive, which releases before archived so.
func (c *cluster) plain(t *testing.T, archive string) {
	t.Helper()
	c.asServer(t, "sh", "-c", "gzip -d '"+archive+"'/*.gz")
}

// segments counts the files of WAL in the archive.
func (c *cluster) segments(t *testing.T, archive string) (n int) {
	t.Helper()
	for name := range strings.Lines(c.asServer(t, "ls", archive)) {
		if regexp.MustCompile(`^[0-9A-F]{24}(\.gz)?$`).MatchString(strings.TrimSpace(name)) {
			n++
		}
	}
	return n
}

func TestADatabaseRecoveredToAnEarlierMomentBeginsANewEpoch(t *testing.T) {
	long(t)
	c := newCluster(t)
	programs, archive := c.deployed(t)
	sites := []*site{newSite(t, false, c.url), newSite(t, true, c.url)}
	token := sites[0].people(t)
	var servers []*server
	for _, p := range sites {
		p.token = token
		servers = append(servers, p.start(t))
	}
	s := servers[0]
	proposal := s.open(t)
	s.contact(t, proposal)
	backup := c.asServer(t, filepath.Join(programs, "base-backup"), c.url, filepath.Join(filepath.Dir(c.data), "base"))
	for range 5 {
		s.contact(t, proposal)
	}
	common, moment := sites[0].head(t), c.ask(t, "SELECT clock_timestamp()")
	var lost []string
	for _, s := range servers {
		lost = append(lost, s.contact(t, proposal), s.contact(t, proposal))
	}
	was := sites[0].head(t)
	for _, p := range sites {
		take(t, reader(t, p.js(t)), int(was))
	}
	for _, s := range servers {
		s.stop(t)
	}
	c.archived(t)
	former := c.data
	c.recovered(t, programs, "recovered", backup, archive, moment)
	if head := sites[0].head(t); head != common {
		t.Fatalf("the database was recovered to position %d, not %d; the former one is in %s", head, common, former)
	}
	for _, p := range sites {
		p.putBack(t, proposal, common, was, lost)
	}
}

// recovered crashes the server and starts it again on a data directory of this name, which is recovered.
func (c *cluster) recovered(t *testing.T, programs, name, backup, archive string, moment ...string) {
	t.Helper()
	c.crash(t)
	data := filepath.Join(filepath.Dir(c.data), name)
	c.asServer(t, append([]string{filepath.Join(programs, "recover"), backup, archive, data}, moment...)...)
	c.data = data
	t.Cleanup(func() {
		if c.data == data {
			c.crash(t)
		}
	})
	c.start(t)
	c.promoted(t)
}

// promoted waits until a recovered server takes writes.
func (c *cluster) promoted(t *testing.T) {
	t.Helper()
	for late := time.Now().Add(60 * time.Second); c.ask(t, "SELECT pg_is_in_recovery()") != "f"; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatal("it goes on recovering")
		}
	}
}

func TestARecoveredDatabaseIsRecoveredAgainWithoutItsFormerTarget(t *testing.T) {
	long(t)
	c := newCluster(t)
	programs, archive := c.deployed(t)
	bases := filepath.Join(filepath.Dir(c.data), "base")
	note := func(n int) (moment string) {
		t.Helper()
		c.ask(t, fmt.Sprintf("INSERT INTO noted VALUES (%d)", n))
		return c.ask(t, "SELECT clock_timestamp()")
	}
	noted := func(want string) {
		t.Helper()
		if got := c.ask(t, "SELECT string_agg(n::text, ' ' ORDER BY n) FROM noted"); got != want {
			t.Fatalf("it was recovered to %s, not %s", got, want)
		}
	}
	c.ask(t, "CREATE TABLE noted (n int)")
	first := c.asServer(t, filepath.Join(programs, "base-backup"), c.url, bases)
	moment := note(1)
	later := note(2)
	note(3)
	c.archived(t)
	c.plain(t, archive)
	c.recovered(t, programs, "earlier", first, archive, moment)
	noted("1")

	// The moment lay too far back: what was written since is on another timeline.
	note(4)
	c.archived(t)
	again := []string{filepath.Join(programs, "recover"), first, archive, filepath.Join(bases, "again"), later}
	if said, err := c.triedAsServer(t, again...); err == nil || !strings.Contains(said, "timeline 2 began") {
		t.Errorf("a moment that lies on two timelines is answered: %v, %s", err, said)
	}
	c.recovered(t, programs, "further", first, archive, later, "1")
	noted("1 2")

	// A backup that was taken before the settings of the recovery were reset, and with what one of a standby holds.
	second := c.asServer(t, filepath.Join(programs, "base-backup"), c.url, bases)
	c.asServer(t, "touch", filepath.Join(second, "standby.signal"))
	note(5)
	c.archived(t)
	c.recovered(t, programs, "whole", second, archive)
	noted("1 2 5")

	before := c.segments(t, archive)
	c.asServer(t, filepath.Join(programs, "expire"), bases, archive, "1")
	if kept := c.asServer(t, "ls", bases); kept != filepath.Base(second) {
		t.Errorf("of the base backups is kept\n%s", kept)
	}
	if after := c.segments(t, archive); after == 0 || after >= before {
		t.Errorf("of %d files of WAL %d are kept", before, after)
	}
	note(6)
	c.archived(t)
	c.recovered(t, programs, "kept", second, archive)
	noted("1 2 5 6")

	// What a standby made from this server would begin with.
	settings := filepath.Join(c.data, "postgresql.auto.conf")
	for _, reset := range regexp.MustCompile(`ALTER SYSTEM RESET (?:restore|recovery)_\w+`).FindAllString(readText(t, "../../docs/operations.md"), -1) {
		c.ask(t, reset)
	}
	if left := readText(t, settings); strings.Contains(left, "restore_") || strings.Contains(left, "recovery_") {
		t.Errorf("what docs/operations.md resets leaves\n%s", left)
	}
}

func TestTheArchiveOfWALTakesNothingHalfAndNothingTwice(t *testing.T) {
	dir := t.TempDir()
	archive := filepath.Join(dir, "wal")
	if err := os.Mkdir(archive, 0o700); err != nil {
		t.Fatal(err)
	}
	writeText(t, filepath.Join(archive, "0004"), "plain", 0o600) // as the release before left it
	run := func(name, content string) error {
		path := filepath.Join(dir, "segment")
		writeText(t, path, content, 0o600)
		return exec.CommandContext(t.Context(), "../../deploy/postgres/archive-wal", path, name, archive).Run()
	}
	for _, step := range []struct {
		name, content string
		refused       bool
	}{
		{"0001", "one", false},
		{"0001", "one", false},
		{"0001", "other", true},
		{"0002", "two", false},
		{"0004", "plain", false},
		{"0004", "other", true},
		{"00000002.history", "1", false},
		{"00000002.history", "2", true},
	} {
		if err := run(step.name, step.content); (err != nil) != step.refused {
			t.Errorf("%s with %q: %v", step.name, step.content, err)
		}
	}
	if out, err := exec.CommandContext(t.Context(), "gzip", "-dc", filepath.Join(archive, "0001.gz"), filepath.Join(archive, "0002.gz")).Output(); err != nil || string(out) != "onetwo" {
		t.Errorf("the archive holds %q, %v", out, err)
	}
	if err := exec.CommandContext(t.Context(), "../../deploy/postgres/archive-wal", filepath.Join(dir, "missing"), "0003", archive).Run(); err == nil {
		t.Error("a file that is not there was archived")
	}
	if got := readText(t, filepath.Join(archive, "00000002.history")); got != "1" {
		t.Errorf("the history is %q", got)
	}
	left, err := filepath.Glob(filepath.Join(archive, "0003*"))
	if err != nil || len(left) > 0 {
		t.Errorf("it leaves %v, %v", left, err)
	}
}
