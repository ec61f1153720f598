package bench

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"hejnal/cmd/hejnal/installation"
)

// What the tests look at.
var (
	NewRow    = row
	Median    = median
	Quantile  = quantile
	Recording = recording
	Offer     = offer
	Slope     = slope
	ByKind    = byKind
)

// Hands are the ways to record a contact of one case, by the engine and by hand.
type Hands struct {
	Place             string // of the store: a URL or a file
	Case, Partner, By string
	Record            map[string]func(context.Context) error
	Close             func() error
}

// OpenHands fills a database with cases. Ways that take positions from the counter begin with a, the others with b, and
// the engine comes between those and after them.
func OpenHands(ctx context.Context, s Setting) (*Hands, error) {
	seeded, err := s.seed(ctx)
	if err != nil {
		return nil, err
	}
	o, err := openOffice(ctx, seeded.config(seeded.filled))
	if err != nil {
		return nil, errors.Join(err, seeded.drop())
	}
	hand := func(record func(*handPool, context.Context, int) error, by numbering) func(context.Context) error {
		return func(ctx context.Context) error {
			h, err := openHand(ctx, seeded.filled.url, by, seeded.ids, 2)
			if err != nil {
				return err
			}
			defer h.pool.Close()
			return record(h, ctx, 0)
		}
	}
	opened, err := o.store.Case(ctx, seeded.ids[0])
	if err != nil {
		return nil, errors.Join(err, o.store.Close(), seeded.drop())
	}
	return &Hands{
		Place: seeded.filled.url, Case: opened.ID, Partner: opened.Partner.ID, By: o.by.ID,
		Record: map[string]func(context.Context) error{
			"a1 six trips, counter": hand((*handPool).sixTrips, byCounter), "a2 one trip, counter": hand((*handPool).oneTrip, byCounter),
			"a3 the engine behind them": func(ctx context.Context) error { return o.record(ctx, opened.ID) },
			"b1 six trips, sequence":    hand((*handPool).sixTrips, bySequence), "b2 one trip, sequence": hand((*handPool).oneTrip, bySequence),
		},
		Close: func() error { return errors.Join(o.store.Close(), seeded.drop()) },
	}, nil
}

// TemplateOf learns from a body and a text, and answers what makes the next ones.
func TemplateOf(body, text string, version, seq int64, event string) (func(event string, at time.Time) (body, text string), error) {
	learnt, err := templateOf(stored{id: "c", body: body, version: version, seq: seq, event: event, text: []byte(text)})
	return func(event string, at time.Time) (string, string) {
		row := learnt.next(event, at)
		return row.body, string(row.text)
	}, err
}

// Side is one of those who are measured in turns.
type Side = side

// NewSide makes a side that tells when it is opened and closed.
func NewSide(name string, opened, closed func(), work func(context.Context, int) error) Side {
	return side{name: name, open: func(context.Context) (func(context.Context, int) error, func() error, error) {
		opened()
		return work, func() error { closed(); return nil }, nil
	}}
}

// Alternate lets sides work in turns and answers the rates of each.
func Alternate(ctx context.Context, s Setting, clients int, sides []Side) (rates [][]float64, err error) {
	turns, err := s.alternate(ctx, clients, sides)
	for _, one := range turns {
		rates = append(rates, each(one, func(t turn) float64 { return t.rate }))
	}
	return rates, err
}

// OpenFileHands is OpenHands for an embedded store.
func OpenFileHands(ctx context.Context, s Setting) (*Hands, error) {
	f := &filledFiles{setting: s}
	if err := f.fill(ctx); err != nil {
		return nil, err
	}
	o, err := openOffice(ctx, installation.Config{Data: f.dir("by-hand")})
	if err != nil {
		return nil, err
	}
	opened, err := o.store.Case(ctx, f.ids[0])
	if err != nil {
		return nil, errors.Join(err, o.store.Close())
	}
	path := filepath.Join(f.dir("by-hand"), "hejnal.sqlite")
	return &Hands{
		Place: path, Case: opened.ID, Partner: opened.Partner.ID, By: o.by.ID,
		Record: map[string]func(context.Context) error{
			"a1 by hand": func(ctx context.Context) error {
				h, err := openFile(ctx, path, f.ids)
				if err != nil {
					return err
				}
				return errors.Join(h.record(ctx, 0), h.close())
			},
			"a2 the engine behind it": func(ctx context.Context) error { return o.record(ctx, opened.ID) },
		},
		Close: o.store.Close,
	}, nil
}

// Sight is how many waited at a moment.
type Sight = sight

// NewSight makes a sight.
func NewSight(second, waiting float64) Sight { return sight{second, waiting} }
