package installation

import (
	"context"
	"log/slog"
	"time"

	"hejnal/events"
)

const (
	reopenAfter = 2                // attempts in a row that a stream did not take, after which it is opened again
	reopenApart = 10 * time.Second // between two such times
)

// keptStream is a relay, as far as opening its stream again needs one.
type keptStream interface {
	Status() events.Status
	Repair(ctx context.Context) error
	Hold(ctx context.Context, do func() error) error
	Wake()
}

// keepOpen opens the streams of the embedded server again when they take nothing any more, which they do not do by
// themselves after a write that failed: when the disk was full there is room again then. What such a write left as a hole
// is filled from the store.
func keepOpen(ctx context.Context, reopen func() error, streams []keptStream, log *slog.Logger) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	k := opener{reopen: reopen, streams: streams, log: log, opened: map[string]time.Time{}}
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		for _, stream := range streams {
			k.fill(ctx, stream)
			k.open(ctx, stream)
		}
	}
}

// opener remembers what it did.
type opener struct {
	reopen  func() error
	streams []keptStream
	log     *slog.Logger
	opened  map[string]time.Time // streams that may lack what was being written, and when filling them was tried last
	tried   time.Time            // when opening was tried last
}

// open opens the streams when one of them takes nothing. What another trouble keeps from being published opening does not help.
func (k *opener) open(ctx context.Context, stream keptStream) {
	status := stream.Status()
	if status.State != events.StateFailing || status.Untaken < reopenAfter || time.Since(k.tried) < reopenApart {
		return
	}
	k.tried = time.Now()
	err := k.reopenHeld(ctx)
	switch {
	case ctx.Err() != nil:
		return
	case err != nil:
		k.log.Error("the streams take nothing and cannot be opened again yet", "stream", status.Stream, "error", err)
	default:
		k.log.Warn("the streams took nothing and were opened again", "stream", status.Stream)
		for _, other := range k.streams {
			k.opened[other.Status().Stream] = time.Time{}
		}
	}
	stream.Wake()
}

// reopenHeld opens the streams while all relays are held. The server opens one after another, and until it comes to a stream it
// answers that there is none: a relay would make it, and where an operator chose something for it the server could not open
// the one of the files with its consumers any more.
func (k *opener) reopenHeld(ctx context.Context) error {
	do := k.reopen
	for _, stream := range k.streams {
		then := do
		do = func() error { return stream.Hold(ctx, then) }
	}
	return do()
}

// fill makes a stream anew that was opened again and has holes. One that is well some time after it was opened has none of that.
func (k *opener) fill(ctx context.Context, stream keptStream) {
	status := stream.Status()
	filled, opened := k.opened[status.Stream]
	if !opened || time.Since(filled) < reopenApart {
		return
	}
	switch {
	case status.State == events.StateHoles:
		k.opened[status.Stream] = time.Now()
		if err := stream.Repair(ctx); err != nil {
			k.log.Error("the stream lacks events that were being written and cannot be made anew yet", "stream", status.Stream, "error", err)
			return
		}
		k.log.Warn("the stream lacked events that were being written and was made anew", "stream", status.Stream)
		delete(k.opened, status.Stream)
	case status.State == events.StateHealthy && time.Since(k.tried) >= reopenApart:
		delete(k.opened, status.Stream)
	}
}
