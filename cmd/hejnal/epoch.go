package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hejnal/cmd/hejnal/installation"
	"hejnal/events"
	"hejnal/store"
)

// keptExtension ends the names of files of kept events.
const keptExtension = ".jsonl"

// unforked refuses streams that have events which the store does not have.
func unforked(found []standing) error {
	var told []string
	for _, s := range found {
		if s.fork.Forked() {
			told = append(told, fmt.Sprintf("events %d to %d of %s", s.fork.Common+1, s.Last, s.Stream))
		}
	}
	if len(told) == 0 {
		return nil
	}
	return fmt.Errorf("%s are not those of the store: an older backup was restored, or somebody else published. Nothing was changed. "+
		"If the store is right, hejnal events repair --new-epoch keeps these events in a file and makes the stream anew from the store; if the stream is right, restore a newer backup of the store",
		strings.Join(told, " and "))
}

// epochs begins new epochs of streams.
type epochs struct {
	outbox
	io  streams
	dir string // of kept events; empty: the data directory's own
}

// begin begins an epoch of each stream that needs one, and ends what an interrupted call has begun.
func (e epochs) begin(ctx context.Context, found []standing) error {
	for _, s := range found {
		named, err := e.config.EpochName(s.Stream)
		if err != nil {
			return err
		}
		last, err := e.store.LastEpoch(ctx, named)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		begun := err == nil && !last.Ended
		if !begun && !s.fork.Forked() {
			continue
		}
		relay, err := e.relay(s.Stream)
		if err != nil {
			return err
		}
		switch {
		case !begun:
			last, err = e.decide(ctx, relay, s.Stream, named, last.Number)
		case s.fork.Forked(): // what came since the epoch was decided on is in no file yet
			err = e.keepAlso(ctx, s, last.Number)
		}
		if err != nil {
			return err
		}
		if err := e.carryOut(ctx, relay, last); err != nil {
			return err
		}
	}
	return nil
}

// decide keeps the events that the store does not have and writes into the store what shall be done, so that it can be
// finished whatever happens.
func (e epochs) decide(ctx context.Context, relay *events.Relay, stream, named string, known int64) (store.Epoch, error) {
	plan, err := relay.PlanEpoch(ctx, known)
	if err != nil {
		return store.Epoch{}, err
	}
	now := time.Now().UTC().Truncate(time.Microsecond)
	kept, count, err := e.keep(ctx, plan, stream, now)
	if err != nil {
		return store.Epoch{}, err
	}
	e.tellKept(stream, plan, count, kept)
	epoch := store.Epoch{
		Stream: named, Number: plan.Number, Common: plan.Common, Last: plan.Last, Kept: filepath.Base(kept), EventID: installation.NewID(),
		Readers: plan.Readers, BeganAt: now,
	}
	return epoch, e.store.BeginEpoch(ctx, epoch)
}

// keepAlso keeps what a stream alone has whose epoch an interrupted call has begun: all of what that call kept, or what
// somebody published since.
func (e epochs) keepAlso(ctx context.Context, s standing, number int64) error {
	plan := events.Epoch{Number: number, Common: s.fork.Common, Last: s.fork.Last}
	kept, count, err := e.keep(ctx, plan, s.Stream, time.Now().UTC())
	if err != nil {
		return err
	}
	e.tellKept(s.Stream, plan, count, kept)
	return nil
}

func (e epochs) tellKept(stream string, plan events.Epoch, count int, kept string) {
	fmt.Fprintf(e.io.err, "%s: events %d to %d are not those of the store; %d are kept in %s\n", stream, plan.Common+1, plan.Last, count, kept)
}

// carryOut tells the subscribers, makes the stream anew and notes that it is done. It may be repeated.
func (e epochs) carryOut(ctx context.Context, relay *events.Relay, epoch store.Epoch) error {
	told, err := e.config.OpenEngine(ctx, e.store, nil)
	if err != nil {
		return err
	}
	if err := told.TellEpoch(ctx, epoch); err != nil {
		return err
	}
	stop := progress(e.io.err, relay)
	err = relay.BeginEpoch(ctx, events.Epoch{
		Number: epoch.Number, Common: epoch.Common, Last: epoch.Last, Readers: epoch.Readers,
	})
	stop()
	if err != nil {
		return err
	}
	return e.store.EndEpoch(ctx, epoch.Stream, epoch.Number)
}

// keep writes the events that only the stream has into a file that is named by stream, epoch and time.
func (e epochs) keep(ctx context.Context, plan events.Epoch, stream string, now time.Time) (name string, count int, err error) {
	dir := e.dir
	if dir == "" {
		dir = e.config.EpochsDir()
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", 0, fmt.Errorf("make folder for the events that are kept (another is given by --keep): %w", err)
	}
	name = filepath.Join(dir, fmt.Sprintf("%s-epoch-%d-%s%s", stream, plan.Number-1, now.Format("20060102T150405Z"), keptExtension))
	file, err := os.OpenFile(name+".part", os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", 0, fmt.Errorf("make file for the events that are kept: %w", err)
	}
	count, err = events.Keep(ctx, e.js, stream, plan.Common, file)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return "", 0, errors.Join(err, remove(name+".part"))
	}
	return name, count, finish(name+".part", name)
}
