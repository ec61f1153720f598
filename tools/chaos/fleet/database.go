package fleet

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// Database is a PostgreSQL primary with a synchronous streaming standby.
type Database struct {
	servers  [2]*postgres
	password string

	mu      sync.Mutex
	primary int
}

// role is the user and the database of the program.
const role = "hejnal"

func newDatabase(ctx context.Context, dir, tools string, ports []int) (*Database, error) {
	bin, err := exec.CommandContext(ctx, filepath.Join(tools, "postgres", "bindir")).Output()
	if err != nil {
		return nil, errors.New("no PostgreSQL server programs are installed: run make deps")
	}
	owner, err := findOwner()
	if err != nil {
		return nil, err
	}
	d := &Database{password: rand.Text()}
	for i := range d.servers {
		name := fmt.Sprintf("postgres-%d", i+1)
		d.servers[i] = &postgres{
			name: name, dir: filepath.Join(dir, name), port: ports[i], bin: strings.TrimSpace(string(bin)), owner: owner, password: rand.Text(),
		}
		d.servers[i].password = d.servers[0].password // that of the primary is copied with its data
		if err := os.Mkdir(d.servers[i].dir, 0o700); err != nil {
			return nil, fmt.Errorf("make the directory of %s: %w", name, err)
		}
	}
	return d, nil
}

func (d *Database) start(ctx context.Context) error {
	first := d.servers[0]
	if err := first.begin(ctx); err != nil {
		return err
	}
	if err := first.start(ctx); err != nil {
		return err
	}
	err := first.tell(ctx, fmt.Sprintf("CREATE ROLE %s LOGIN PASSWORD '%s'", role, d.password), fmt.Sprintf("CREATE DATABASE %s OWNER %s TEMPLATE template0", role, role))
	if err != nil {
		return err
	}
	return d.RebuildStandby(ctx)
}

func (d *Database) close() {
	for _, server := range d.servers {
		server.process.killFamily()
	}
}

// at is the number of the server that takes writes, or took them last.
func (d *Database) at() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.primary
}

// URL reaches whichever server takes writes, as the program, through the addresses given, or directly.
func (d *Database) URL(addresses ...string) string {
	if len(addresses) == 0 {
		addresses = []string{address(d.servers[0].port), address(d.servers[1].port)}
	}
	location := url.URL{
		Scheme: "postgres", User: url.UserPassword(role, d.password), Host: strings.Join(addresses, ","), Path: "/" + role,
		RawQuery: "sslmode=disable&target_session_attrs=read-write",
	}
	return location.String()
}

// KillPrimary ends the primary as a power cut would, as far as processes can.
func (d *Database) KillPrimary() { d.servers[d.at()].process.killFamily() }

// KillStandby ends the standby; commits wait from then on, until LetGo.
func (d *Database) KillStandby() { d.servers[1-d.at()].process.killFamily() }

// StartPrimary starts the primary again after a kill.
func (d *Database) StartPrimary(ctx context.Context) error { return d.servers[d.at()].start(ctx) }

// StartStandby starts the standby again after a kill, and has commits wait for it as soon as it has caught up.
func (d *Database) StartStandby(ctx context.Context) error {
	if err := d.servers[1-d.at()].start(ctx); err != nil {
		return err
	}
	return d.hold(ctx)
}

// LetGo is what the operator does when the standby is gone: commits wait for it no longer.
func (d *Database) LetGo(ctx context.Context) error {
	return d.servers[d.at()].tell(ctx, "ALTER SYSTEM SET synchronous_standby_names = ''", "SELECT pg_reload_conf()")
}

// Promote is what the operator does when the primary is gone: it makes sure that it is, and has the standby take its place.
func (d *Database) Promote(ctx context.Context) error {
	d.KillPrimary()
	d.mu.Lock()
	d.primary = 1 - d.primary
	d.mu.Unlock()
	if _, err := d.servers[d.at()].ask(ctx, "SELECT pg_promote()::text"); err != nil {
		return err
	}
	return d.LetGo(ctx)
}

// RebuildStandby makes the other server a fresh standby of the primary, and has commits wait for it.
func (d *Database) RebuildStandby(ctx context.Context) error {
	standby := d.servers[1-d.at()]
	standby.process.killFamily()
	if err := standby.copyOf(ctx, d.servers[d.at()]); err != nil {
		return err
	}
	if err := standby.start(ctx); err != nil {
		return err
	}
	return d.hold(ctx)
}

// hold has commits wait for the standby, once it has what the primary has.
func (d *Database) hold(ctx context.Context) error {
	primary := d.servers[d.at()]
	err := await(ctx, time.Minute, "the standby to stream", func() error {
		state, err := primary.ask(ctx, "SELECT coalesce(string_agg(state, ' '), 'nobody') FROM pg_stat_replication")
		if err == nil && state != "streaming" {
			err = fmt.Errorf("the state of replication is %s", state)
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := primary.tell(ctx, "ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()"); err != nil {
		return err
	}
	return d.Whole(ctx)
}

// Whole waits until the primary answers and its commits wait for the standby.
func (d *Database) Whole(ctx context.Context) error {
	return await(ctx, time.Minute, "a synchronous standby", func() error {
		state, err := d.servers[d.at()].ask(ctx, "SELECT coalesce(string_agg(sync_state, ' '), 'nobody') FROM pg_stat_replication WHERE state = 'streaming'")
		if err == nil && state != "sync" {
			err = fmt.Errorf("the state of the standby is %s", state)
		}
		return err
	})
}

// EndSessions has the primary end every session of the program.
func (d *Database) EndSessions(ctx context.Context) error {
	return d.servers[d.at()].tell(ctx, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '"+role+"'")
}

// Positions are those of the journal's last entry and of its last public one.
func (d *Database) Positions(ctx context.Context) (internal, public uint64, err error) {
	connection, err := pgx.Connect(ctx, d.URL())
	if err != nil {
		return 0, 0, fmt.Errorf("read the journal's end: %w", err)
	}
	defer connection.Close(ctx) //nolint:errcheck // it was only read
	if err := connection.QueryRow(ctx, "SELECT pos, public_pos FROM counter").Scan(&internal, &public); err != nil {
		return 0, 0, fmt.Errorf("read the journal's end: %w", err)
	}
	return internal, public, nil
}
