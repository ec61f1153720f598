package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/cmd/hejnal/installation"
	"hejnal/events"
	"hejnal/store"
)

type eventsCommand struct {
	Status eventsStatusCommand `cmd:"" help:"Compare the streams with the store."`
	Replay eventsReplayCommand `cmd:"" help:"Make streams anew and publish again what the store holds."`
	Repair eventsRepairCommand `cmd:"" help:"Compare whole streams with the store, make those anew that differ and publish again what the store holds."`
	Schema eventsSchemaCommand `cmd:"" help:"Print the schema and a sample of each type of event."`
}

// outbox is an open store and NATS, for commands that compare the two.
type outbox struct {
	config installation.Config
	store  store.Store
	conn   *nats.Conn
	js     jetstream.JetStream
}

// atOutbox opens store and NATS, lets the command work and closes both.
func atOutbox(ctx context.Context, where place, names prefixes, way reach, replicas int, work func(outbox) error) error {
	if err := names.subjects().Validate(); err != nil {
		return &useError{reason: err.Error()}
	}
	conn, err := way.connect(where.Data)
	if err != nil {
		return err
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		return fmt.Errorf("open JetStream: %w", err)
	}
	return where.readStore(ctx, func(kept store.Store) error {
		box := outbox{config: where.config(naming{prefixes: names}, nil), store: kept, conn: conn, js: js}
		box.config.NATS, box.config.NATSReplicas = way.NATS, replicas
		if err := box.config.SameSubjects(ctx, kept); err != nil {
			return err
		}
		return work(box)
	})
}

// standings looks at the streams named.
func (b outbox) standings(ctx context.Context, streams []string) ([]standing, error) {
	feeds := installation.Feeds(b.store)
	var found []standing
	internal, public := events.Streams(b.config.Subjects(), b.config.NATSReplicas)
	of := map[string]events.Stream{internal.Name: internal, public.Name: public}
	for _, name := range streams {
		s, err := standingOf(ctx, b.js, of[name], feeds[name])
		if err != nil {
			return nil, err
		}
		named, err := b.config.EpochName(name)
		if err == nil {
			s.Leader, err = b.store.Holder(ctx, named)
		}
		if err != nil {
			return nil, err
		}
		found = append(found, s)
	}
	return found, nil
}

var bothStreams = []string{events.StreamInternal, events.StreamPublic}

type eventsStatusCommand struct {
	place
	reach
	prefixes
	Replicas int  `name:"nats-replicas" default:"1" placeholder:"N" help:"Replicas of the streams that are asked for with --nats."`
	JSON     bool `name:"json" help:"Print a JSON array."`
	Verify   bool `help:"Read the whole streams, compare every event with the store byte by byte and say where they first differ, ending with 1 where one is not as in the store; nothing is changed."`
}

// Run prints how the streams stand.
func (c eventsStatusCommand) Run(ctx context.Context, to streams) error {
	return atOutbox(ctx, c.place, c.prefixes, c.reach, c.Replicas, func(b outbox) error {
		found, err := b.standings(ctx, bothStreams)
		if err == nil {
			err = b.addSubscribers(ctx, found)
		}
		if err != nil {
			return err
		}
		if c.Verify {
			if err := b.verify(ctx, found); err != nil {
				return err
			}
		}
		if err := c.print(to.out, found); err != nil || !c.Verify {
			return err
		}
		return verified(found)
	})
}

func (c eventsStatusCommand) print(to io.Writer, found []standing) error {
	if c.JSON {
		return writeJSON(to, found)
	}
	if err := table(to, standingRows(found)); err != nil {
		return err
	}
	return subscriberTable(to, found)
}

// addSubscribers adds what the subscribers have not acknowledged of each stream that is there.
func (b outbox) addSubscribers(ctx context.Context, found []standing) error {
	for i := range found {
		if found[i].State == stateMissing {
			continue
		}
		var err error
		if found[i].Subscribers, err = installation.Lags(ctx, b.js, found[i].Stream); err != nil {
			return err
		}
	}
	return nil
}

// subscriberTable prints what the subscribers have not acknowledged; nothing where there are none.
func subscriberTable(to io.Writer, found []standing) error {
	rows := [][]string{{"SUBSCRIBER", "STREAM", "LAG"}}
	for _, s := range found {
		for _, subscriber := range s.Subscribers {
			rows = append(rows, []string{subscriber.Name, subscriber.Stream, strconv.FormatInt(subscriber.Lag, 10)})
		}
	}
	if len(rows) == 1 {
		return nil
	}
	if _, err := fmt.Fprintln(to); err != nil {
		return err
	}
	return table(to, rows)
}

func standingRows(found []standing) [][]string {
	rows := [][]string{{"STREAM", "STATE", "HEAD", "LAST", "LAG", "FIRST", "GAPS", "EPOCH", "LEADER", "NOTE"}}
	for _, s := range found {
		row := []string{s.Stream, string(s.State)}
		for _, number := range []int64{s.Head, s.Last, s.Lag, s.First, s.Gaps, s.Epoch} {
			row = append(row, strconv.FormatInt(number, 10))
		}
		note := s.Note
		if s.Oldest != nil {
			note += ", the first of it since " + s.Oldest.UTC().Format(time.DateTime) + " UTC"
		}
		if s.Limits != "" {
			note = strings.TrimPrefix(note+"; by an operator's choice it "+s.Limits, "; ")
		}
		rows = append(rows, append(row, cmp.Or(s.Leader, "nobody"), note))
	}
	return rows
}

type eventsReplayCommand struct {
	place
	reach
	prefixes
	From     int64    `default:"1" placeholder:"POSITION" help:"Position of the journal at which the stream made anew begins; what lies before it is in the store alone from then on (${default})."`
	Stream   []string `enum:"COOPERATION,COOPERATION_PUBLIC" default:"COOPERATION,COOPERATION_PUBLIC" placeholder:"STREAM" help:"Which streams: ${enum}; both when left out."`
	Replicas int      `name:"nats-replicas" default:"1" placeholder:"N" help:"Replicas of the streams with --nats."`
}

// Help says what happens to a server that runs meanwhile.
func (eventsReplayCommand) Help() string {
	return "With --from N each stream is made anew beginning at position N: what lies before N is in the stream no longer, and whoever reads it from its first event begins there. " + besideServe
}

const besideServe = `Each stream is deleted and made again from the store; id, subject, sequence and bytes of every event come out as they were. Durable consumers are made again behind what they had acknowledged; other consumers have to be opened again.

hejnal serve may run meanwhile, and does not have to stop: it keeps the lease of the stream and goes on publishing. Whoever comes second to a position loses by the expected sequence and reads on, so that nothing is published twice or out of order. Where a running server makes the stream again first, beginning with the first position, the command tries again.`

// Run publishes again.
func (c eventsReplayCommand) Run(ctx context.Context, io streams) error {
	if c.From < 1 {
		return &useError{reason: "positions begin with 1"}
	}
	return atOutbox(ctx, c.place, c.prefixes, c.reach, c.Replicas, func(b outbox) error {
		before, err := b.standings(ctx, c.Stream)
		if err != nil {
			return err
		}
		if err := unforked(before); err != nil {
			return err
		}
		for _, name := range bothStreams {
			if !slices.Contains(c.Stream, name) {
				continue
			}
			from, err := b.beginning(ctx, name, c.From)
			if err != nil {
				return err
			}
			if err := b.replay(ctx, io, name, from); err != nil {
				return err
			}
		}
		found, err := b.standings(ctx, bothStreams)
		if err != nil {
			return err
		}
		return table(io.out, standingRows(found))
	})
}

type eventsRepairCommand struct {
	place
	reach
	prefixes
	Replicas int    `name:"nats-replicas" default:"1" placeholder:"N" help:"Replicas of the streams with --nats."`
	NewEpoch bool   `help:"Begin a new epoch of a stream that has events which the store does not have."`
	Keep     string `type:"path" placeholder:"DIR" help:"Where --new-epoch keeps the events that the store does not have (epochs/ in the data directory). With --database it is needed, unless --data is given."`
}

// Help says what happens to a server that runs meanwhile.
func (eventsRepairCommand) Help() string {
	return "Every event is read and compared with the store. To a stream that merely lags behind what waits is published; one that does not take it is made anew. " + besideServe + `

A stream that has events which the store does not have is left alone, because they would be lost: the store was put back to an older moment, or somebody else published. With --new-epoch the store is taken for right: those events are kept in a file, the stream is made anew from the store under its name, durable consumers get what came in the place of the events that were replaced, and an event admin.stream_epoch_began tells every subscriber from which position on. Interrupted, it is finished by the next call.`
}

// Run repairs what is not as it should be.
func (c eventsRepairCommand) Run(ctx context.Context, io streams) error {
	if c.NewEpoch && c.Database != "" && c.Keep == "" && c.Data == ordinaryData {
		return &useError{reason: "--new-epoch writes the only copy of the events that the store does not have: with --database say by --keep DIR where, on a disk that lasts, or by --data"}
	}
	return atOutbox(ctx, c.place, c.prefixes, c.reach, c.Replicas, func(b outbox) error {
		found, err := b.standings(ctx, bothStreams)
		if err != nil {
			return err
		}
		renew := epochs{outbox: b, io: io, dir: c.Keep}
		if c.NewEpoch {
			if err := renew.begin(ctx, found); err != nil {
				return err
			}
			if found, err = b.standings(ctx, bothStreams); err != nil {
				return err
			}
		}
		if err := unforked(found); err != nil {
			return err
		}
		if err := b.verify(ctx, found); err != nil {
			return err
		}
		for _, s := range found {
			if err := b.repair(ctx, io, s); err != nil {
				return err
			}
		}
		if found, err = b.standings(ctx, bothStreams); err != nil {
			return err
		}
		return table(io.out, standingRows(found))
	})
}

type eventsSchemaCommand struct {
	prefixes
	Type string `arg:"" optional:"" help:"One type, such as transition or pl.krakow.cooperation.transition.v1; all when left out."`
}

// Run prints schemas and samples.
func (c eventsSchemaCommand) Run(io streams) error {
	types, err := events.Types(c.subjects())
	if err != nil {
		return err
	}
	type shown struct {
		Type       string          `json:"type"`
		DataSchema string          `json:"dataschema"`
		Subjects   string          `json:"subjects"`
		Schema     json.RawMessage `json:"schema"`
		Sample     json.RawMessage `json:"sample"`
	}
	all, known := []shown{}, []string{}
	for _, t := range types {
		known = append(known, string(t.Kind))
		if c.Type != "" && c.Type != t.Name && c.Type != string(t.Kind) {
			continue
		}
		sample, err := t.Example()
		if err != nil {
			return err
		}
		all = append(all, shown{t.Name, t.DataSchema, t.Pattern, t.Schema, bytes.TrimSpace(sample)})
	}
	switch {
	case len(all) == 0:
		return &useError{reason: fmt.Sprintf("there is no type of event %q; the types are %s", c.Type, strings.Join(known, ", "))}
	case c.Type != "":
		return writeJSON(io.out, all[0])
	}
	return writeJSON(io.out, all)
}
