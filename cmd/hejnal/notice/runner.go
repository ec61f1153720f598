package notice

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"hejnal/cmd/hejnal/news"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Store is what the runner reads of a store, and writes to it.
type Store interface {
	Head(ctx context.Context) (int64, error)
	After(ctx context.Context, pos int64, limit int) ([]store.Record, error)
	Case(ctx context.Context, id string) (workflow.Proposal, error)
	SubstitutionsOf(ctx context.Context, absent string, from calendar.Date) ([]store.Substitution, error)
	NoticePosition(ctx context.Context) (int64, error)
	PutNotices(ctx context.Context, from, to int64, notices []store.Notice) error
	Acquire(ctx context.Context, name, holder string, ttl time.Duration) (bool, error)
	Release(ctx context.Context, name, holder string) error
}

const (
	leaseName = "notices"
	leaseTime = 30 * time.Second
	batch     = 200                    // entries
	idle      = 30 * time.Second       // after which it looks without being told of anything
	rest      = 500 * time.Millisecond // between two rounds, so that many commits make one
)

// Runner makes notices while it runs. One process does at a time, by a lease; the others watch that none is left out.
type Runner struct {
	Store  Store
	News   *news.Board
	Holder string // unlike any other process
	Now    func() time.Time
	Log    *slog.Logger
}

// Run goes on until the context ends. What goes wrong is logged and tried again.
func (r *Runner) Run(ctx context.Context) {
	for ctx.Err() == nil {
		changed := r.News.Changed()
		if err := r.CatchUp(ctx); err != nil && ctx.Err() == nil {
			r.Log.Error("make notices", "error", err)
		}
		if r.News.Closed() {
			changed = nil // it tells of nothing any more
		}
		wait(ctx, rest, nil)
		wait(ctx, idle, changed)
	}
	if err := r.Store.Release(context.WithoutCancel(ctx), leaseName, r.Holder); err != nil {
		r.Log.Error("give up making notices", "error", err)
	}
}

func wait(ctx context.Context, longest time.Duration, changed <-chan struct{}) {
	timer := time.NewTimer(longest)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-changed:
	case <-timer.C:
	}
}

// CatchUp makes the notices of everything that was committed, unless another process is at it. A store that no notices were
// ever made of begins at its head: of what was before nobody is told.
func (r *Runner) CatchUp(ctx context.Context) error {
	head, err := r.Store.Head(ctx)
	if err != nil {
		return fmt.Errorf("make notices: %w", err)
	}
	pos, err := r.Store.NoticePosition(ctx)
	if err != nil || pos >= head {
		return err
	}
	leads, err := r.Store.Acquire(ctx, leaseName, r.Holder, leaseTime)
	if err != nil || !leads {
		return err
	}
	err = r.lead(ctx, pos, head)
	if errors.Is(err, store.ErrStale) { // another one took over meanwhile
		err = nil
	}
	return err
}

func (r *Runner) lead(ctx context.Context, pos, head int64) error {
	if pos == store.NoNotices {
		return r.Store.PutNotices(ctx, pos, head, nil)
	}
	for pos < head {
		reached, err := r.step(ctx, pos)
		if err != nil {
			return err
		}
		if reached == pos {
			return nil
		}
		if pos = reached; pos >= head {
			return nil
		}
		if leads, err := r.Store.Acquire(ctx, leaseName, r.Holder, leaseTime); err != nil || !leads {
			return err
		}
	}
	return nil
}

// step makes the notices of one batch and answers the position reached.
func (r *Runner) step(ctx context.Context, pos int64) (int64, error) {
	records, err := r.Store.After(ctx, pos, batch)
	if err != nil || len(records) == 0 {
		return pos, err
	}
	var notices []store.Notice
	for _, record := range records {
		made, err := r.of(ctx, record)
		if err != nil {
			return pos, err
		}
		notices = append(notices, made...)
	}
	reached := records[len(records)-1].Pos
	return reached, r.Store.PutNotices(ctx, pos, reached, notices)
}

// of makes the notices of one entry.
func (r *Runner) of(ctx context.Context, record store.Record) ([]store.Notice, error) {
	event, err := Read(record)
	if err != nil || event.Kind == "" {
		return nil, err
	}
	var about workflow.Proposal
	if event.Kind == store.NoticeTransition {
		if about, err = r.Store.Case(ctx, record.ProposalID); err != nil {
			return nil, fmt.Errorf("load case of event %s: %w", record.ID, err)
		}
	}
	var failed error
	told := Told(event, about, func(person string) []string {
		substitutes, err := r.substitutes(ctx, person)
		failed = errors.Join(failed, err)
		return substitutes
	})
	var notices []store.Notice
	for _, person := range told {
		notices = append(notices, store.Notice{
			PersonID: person, Pos: record.Pos, EventID: record.ID, ProposalID: record.ProposalID, Kind: event.Kind, At: record.At,
		})
	}
	return notices, failed
}

// substitutes are those who stand in for a person today.
func (r *Runner) substitutes(ctx context.Context, person string) ([]string, error) {
	today := calendar.Of(r.Now(), calendar.Zone())
	set, err := r.Store.SubstitutionsOf(ctx, person, today)
	if err != nil {
		return nil, fmt.Errorf("load substitutions: %w", err)
	}
	var active []string
	for _, s := range set {
		if s.ActiveOn(today) {
			active = append(active, s.Substitute)
		}
	}
	return active, nil
}
