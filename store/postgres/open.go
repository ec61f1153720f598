// Package postgres is the store in a PostgreSQL database, for several processes on several machines.
package postgres

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"hejnal/store"
	"hejnal/store/internal/coalesce"
	"hejnal/store/internal/gate"
	"hejnal/store/internal/listing"
	"hejnal/store/postgres/internal/pgdb"
)

const (
	groupSize   = 256 // changes that share a commit at most
	connections = 8   // that reads and small writes use, where the URL does not say; commits, leases and notifications have one each besides, and what every command reads has three
)

// Options tune a store; the zero value is what an installation uses.
type Options struct {
	// Longest is how long the commit of a group, and any other write, may take; 0 means 30 s. Of one that was given up nobody
	// knows whether it was made: whoever asks again under the same key, or with the same versions, finds out.
	Longest time.Duration
	// Observer is told of commit groups.
	Observer store.Observer

	effort listing.Effort // of searches
}

func (o Options) withDefaults() Options {
	if o.Longest <= 0 {
		o.Longest = 30 * time.Second
	}
	o.effort = o.effort.WithDefaults()
	return o
}

// Store is a store in a database.
type Store struct {
	gate    gate.Gate
	longest time.Duration
	listing.Lists
	pool      *pgxpool.Pool // reads and small writes
	asking    *pgxpool.Pool // a connection for each lookup
	writing   *pgxpool.Pool // one connection, for commits
	read      *pgdb.Queries
	queue     *coalesce.Queue[*commit]
	batch     batch // of the queue
	lookups   lookups
	held      readings
	lease     session
	news      news
	committed chan struct{}
	observer  store.Observer
	stop      context.CancelFunc
	running   sync.WaitGroup
}

var _ store.Store = (*Store)(nil)

// Open opens the store in the database that the URL names, and brings its schema up to date.
func Open(ctx context.Context, url string, options Options) (*Store, error) {
	options = options.withDefaults()
	if err := migrate(ctx, url, newest); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	alone, err := way(url)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	known := newReadings()
	pool, err := connect(ctx, url, asNamed, nil)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	asking, err := connect(ctx, url, lookupCount, known.prepareToAsk)
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("open store: %w", err)
	}
	writing, err := connect(ctx, url, 1, prepareToMove)
	if err != nil {
		pool.Close()
		asking.Close()
		return nil, fmt.Errorf("open store: %w", err)
	}
	s := &Store{
		longest: options.Longest, pool: pool, asking: asking, writing: writing, read: pgdb.New(pool), committed: make(chan struct{}, 1),
		lease: session{way: alone}, news: news{due: make(chan struct{}, 1)},
		observer: options.Observer, held: known,
	}
	s.Lists = listing.Lists{Dialect: listing.Postgres, Effort: options.effort, Ask: s.query}
	s.queue = coalesce.Start(groupSize, coalesce.Observed(s.observer, traceOf, s.commitAll))
	s.lookups = s.startLookups()
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	s.stop = stop
	s.running.Go(func() { s.tell(running) })
	s.running.Go(func() { s.listen(running, alone) })
	return s, nil
}

// randomPageCost is that of disks that do not seek, and of what is in memory. By the default PostgreSQL walks past very many
// cases of another kind rather than jump to those asked for.
const randomPageCost = "1.1"

// workMemory is what the cases of a word are remembered in while an order is walked: some two million of them. What does not
// fit is looked for again and again. A statement takes what it needs and no more.
const workMemory = "64MB"

// asNamed leaves it to the URL how many connections a pool has.
const asNamed = 0

// connect makes a pool whose connections are made ready before they are used.
func connect(ctx context.Context, url string, connections int32, ready func(context.Context, *pgx.Conn) error) (*pgxpool.Pool, error) {
	config, err := ways(url)
	if err != nil {
		return nil, err
	}
	if connections != asNamed {
		config.MaxConns = connections
	}
	config.BeforeConnect, config.AfterConnect = uncancelled, ready
	config.ConnConfig.RuntimeParams["random_page_cost"] = randomPageCost
	config.ConnConfig.RuntimeParams["work_mem"] = workMemory
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("reach the database: %w", err)
	}
	return pool, nil
}

// Committed is signalled after each commit that has entries, by this process or another.
func (s *Store) Committed() <-chan struct{} { return s.committed }

// Close waits for running calls and closes the connections.
func (s *Store) Close() error {
	if !s.gate.Close() {
		return nil
	}
	s.queue.Close()
	s.lookups.close()
	s.stop()
	s.running.Wait()
	s.lease.close()
	s.writing.Close()
	s.asking.Close()
	s.pool.Close()
	return nil
}
