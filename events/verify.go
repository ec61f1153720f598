package events

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const (
	verifyAtOnce = 16                     // messages asked for at one time
	verifyAgain  = 5                      // times a message that is not there is asked for: a copy may lag
	verifyPause  = 100 * time.Millisecond // between them
	verifyGone   = 30                     // times that a stream is asked for which is not there
	verifySlow   = 3                      // times where no answer comes: a member of a cluster may be away
	verifyAnew   = 100                    // times where nobody answers: a stream that its server makes anew is away for a while
)

// Difference is the first event in which a stream is not as its feed.
type Difference struct {
	Sequence int64
	What     string // in words, without the event's content
}

// String names the event and what is wrong with it.
func (d Difference) String() string { return fmt.Sprintf("event %d %s", d.Sequence, d.What) }

// Verify reads a whole stream and holds it against the feed byte by byte, from
// the sequence that the stream was made to begin with to its end, and answers
// the first difference, if there is one. What is not published yet, or is more than the feed
// has, is no difference; nor is what a limit of the stream dropped. It changes
// nothing and keeps one portion in memory.
func Verify(ctx context.Context, js jetstream.JetStream, name string, feed Feed) (first Difference, differs bool, err error) {
	stream, err := there(ctx, js, name)
	if err != nil {
		return Difference{}, false, fmt.Errorf("verify stream %s: %w", name, err)
	}
	info := stream.CachedInfo()
	v := verifier{stream: stream, limited: limited(info.Config)}
	pos, last := int64(max(1, info.Config.FirstSeq))-1, int64(info.State.LastSeq)
	if v.limited {
		pos = max(pos, int64(info.State.FirstSeq)-1)
	}
	for pos < last {
		messages, err := feed.After(ctx, pos, int(min(readLimit, last-pos)))
		if err != nil {
			return Difference{}, false, fmt.Errorf("verify stream %s: read the feed after %d: %w", name, pos, err)
		}
		if len(messages) == 0 {
			return Difference{}, false, nil
		}
		first, differs, err := v.portion(ctx, messages)
		if differs || err != nil {
			return first, differs, err
		}
		pos = messages[len(messages)-1].Pos
	}
	return Difference{}, false, nil
}

// there is the stream, which is not there for a moment while it is made anew.
func there(ctx context.Context, js jetstream.JetStream, name string) (jetstream.Stream, error) {
	for attempt := 1; ; attempt++ {
		stream, err := js.Stream(ctx, name)
		silent := errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil
		if silent && attempt >= verifySlow {
			return nil, unanswered(err)
		}
		if !silent && (!errors.Is(err, jetstream.ErrStreamNotFound) || attempt == verifyGone) {
			return stream, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(verifyPause):
		}
	}
}

// unanswered says what to do where nobody who keeps the stream answers.
func unanswered(err error) error {
	return fmt.Errorf("no NATS server that keeps the stream answers: start those of the cluster that are away, or try again when the stream has a leader: %w", err)
}

type verifier struct {
	stream  jetstream.Stream
	limited bool
	deleted []uint64 // sequences that need not be asked for, ascending
}

// portion compares messages and answers the first that differs.
func (v verifier) portion(ctx context.Context, messages []Message) (first Difference, differs bool, err error) {
	what := make([]string, len(messages))
	err = each(len(messages), func(i int) (err error) {
		what[i], err = v.compare(ctx, messages[i])
		return err
	})
	if err != nil {
		return Difference{}, false, fmt.Errorf("verify stream %s: %w", v.stream.CachedInfo().Config.Name, err)
	}
	for i, w := range what {
		if w != "" {
			return Difference{Sequence: messages[i].Pos, What: w}, true, nil
		}
	}
	return Difference{}, false, nil
}

// each looks at the messages 0 to count-1, several at a time, until it fails, and answers with what failed first.
func each(count int, look func(i int) error) error {
	errs := make([]error, count)
	var next atomic.Int64
	var readers sync.WaitGroup
	for range min(verifyAtOnce, count) {
		readers.Go(func() {
			for i := int(next.Add(1) - 1); i < count; i = int(next.Add(1) - 1) {
				if errs[i] = look(i); errs[i] != nil {
					next.Store(int64(count))
				}
			}
		})
	}
	readers.Wait()
	return cmp.Or(errs...)
}

// compare answers in words how the stream's message differs from the feed's,
// empty when it does not.
func (v verifier) compare(ctx context.Context, want Message) (string, error) {
	got, err := v.read(ctx, want.Pos)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		if v.limited {
			return "", nil
		}
		return "cannot be read from the stream", nil
	}
	var refused *jetstream.APIError
	switch {
	case errors.As(err, &refused):
		return fmt.Sprintf("cannot be read from the stream (%s)", refused.Description), nil
	case err != nil:
		return "", fmt.Errorf("read %d: %w", want.Pos, err)
	case got.Subject != want.Subject:
		return "has another subject", nil
	case got.Header.Get(jetstream.MsgIDHeader) != want.ID:
		return "has another id", nil
	case got.Header.Get("Content-Type") != ContentType:
		return "has another content type", nil
	case !bytes.Equal(got.Data, Published(want.Text, want.Pos)):
		return "has another text", nil
	}
	return "", nil
}

func (v verifier) read(ctx context.Context, pos int64) (*jetstream.RawStreamMsg, error) {
	for attempt := 1; ; attempt++ {
		call, cancel := context.WithTimeout(ctx, callTimeout)
		got, err := v.stream.GetMsg(call, uint64(pos))
		cancel()
		late := errors.Is(err, jetstream.ErrMsgNotFound) && !v.limited && attempt < verifyAgain
		away := errors.Is(err, nats.ErrNoResponders) && attempt < verifyAnew
		silent := errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil
		if silent && attempt >= verifySlow {
			return nil, unanswered(err)
		}
		if !late && !away && !silent {
			return got, err
		}
		timer := time.NewTimer(verifyPause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return nil, ctx.Err()
		}
	}
}
