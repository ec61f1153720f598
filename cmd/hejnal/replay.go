package main

import (
	"context"
	"fmt"
	"io"
	"sort"
	"time"

	"hejnal/events"
)

// attempts is how often a replay is begun anew when a running server made the stream first.
const attempts = 5

// beginning gives the sequence of a stream that a position of the journal has, or the next one that has any.
func (b outbox) beginning(ctx context.Context, stream string, from int64) (int64, error) {
	head, err := b.store.Head(ctx)
	if err != nil {
		return 0, fmt.Errorf("read the head of the journal: %w", err)
	}
	if from > head+1 {
		return 0, fmt.Errorf("position %d lies behind the last one, %d", from, head)
	}
	if stream == events.StreamInternal {
		return from, nil
	}
	last, err := b.store.PublicHead(ctx)
	if err != nil {
		return 0, fmt.Errorf("read the head of the public events: %w", err)
	}
	skipped := sort.Search(int(last), func(n int) bool {
		records, failed := b.store.PublicAfter(ctx, int64(n), 1)
		if failed != nil || len(records) == 0 {
			err = failed
			return true
		}
		return records[0].Pos >= from
	})
	if err != nil {
		return 0, fmt.Errorf("find the public position: %w", err)
	}
	return int64(skipped) + 1, nil
}

// replay makes a stream anew so that it begins with the sequence.
func (b outbox) replay(ctx context.Context, io streams, stream string, from int64) error {
	relay, err := b.relay(stream)
	if err != nil {
		return err
	}
	stop := progress(io.err, relay)
	var began int64
	for attempt := 1; ; attempt++ {
		if err = relay.Replay(ctx, from); err == nil {
			began, err = b.began(ctx, stream)
		}
		if err == nil && began == from || attempt == attempts || ctx.Err() != nil {
			break
		}
	}
	stop()
	if err == nil && began != from {
		err = fmt.Errorf("stream %s begins with %d, because a running server made it first: stop hejnal serve on all machines but one, or try again", stream, began)
	}
	return err
}

// catchUp publishes to a stream what waits, and makes it anew where it does not take that.
func (b outbox) catchUp(ctx context.Context, io streams, stream string) error {
	relay, err := b.relay(stream)
	if err != nil {
		return err
	}
	stop := progress(io.err, relay)
	defer stop()
	return relay.CatchUp(ctx)
}

// relay makes the relay of a stream, which is not running.
func (b outbox) relay(stream string) (*events.Relay, error) {
	relays, err := b.config.Relays(b.conn, b.store)
	if err != nil {
		return nil, err
	}
	for _, relay := range relays {
		if relay.Status().Stream == stream {
			return relay, nil
		}
	}
	return nil, fmt.Errorf("nothing is published to a stream %s", stream)
}

// began is the sequence that a stream was made to begin with.
func (b outbox) began(ctx context.Context, stream string) (int64, error) {
	found, err := b.js.Stream(ctx, stream)
	if err != nil {
		return 0, fmt.Errorf("look at stream %s: %w", stream, err)
	}
	return int64(max(1, found.CachedInfo().Config.FirstSeq)), nil
}

// progress shows on a terminal how far a relay has come, until it is stopped.
func progress(out io.Writer, relay *events.Relay) (stop func()) {
	if !isTerminal(out) {
		return func() {}
	}
	ended, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			status := relay.Status()
			fmt.Fprintf(out, "\r%s: %d of %d", status.Stream, status.Last, status.Head)
			select {
			case <-tick.C:
			case <-ended:
				fmt.Fprintln(out)
				return
			}
		}
	}()
	return func() {
		close(ended)
		<-gone
	}
}
