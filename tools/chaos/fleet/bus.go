package fleet

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Bus is three NATS servers that stand together.
type Bus struct {
	nodes    []*node
	password string
}

// node is one of them.
type node struct {
	name, dir, program        string
	client, routes, monitored int // ports
	process                   *process
}

// configuration is that of a node, as an operator would write it: every write is synced, and only the program signs in.
// Addresses are not told to clients, which would go round the proxies.
const configuration = `
server_name: %s
logtime: true
listen: %s
http: %s
jetstream { store_dir: %q, sync_interval: always, max_memory_store: 64MB, max_file_store: 4GB }
cluster { name: city, listen: %s, no_advertise: true, routes: [%s] }
accounts { HEJNAL { jetstream: enabled, users: [{user: hejnal, password: %q}] } }
`

func newBus(dir, program string, ports []int) (*Bus, error) {
	b := &Bus{password: rand.Text()}
	var routes []string
	for i := range 3 {
		name := fmt.Sprintf("nats-%d", i+1)
		n := &node{name: name, dir: filepath.Join(dir, name), program: program, client: ports[3*i], routes: ports[3*i+1], monitored: ports[3*i+2]}
		b.nodes = append(b.nodes, n)
		routes = append(routes, "nats://"+address(n.routes))
	}
	for _, n := range b.nodes {
		text := fmt.Sprintf(configuration, n.name, address(n.client), address(n.monitored), n.dir,
			address(n.routes), strings.Join(routes, ", "), b.password)
		if err := os.WriteFile(n.dir+".conf", []byte(text), 0o600); err != nil {
			return nil, fmt.Errorf("configure %s: %w", n.name, err)
		}
	}
	return b, nil
}

func (b *Bus) start(ctx context.Context) error {
	for _, n := range b.nodes {
		if err := n.start(); err != nil {
			return err
		}
	}
	return b.Whole(ctx)
}

func (b *Bus) close() {
	for _, n := range b.nodes {
		n.process.kill()
	}
}

func (n *node) start() error {
	var err error
	n.process, err = launch(n.name, n.dir+".log", lasting(n.program, n.dir+".conf"), nil)
	return err
}

// URL reaches the servers as the program, through the addresses given, or directly.
func (b *Bus) URL(addresses ...string) string {
	if len(addresses) == 0 {
		for _, n := range b.nodes {
			addresses = append(addresses, address(n.client))
		}
	}
	urls := make([]string, len(addresses))
	for i, host := range addresses {
		location := url.URL{Scheme: "nats", User: url.UserPassword("hejnal", b.password), Host: host}
		urls[i] = location.String()
	}
	return strings.Join(urls, ",")
}

// Names are those of the servers.
func (b *Bus) Names() []string {
	var names []string
	for _, n := range b.nodes {
		names = append(names, n.name)
	}
	return names
}

func (b *Bus) node(name string) (*node, error) {
	for _, n := range b.nodes {
		if n.name == name {
			return n, nil
		}
	}
	return nil, fmt.Errorf("there is no NATS server %q", name)
}

// Kill ends a server at once.
func (b *Bus) Kill(name string) error {
	n, err := b.node(name)
	if err == nil {
		n.process.kill()
	}
	return err
}

// Start starts a server again.
func (b *Bus) Start(name string) error {
	n, err := b.node(name)
	if err != nil {
		return err
	}
	return n.start()
}

// Wipe takes away all files of a server that does not run.
func (b *Bus) Wipe(name string) error {
	n, err := b.node(name)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(n.dir); err != nil {
		return fmt.Errorf("wipe %s: %w", name, err)
	}
	return nil
}

// Whole waits until every server says that it is well and that what it keeps is current.
func (b *Bus) Whole(ctx context.Context) error {
	return await(ctx, time.Minute, "NATS to be whole", func() error {
		for _, n := range b.nodes {
			if err := get(ctx, "http://"+address(n.monitored)+"/healthz"); err != nil {
				return fmt.Errorf("%s is not well: %w", n.name, err)
			}
		}
		return nil
	})
}

// with does something as the program.
func (b *Bus) with(ctx context.Context, do func(context.Context, jetstream.JetStream) error) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	conn, err := nats.Connect(b.URL())
	if err != nil {
		return fmt.Errorf("connect to NATS: %w", err)
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		return fmt.Errorf("open JetStream: %w", err)
	}
	return do(ctx, js)
}

// LeaderOf is the name of the server that leads a stream. While the servers elect one, or the stream is being made again, it
// waits, ten seconds at most.
func (b *Bus) LeaderOf(ctx context.Context, stream string) (string, error) {
	var leader string
	err := b.with(ctx, func(ctx context.Context, js jetstream.JetStream) error {
		again := time.NewTicker(100 * time.Millisecond)
		defer again.Stop()
		for {
			found, err := js.Stream(ctx, stream)
			if err == nil && found.CachedInfo().Cluster != nil {
				leader = found.CachedInfo().Cluster.Leader
			}
			if leader != "" {
				return nil
			}
			select {
			case <-again.C:
			case <-ctx.Done():
				return errors.Join(fmt.Errorf("stream %s has no leader: %w", stream, ctx.Err()), err)
			}
		}
	})
	return leader, err
}

// Delete deletes a stream, as an administrator might.
func (b *Bus) Delete(ctx context.Context, stream string) error {
	return b.with(ctx, func(ctx context.Context, js jetstream.JetStream) error { return js.DeleteStream(ctx, stream) })
}

// get asks for a page and is content with 200.
func get(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return fmt.Errorf("ask for %s: %w", url, err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	if err := answer.Body.Close(); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return errors.New("it answers " + answer.Status)
	}
	return nil
}
