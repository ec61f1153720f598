package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

// missed is how often a durable consumer is looked for in a stream that holds what was read, before it is made again:
// whoever makes a stream anew makes its consumers at once, where they have to go on, and comes first.
const missed = 5

// mark is the event up to which nothing of a durable consumer is owed any more, with the id that it had where it was read here.
type mark struct {
	known
	owed  int    // events up to until that were delivered before and not acknowledged: they come again, behind others
	until uint64 // sequence of the last one that was delivered before
}

func markOf(info *jetstream.ConsumerInfo) mark {
	return mark{known: known{sequence: events.Place(info)}, owed: info.NumAckPending, until: info.Delivered.Stream}
}

// pass takes an event that was shown.
func (m *mark) pass(event known) {
	if event.sequence <= m.until {
		m.owed--
	}
	if m.owed <= 0 && event.sequence > m.sequence {
		m.known = event
	}
}

// durable is a durable consumer that is read and acknowledged.
type durable struct {
	*reading
	config jetstream.ConsumerConfig
	told   io.Writer // of what is not as expected
}

// make makes it where whoever runs the server asks for one that there is not, and says so: it may be one that was lost.
func (d *durable) make(ctx context.Context, fromStart bool) (jetstream.Consumer, error) {
	now, err := d.making(ctx)
	if err != nil {
		return nil, err
	}
	d.config.DeliverPolicy = jetstream.DeliverAllPolicy
	from := "the first event"
	if !fromStart { // not as the next event, which in a cluster leaves no place in the consumer
		d.config.DeliverPolicy, d.config.OptStartSeq = jetstream.DeliverByStartSequencePolicy, now.last+1
		from = fmt.Sprintf("event %d, the next one; what came before is not read: another name with --from-start reads everything", now.last+1)
	}
	consumer, err := d.js.CreateConsumer(ctx, d.stream, d.config)
	if err == nil {
		fmt.Fprintf(d.told, "hejnal: there was no durable consumer %s on %s: it is new and begins with %s\n", d.config.Durable, d.stream, from)
	}
	return consumer, err
}

// drain shows its events until the context ends. One that is lost with its stream is waited for, and made again where
// this command made it and nobody else does.
func (d *durable) drain(ctx context.Context, consumer jetstream.Consumer) error {
	for {
		if err := d.open(ctx, consumer); err != nil {
			return err
		}
		if err := d.read(ctx, consumer, true); err != nil {
			return err
		}
		if err := d.rest(ctx); err != nil {
			return err
		}
		var err error
		if consumer, err = d.again(ctx); err != nil {
			return err
		}
	}
}

// open notes where the consumer stands, and of which making of the stream, where that matters.
func (d *durable) open(ctx context.Context, consumer jetstream.Consumer) error {
	info := consumer.CachedInfo()
	d.config, d.mark = info.Config, markOf(info)
	if !d.ours() {
		return nil
	}
	for {
		made, err := d.making(ctx)
		if err == nil {
			d.made = made
			return nil
		}
		if d.made.created.IsZero() { // it has just begun
			return fmt.Errorf("look at stream %s: %w", d.stream, d.cause(err))
		}
		if err := d.rest(ctx); err != nil {
			return err
		}
	}
}

// ours reports whether this command made the consumer. That of a subscriber is the server's to make.
func (d *durable) ours() bool { return d.config.Metadata[madeHere] != "" }

// again finds the consumer, or makes it behind the last event that was shown.
func (d *durable) again(ctx context.Context) (jetstream.Consumer, error) {
	for vain, said := 0, false; ; {
		consumer, err := d.js.Consumer(ctx, d.stream, d.config.Durable)
		if err == nil {
			return consumer, nil
		}
		gone := errors.Is(err, jetstream.ErrConsumerNotFound)
		if !said && (gone || errors.Is(err, jetstream.ErrStreamNotFound)) {
			d.tellGone()
			said = true
		}
		if gone && d.ours() {
			held, err := d.held(ctx)
			switch {
			case err != nil:
				return nil, err
			case !held:
				vain = 0
			default:
				vain++
			}
			if vain > missed {
				consumer, err := d.behind(ctx)
				if err == nil {
					return consumer, nil
				}
			}
		}
		if err := d.rest(ctx); err != nil {
			return nil, err
		}
	}
}

// tellGone says what became of the consumer, and how it goes on.
func (d *durable) tellGone() {
	next := "hejnal serve makes it again"
	if d.ours() {
		next = fmt.Sprintf("it goes on behind event %d when both are there again", d.mark.sequence)
	}
	fmt.Fprintf(d.told, "hejnal: the durable consumer %s on %s is gone, as when the stream is made anew; %s\n", d.config.Durable, d.stream, next)
}

// behind makes the consumer anew, behind the last event that was shown.
func (d *durable) behind(ctx context.Context) (jetstream.Consumer, error) {
	config := d.config
	config.DeliverPolicy, config.OptStartSeq, config.OptStartTime = jetstream.DeliverByStartSequencePolicy, d.mark.sequence+1, nil
	return d.js.CreateConsumer(ctx, d.stream, config)
}

// held answers whether the stream holds the last event that was shown. An error says that it holds another one there.
func (d *durable) held(ctx context.Context) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	stream, err := d.js.Stream(ctx, d.stream)
	if err != nil {
		return false, nil // it is looked at again
	}
	info := stream.CachedInfo()
	if info.State.LastSeq < d.mark.sequence {
		return false, nil
	}
	same := events.EpochOf(info) == d.made.epoch
	if d.mark.id != "" {
		there, err := stream.GetMsg(ctx, d.mark.sequence)
		switch {
		case errors.Is(err, jetstream.ErrMsgNotFound): // a limit of the stream may have dropped it
		case err != nil:
			return false, nil // it is looked at again
		default:
			same = there.Header.Get(jetstream.MsgIDHeader) == d.mark.id
		}
	}
	if !same {
		return false, fmt.Errorf("stream %s was made anew with other events, and the durable consumer %s is gone: event %d is not the one that was read here, and from where on events were replaced cannot be told. "+
			"Call again with --from-start; events that are the same have the same id", d.stream, d.config.Durable, d.mark.sequence)
	}
	return true, nil
}
