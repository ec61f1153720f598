package upgrade_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // PostgreSQL for database/sql
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/tools/chaos/check"
	"hejnal/tools/chaos/embedded"
	"hejnal/tools/chaos/load"
	"hejnal/tools/pgtest"
)

func TestTheReleaseBeforeWorksBesideThisOneAndNothingIsLost(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the last release and runs it beside the present one, which the short run does not")
	}
	database := pgtest.Database(t)
	before, tag := lastRelease(t)
	t.Logf("upgrade from %s", tag)
	s := newScene(t, database)
	older, newer := s.place(t, "older", before), s.place(t, "newer", present(t))
	s.begin(t, older)
	s.underLoad(t, []*embedded.Place{older, newer}, func(ctx context.Context) error {
		return steps(ctx,
			s.works(1500*time.Millisecond),
			s.starts(newer), // over a schema of the older one, which it brings up to date
			s.works(3*time.Second),
			older.Stop,
			s.works(1500*time.Millisecond),
			s.starts(older), // again, over the newer schema
			s.works(2*time.Second),
			kill(newer), // so that the older one has to lead
			s.works(5*time.Second),
			s.starts(newer),
			kill(older), // and now the newer one
			s.works(5*time.Second),
		)
	})
	s.judge(t, newer)
}

func steps(ctx context.Context, all ...func() error) error {
	for n, step := range all {
		if err := step(); err != nil {
			return fmt.Errorf("step %d: %w", n+1, err)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

func kill(p *embedded.Place) func() error {
	return func() error {
		p.Kill()
		return nil
	}
}

// scene is a database and a NATS server, and who works over them.
type scene struct {
	dir, database, nats string
	people              []load.Person
	subscribers         []*load.Subscriber
}

func newScene(t *testing.T, database string) *scene {
	t.Helper()
	ns, err := server.NewServer(&server.Options{
		Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, StoreDir: t.TempDir(), SyncAlways: true, NoSigs: true, NoLog: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	ns.Start()
	t.Cleanup(func() { ns.Shutdown(); ns.WaitForShutdown() })
	if !ns.ReadyForConnections(10 * time.Second) {
		t.Fatal("the NATS server is not ready")
	}
	return &scene{dir: t.TempDir(), database: database, nats: ns.ClientURL()}
}

func (s *scene) place(t *testing.T, name, program string) *embedded.Place {
	t.Helper()
	p, err := embedded.NewPlace(t.Context(), program, filepath.Join(s.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	p.Everywhere, p.Serving = []string{"--database", s.database}, []string{"--nats", s.nats}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
		if log, err := os.ReadFile(p.Data + ".log"); err == nil && t.Failed() {
			t.Logf("the log of the %s one ends with\n%s", name, log[max(0, len(log)-2000):])
		}
	})
	return p
}

// begin enters people and subscribers by an installation, and starts it.
func (s *scene) begin(t *testing.T, p *embedded.Place) {
	t.Helper()
	people, err := load.Hire(t.Context(), p.Command) // the first command makes the tables, as this release has them
	if err != nil {
		t.Fatal(err)
	}
	s.people, s.subscribers = people, load.Subscribers(s.dir)
	for _, subscriber := range s.subscribers {
		if err := subscriber.Enter(t.Context(), p.Command); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.starts(p)(); err != nil {
		t.Fatal(err)
	}
}

func (s *scene) starts(p *embedded.Place) func() error {
	return func() error {
		if err := p.Start(); err != nil {
			return err
		}
		return p.AwaitReady(context.Background(), 20*time.Second)
	}
}

func (s *scene) works(period time.Duration) func() error {
	return func() error {
		time.Sleep(period)
		return nil
	}
}

// underLoad lets clients and subscribers work while something is done.
func (s *scene) underLoad(t *testing.T, places []*embedded.Place, do func(ctx context.Context) error) {
	t.Helper()
	var instances []load.Instance
	for _, p := range places {
		instances = append(instances, load.Instance{Name: filepath.Base(p.Data), URL: p.URL})
	}
	clients, err := load.New(load.Options{
		Instances: instances, People: s.people, History: s.history(), Clients: 8, Proposals: 8, Pause: 50 * time.Millisecond, Seed: rand.Uint64(),
	})
	if err != nil {
		t.Fatal(err)
	}
	conn, err := nats.Connect(s.nats, nats.MaxReconnects(-1))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	following, stopFollowing := context.WithCancel(t.Context())
	working, stopWorking := context.WithCancel(t.Context())
	defer stopFollowing()
	defer stopWorking()
	var followers, workers sync.WaitGroup
	failures := make([]error, len(s.subscribers)+1)
	for i, subscriber := range s.subscribers {
		if err := subscriber.Connect(conn); err != nil {
			t.Fatal(err)
		}
		followers.Go(func() { failures[i] = subscriber.Follow(following) })
	}
	workers.Go(func() { failures[len(s.subscribers)] = clients.Run(working) })
	failed := do(t.Context())
	stopWorking()
	workers.Wait()
	if failed == nil {
		failed = s.settle(t.Context(), conn)
	}
	stopFollowing()
	followers.Wait()
	if err := errors.Join(failed, errors.Join(failures...)); err != nil {
		t.Fatal(err)
	}
}

func (s *scene) history() string { return filepath.Join(s.dir, "history.jsonl") }

// settle waits until everything that is committed is published and acknowledged.
func (s *scene) settle(ctx context.Context, conn *nats.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, 90*time.Second)
	defer cancel()
	db, err := sql.Open("pgx", s.database)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // it was only read
	js, err := jetstream.New(conn)
	if err != nil {
		return err
	}
	for {
		waits, err := s.waits(ctx, db, js)
		if waits == "" && err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s: %w", waits, errors.Join(ctx.Err(), err))
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// waits tells of what is not published or not acknowledged.
func (s *scene) waits(ctx context.Context, db *sql.DB, js jetstream.JetStream) (string, error) {
	heads := map[string]uint64{}
	var pos, public uint64
	if err := db.QueryRowContext(ctx, "SELECT pos, public_pos FROM counter").Scan(&pos, &public); err != nil {
		return "", err
	}
	heads["COOPERATION"], heads["COOPERATION_PUBLIC"] = pos, public
	for name, head := range heads {
		stream, err := js.Stream(ctx, name)
		if err != nil {
			return "", err
		}
		if last := stream.CachedInfo().State.LastSeq; last != head {
			return fmt.Sprintf("%s ends with %d of %d", name, last, head), nil
		}
	}
	for _, subscriber := range s.subscribers {
		consumer, err := js.Consumer(ctx, subscriber.Stream, subscriber.Name)
		if err != nil {
			return "", err
		}
		if info := consumer.CachedInfo(); info.NumPending > 0 || info.NumAckPending > 0 {
			return fmt.Sprintf("%s lacks %d events, and %d acknowledgements", subscriber.Name, info.NumPending, info.NumAckPending), nil
		}
	}
	return "", nil
}

func (s *scene) judge(t *testing.T, p *embedded.Place) {
	t.Helper()
	definitions := filepath.Join(s.dir, "definitions")
	p.Everywhere = nil // the definitions are looked up without a database
	if err := load.WriteDefinitions(t.Context(), definitions, p.Command); err != nil {
		t.Fatal(err)
	}
	in := check.Input{Database: s.database, Definitions: definitions, History: s.history(), NATS: []check.NATS{{URL: s.nats}}}
	for _, subscriber := range s.subscribers {
		in.Subscribers = append(in.Subscribers, check.Subscriber{Name: subscriber.Name, File: subscriber.File, Filter: []string{subscriber.Filter}})
	}
	report, err := check.Run(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(report.String())
	if !report.OK() || report.Acknowledged < 100 {
		t.Errorf("%d violations, %d undecided, %d commands accepted", len(report.Violations), len(report.Undecided), report.Acknowledged)
	}
}
