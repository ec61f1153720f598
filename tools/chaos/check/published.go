package check

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// message is an event as it stands in a stream, or as it should.
type message struct {
	sequence    int64
	id, subject string
	contentType string
	text        []byte
}

const contentType = "application/cloudevents+json"

// expected is what the two streams must hold.
func (c *checker) expected() (internal, public []message) {
	for _, e := range c.found.entries {
		internal = append(internal, message{e.pos, e.id, e.subject, contentType, publishedText(e.text, e.pos)})
		if e.publicPos.Valid {
			public = append(public, message{
				e.publicPos.Int64, e.publicID.String, e.publicSubject.String, contentType, publishedText(e.publicText, e.publicPos.Int64),
			})
		}
	}
	return internal, public
}

// publishedText is the stored text with its position as the first attribute.
func publishedText(stored []byte, pos int64) []byte {
	return append(fmt.Appendf(nil, `{"sequence":"%020d",`, pos), bytes.TrimPrefix(stored, []byte("{"))...)
}

// published holds the streams of each server against the journal.
func (c *checker) published(ctx context.Context) error {
	internal, public := c.expected()
	var errs []error
	for _, server := range c.in.NATS {
		conn, err := server.connect()
		if err != nil {
			errs = append(errs, fmt.Errorf("connect to %s: %w", server.URL, err))
			continue
		}
		for _, stream := range []struct {
			name string
			want []message
		}{{c.in.Streams.Internal, internal}, {c.in.Streams.Public, public}} {
			got, err := c.readStream(ctx, conn, stream.name, len(stream.want))
			if err != nil {
				errs = append(errs, fmt.Errorf("read stream %s of %s: %w", stream.name, server.URL, err))
			}
			c.report.Published += len(got)
			c.stream(stream.name, stream.want, got)
		}
		conn.Close()
	}
	return errors.Join(errs...)
}

func (n NATS) connect() (*nats.Conn, error) {
	options := []nats.Option{nats.Name("check"), nats.MaxReconnects(-1), nats.ReconnectWait(100 * time.Millisecond)}
	if n.User != "" {
		options = append(options, nats.UserInfo(n.User, n.Password))
	}
	if n.Credentials != "" {
		options = append(options, nats.UserCredentials(n.Credentials))
	}
	return nats.Connect(n.URL, options...)
}

// readStream reads a stream to its end, and waits for as many messages as there should be, for a while.
func (c *checker) readStream(ctx context.Context, conn *nats.Conn, name string, want int) ([]message, error) {
	js, err := jetstream.New(conn)
	if err != nil {
		return nil, err
	}
	patience, cancel := context.WithTimeout(ctx, c.in.Patience)
	defer cancel()
	var got []message
	for {
		more, err := readPortion(patience, js, name, len(got))
		got = append(got, more...)
		switch {
		case len(got) >= want && err == nil:
			return got, nil
		case patience.Err() != nil && ctx.Err() == nil:
			return got, nil // what is missing is judged
		case ctx.Err() != nil:
			return got, errors.Join(ctx.Err(), err)
		}
		pause(patience)
	}
}

// readPortion reads what follows after so many messages, to the end of the stream.
func readPortion(ctx context.Context, js jetstream.JetStream, name string, after int) ([]message, error) {
	stream, err := js.Stream(ctx, name)
	if err != nil {
		return nil, err
	}
	state := stream.CachedInfo().State
	if state.Msgs <= uint64(after) {
		return nil, nil
	}
	consumer, err := stream.OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: max(state.FirstSeq, 1) + uint64(after),
	})
	if err != nil {
		return nil, err
	}
	var got []message
	for uint64(after+len(got)) < state.Msgs {
		batch, err := consumer.Fetch(min(500, int(state.Msgs)-after-len(got)), jetstream.FetchMaxWait(2*time.Second))
		if err != nil {
			return got, err
		}
		before := len(got)
		for m := range batch.Messages() {
			meta, err := m.Metadata()
			if err != nil {
				return got, err
			}
			got = append(got, message{
				int64(meta.Sequence.Stream), m.Headers().Get(nats.MsgIdHdr), m.Subject(), m.Headers().Get("Content-Type"), m.Data(),
			})
		}
		if batch.Error() != nil || len(got) == before {
			return got, errors.Join(batch.Error(), ctx.Err())
		}
	}
	return got, nil
}

func pause(ctx context.Context) {
	select {
	case <-time.After(50 * time.Millisecond):
	case <-ctx.Done():
	}
}

// stream holds what a stream has against what it must have. What is at another number is found by its id.
func (c *checker) stream(name string, want, got []message) {
	places := map[string]int64{}
	for _, m := range want {
		places[m.id] = m.sequence
	}
	bySequence := map[int64]message{}
	seen := map[string]int64{}
	for _, m := range got {
		bySequence[m.sequence] = m
		if other, twice := seen[m.id]; twice {
			c.report.add(Doubled, "", "%s has event %s at %d and at %d", name, m.id, other, m.sequence)
		}
		seen[m.id] = m.sequence
		switch at, known := places[m.id]; {
		case !known:
			c.report.add(Phantom, m.subject, "%s has the event %q at %d, which the journal does not know", name, m.id, m.sequence)
		case at != m.sequence:
			c.report.add(Reordered, m.subject, "%s has event %s at %d, the journal at %d", name, m.id, m.sequence, at)
		}
	}
	for _, m := range want {
		found, ok := bySequence[m.sequence]
		if _, elsewhere := seen[m.id]; !ok && !elsewhere {
			c.report.add(Lost, m.subject, "%s does not have event %s at %d", name, m.id, m.sequence)
		}
		if !ok || found.id != m.id {
			continue
		}
		if found.subject != m.subject || found.contentType != m.contentType || !bytes.Equal(found.text, m.text) {
			c.report.add(Altered, firstDifference(found, m), "%s has event %s at %d with other bytes than the journal", name, m.id, m.sequence)
		}
	}
}

// firstDifference tells in words how two messages differ.
func firstDifference(got, want message) string {
	switch {
	case got.subject != want.subject:
		return "subject " + got.subject + ", not " + want.subject
	case got.contentType != want.contentType:
		return "content type " + got.contentType
	}
	for i := range min(len(got.text), len(want.text)) {
		if got.text[i] != want.text[i] {
			return fmt.Sprintf("byte %d is %q, not %q", i, got.text[i], want.text[i])
		}
	}
	return fmt.Sprintf("%d bytes, not %d", len(got.text), len(want.text))
}
