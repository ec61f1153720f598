package events

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// ForkedError says that the stream has events that the store does not have,
// though the store has as many: an older backup was restored and written to
// since, or somebody else published.
type ForkedError struct {
	Stream string
	Last   int64 // the stream's last sequence, whose event is another one in the store
}

// Error says what is the matter and what the step is.
func (e *ForkedError) Error() string {
	return fmt.Sprintf("stream %s ends with another event %d than the store has: an older backup was restored and written to since, or somebody else published; nothing is published until hejnal events repair --new-epoch",
		e.Stream, e.Last)
}

// Fork is how the events of a stream part from those of its feed.
type Fork struct {
	First   int64 // sequence that the stream was made to begin with
	Last    int64 // last sequence of the stream
	Head    int64 // last position of the feed
	Common  int64 // last sequence whose event is the same in both, 0 when none is
	Foreign int64 // first sequence behind Common whose event the feed has nowhere, 0 when there is none
}

// Forked answers whether the stream has events that the feed does not have.
// Events of the feed that cannot be read, or stand in another's place, are damage and no fork.
func (f Fork) Forked() bool { return f.Foreign > 0 }

// FindFork looks where a stream parts from its feed: from the end backwards, to
// the first event that is the same in both, so that a stream which is a copy
// costs one look. An event that cannot be read is neither the same nor foreign.
// A stream without messages has nothing that the feed has not.
func FindFork(ctx context.Context, js jetstream.JetStream, name string, feed Feed) (Fork, error) {
	stream, err := js.Stream(ctx, name)
	if err != nil {
		return Fork{}, fmt.Errorf("look at stream %s: %w", name, err)
	}
	info := stream.CachedInfo()
	f := Fork{First: int64(max(1, info.Config.FirstSeq)), Last: int64(info.State.LastSeq)}
	if f.Head, err = feed.Head(ctx); err != nil {
		return f, fmt.Errorf("read the feed's head: %w", err)
	}
	if info.State.Msgs == 0 {
		f.Common = f.Last
		return f, nil
	}
	if f.Last > f.Head {
		f.Foreign = max(f.Head+1, int64(info.State.FirstSeq))
	}
	v := verifier{stream: stream, limited: limited(info.Config)}
	if v.deleted, err = deleted(ctx, stream); err != nil {
		return f, fmt.Errorf("look at stream %s: %w", name, err)
	}
	end, floor := min(f.Last, f.Head), int64(info.State.FirstSeq)-1
	for step := int64(1); end > floor && f.Common == 0; step = min(2*step, readLimit) {
		from := max(floor, end-step)
		messages, err := feed.After(ctx, from, int(end-from))
		if err != nil {
			return f, fmt.Errorf("read the feed after %d: %w", from, err)
		}
		if err := f.part(ctx, v, feed, messages); err != nil {
			return f, err
		}
		end = from
	}
	return f, nil
}

// deleted lists the sequences that a stream knows it does not have.
func deleted(ctx context.Context, stream jetstream.Stream) ([]uint64, error) {
	if stream.CachedInfo().State.NumDeleted == 0 {
		return nil, nil
	}
	info, err := stream.Info(ctx, jetstream.WithDeletedDetails(true))
	if err != nil {
		return nil, err
	}
	return info.State.Deleted, nil
}

// part looks at the stream in the places of messages, to the last that is the same.
func (f *Fork) part(ctx context.Context, v verifier, feed Feed, messages []Message) error {
	found := make([]occupant, len(messages))
	err := each(len(messages), func(i int) (err error) {
		found[i], err = v.occupant(ctx, feed, messages[i])
		return err
	})
	if err != nil {
		return err
	}
	for i := len(messages) - 1; i >= 0 && f.Common == 0; i-- {
		switch found[i] {
		case occupantSame:
			f.Common = messages[i].Pos
		case occupantForeign:
			f.Foreign = messages[i].Pos
		case occupantNone, occupantAstray:
		}
	}
	return nil
}

// occupant is what a stream has in the place of an event.
type occupant int

const (
	occupantSame    occupant = iota // the event
	occupantNone                    // nothing that can be read
	occupantAstray                  // another event of the feed, as after damage to the files
	occupantForeign                 // an event that the feed does not have
)

// occupant tells what the stream has in the place of the feed's message.
func (v verifier) occupant(ctx context.Context, feed Feed, want Message) (occupant, error) {
	if _, gone := slices.BinarySearch(v.deleted, uint64(want.Pos)); gone {
		return occupantNone, nil
	}
	got, err := v.read(ctx, want.Pos)
	var refused *jetstream.APIError
	switch {
	case errors.Is(err, jetstream.ErrMsgNotFound), errors.As(err, &refused):
		return occupantNone, nil
	case err != nil:
		return occupantNone, fmt.Errorf("read %d: %w", want.Pos, err)
	}
	id := got.Header.Get(jetstream.MsgIDHeader)
	if id == want.ID {
		return occupantSame, nil
	}
	pos := claimed(got.Data)
	if pos < 1 {
		return occupantForeign, nil
	}
	own, err := feed.After(ctx, pos-1, 1)
	switch {
	case err != nil:
		return occupantNone, fmt.Errorf("read the feed after %d: %w", pos-1, err)
	case len(own) == 1 && own[0].ID == id:
		return occupantAstray, nil
	}
	return occupantForeign, nil
}

// keptEvent is a line of the file that events of an ended epoch are kept in.
type keptEvent struct {
	Sequence uint64              `json:"sequence"`
	Subject  string              `json:"subject,omitempty"`
	At       *time.Time          `json:"published_at,omitempty"`
	Header   map[string][]string `json:"header,omitempty"`
	Event    json.RawMessage     `json:"event,omitempty"` // the message, where it is JSON
	Bytes    []byte              `json:"bytes,omitempty"` // the message, where it is not
	Error    string              `json:"error,omitempty"` // why there is none
}

// Keep writes the messages of a stream after a sequence, one JSON object a line,
// and answers how many it could read. For one that cannot be read it says why.
func Keep(ctx context.Context, js jetstream.JetStream, name string, after int64, to io.Writer) (kept int, err error) {
	stream, err := js.Stream(ctx, name)
	if err != nil {
		return 0, fmt.Errorf("keep events of %s: %w", name, err)
	}
	info := stream.CachedInfo()
	v, lines := verifier{stream: stream, limited: limited(info.Config)}, json.NewEncoder(to)
	lines.SetEscapeHTML(false)
	for at := max(after, int64(info.State.FirstSeq)-1) + 1; at <= int64(info.State.LastSeq); at++ {
		line := keptEvent{Sequence: uint64(at)}
		got, err := v.read(ctx, at)
		var refused *jetstream.APIError
		switch {
		case err == nil:
			kept++
			line.Subject, line.At, line.Header = got.Subject, &got.Time, got.Header
			if line.Event = got.Data; !json.Valid(got.Data) {
				line.Event, line.Bytes = nil, got.Data
			}
		case errors.Is(err, jetstream.ErrMsgNotFound), errors.As(err, &refused):
			line.Error = err.Error()
		default:
			return kept, fmt.Errorf("keep event %d of %s: %w", at, name, err)
		}
		if err := lines.Encode(line); err != nil {
			return kept, fmt.Errorf("keep event %d of %s: %w", at, name, err)
		}
	}
	return kept, nil
}

// claimed is the position that a message says it has; 0 where it says none.
func claimed(message []byte) int64 {
	var event struct {
		Sequence string `json:"sequence"`
	}
	if json.Unmarshal(message, &event) != nil {
		return 0
	}
	pos, err := strconv.ParseInt(event.Sequence, 10, 64)
	if err != nil {
		return 0
	}
	return pos
}
