package events

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/nats-io/nats.go/jetstream"
)

// recordReserve is what the server's files take for a message beside its subject, headers and data, in bytes.
const recordReserve = 34

// Unfit answers an [UnfitStreamError] where the stream cannot carry the events, or not the one that belongs next; nil where
// none is known to wait.
func (s Stream) Unfit(info *jetstream.StreamInfo, next *Message) error {
	differs := s.differences(info)
	if next != nil {
		differs = append(differs, refusals(info, *next)...)
	}
	if len(differs) == 0 {
		return nil
	}
	return &UnfitStreamError{Stream: s.Name, Differences: differs}
}

// refusals lists which limits that an operator chose keep a message out, and what to set.
func refusals(info *jetstream.StreamInfo, next Message) []string {
	c := info.Config
	size := sizeOf(next)
	var out []string
	if c.MaxMsgSize > 0 && size > int64(c.MaxMsgSize) {
		out = append(out, fmt.Sprintf("max_msg_size is %d and event %d takes %d bytes: set it to -1, or higher", c.MaxMsgSize, next.Pos, size))
	}
	if c.Discard != jetstream.DiscardNew {
		return out
	}
	if c.MaxMsgs > 0 && info.State.Msgs >= uint64(c.MaxMsgs) {
		out = append(out, fmt.Sprintf("max_msgs is %d, discard is new, and it is full: set discard to old, or max_msgs higher", c.MaxMsgs))
	}
	if record := size + int64(len(next.Subject)) + recordReserve; c.MaxBytes > 0 && int64(info.State.Bytes)+record > c.MaxBytes {
		out = append(out, fmt.Sprintf("max_bytes is %d, discard is new, and there is no room for event %d: set discard to old, or max_bytes higher", c.MaxBytes, next.Pos))
	}
	return out
}

// sizeOf is how many bytes of headers and data a message is published with.
func sizeOf(m Message) int64 {
	sent := message(m)
	sent.Header.Set(jetstream.ExpectedLastSeqHeader, strconv.FormatInt(m.Pos-1, 10))
	return int64(sent.Size() - len(sent.Subject))
}

// refused names the setting of the stream that kept out what was published, where the server refused it for one.
func (r *Relay) refused(ctx context.Context, messages []Message, err error) error {
	var api *jetstream.APIError
	if !errors.As(err, &api) {
		return err
	}
	stream, looked := r.opts.Stream.look(ctx, r.js)
	if looked != nil {
		return err
	}
	info := stream.CachedInfo()
	for _, m := range messages {
		if m.Pos != int64(info.State.LastSeq)+1 {
			continue
		}
		if unfit := r.opts.Stream.Unfit(info, &m); unfit != nil {
			return fmt.Errorf("%w (%w)", unfit, err)
		}
	}
	return err
}
