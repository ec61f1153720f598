package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// again is how long a reader waits before it tries again what failed.
const again = time.Second

// reading shows the events of a stream, each exactly once as long as the process lives.
type reading struct {
	js     jetstream.JetStream
	stream string
	show   func(subject string, event []byte) error
	last   uint64  // sequence of the last event that was read
	memory *memory // of a consumer that ends with the process; nil for a durable one
	mark   mark    // of a durable consumer
	made   making  // of the stream that the consumer reads
}

// follow reads what matches the subject, by a consumer that ends with the process, until the context ends. A consumer
// that was lost is made again behind the last event that was shown; where the stream was made anew, behind the last one
// that it still has.
func (r *reading) follow(ctx context.Context, subject string, fromStart bool) error {
	config := jetstream.ConsumerConfig{
		FilterSubject: subject, AckPolicy: jetstream.AckNonePolicy, DeliverPolicy: jetstream.DeliverByStartSequencePolicy, InactiveThreshold: time.Minute,
	}
	r.memory = &memory{complete: fromStart}
	for begun := false; ; {
		now, consumer, err := r.open(ctx, config, begun, fromStart)
		if err != nil && (!begun || ctx.Err() != nil) {
			return fmt.Errorf("follow %s: %w", subject, r.cause(err))
		}
		if err == nil {
			r.made, begun = now, true
			if err := r.read(ctx, consumer, false); err != nil {
				return err
			}
		}
		if err := r.rest(ctx); err != nil {
			return err
		}
	}
}

// open makes the consumer, and answers which making of the stream it reads.
func (r *reading) open(ctx context.Context, config jetstream.ConsumerConfig, begun, fromStart bool) (making, jetstream.Consumer, error) {
	before, err := r.making(ctx)
	if err != nil {
		return before, nil, err
	}
	switch {
	case begun && before.same(r.made) && before.last >= r.last:
	case begun:
		r.last = r.memory.doubt(r.last, before.epoch == r.made.epoch)
	case !fromStart:
		r.last = before.last - min(before.last, lookedBack)
		r.memory = &memory{quiet: before.last, complete: before.last <= lookedBack}
	}
	config.OptStartSeq = r.last + 1
	consumer, err := r.js.CreateConsumer(ctx, r.stream, config)
	if err != nil {
		return before, nil, err
	}
	after, err := r.making(ctx)
	if err == nil && !after.same(before) {
		err = errors.New("the stream is being made anew")
	}
	return before, consumer, err
}

func (r *reading) making(ctx context.Context) (making, error) {
	stream, err := r.js.Stream(ctx, r.stream)
	if err != nil {
		return making{}, err
	}
	return makingOf(stream.CachedInfo()), nil
}

// cause names a refusal by the server, which leaves a request without an answer.
func (r *reading) cause(err error) error {
	if refused := r.js.Conn().LastError(); errors.Is(err, context.DeadlineExceeded) && errors.Is(refused, nats.ErrPermissionViolation) {
		return errors.New("the login may read nothing of it, or make no consumer there: name a subject that it is allowed, or, on a NATS server outside, read the durable consumer that is named as the login, with --durable")
	}
	return err
}

// read shows events until the consumer is lost, which is no error, or the context ends.
func (r *reading) read(ctx context.Context, consumer jetstream.Consumer, acknowledge bool) error {
	messages, err := consumer.Messages(jetstream.PullExpiry(10 * time.Second))
	if err != nil {
		return fmt.Errorf("read consumer: %w", err)
	}
	defer messages.Stop()
	for {
		message, err := messages.Next(jetstream.NextContext(ctx))
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			return lost(err)
		}
		meta, err := message.Metadata()
		if err != nil {
			return fmt.Errorf("read event: %w", err)
		}
		fresh, err := r.fresh(knownOf(message, meta))
		if err != nil {
			return err
		}
		if fresh {
			if err := r.show(message.Subject(), message.Data()); err != nil {
				return err
			}
			r.mark.pass(knownOf(message, meta))
		}
		if acknowledge {
			if err := message.Ack(); err != nil {
				return lost(err)
			}
		}
	}
}

// fresh answers whether an event is to be shown.
func (r *reading) fresh(event known) (bool, error) {
	if r.memory == nil {
		return true, nil
	}
	r.last = event.sequence
	return r.memory.meet(event)
}

func knownOf(message jetstream.Msg, meta *jetstream.MsgMetadata) known {
	return known{meta.Sequence.Stream, message.Headers().Get(jetstream.MsgIDHeader)}
}

// lost tells a consumer or a connection that went away, and may come back, from an error that stays.
func lost(err error) error {
	for _, passing := range []error{
		jetstream.ErrNoHeartbeat, jetstream.ErrConsumerDeleted, jetstream.ErrConsumerNotFound, jetstream.ErrServerShutdown,
		jetstream.ErrMsgIteratorClosed, nats.ErrNoResponders, nats.ErrTimeout, nats.ErrDisconnected, nats.ErrConnectionReconnecting, nats.ErrConnectionClosed,
	} {
		if errors.Is(err, passing) {
			return nil
		}
	}
	return fmt.Errorf("read events: %w", err)
}

// rest waits before the next attempt, and answers an error when there can be none.
func (r *reading) rest(ctx context.Context) error {
	if r.js.Conn().IsClosed() {
		return errors.New("the server closed the connection and does not accept the login any more")
	}
	timer := time.NewTimer(again)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
