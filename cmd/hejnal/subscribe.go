package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

type subscribeCommand struct {
	Data string `default:"hejnal-data" placeholder:"DIR" help:"Data directory of the running server, for whoever runs it (${default})."`
	reach
	prefixes
	Subject   string `arg:"" optional:"" help:"What to follow; NATS wildcards are * and >. By default every internal event, and with --durable what it holds."`
	Durable   string `placeholder:"NAME" help:"Go on where this durable consumer stopped. A subscriber's is named as its login; for whoever runs the server it is made when it is missing."`
	FromStart bool   `help:"Begin with the first event, not with the next. A durable consumer that exists goes on where it stopped."`
	JSON      bool   `name:"json" help:"Print each event as it was published, one on a line."`
}

// madeHere marks the durable consumers that this command made, so that it does not read away what another waits for.
const madeHere = "hejnal-subscribe"

// Run prints events until the context ends.
func (c subscribeCommand) Run(ctx context.Context, io streams) error {
	if err := c.subjects().Validate(); err != nil {
		return &useError{reason: err.Error()}
	}
	stream, err := c.stream()
	if err != nil {
		return err
	}
	conn, err := c.connect(c.Data)
	if err != nil {
		return err
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		return fmt.Errorf("open JetStream: %w", err)
	}
	if isTerminal(io.err) {
		fmt.Fprintf(io.err, "following %s of %s at %s; Ctrl+C ends\n", c.Subject, stream, conn.ConnectedUrlRedacted())
	}
	reader := reading{js: js, stream: stream, show: c.printer(io.out)}
	if c.Durable == "" {
		err = reader.follow(ctx, c.Subject, c.FromStart)
	} else {
		err = c.drain(ctx, reader, io.err)
	}
	if ctx.Err() != nil {
		err = nil
	}
	if flushed := conn.FlushTimeout(2 * time.Second); err == nil && flushed != nil && conn.IsConnected() {
		err = fmt.Errorf("send acknowledgements: %w", flushed)
	}
	return err
}

// stream finds the stream that the subject lies in.
func (c *subscribeCommand) stream() (string, error) {
	internal, public := events.Streams(c.subjects(), 1)
	if c.Subject == "" {
		c.Subject = internal.Subject
	}
	for _, stream := range []events.Stream{internal, public} {
		if events.Within([]string{stream.Subject}, c.Subject) {
			return stream.Name, nil
		}
	}
	return "", &useError{reason: fmt.Sprintf("subject %q lies in neither %s nor %s", c.Subject, internal.Subject, public.Subject)}
}

// drain reads a durable consumer, which it makes for whoever runs the server.
func (c subscribeCommand) drain(ctx context.Context, r reading, told io.Writer) error {
	d := durable{reading: &r, told: told, config: jetstream.ConsumerConfig{
		Durable: c.Durable, FilterSubject: c.Subject, AckPolicy: jetstream.AckExplicitPolicy, Metadata: map[string]string{madeHere: "yes"},
	}}
	consumer, err := r.js.Consumer(ctx, r.stream, c.Durable)
	switch {
	case c.own() && errors.Is(err, jetstream.ErrConsumerNotFound):
		consumer, err = d.make(ctx, c.FromStart)
	case err == nil && c.own():
		err = c.fits(consumer.CachedInfo().Config)
	}
	if errors.Is(err, jetstream.ErrConsumerNotFound) {
		return c.noDurable(r.stream)
	}
	if err != nil {
		return fmt.Errorf("open durable consumer %s on %s: %w", c.Durable, r.stream, r.cause(err))
	}
	return d.drain(ctx, consumer)
}

// noDurable says how a subscriber comes to the durable consumer that is missing.
func (c subscribeCommand) noDurable(stream string) error {
	if c.Durable != c.User {
		return fmt.Errorf("there is no durable consumer %s on %s, and a subscriber has one alone, named as its login: give --durable %s", c.Durable, stream, c.User)
	}
	return fmt.Errorf("there is no durable consumer %s on %s: hejnal subscriber add %s makes it for a login of the server's own NATS; "+
		"for one on a NATS server outside, which --nats names, hejnal serve makes it once hejnal subscriber add %s --nats= --allow SUBJECT has noted it",
		c.Durable, stream, c.User, c.User)
}

// fits refuses a durable consumer that belongs to a subscriber, as far as that can be known, or that follows something else.
func (c subscribeCommand) fits(config jetstream.ConsumerConfig) error {
	internal, _ := events.Streams(c.subjects(), 1)
	switch {
	case config.Metadata[madeHere] == "" && c.linked():
		return fmt.Errorf("it belongs to a subscriber, who would miss what is read here; sign in as %s, or choose another name", c.Durable)
	case config.FilterSubject != "" && c.Subject != config.FilterSubject && c.Subject != internal.Subject:
		return fmt.Errorf("it follows %s; choose another name for %s", config.FilterSubject, c.Subject)
	}
	return nil
}

// printer prints events one by one.
func (c subscribeCommand) printer(out io.Writer) func(subject string, event []byte) error {
	return func(subject string, event []byte) error {
		line := eventLine(c.subjects(), subject, event)
		if c.JSON {
			line = string(event)
		}
		if _, err := fmt.Fprintln(out, line); err != nil {
			return fmt.Errorf("print event: %w", err)
		}
		return nil
	}
}

// eventLine shows an event on one line: position, subject, event, title.
func eventLine(subjects events.Subjects, subject string, event []byte) string {
	_, pos, err := events.Split(event)
	if err != nil {
		return fmt.Sprintf("%6s  %s  %v", "?", subject, err)
	}
	what := subject
	if parsed, err := subjects.Parse(subject); err == nil {
		what = parsed.Event
	}
	var read struct {
		Data struct {
			Title      json.RawMessage `json:"title"`
			Kind       string          `json:"kind"`
			Subscriber string          `json:"subscriber"`
			Person     string          `json:"person"`
			Stream     string          `json:"stream"`
		} `json:"data"`
	}
	if err := json.Unmarshal(event, &read); err != nil {
		return fmt.Sprintf("%6d  %s  %s  %v", pos, subject, what, err)
	}
	var text string
	var both struct{ PL string }
	if json.Unmarshal(read.Data.Title, &text) != nil && json.Unmarshal(read.Data.Title, &both) == nil {
		text = both.PL
	}
	title := cmp.Or(text, read.Data.Kind, read.Data.Subscriber, read.Data.Person, read.Data.Stream)
	return fmt.Sprintf("%6d  %s  %s  %s", pos, subject, what, plain(title))
}
