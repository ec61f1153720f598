package fleet

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
)

// postgres is one PostgreSQL server.
type postgres struct {
	name, dir string // dir holds data, socket and log
	port      int
	bin       string
	owner     owner
	password  string
	process   *process
}

func (p *postgres) data() string { return filepath.Join(p.dir, "data") }

// url reaches the server itself as its administrator.
func (p *postgres) url(database string) string {
	location := url.URL{
		Scheme: "postgres", User: url.UserPassword("postgres", p.password), Host: address(p.port), Path: "/" + database,
		RawQuery: "sslmode=disable&connect_timeout=3",
	}
	return location.String()
}

// settings are those of both servers. Commits wait for the standby as soon as synchronous_standby_names says so, which
// is set when a standby is there.
const settings = `
listen_addresses = '127.0.0.1'
max_connections = 120
shared_buffers = 64MB
fsync = on
synchronous_commit = on
wal_level = replica
wal_keep_size = 1GB
hot_standby = on
wal_sender_timeout = 5s
wal_receiver_timeout = 5s
wal_receiver_status_interval = 1s
wal_retrieve_retry_interval = 200ms
tcp_keepalives_idle = 5
tcp_keepalives_interval = 2
tcp_keepalives_count = 3
timezone = 'UTC'
log_timezone = 'UTC'
`

func (p *postgres) run(ctx context.Context, program string, args ...string) error {
	command := exec.CommandContext(ctx, filepath.Join(p.bin, program), args...)
	command.Env = append(os.Environ(), "PGPASSWORD="+p.password)
	p.owner.runs(command, p.dir)
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s of %s: %w\n%s", program, p.name, err, out)
	}
	return nil
}

// begin makes the data of the first server.
func (p *postgres) begin(ctx context.Context) error {
	secret := filepath.Join(p.dir, "password")
	if err := os.WriteFile(secret, []byte(p.password), 0o600); err != nil {
		return fmt.Errorf("write the password of %s: %w", p.name, err)
	}
	if err := p.owner.gets(p.dir); err != nil {
		return err
	}
	if err := p.run(ctx, "initdb", "-D", p.data(), "-U", "postgres", "-E", "UTF8", "--locale=C", "--auth=scram-sha-256", "--pwfile="+secret); err != nil {
		return err
	}
	file, err := os.OpenFile(filepath.Join(p.data(), "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("configure %s: %w", p.name, err)
	}
	_, err = file.WriteString(settings)
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("configure %s: %w", p.name, err)
	}
	return nil
}

// copyOf makes the data of a standby from the server that is primary. What was there before is gone.
func (p *postgres) copyOf(ctx context.Context, primary *postgres) error {
	if err := os.RemoveAll(p.data()); err != nil {
		return fmt.Errorf("clear %s: %w", p.name, err)
	}
	if err := p.owner.gets(p.dir); err != nil {
		return err
	}
	return p.run(ctx, "pg_basebackup", "-D", p.data(), "-R", "-X", "stream", "-c", "fast",
		"-h", "127.0.0.1", "-p", strconv.Itoa(primary.port), "-U", "postgres", "-w")
}

// start starts the server and waits until it answers.
func (p *postgres) start(ctx context.Context) error {
	command := lasting(filepath.Join(p.bin, "postgres"), "-D", p.data(), "-p", strconv.Itoa(p.port), "-k", p.dir)
	p.owner.runs(command, p.dir)
	var err error
	if p.process, err = launch(p.name, p.dir+".log", command, nil); err != nil {
		return err
	}
	return await(ctx, time.Minute, p.name+" answers", func() error {
		if !p.process.runs() {
			return fmt.Errorf("%s ended; %s.log says why", p.name, p.dir)
		}
		_, err := p.ask(ctx, "SELECT ''")
		return err
	})
}

// ask asks the server for one text.
func (p *postgres) ask(ctx context.Context, question string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	connection, err := pgx.Connect(ctx, p.url("postgres"))
	if err != nil {
		return "", fmt.Errorf("connect to %s: %w", p.name, err)
	}
	defer connection.Close(ctx) //nolint:errcheck // the answer is what matters
	var answer string
	if err := connection.QueryRow(ctx, question).Scan(&answer); err != nil {
		return "", fmt.Errorf("ask %s %q: %w", p.name, question, err)
	}
	return answer, nil
}

// tell has the server carry out statements, each by itself.
func (p *postgres) tell(ctx context.Context, statements ...string) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	connection, err := pgx.Connect(ctx, p.url("postgres"))
	if err != nil {
		return fmt.Errorf("connect to %s: %w", p.name, err)
	}
	defer connection.Close(ctx) //nolint:errcheck // the answers are what matters
	for _, statement := range statements {
		if _, err := connection.Exec(ctx, statement); err != nil {
			return fmt.Errorf("tell %s %q: %w", p.name, statement, err)
		}
	}
	return nil
}

// await asks again and again until there is no error, or the time is over.
func await(ctx context.Context, patience time.Duration, what string, ask func() error) error {
	for late := time.Now().Add(patience); ; {
		err := ask()
		if err == nil {
			return nil
		}
		if time.Now().After(late) {
			return fmt.Errorf("wait for %s, %s long: %w", what, patience, err)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for %s: %w", what, errors.Join(ctx.Err(), err))
		case <-time.After(100 * time.Millisecond):
		}
	}
}
