package storetest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/workflow"
)

// Rival records a contact as somebody would without the store: it reads what the decision rests on, the case and its open
// tasks, and writes the rows and bytes that the store writes, which it gets ready made.
type Rival struct {
	Name   string
	Record func(ctx context.Context, contact Contact) error
}

// Contact is a move of a case as the rows that it writes.
type Contact struct {
	ID, State, Stage, Body string // of the case
	Expect, Version, At    int64
	EventID, Kind, Subject string // of the journal's entry
	Seq                    int64
	Text, Leaf             []byte
}

// contender is what a race measures; latencies are kept by client.
type contender struct {
	name   string
	moves  func(ctx context.Context, at *standing) error
	rates  []float64
	costs  []float64 // processor time, in microseconds a contact
	waited []time.Duration
}

// standing is a case that one client moves on: by the store, and in the rivals' tables.
type standing struct {
	proposal workflow.Proposal
	rival    Contact
}

// rounds is how often the contenders of a race take turns.
const rounds = 5

// Bench measures how many contacts a second so many clients record, beside the rivals. The contenders take turns on the
// same cases; what is reported is the median of the rounds, and how many times a rival's rate the store's is. The rivals
// are made when the cases are there. The function spent tells the processor time that the database has used by now, where that
// is not this process.
func Bench(b *testing.B, factory Factory, rivals func(b *testing.B, location string) (rivals []Rival, spent func() time.Duration)) {
	b.Helper()
	for _, clients := range []int{1, 16, 64, 256} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			database := factory(b)
			s := database.Open(b)
			cases := populate(b, s, clients)
			others, spent := rivals(b, database.Location)
			race(b, s, cases, others, spent)
		})
	}
}

func race(b *testing.B, s store.Store, cases [][]standing, rivals []Rival, spent func() time.Duration) {
	b.Helper()
	field := []*contender{
		{name: "commit", moves: func(ctx context.Context, at *standing) error { return contact(ctx, s, at) }},
		{name: "read+commit", moves: func(ctx context.Context, at *standing) error {
			if _, err := s.Case(ctx, at.proposal.ID); err != nil {
				return err
			}
			return contact(ctx, s, at)
		}},
	}
	for _, rival := range rivals {
		field = append(field, &contender{name: rival.Name, moves: func(ctx context.Context, at *standing) error {
			at.rival.Expect, at.rival.Version, at.rival.Seq = at.rival.Version, at.rival.Version+1, at.rival.Seq+1
			at.rival.EventID = newID()
			return rival.Record(ctx, at.rival)
		}})
	}
	b.ReportAllocs()
	b.ResetTimer()
	for range rounds {
		for _, one := range field {
			before := spent() + own(b)
			one.run(b, cases, b.N/rounds+1)
			one.costs = append(one.costs, float64((spent()+own(b)-before).Microseconds())/float64(b.N/rounds+1))
		}
	}
	b.StopTimer()
	report(b, field)
}

// populate opens the cases that the clients move on, some for each.
func populate(b *testing.B, s store.Store, clients int) [][]standing {
	b.Helper()
	const each = 32
	cases := make([][]standing, clients)
	var running sync.WaitGroup
	for i := range cases {
		cases[i] = make([]standing, each)
		running.Go(func() {
			for j := range cases[i] {
				p := informal()
				cases[i][j] = standing{proposal: p, rival: rows(b, p)}
				if _, err := s.Commit(b.Context(), opening(p)); err != nil {
					b.Error(err)
				}
			}
		})
	}
	running.Wait()
	return cases
}

// rows are those of the case as it is, with the entry of a contact.
func rows(b *testing.B, p workflow.Proposal) Contact {
	b.Helper()
	made, err := row.OfCase(p)
	if err != nil {
		b.Error(err)
	}
	_, change := recorded(p)
	entry := change.Entries[0]
	return Contact{
		ID: p.ID, State: p.State, Stage: p.Stage, Body: made.Body, Version: p.Version, At: made.UpdatedAt,
		Kind: entry.Kind, Subject: entry.Subject, Seq: p.Seq, Text: entry.Text, Leaf: row.Leaf(entry.Text),
	}
}

// contact records a contact through the store.
func contact(ctx context.Context, s store.Writer, at *standing) error {
	p, change := recorded(at.proposal)
	if _, err := s.Commit(ctx, change); err != nil {
		return err
	}
	at.proposal = p
	return nil
}

// run lets the clients make so many moves together.
func (c *contender) run(b *testing.B, cases [][]standing, moves int) {
	var left atomic.Int64
	var running sync.WaitGroup
	var mutex sync.Mutex
	left.Store(int64(moves))
	begun := time.Now()
	for _, own := range cases {
		running.Go(func() {
			var waited []time.Duration
			for n := 0; left.Add(-1) >= 0; n++ {
				asked := time.Now()
				if err := c.moves(b.Context(), &own[n%len(own)]); err != nil {
					b.Errorf("%s: %v", c.name, err)
					return
				}
				waited = append(waited, time.Since(asked))
			}
			mutex.Lock()
			defer mutex.Unlock()
			c.waited = append(c.waited, waited...)
		})
	}
	running.Wait()
	c.rates = append(c.rates, float64(moves)/time.Since(begun).Seconds())
}

func report(b *testing.B, field []*contender) {
	for _, one := range field {
		slices.Sort(one.waited)
		b.ReportMetric(one.waited[len(one.waited)*99/100].Seconds()*1000, one.name+"-p99-ms")
		b.ReportMetric(median(one.rates), one.name+"/s")
		b.ReportMetric(median(one.costs), one.name+"-cpu-us")
		if one != field[0] {
			b.ReportMetric(median(ratios(field[0].rates, one.rates)), "x-"+one.name)
		}
	}
}

// own is the processor time that this process has used.
func own(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func ratios(ours, theirs []float64) []float64 {
	quotients := make([]float64, len(ours))
	for i := range ours {
		quotients[i] = ours[i] / theirs[i]
	}
	return quotients
}

func median(values []float64) float64 {
	return slices.Sorted(slices.Values(values))[len(values)/2]
}
