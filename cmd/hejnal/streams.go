package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"hejnal/cmd/hejnal/metrics"
	"hejnal/events"
)

// standing is how a stream stands against the journal that it is a copy of.
type standing struct {
	Stream string       `json:"stream"`
	State  events.State `json:"state"`
	Head   int64        `json:"head"`             // last position in the store
	Last   int64        `json:"last"`             // last sequence of the stream
	Lag    int64        `json:"lag"`              // positions that are not published yet
	First  int64        `json:"first"`            // first sequence of the stream; 0 where it is empty
	Gaps   int64        `json:"gaps"`             // events missing inside the stream
	Epoch  int64        `json:"epoch"`            // number of the stream's epoch; 0 where there is no stream
	Oldest *time.Time   `json:"oldest,omitempty"` // when the first event that is not published yet was committed; nil: none waits
	Note   string       `json:"note,omitempty"`

	Leader      string               `json:"leader,omitempty"`      // instance that publishes, as HOST/PROCESS/ID; empty: none does
	Replicas    int                  `json:"replicas,omitempty"`    // servers that keep the stream
	Limits      string               `json:"limits,omitempty"`      // what an operator chose so that it does not keep everything
	Subscribers []metrics.Subscriber `json:"subscribers,omitempty"` // what each has still to read or to acknowledge, most first

	fork    events.Fork
	differs int64 // first sequence that is not as in the store, found by verify; 0: none
}

// stateMissing says that there is no stream; a running server makes it within seconds.
const stateMissing events.State = "missing"

// standingOf looks at a stream and changes nothing.
func standingOf(ctx context.Context, js jetstream.JetStream, of events.Stream, feed events.Feed) (standing, error) {
	name := of.Name
	s := standing{Stream: name}
	stream, err := js.Stream(ctx, name)
	missing := errors.Is(err, jetstream.ErrStreamNotFound)
	if err != nil && !missing {
		return s, fmt.Errorf("look at stream %s: %w", name, err)
	}
	if s.Head, err = feed.Head(ctx); err != nil { // after the stream, so that it cannot be the older of the two
		return s, fmt.Errorf("read the head of the journal: %w", err)
	}
	if missing {
		s.State, s.Lag, s.Note = stateMissing, s.Head, "there is no such stream"
		_, err = s.waiting(ctx, feed)
		return s, err
	}
	info := stream.CachedInfo()
	s.Last, s.Gaps = int64(info.State.LastSeq), events.Missing(info)
	s.Replicas, s.Limits = info.Config.Replicas, events.Limits(info.Config, of.Replicas)
	if info.State.Msgs > 0 {
		s.First = int64(info.State.FirstSeq)
	}
	s.Lag, s.Epoch = max(0, s.Head-s.Last), events.EpochOf(info)
	if s.fork, err = events.FindFork(ctx, js, name, feed); err != nil {
		return s, err
	}
	next, err := s.waiting(ctx, feed)
	if err != nil {
		return s, err
	}
	s.State, s.Note = s.judge()
	var unfit *events.UnfitStreamError
	if errors.As(of.Unfit(info, next), &unfit) && s.takes() {
		s.State, s.Note = events.StateUnfit, strings.Join(unfit.Differences, "; ")
	}
	return s, nil
}

// takes reports whether nothing is known that keeps the stream from taking events.
func (s standing) takes() bool {
	return s.State == events.StateHealthy || s.State == events.StateBehind
}

// waiting finds the first event behind the stream, and since when it waits; nil where none does.
func (s *standing) waiting(ctx context.Context, feed events.Feed) (*events.Message, error) {
	if s.Lag == 0 {
		return nil, nil //nolint:nilnil // none is an answer
	}
	first, err := feed.After(ctx, s.Last, 1)
	if err != nil {
		return nil, fmt.Errorf("read the first event that waits: %w", err)
	}
	if len(first) == 0 {
		return nil, nil //nolint:nilnil // none is an answer
	}
	s.Oldest = &first[0].At
	return &first[0], nil
}

func (s standing) judge() (state events.State, note string) {
	switch {
	case s.fork.Forked():
		return events.StateAhead, fmt.Sprintf("events %d to %d of the stream are not those of the store: an older backup was restored, or somebody else published; hejnal events repair --new-epoch", s.fork.Common+1, s.Last)
	case s.Last > s.Head:
		return events.StateAhead, "the stream is empty and begins behind the store's last event: hejnal events repair"
	case s.Gaps > 0:
		return events.StateHoles, "events are missing inside the stream: hejnal events repair"
	case s.Lag > 0:
		return events.StateBehind, "hejnal serve publishes what waits"
	}
	return events.StateHealthy, ""
}
