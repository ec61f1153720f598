package events_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

// silent is a JetStream that leaves so many questions without an answer, for messages or for the stream too.
type silent struct {
	jetstream.JetStream
	left  *atomic.Int32
	whole bool
}

func (s silent) Stream(ctx context.Context, name string) (jetstream.Stream, error) {
	if s.whole && s.left.Add(-1) >= 0 {
		return nil, context.DeadlineExceeded
	}
	stream, err := s.JetStream.Stream(ctx, name)
	return silentStream{stream, s.left}, err
}

type silentStream struct {
	jetstream.Stream
	left *atomic.Int32
}

func (s silentStream) GetMsg(ctx context.Context, sequence uint64, options ...jetstream.GetMsgOpt) (*jetstream.RawStreamMsg, error) {
	if s.left.Add(-1) >= 0 {
		return nil, context.DeadlineExceeded
	}
	return s.Stream.GetMsg(ctx, sequence, options...)
}

func TestAnEventIsAskedForAgainWhereAMemberOfTheClusterIsAway(t *testing.T) {
	s := set(t)
	relay := s.run(t)
	if err := relay.WaitFor(t.Context(), s.Append(prefix, 1)); err != nil {
		t.Fatal(err)
	}
	for unanswered, told := range map[int32]string{2: "", 1000: "start those of the cluster that are away"} {
		for _, whole := range []bool{false, true} {
			var left atomic.Int32
			left.Store(unanswered)
			_, differs, err := events.Verify(t.Context(), silent{s.js, &left, whole}, events.StreamInternal, &s.moody)
			switch {
			case told == "" && (err != nil || differs):
				t.Errorf("after %d questions without an answer: %v", unanswered, err)
			case told != "" && (!errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), told)):
				t.Errorf("nobody answers, and it says: %v", err)
			}
		}
	}
}
