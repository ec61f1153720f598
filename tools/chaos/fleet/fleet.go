package fleet

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// Options say what the fleet is made of. All are required.
type Options struct {
	Dir       string // an empty directory, into which the user of PostgreSQL may go
	Program   string // the hejnal that is run
	Node      string // the natsnode that is run
	Tools     string // the repository's tools
	Instances int
	Random    *rand.Rand
}

// Fleet is a running installation.
type Fleet struct {
	Database  *Database
	Bus       *Bus
	Instances []*Instance

	options Options
	proxies []*Proxy

	mu      sync.Mutex
	leaders map[string]*Instance // by stream
}

// Start starts databases and NATS, and makes the instances, which the caller starts. Close is due even after an error.
func Start(ctx context.Context, options Options) (*Fleet, error) {
	f := &Fleet{options: options, leaders: map[string]*Instance{}}
	ports, err := freePorts(ctx, options.Random, 2+3*3+options.Instances)
	if err != nil {
		return f, err
	}
	if err := os.Mkdir(f.Files(), 0o700); err != nil {
		return f, fmt.Errorf("make the directory of files: %w", err)
	}
	if f.Database, err = newDatabase(ctx, options.Dir, options.Tools, ports[:2]); err != nil {
		return f, err
	}
	if err := f.Database.start(ctx); err != nil {
		return f, err
	}
	if f.Bus, err = newBus(options.Dir, options.Node, ports[2:11]); err != nil {
		return f, err
	}
	if err := f.Bus.start(ctx); err != nil {
		return f, err
	}
	for n, port := range ports[11:] {
		instance, err := f.newInstance(ctx, n+1, port)
		if err != nil {
			return f, err
		}
		f.Instances = append(f.Instances, instance)
	}
	return f, nil
}

// Files is the directory of the documents' bytes, which all instances share.
func (f *Fleet) Files() string { return filepath.Join(f.options.Dir, "files") }

// Close ends everything.
func (f *Fleet) Close() error {
	var errs []error
	for _, i := range f.Instances {
		i.Kill()
	}
	if f.Bus != nil {
		f.Bus.close()
	}
	if f.Database != nil {
		f.Database.close()
	}
	for _, p := range f.proxies {
		errs = append(errs, p.Close())
	}
	return errors.Join(errs...)
}

// hear notes who leads.
func (f *Fleet) hear(i *Instance, line logged) {
	if line.Msg == "leading" {
		f.mu.Lock()
		f.leaders[line.Stream] = i
		f.mu.Unlock()
	}
}

// Leader is the instance that last said that it leads the relay of a stream.
func (f *Fleet) Leader(stream string) (*Instance, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if leader := f.leaders[stream]; leader != nil {
		return leader, nil
	}
	return nil, errNoLeader
}

// SetPrimaryLink says what becomes of everybody's connections to the server that is primary now, and returns what makes
// them whole again.
func (f *Fleet) SetPrimaryLink(link Link) (heal func()) {
	return f.setLinks(link, func(i *Instance) *Proxy { return i.database[f.Database.at()] })
}

// SetNodeLink says the same of a NATS server.
func (f *Fleet) SetNodeLink(name string, link Link) (heal func()) {
	return f.setLinks(link, func(i *Instance) *Proxy { return i.bus[slices.Index(f.Bus.Names(), name)] })
}

func (f *Fleet) setLinks(link Link, of func(*Instance) *Proxy) (heal func()) {
	var proxies []*Proxy
	for _, i := range f.Instances {
		proxies = append(proxies, of(i))
	}
	for _, p := range proxies {
		p.Set(link)
	}
	return func() {
		for _, p := range proxies {
			p.Set(Whole)
		}
	}
}

// Whole waits until everything runs, says that it is well, and has published what was accepted.
func (f *Fleet) Whole(ctx context.Context) error {
	if err := f.Database.Whole(ctx); err != nil {
		return err
	}
	if err := f.Bus.Whole(ctx); err != nil {
		return err
	}
	for _, i := range f.Instances {
		if err := i.Ready(ctx, time.Minute); err != nil {
			return err
		}
	}
	return f.published(ctx)
}
