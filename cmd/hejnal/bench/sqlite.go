package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"hejnal/cmd/hejnal/installation"
)

// sqlite measures transitions committed to the embedded store, decision and all, against one transaction for each change.
var sqlite = Measurement{
	Name: "sqlite", Title: "transitions committed to the embedded store against one transaction for each", Run: measureSQLite,
}

var overOneChange = Target{AtLeast: 2}

func measureSQLite(ctx context.Context, s Setting) (found Outcome, err error) {
	f := &filledFiles{setting: s}
	if err := f.fill(ctx); err != nil {
		return found, err
	}
	limit := "one change per transaction"
	turns, err := s.alternate(ctx, s.Callers, []side{f.ours(), f.byHand(limit)})
	if err != nil {
		return found, err
	}
	what := fmt.Sprintf("transitions by %d callers", s.Callers)
	found.Rows = against(limit, what, turns[0], turns[1], overOneChange, Target{})
	found.Notes = []string{fmt.Sprintf("WAL, synchronous=FULL, %d proposals; by hand one connection writes, by prepared statements", len(f.ids))}
	return found, nil
}

// filledFiles are embedded stores that an office filled: one for us, and one for what is written by hand.
type filledFiles struct {
	setting Setting
	base    string
	ids     []string // of the cases by hand
	own     []string // of ours
}

func (f *filledFiles) dir(name string) string { return filepath.Join(f.base, name) }

// fill fills both files.
func (f *filledFiles) fill(ctx context.Context) (err error) {
	if f.base, err = os.MkdirTemp(f.setting.Dir, "sqlite-"); err != nil {
		return fmt.Errorf("make data directory: %w", err)
	}
	f.setting.tell(fmt.Sprintf("opening %d proposals", f.setting.Cases))
	for name, ids := range map[string]*[]string{"ours": &f.own, "by-hand": &f.ids} {
		if err := os.Mkdir(f.dir(name), 0o700); err != nil {
			return fmt.Errorf("make data directory: %w", err)
		}
		o, err := openOffice(ctx, installation.Config{Data: f.dir(name)})
		if err != nil {
			return err
		}
		*ids, err = o.propose(ctx, f.setting.Cases)
		if err := errors.Join(err, o.store.Close()); err != nil {
			return err
		}
	}
	return nil
}

func (f *filledFiles) ours() side {
	return side{name: "Decide and the writer", open: func(ctx context.Context) (func(context.Context, int) error, func() error, error) {
		o, err := openOffice(ctx, installation.Config{Data: f.dir("ours")})
		if err != nil {
			return nil, nil, err
		}
		work := recording(len(f.own), f.setting.Callers, func(ctx context.Context, _, n int) error { return o.record(ctx, f.own[n]) })
		return work, o.store.Close, nil
	}}
}

func (f *filledFiles) byHand(name string) side {
	return side{name: name, open: func(ctx context.Context) (func(context.Context, int) error, func() error, error) {
		h, err := openFile(ctx, filepath.Join(f.dir("by-hand"), "hejnal.sqlite"), f.ids)
		if err != nil {
			return nil, nil, err
		}
		work := recording(len(f.ids), f.setting.Callers, func(ctx context.Context, _, n int) error { return h.record(ctx, n) })
		return work, h.close, nil
	}}
}
