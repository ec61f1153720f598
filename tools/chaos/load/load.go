package load

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"hejnal/tools/chaos/history"
)

// Instance is where a client can ask.
type Instance struct{ Name, URL string }

// Options say what the load is. All but Acts and Pause are required.
type Options struct {
	Instances []Instance // two at least
	People    []Person
	History   string // file
	Clients   int
	Proposals int           // that are worked on at the same time
	Acts      int           // on a proposal, before another is opened in its place; 0: as many as it offers
	Pause     time.Duration // of a client between two things that it does, at most
	Seed      uint64
}

// Ack is a command that was accepted.
type Ack struct {
	At       time.Time
	Instance string
}

// Counts tell what came of the commands: calls that change something.
type Counts struct {
	Commands, Acknowledged, Refused, Unknown, Reads int
	Answers                                         map[string]int // by status, and by problem where it is 500 or above
}

// Load is clients at work.
type Load struct {
	options Options
	clock   clock
	history *history.Writer[history.Call]
	http    *http.Client
	pool    pool

	mu     sync.Mutex
	acks   []Ack
	counts Counts
}

// New prepares a load; Run starts it.
func New(options Options) (*Load, error) {
	writer, err := history.Create[history.Call](options.History)
	if err != nil {
		return nil, err
	}
	transport := &http.Transport{
		DialContext: (&net.Dialer{Timeout: time.Second}).DialContext, MaxIdleConnsPerHost: options.Clients, IdleConnTimeout: 10 * time.Second,
	}
	return &Load{
		options: options, clock: clock{time.Now()}, history: writer, http: &http.Client{Transport: transport},
		counts: Counts{Answers: map[string]int{}},
	}, nil
}

// Run lets the clients work until the context ends; each finishes what it does.
func (l *Load) Run(ctx context.Context) error {
	failures := make([]error, l.options.Clients)
	var working sync.WaitGroup
	for n := range l.options.Clients {
		c := &client{Load: l, number: n, at: n % len(l.options.Instances), random: rand.New(rand.NewPCG(l.options.Seed, uint64(n)))}
		working.Go(func() { failures[n] = c.work(ctx) })
	}
	working.Wait()
	l.http.CloseIdleConnections()
	return errors.Join(errors.Join(failures...), l.history.Close())
}

// Acks are the accepted commands since a moment, in the order in which they were accepted.
func (l *Load) Acks(since time.Time) []Ack {
	l.mu.Lock()
	defer l.mu.Unlock()
	first, _ := slices.BinarySearchFunc(l.acks, since, func(a Ack, at time.Time) int { return a.At.Compare(at) })
	return slices.Clone(l.acks[first:])
}

// Counts tells what came of the commands so far.
func (l *Load) Counts() Counts {
	l.mu.Lock()
	defer l.mu.Unlock()
	counts := l.counts
	counts.Answers = map[string]int{}
	for name, n := range l.counts.Answers {
		counts.Answers[name] = n
	}
	return counts
}

func (l *Load) count(call history.Call) {
	l.mu.Lock()
	defer l.mu.Unlock()
	answer := fmt.Sprint(call.Status)
	if call.Status == 0 {
		answer = "unanswered"
		if call.Return != 0 {
			answer = call.Problem
		}
	}
	l.counts.Answers[answer]++
	if call.Method == http.MethodGet {
		l.counts.Reads++
		return
	}
	l.counts.Commands++
	switch {
	case call.Status == 0:
		l.counts.Unknown++
	case call.Status < http.StatusBadRequest:
		l.counts.Acknowledged++
		l.acks = append(l.acks, Ack{time.Now(), call.Instance})
	default:
		l.counts.Refused++
	}
}
