package main_test

import (
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// synchronous puts the settings of deploy/postgres for a primary with a standby into the cluster besides those that it has, and
// starts it with them.
func (c *cluster) synchronous(t *testing.T) {
	t.Helper()
	fragment := filepath.Join(filepath.Dir(c.data), "synchronous.conf")
	writeText(t, fragment, readDeployed(t, "postgres/synchronous.conf"), 0o644)
	main := filepath.Join(c.data, "postgresql.conf")
	writeText(t, main, readText(t, main)+"include = '"+fragment+"'\n", 0o600)
	c.control(t, "stop", "-m", "fast")
	c.start(t)
}

// standby makes a standby of the cluster by the command that deploy/postgres/synchronous.conf gives, and starts it.
func (c *cluster) standby(t *testing.T) *cluster {
	t.Helper()
	made := regexp.MustCompile(`pg_basebackup -d "host=\w+ user=\w+ (application_name=\w+)" -D "\$PGDATA" (-R .*)`).FindStringSubmatch(readDeployed(t, "postgres/synchronous.conf"))
	if made == nil {
		t.Fatal("synchronous.conf does not tell how the standby is made")
	}
	s := &cluster{data: filepath.Join(filepath.Dir(c.data), "standby"), bin: c.bin, port: freePort(t)}
	s.url = strings.Replace(c.url, ":"+c.port+"/", ":"+s.port+"/", 1)
	c.asServer(t, append([]string{filepath.Join(c.bin, "pg_basebackup"), "-d", c.url + "&" + made[1], "-D", s.data}, strings.Fields(made[2])...)...)
	s.start(t)
	t.Cleanup(func() { s.crash(t) })
	return s
}

func TestACommitWaitsForTheStandbyThatTheSettingsName(t *testing.T) {
	long(t)
	c := newCluster(t)
	c.deployed(t)
	c.synchronous(t)
	want := regexp.MustCompile(`(?m)^synchronous_standby_names = '(.*)'$`).FindStringSubmatch(readDeployed(t, "postgres/synchronous.conf"))
	if want == nil {
		t.Fatal("synchronous.conf names no standby")
	}
	standby := c.standby(t)
	if got := c.ask(t, "SHOW synchronous_standby_names"); got != want[1] {
		t.Errorf("commits wait for %q, the file says %q", got, want[1])
	}
	if refused := c.ask(t, "SELECT string_agg(name || ': ' || error, '; ') FROM pg_file_settings WHERE error IS NOT NULL"); refused != "" {
		t.Errorf("the server does not take %s", refused)
	}
	// On without the standby and back, as docs/operations.md says.
	reload := func(at *cluster, change, state string) {
		t.Helper()
		at.ask(t, change)
		at.ask(t, "SELECT pg_reload_conf()")
		for late := time.Now().Add(20 * time.Second); c.ask(t, "SELECT coalesce(max(sync_state), 'none') FROM pg_stat_replication") != state; time.Sleep(100 * time.Millisecond) {
			if time.Now().After(late) {
				t.Fatalf("after %s the standby is not %s", change, state)
			}
		}
	}
	reload(c, "SELECT 1", "quorum")
	reload(c, "ALTER SYSTEM SET synchronous_standby_names = ''", "async")
	reload(c, "ALTER SYSTEM RESET synchronous_standby_names", "quorum")
	reload(standby, "ALTER SYSTEM RESET synchronous_standby_names", "quorum")

	for _, one := range []struct {
		name string
		at   *cluster
		want int
	}{{"primary", c, 0}, {"standby", standby, 1}, {"server that is away", &cluster{url: c.url, data: c.data, bin: c.bin, port: "1"}, 255}} {
		if got := one.at.timed(t); got != one.want {
			t.Errorf("on a %s the condition of the daily base backup ends with %d, not %d", one.name, got, one.want)
		}
	}
}

// timed asks as hejnal-base-backup.service does whether the server is backed up, and gives the exit code.
func (c *cluster) timed(t *testing.T) int {
	t.Helper()
	conditions := unit(readDeployed(t, "systemd/hejnal-base-backup.service"), "ExecCondition")
	if len(conditions) != 1 {
		t.Fatalf("the base backup has the conditions %v", conditions)
	}
	script, found := strings.CutPrefix(conditions[0], "/bin/sh -c '")
	if !found {
		t.Fatalf("%s is no script", conditions[0])
	}
	location, err := url.Parse(c.url)
	if err != nil {
		t.Fatal(err)
	}
	password, _ := location.User.Password()
	for name, value := range map[string]string{"PGHOST": location.Hostname(), "PGPORT": c.port, "PGUSER": location.User.Username(), "PGPASSWORD": password} {
		t.Setenv(name, value)
	}
	said, err := c.triedAsServer(t, "sh", "-c", strings.ReplaceAll(strings.TrimSuffix(script, "'"), "$$", "$"))
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%v, %s", err, said)
	}
	if exit == nil {
		return 0
	}
	return exit.ExitCode()
}

// TestProgramsForTheDatabaseAreThere holds that what settings and units start, by the folder that docs/operations.md puts it into, is
// one of deploy/postgres.
func TestProgramsForTheDatabaseAreThere(t *testing.T) {
	started := 0
	for _, file := range []string{"postgres/hejnal.conf", "systemd/hejnal-base-backup.service"} {
		for _, program := range regexp.MustCompile(`/usr/local/lib/hejnal/([\w-]+)`).FindAllStringSubmatch(readDeployed(t, file), -1) {
			started++
			if found, err := os.Stat(filepath.Join(deployed, "postgres", program[1])); err != nil || found.Mode()&0o111 == 0 {
				t.Errorf("%s starts %s: %v", file, program[1], err)
			}
		}
	}
	if started < 3 {
		t.Errorf("only %d programs are started", started)
	}
}

// TestEveryAddressOfTheDatabaseNamesTheSameServers holds that who follows one of the files finds the servers of the others.
func TestEveryAddressOfTheDatabaseNamesTheSameServers(t *testing.T) {
	operations, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile(`ANY 1 \((\w+), (\w+)\)`).FindStringSubmatch(readDeployed(t, "postgres/synchronous.conf"))
	if names == nil {
		t.Fatal("synchronous.conf names no two servers")
	}
	for where, text := range map[string]string{
		"operations.md": string(operations), "environment.example": readDeployed(t, "systemd/environment.example"), "synchronous.conf": readDeployed(t, "postgres/synchronous.conf"),
	} {
		hosts := regexp.MustCompile(`postgres://hejnal[^@]*@([\w-]+),([\w-]+)/`).FindAllStringSubmatch(text, -1)
		if len(hosts) == 0 {
			t.Errorf("%s gives no address of both servers", where)
		}
		for _, pair := range hosts {
			if pair[1] != names[1] || pair[2] != names[2] {
				t.Errorf("%s names %s and %s, commits wait for %s and %s", where, pair[1], pair[2], names[1], names[2])
			}
		}
	}
}
