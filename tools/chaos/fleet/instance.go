package fleet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Instance is one hejnal serve.
type Instance struct {
	Name string
	URL  string // of its API, without a path

	program, data  string
	place, serving []string // settings of every command, and of serve besides
	database, bus  []*Proxy
	heard          func(line logged)
	mu             sync.Mutex
	process        *process
	wanted         bool // it shall run
}

// logged is what is read of a line of an instance's log.
type logged struct {
	Msg    string `json:"msg"`
	Stream string `json:"stream"`
	Error  string `json:"error"`
}

func (f *Fleet) newInstance(ctx context.Context, number, port int) (*Instance, error) {
	i := &Instance{Name: fmt.Sprintf("hejnal-%d", number), URL: "http://" + address(port), program: f.options.Program}
	i.data = filepath.Join(f.options.Dir, i.Name)
	if err := os.Mkdir(i.data, 0o700); err != nil {
		return nil, fmt.Errorf("make the directory of %s: %w", i.Name, err)
	}
	if err := os.Symlink(f.Files(), filepath.Join(i.data, "files")); err != nil {
		return nil, fmt.Errorf("share the files with %s: %w", i.Name, err)
	}
	var addresses []string
	var err error
	for _, server := range f.Database.servers {
		if addresses, err = f.pass(ctx, &i.database, addresses, server.port); err != nil {
			return nil, err
		}
	}
	i.place = []string{"HEJNAL_DATABASE=" + f.Database.URL(addresses...), "HEJNAL_DATA=" + i.data}
	addresses = nil
	for _, node := range f.Bus.nodes {
		if addresses, err = f.pass(ctx, &i.bus, addresses, node.client); err != nil {
			return nil, err
		}
	}
	i.serving = []string{
		"HEJNAL_NATS=" + f.Bus.URL(addresses...), "HEJNAL_NATS_REPLICAS=" + strconv.Itoa(len(f.Bus.nodes)), "HEJNAL_LISTEN=" + address(port),
	}
	i.heard = func(line logged) { f.hear(i, line) }
	return i, nil
}

// pass puts a proxy before a port.
func (f *Fleet) pass(ctx context.Context, into *[]*Proxy, addresses []string, port int) ([]string, error) {
	p, err := NewProxy(ctx, address(port))
	if err != nil {
		return nil, err
	}
	f.proxies, *into = append(f.proxies, p), append(*into, p)
	return append(addresses, p.Address()), nil
}

// Start starts the instance; Ready tells when it serves.
func (i *Instance) Start() error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.process.runs() {
		return fmt.Errorf("%s runs already", i.Name)
	}
	command := lasting(i.program, "serve")
	command.Env = slices.Concat(os.Environ(), i.place, i.serving)
	var err error
	i.process, err = launch(i.Name, i.data+".log", command, &lineReader{heard: i.heard})
	i.wanted = err == nil
	return err
}

// Ready waits until the instance says that it can work.
func (i *Instance) Ready(ctx context.Context, patience time.Duration) error {
	return await(ctx, patience, i.Name+" to be ready", func() error {
		if err := i.Fallen(); err != nil {
			return err
		}
		return get(ctx, i.URL+"/readyz")
	})
}

// Fallen tells of an instance that ended and should not have.
func (i *Instance) Fallen() error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.wanted && !i.process.runs() {
		return fmt.Errorf("%s ended by itself (%s); %s.log says why", i.Name, i.process.command.ProcessState, i.data)
	}
	return nil
}

// Kill ends the instance at once.
func (i *Instance) Kill() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.wanted = false
	i.process.kill()
}

// Stop asks the instance to end, as an operator would.
func (i *Instance) Stop() error {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.wanted = false
	return i.process.stop(30 * time.Second)
}

// Pause stops the instance where it is (SIGSTOP), or lets it go on (SIGCONT).
func (i *Instance) Pause(paused bool) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.process.pause(paused)
}

// SetDatabaseLink says what becomes of the connections to the database.
func (i *Instance) SetDatabaseLink(link Link) {
	for _, p := range i.database {
		p.Set(link)
	}
}

// SetBusLink says what becomes of the connections to NATS.
func (i *Instance) SetBusLink(link Link) {
	for _, p := range i.bus {
		p.Set(link)
	}
}

// Command runs another command of the program on the same installation, and returns what it prints.
func (i *Instance) Command(ctx context.Context, args ...string) (string, error) {
	command := exec.CommandContext(ctx, i.program, args...)
	command.Env = slices.Concat(os.Environ(), i.place)
	var errs bytes.Buffer
	command.Stderr = &errs
	out, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("hejnal %s: %w: %s", args[0], err, errs.String())
	}
	return string(bytes.TrimSpace(out)), nil
}

// lineReader reads the log of an instance as it is written.
type lineReader struct {
	heard func(logged)
	rest  []byte
}

// Write takes a piece of the log.
func (r *lineReader) Write(piece []byte) (int, error) {
	r.rest = append(r.rest, piece...)
	for {
		line, rest, found := bytes.Cut(r.rest, []byte("\n"))
		if !found {
			return len(piece), nil
		}
		var read logged
		if json.Unmarshal(line, &read) == nil { // a panic is no JSON; it is in the log file
			r.heard(read)
		}
		r.rest = bytes.Clone(rest)
	}
}

var errNoLeader = errors.New("no instance has said that it leads")
