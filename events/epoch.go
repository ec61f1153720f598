package events

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/nats-io/nats.go/jetstream"
)

// epochKey is the stream's metadata that holds the number of its epoch.
const epochKey = "hejnal-epoch"

// EpochOf is the number of a stream's epoch, 1 where nothing says otherwise.
func EpochOf(info *jetstream.StreamInfo) int64 {
	number, err := strconv.ParseInt(info.Config.Metadata[epochKey], 10, 64)
	if err != nil {
		return 1
	}
	return max(1, number)
}

// Epoch is a new numbering of a stream that has events which the store does not
// have. [Relay.PlanEpoch] makes one, [Relay.BeginEpoch] carries it out.
type Epoch struct {
	Number int64 // above that of every epoch before
	First  int64 // sequence that the stream is made to begin with; 0 for where it begins now
	Common int64 // last sequence whose event is the same as in the epoch before
	Last   int64 // last sequence of the epoch before
	// Readers are the durable consumers, as JSON, which go on after what they had
	// acknowledged, and after Common at most.
	Readers []byte
}

// PlanEpoch looks at the stream and says what a new epoch of it would be; its
// number is one above known and that of the stream. It changes nothing.
func (r *Relay) PlanEpoch(ctx context.Context, known int64) (Epoch, error) {
	fork, err := FindFork(ctx, r.js, r.opts.Stream.Name, r.opts.Feed)
	if err != nil {
		return Epoch{}, fmt.Errorf("plan an epoch of %s: %w", r.opts.Stream.Name, err)
	}
	stream, err := r.js.Stream(ctx, r.opts.Stream.Name)
	if err != nil {
		return Epoch{}, fmt.Errorf("plan an epoch of %s: %w", r.opts.Stream.Name, err)
	}
	readers, err := r.durables(ctx)
	if err != nil {
		return Epoch{}, fmt.Errorf("plan an epoch of %s: %w", r.opts.Stream.Name, err)
	}
	text, err := json.Marshal(readers)
	if err != nil {
		return Epoch{}, fmt.Errorf("plan an epoch of %s: write its readers: %w", r.opts.Stream.Name, err)
	}
	return Epoch{
		Number: max(known, EpochOf(stream.CachedInfo())) + 1, First: min(fork.First, fork.Common+1), Common: fork.Common, Last: fork.Last, Readers: text,
	}, nil
}

// BeginEpoch deletes the stream and makes it anew under its name from the feed,
// with the number of the epoch in its metadata. Sequences stay positions. The
// durable consumers are made again; those that had acknowledged more than the
// common events get what came in their place. It may be called again after an
// error, and while leaders run elsewhere; it returns when the stream holds the head.
func (r *Relay) BeginEpoch(ctx context.Context, e Epoch) error {
	err := r.renumber(ctx, e)
	if err == nil {
		err = r.catchUp(ctx)
	}
	if err != nil {
		return fmt.Errorf("begin epoch %d of %s: %w", e.Number, r.opts.Stream.Name, err)
	}
	return nil
}

func (r *Relay) renumber(ctx context.Context, e Epoch) error {
	var readers []*jetstream.ConsumerInfo
	if err := json.Unmarshal(e.Readers, &readers); err != nil {
		return fmt.Errorf("read the durable consumers of the epoch before: %w", err)
	}
	if err := r.begin(ctx); err != nil {
		return err
	}
	defer r.end()
	call, cancel := context.WithTimeout(ctx, remadeTimeout)
	defer cancel()
	first, err := r.beginning(call, e)
	if err != nil {
		return err
	}
	if err := r.makeStream(call, first, e.Number); err != nil {
		return err
	}
	for _, reader := range readers {
		reader.AckFloor.Stream = min(reader.AckFloor.Stream, uint64(e.Common))
	}
	r.lost = readers
	return r.restore(call, first)
}

// beginning is the sequence that the stream of an epoch is made to begin with.
func (r *Relay) beginning(ctx context.Context, e Epoch) (int64, error) {
	if e.First > 0 {
		return e.First, nil
	}
	stream, err := r.js.Stream(ctx, r.opts.Stream.Name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return 1, nil
	}
	if err != nil {
		return 0, fmt.Errorf("look at the stream: %w", err)
	}
	return min(int64(max(1, stream.CachedInfo().Config.FirstSeq)), e.Common+1), nil
}

// number sees to it that a stream which a leader made carries the number of
// its epoch.
func (r *Relay) number(ctx context.Context, info *jetstream.StreamInfo) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	number := EpochOf(info)
	if r.opts.Epoch != nil {
		known, err := r.opts.Epoch(ctx)
		if err != nil {
			return fmt.Errorf("read the epoch of stream %s: %w", r.opts.Stream.Name, err)
		}
		if known > number {
			config := info.Config
			config.Metadata = numbered(config.Metadata, known)
			if _, err := r.js.UpdateStream(ctx, config); err != nil {
				return fmt.Errorf("note epoch %d at stream %s: %w", known, r.opts.Stream.Name, err)
			}
			number = known
		}
	}
	r.board.write(func(s *Status) { s.Epoch = number })
	return nil
}

// numbered is metadata with the number of an epoch, and without what the server
// adds of its own.
func numbered(metadata map[string]string, number int64) map[string]string {
	out := map[string]string{epochKey: strconv.FormatInt(number, 10)}
	for key, value := range metadata {
		if key != epochKey && !isServers(key) {
			out[key] = value
		}
	}
	return out
}
