// Package run is one fault run from beginning to end: it builds the program, starts the fleet and the load, lets faults
// happen one after another, waits until everything is well again, and says what came of it.
package run

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"hejnal/tools/chaos/faults"
	"hejnal/tools/chaos/fleet"
	"hejnal/tools/chaos/load"
)

// Options say what a run is like.
type Options struct {
	Repository string        // where the sources are
	Duration   time.Duration // in which faults begin; the run takes longer
	Most       int           // faults at most; 0: each at least once, and on until the time is over
	Faults     []string      // names; empty: all of them
	Seed       uint64
	Clients    int
	Proposals  int
	Pause      time.Duration // of a client between two things that it does, at most
	Keep       bool          // the directory even when nothing is wrong
	Out        io.Writer     // where the run tells what happens
}

// run is a run as it goes on.
type run struct {
	Options
	dir         string
	random      *rand.Rand
	fleet       *fleet.Fleet
	load        *load.Load
	subscribers []*load.Subscriber
	listener    *load.Listener
	report      Report
}

// Run makes a run. The directory with what everybody wrote is kept when something is wrong.
func Run(ctx context.Context, options Options) (Report, error) {
	dir, err := os.MkdirTemp("/tmp", "hejnal-chaos.")
	if err != nil {
		return Report{}, fmt.Errorf("make a directory: %w", err)
	}
	r := &run{Options: options, dir: dir, random: rand.New(rand.NewPCG(options.Seed, 0))}
	r.report.Seed = options.Seed
	r.say("seed %d, everything in %s", options.Seed, dir)
	err = r.whole(ctx)
	if err == nil && len(r.report.Violations) == 0 && !options.Keep {
		return r.report, os.RemoveAll(dir)
	}
	r.say("kept: %s", dir)
	return r.report, err
}

func (r *run) say(format string, args ...any) {
	fmt.Fprintf(r.Out, time.Now().Format("15:04:05.0 ")+format+"\n", args...)
}

func (r *run) whole(ctx context.Context) error {
	if err := os.Chmod(r.dir, 0o711); err != nil { // PostgreSQL's user must get to its directories
		return fmt.Errorf("open the directory: %w", err)
	}
	if err := r.build(ctx); err != nil {
		return err
	}
	var err error
	r.fleet, err = fleet.Start(ctx, fleet.Options{
		Dir: r.dir, Program: r.program("hejnal"), Node: r.program("natsnode"), Tools: filepath.Join(r.Repository, "tools"), Instances: 3, Random: r.random,
	})
	if err == nil {
		err = r.prepare(ctx)
	}
	if err == nil {
		err = r.underLoad(ctx)
	}
	return errors.Join(err, r.fleet.Close())
}

func (r *run) program(name string) string { return filepath.Join(r.dir, "bin", name) }

func (r *run) build(ctx context.Context) error {
	command := exec.CommandContext(ctx, "go", "build", "-o", filepath.Join(r.dir, "bin")+"/", "./cmd/hejnal", "./tools/chaos/natsnode")
	command.Dir = r.Repository
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("build the programs: %w\n%s", err, out)
	}
	return nil
}

// prepare enters people and subscribers, and starts the instances.
func (r *run) prepare(ctx context.Context) error {
	first := r.fleet.Instances[0]
	people, err := load.Hire(ctx, first.Command)
	if err != nil {
		return err
	}
	r.subscribers = load.Subscribers(r.dir)
	for _, s := range r.subscribers {
		if err := s.Enter(ctx, first.Command); err != nil {
			return err
		}
	}
	var instances []load.Instance
	for _, i := range r.fleet.Instances {
		if err := i.Start(); err != nil {
			return err
		}
		instances = append(instances, load.Instance{Name: i.Name, URL: i.URL})
	}
	if err := r.fleet.Whole(ctx); err != nil {
		return err
	}
	r.load, err = load.New(load.Options{
		Instances: instances, People: people, History: r.history(), Clients: r.Clients, Proposals: r.Proposals, Pause: r.Pause, Seed: r.Seed,
	})
	return err
}

func (r *run) history() string { return filepath.Join(r.dir, "history.jsonl") }

// underLoad lets clients, subscribers and faults at the fleet, and judges what came of it.
func (r *run) underLoad(ctx context.Context) error {
	conn, err := nats.Connect(r.fleet.Bus.URL(), nats.MaxReconnects(-1), nats.ReconnectWait(200*time.Millisecond), nats.RetryOnFailedConnect(true),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {})) // what fails is asked again
	if err != nil {
		return fmt.Errorf("connect the subscribers: %w", err)
	}
	defer conn.Close()
	if r.listener, err = load.Listen(conn); err != nil {
		return err
	}
	for _, s := range r.subscribers {
		if err := s.Connect(conn); err != nil {
			return err
		}
	}
	following, stopFollowing := context.WithCancel(ctx)
	working, stopWorking := context.WithCancel(ctx)
	defer stopFollowing()
	defer stopWorking()
	var clients, followers sync.WaitGroup
	ended := make(chan error, len(r.subscribers)+1)
	for _, s := range r.subscribers {
		followers.Go(func() { ended <- s.Follow(following) })
	}
	clients.Go(func() { ended <- r.load.Run(working) })
	failed := r.harm(ctx)
	stopWorking()
	clients.Wait()
	if failed == nil {
		failed = r.settle(ctx)
	}
	stopFollowing()
	followers.Wait()
	errs := []error{failed}
	for range cap(ended) {
		errs = append(errs, <-ended)
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	r.report.count(r.load.Counts())
	return r.judge(ctx)
}

// harm lets faults happen, each once in a random order and then again in another, until there were enough of them.
func (r *run) harm(ctx context.Context) error {
	chosen, err := r.chosen()
	if err != nil {
		return err
	}
	rest(ctx, 3*time.Second) // so that there is something to be lost
	for late := time.Now().Add(r.Duration); ; {
		for _, n := range r.random.Perm(len(chosen)) {
			if err := r.suffer(ctx, chosen[n]); err != nil {
				return err
			}
			if len(r.report.Felt) == r.Most {
				return ctx.Err()
			}
		}
		if time.Now().After(late) || ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

func (r *run) chosen() ([]faults.Fault, error) {
	if len(r.Faults) == 0 {
		return faults.All(), nil
	}
	var chosen []faults.Fault
	for _, name := range r.Faults {
		found := false
		for _, fault := range faults.All() {
			if fault.Name == name {
				chosen, found = append(chosen, fault), true
			}
		}
		if !found {
			return nil, fmt.Errorf("there is no fault %q", name)
		}
	}
	return chosen, nil
}

// suffer lets one fault happen, undoes it, waits until all is well, and measures.
func (r *run) suffer(ctx context.Context, fault faults.Fault) error {
	began := time.Now()
	heal, err := fault.Break(ctx, r.fleet, r.random)
	if err != nil {
		return fmt.Errorf("%s: %w", fault.Name, err)
	}
	rest(ctx, fault.Last)
	healed := time.Now()
	if err := heal(ctx); err != nil {
		return fmt.Errorf("undo %s: %w", fault.Name, err)
	}
	if err := r.fleet.Whole(ctx); err != nil {
		return fmt.Errorf("after %s: %w", fault.Name, err)
	}
	whole := time.Now()
	rest(ctx, time.Second)
	felt := r.measure(fault.Name, began)
	felt.Whole = whole.Sub(healed)
	r.report.Felt = append(r.report.Felt, felt)
	r.say("%-28s nothing accepted for %s, nothing sent for %s, nothing received for %s; all well %s after it was undone", fault.Name,
		brief(felt.Commands), brief(felt.Sent), brief(felt.Got), brief(felt.Whole))
	return nil
}

func rest(ctx context.Context, period time.Duration) {
	timer := time.NewTimer(period)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
