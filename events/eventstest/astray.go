package eventstest

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

// astray makes a stream that holds, behind the first events of the feed, later
// ones in the wrong places, as a server does whose files lost their end; foreign
// ones stand among them where it is asked for.
func (b *bench) astray(t *testing.T, js jetstream.JetStream, foreign ...int64) {
	t.Helper()
	b.feed.Append(prefix, 30)
	if err := events.EnsureStreams(t.Context(), js, subjects, 1); err != nil {
		t.Fatal(err)
	}
	all, err := b.feed.After(t.Context(), 0, 30)
	if err != nil {
		t.Fatal(err)
	}
	strange := map[int64]bool{}
	for _, pos := range foreign {
		strange[pos] = true
	}
	for at := int64(1); at <= 20; at++ {
		m := all[at-1]
		if at > 10 {
			m = all[at+9]
		}
		id := m.ID
		if strange[at] {
			id += " of somebody else"
		}
		msg := &nats.Msg{Subject: m.Subject, Data: events.Published(m.Text, m.Pos), Header: nats.Header{
			"Content-Type": {events.ContentType}, jetstream.MsgIDHeader: {id},
		}}
		if _, err := js.PublishMsg(t.Context(), msg); err != nil {
			t.Fatal(err)
		}
	}
}

// astrayMended lets a leader find the store's own events in the wrong places.
func astrayMended(t *testing.T, b *bench) {
	t.Helper()
	_, js := b.connect(t)
	b.astray(t, js)
	fork, err := events.FindFork(t.Context(), js, stream().Name, b.feed)
	if err != nil || fork.Forked() || fork.Common != 10 {
		t.Errorf("the fork is %+v, %v", fork, err)
	}
	if difference, differs := b.verify(t); !differs || difference.Sequence != 11 {
		t.Errorf("the first difference is %v", difference)
	}
	relay, _ := b.run(t, "one")
	settle(t, relay, 30)
	if s := become(t, relay, events.StateHealthy); s.Remakes != 1 {
		t.Errorf("it counted %+v", s.Counts)
	}
	b.same(t, 1)
}

// readersPassedOver lets a durable read past events that a server lost from the
// middle of its files: mended, it goes on with the first of them.
func readersPassedOver(t *testing.T, b *bench) {
	t.Helper()
	_, js := b.connect(t)
	b.feed.Append(prefix, 200)
	if err := b.relay(t, "one").CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := read(t, js, "reader", 2); got[1] != 2 {
		t.Fatalf("it reads %v", got)
	}
	b.server.Restart(t, func(dir string) { spoil(t, blocks(t, dir)[0], 8000, 1) })
	_, js = b.connect(t)
	difference, differs := b.verify(t)
	if !differs {
		t.Fatal("the damage does no harm")
	}
	got := read(t, js, "reader", int(lastSequence(t, js))-5-int(difference.Sequence))
	if got[len(got)-1] <= uint64(difference.Sequence) {
		t.Fatalf("it did not pass over %s", difference)
	}
	if err := b.relay(t, "hand").Mend(t.Context(), difference.Sequence); err != nil {
		t.Fatal(err)
	}
	b.same(t, 1)
	if got := read(t, js, "reader", 1)[0]; got > uint64(difference.Sequence) {
		t.Errorf("it goes on with %d, and never saw %d", got, difference.Sequence)
	}
}

// astrayByHand leaves it to a command without a leader.
func astrayByHand(t *testing.T, b *bench) {
	t.Helper()
	_, js := b.connect(t)
	b.astray(t, js)
	if err := b.relay(t, "hand").CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.same(t, 1)
}

// astrayAndForeign keeps a stream in which one event is nowhere in the store.
func astrayAndForeign(t *testing.T, b *bench) {
	t.Helper()
	_, js := b.connect(t)
	b.astray(t, js, 13)
	fork, err := events.FindFork(t.Context(), js, stream().Name, b.feed)
	if err != nil || !fork.Forked() || fork.Foreign != 13 || fork.Common != 10 {
		t.Errorf("the fork is %+v, %v", fork, err)
	}
	relay, _ := b.run(t, "one")
	if status := become(t, relay, events.StateAhead); status.Remakes != 0 {
		t.Errorf("status %+v", status)
	}
	if last := lastSequence(t, js); last != 20 {
		t.Errorf("the stream goes on to %d", last)
	}
}

// damagedFiles does to the files of a stream what a disk can do, at rest and
// under the running server, which is stopped later. None of it is a fork, and a
// repair leaves nothing that differs.
func damagedFiles(t *testing.T, b *bench) {
	t.Helper()
	catchUp := func(count int) {
		t.Helper()
		b.feed.Append(prefix, count)
		if err := b.relay(t, "hand").CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for name, damage := range damages() {
		for _, running := range []bool{true, false} {
			catchUp(60)
			b.server.Restart(t, func(dir string) {
				if !running {
					damage(t, dir)
				}
			})
			if running {
				damage(t, b.server.Dir())
				catchUp(20)
				b.server.Restart(t, func(string) {})
			}
			catchUp(20)
			_, js := b.connect(t)
			fork, err := events.FindFork(t.Context(), js, stream().Name, b.feed)
			if err != nil || fork.Forked() {
				t.Errorf("%s (running: %t): the fork is %+v, %v", name, running, fork, err)
			}
			if _, differs := b.verify(t); differs {
				if err := b.relay(t, "hand").Repair(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			b.same(t, 1)
		}
	}
}

// damages are what happens to files, by name.
func damages() map[string]func(t *testing.T, dir string) {
	all := map[string]func(t *testing.T, dir string){
		"a block gone": func(t *testing.T, dir string) {
			t.Helper()
			erase(t, blocks(t, dir)...)
		},
		"the index gone": func(t *testing.T, dir string) {
			t.Helper()
			erase(t, indexes(t, dir)...)
		},
		"a bit of the index": func(t *testing.T, dir string) {
			t.Helper()
			for _, path := range indexes(t, dir) {
				spoil(t, path, 40, 1)
			}
		},
		"a bit of a block": func(t *testing.T, dir string) {
			t.Helper()
			spoil(t, blocks(t, dir)[0], 900, 1)
		},
	}
	for _, percent := range []int64{0, 60} {
		all[fmt.Sprintf("a block cut off at %d %%", percent)] = func(t *testing.T, dir string) {
			t.Helper()
			for _, path := range blocks(t, dir) {
				info, err := os.Stat(path)
				if err == nil {
					err = os.Truncate(path, info.Size()*percent/100)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return all
}

func erase(t *testing.T, paths ...string) {
	t.Helper()
	for _, path := range paths {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

// indexes are the files in which streams keep what they know of their blocks. A
// server that was never stopped may have written none.
func indexes(t *testing.T, dir string) []string {
	t.Helper()
	var found []string
	for _, path := range blocks(t, dir) {
		index := filepath.Join(filepath.Dir(path), "index.db")
		if info, err := os.Stat(index); err == nil && info.Size() > 41 {
			found = append(found, index)
		}
	}
	return found
}
