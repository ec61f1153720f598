package events

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/nats-io/nats.go/jetstream"
)

// placeAttempts is how often a consumer is made for one place; where it stands behind it even then, it is left.
const placeAttempts = 3

// durables lists the durable consumers of the stream with their places as what
// they have acknowledged; none when it is gone.
func (r *Relay) durables(ctx context.Context) ([]*jetstream.ConsumerInfo, error) {
	stream, err := r.js.Stream(ctx, r.opts.Stream.Name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look at the stream: %w", err)
	}
	var out []*jetstream.ConsumerInfo
	list := stream.ListConsumers(ctx)
	for info := range list.Info() {
		if info.Config.Durable != "" {
			info.AckFloor.Stream = Place(info)
			out = append(out, info)
		}
	}
	if list.Err() != nil {
		return nil, fmt.Errorf("list consumers: %w", list.Err())
	}
	return out, nil
}

// Place is the sequence behind which a consumer goes on. Of one that begins
// inside the stream a cluster tells no floor before it has acknowledged something.
func Place(info *jetstream.ConsumerInfo) uint64 {
	return max(info.AckFloor.Stream, max(1, info.Config.OptStartSeq)-1)
}

// remember adds the stream's durable consumers to those that are lost with it,
// with damaged as the latest that they go on with, where it is not 0, or the
// first sequence that the stream lacks. Of one that was lost before and is not
// made again yet the place of then counts: what has its name now was made
// without knowing it.
func (r *Relay) remember(ctx context.Context, damaged int64) error {
	ctx, cancel := context.WithTimeout(ctx, remadeTimeout)
	defer cancel()
	found, err := r.durables(ctx)
	if err != nil || len(found) == 0 {
		return err
	}
	lacks, err := r.lacks(ctx)
	if err != nil {
		return err
	}
	for _, info := range found {
		if slices.ContainsFunc(r.lost, func(l *jetstream.ConsumerInfo) bool { return l.Config.Durable == info.Config.Durable }) {
			continue
		}
		for _, at := range []int64{damaged, lacks} {
			if at > 0 {
				info.AckFloor.Stream = min(info.AckFloor.Stream, uint64(at-1))
			}
		}
		r.lost = append(r.lost, info)
	}
	return nil
}

// restore makes the consumers that were lost with the stream again, behind what
// they had acknowledged.
func (r *Relay) restore(ctx context.Context, from int64) error {
	for len(r.lost) > 0 {
		info := r.lost[0]
		config := info.Config
		config.DeliverPolicy = jetstream.DeliverByStartSequencePolicy
		config.OptStartSeq = max(uint64(from), info.AckFloor.Stream+1)
		config.OptStartTime = nil
		if err := r.makeInPlace(ctx, config); err != nil {
			return fmt.Errorf("make consumer %s again: %w", config.Durable, err)
		}
		r.lost = r.lost[1:]
	}
	return nil
}

// makeInPlace makes a consumer and sees to it that it stands where it begins. One
// that stands behind that gives way: a leader elsewhere, which knows no places,
// made it for the whole stream, or the server took the place from files that it
// left when it deleted the stream. One that has come farther stays.
func (r *Relay) makeInPlace(ctx context.Context, config jetstream.ConsumerConfig) error {
	for attempt := 1; ; attempt++ {
		behind, err := r.makeOrFind(ctx, config)
		if err != nil || !behind || attempt == placeAttempts {
			return err
		}
		err = r.js.DeleteConsumer(ctx, r.opts.Stream.Name, config.Durable)
		if err != nil && !errors.Is(err, jetstream.ErrConsumerNotFound) {
			return err
		}
	}
}

// makeOrFind makes a consumer where none has its name, and answers whether the
// one that is there stands behind the beginning.
func (r *Relay) makeOrFind(ctx context.Context, config jetstream.ConsumerConfig) (behind bool, err error) {
	made, err := r.makeConsumer(ctx, config)
	switch {
	case err == nil:
		info := made.CachedInfo() // in a cluster it does not tell the place
		return info.Cluster == nil && info.AckFloor.Stream+1 < config.OptStartSeq, nil
	case !errors.Is(err, jetstream.ErrConsumerExists):
		return false, err
	}
	there, err := r.js.Consumer(ctx, r.opts.Stream.Name, config.Durable)
	switch {
	case errors.Is(err, jetstream.ErrConsumerNotFound): // it went meanwhile
		return true, nil
	case err != nil:
		return false, err
	}
	return Place(there.CachedInfo())+1 < config.OptStartSeq, nil
}

// makeConsumer makes one, and does not wait long for an answer that a cluster may have lost. The server may still be busy
// with the files of the stream that was deleted, and take those of the consumer along.
func (r *Relay) makeConsumer(ctx context.Context, config jetstream.ConsumerConfig) (jetstream.Consumer, error) {
	for attempt := 1; ; attempt++ {
		call, cancel := context.WithTimeout(ctx, ackTimeout)
		made, err := r.js.CreateConsumer(call, r.opts.Stream.Name, config)
		cancel()
		var busy *jetstream.APIError
		if !errors.As(err, &busy) || busy.Code != http.StatusInternalServerError || attempt == makeAttempts {
			return made, err
		}
		r.rest(ctx, quickPoll)
	}
}
