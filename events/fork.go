package events

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
	First  int64 // sequence that the stream was made to begin with
	Last   int64 // last sequence of the stream
	Head   int64 // last position of the feed
	Common int64 // last sequence whose event is the same in both, 0 when none is
}

// Forked answers whether the stream has events that the feed does not have.
func (f Fork) Forked() bool { return f.Last > f.Common }

// FindFork looks where a stream parts from its feed: from the end backwards, to
// the first event that is the same in both, so that a stream which is a copy
// costs one look. An event that cannot be read is taken for the same as the one
// before it. A stream without messages has nothing that the feed has not.
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
	v := verifier{stream: stream, limited: limited(info.Config)}
	end, floor := min(f.Last, f.Head), int64(info.State.FirstSeq)-1
	for step := int64(1); end > floor; step = min(2*step, readLimit) {
		from := max(floor, end-step)
		messages, err := feed.After(ctx, from, int(end-from))
		if err != nil {
			return f, fmt.Errorf("read the feed after %d: %w", from, err)
		}
		for i := len(messages) - 1; i >= 0; i-- {
			other, err := v.other(ctx, messages[i])
			if err != nil {
				return f, err
			}
			if !other {
				f.Common = messages[i].Pos
				return f, nil
			}
		}
		end = from
	}
	return f, nil
}

// other answers whether the stream has another event in the place of the feed's
// message. What cannot be read is not another one.
func (v verifier) other(ctx context.Context, want Message) (bool, error) {
	got, err := v.read(ctx, want.Pos)
	var refused *jetstream.APIError
	switch {
	case errors.Is(err, jetstream.ErrMsgNotFound), errors.As(err, &refused):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("read %d: %w", want.Pos, err)
	}
	return got.Header.Get(jetstream.MsgIDHeader) != want.ID, nil
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
