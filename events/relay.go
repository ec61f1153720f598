package events

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const (
	leaseTTL     = 3 * time.Second
	leaseRenewal = time.Second
	slowPoll     = time.Second
	quickPoll    = 50 * time.Millisecond // while somebody waits and another process leads
	callTimeout  = 5 * time.Second
	ackTimeout   = 2 * time.Second // of a publication, and of a look at the stream or its end: what a cluster loses is asked again
	giveWayAfter = 2               // errors in a row, after which another process shall try: its way to NATS may be whole
	readLimit    = 512

	remadeTimeout = time.Minute // there may be a thousand consumers to make again
)

// RelayOptions says what a relay copies, and whereto. Conn, Feed, Lease,
// Stream, Holder and NewID are required.
type RelayOptions struct {
	Conn   *nats.Conn
	Stream Stream
	Feed   Feed
	Lease  Lease
	Holder string        // this process, unlike any other
	NewID  func() string // a fresh name for a batch, at most 64 characters
	Log    *slog.Logger  // silent when nil
	// Remade is called after the stream was missing and has been made anew, so
	// that consumers which were lost with it can be made again. After an error
	// it is called again before anything is published. It may be nil.
	Remade func(ctx context.Context) error
	// Leading is called when the relay begins to lead: who led before may have ended between making the stream anew and
	// making its consumers again. It must not block, and may be nil.
	Leading func()
	// Epoch answers the number of the stream's epoch that the store knows. It may
	// be nil, which means the first.
	Epoch func(ctx context.Context) (int64, error)
	// Published is told of messages that the stream has acknowledged, and when
	// they began to be sent. It holds up what follows; it may be nil.
	Published func(messages []Message, begun time.Time)
}

// Relay copies one feed into one stream. Of all relays with the same stream
// name one leads, by a lease of that name; the expected sequence fences the
// others off, so a leader that was paused does no harm when it wakes. Its
// methods may be called at the same time.
type Relay struct {
	opts   RelayOptions
	js     jetstream.JetStream
	log    *slog.Logger
	wake   chan struct{}
	board  *board
	turn   chan struct{}             // held by who works on the stream
	told   bool                      // the log knows that events are not published; for Run alone
	late   bool                      // the last look of a stand-by was not answered in time; for Run alone
	last   int64                     // last sequence of the stream, -1 when it must be read; guarded by turn
	stall  stall                     // guarded by turn
	limits string                    // of the stream, as they were told last; guarded by turn
	lost   []*jetstream.ConsumerInfo // durables of a deleted stream, not made again yet; guarded by turn
	owed   bool                      // the stream was made anew and Remade has not succeeded; guarded by turn
}

// NewRelay prepares a relay; Run starts it.
func NewRelay(opts RelayOptions) (*Relay, error) {
	if opts.Conn == nil || opts.Feed == nil || opts.Lease == nil || opts.NewID == nil || opts.Holder == "" {
		return nil, errors.New("prepare relay: connection, feed, lease, holder and id source are required")
	}
	if opts.Stream.Name == "" || opts.Stream.Subject == "" {
		return nil, errors.New("prepare relay: the stream has no name or no subject")
	}
	js, err := jetstream.New(opts.Conn,
		jetstream.WithPublishAsyncTimeout(ackTimeout), jetstream.WithDefaultTimeout(callTimeout))
	if err != nil {
		return nil, fmt.Errorf("prepare relay of %s: %w", opts.Stream.Name, err)
	}
	log := opts.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Relay{
		opts: opts, js: js, log: log.With("stream", opts.Stream.Name),
		wake: make(chan struct{}, 1), board: newBoard(opts.Stream.Name), turn: make(chan struct{}, 1), last: -1,
	}, nil
}

// Wake tells the relay that something was committed. It never blocks.
func (r *Relay) Wake() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Status returns what the relay last saw.
func (r *Relay) Status() Status { return r.board.read() }

// WaitFor blocks until the stream holds position pos, whoever published it,
// while Run is at work.
func (r *Relay) WaitFor(ctx context.Context, pos int64) error {
	r.Wake()
	if err := r.board.wait(ctx, pos); err != nil {
		return fmt.Errorf("wait for position %d in %s: %w", pos, r.opts.Stream.Name, err)
	}
	return nil
}

// Run leads or stands by until ctx ends, then gives the lease up and returns
// nil. Troubles with the store or NATS are in the status and the log; they are
// tried again.
func (r *Relay) Run(ctx context.Context) error {
	defer r.js.CleanupPublisher()
	defer r.board.write(func(s *Status) { s.State = StateStandby })
	defer r.release(ctx)
	for ctx.Err() == nil {
		held, err := r.acquire(ctx)
		switch {
		case err != nil:
			r.failed(ctx, fmt.Errorf("take the lease: %w", err))
			r.pause(ctx, slowPoll)
		case held:
			if !r.lead(ctx) {
				r.release(ctx)
				r.rest(ctx, 2*leaseRenewal)
			}
		default:
			r.standBy(ctx)
		}
	}
	return nil
}

func (r *Relay) acquire(ctx context.Context) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, leaseTTL)
	defer cancel()
	return r.opts.Lease.Acquire(ctx, r.opts.Stream.Name, r.opts.Holder, leaseTTL)
}

func (r *Relay) release(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaseTTL)
	defer cancel()
	if err := r.opts.Lease.Release(ctx, r.opts.Stream.Name, r.opts.Holder); err != nil {
		r.log.Warn("lease not given up; it runs out by itself", "error", err)
	}
}

// standBy watches the stream until it is time to ask for the lease again.
func (r *Relay) standBy(ctx context.Context) {
	r.board.write(func(s *Status) { s.Leader = false })
	for until := time.Now().Add(leaseRenewal); ctx.Err() == nil && time.Now().Before(until); {
		switch last, head, err := r.glance(ctx); {
		case err == nil:
			r.late = false
			r.board.write(func(s *Status) { s.Head, s.Last, s.State, s.LastError = head, last, StateStandby, "" })
		case errors.Is(err, context.DeadlineExceeded) && !r.late:
			r.late = true
		default:
			r.failed(ctx, err)
		}
		wait := time.Until(until)
		if r.board.awaited() {
			wait = min(wait, quickPoll)
		}
		r.pause(ctx, wait)
	}
}

// glance looks at the stream and does not wait long: a cluster that is choosing leaders loses questions, and who waits for the
// answers would take over late.
func (r *Relay) glance(ctx context.Context) (last, head int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, leaseRenewal)
	defer cancel()
	return r.look(ctx)
}

// lead publishes until the lease is lost or ctx ends. It answers false when it
// cannot reach what it needs, so that a process that can shall lead.
func (r *Relay) lead(ctx context.Context) bool {
	r.log.Info("leading")
	if r.opts.Leading != nil {
		r.opts.Leading()
	}
	ctx, cancel := context.WithCancel(ctx)
	renewed := make(chan struct{})
	go func() {
		defer close(renewed)
		defer cancel()
		r.renew(ctx)
	}()
	defer func() { <-renewed }()
	defer cancel()
	r.board.write(func(s *Status) { s.Leader = true })
	defer r.board.write(func(s *Status) { s.Leader = false })
	if r.begin(ctx) != nil {
		return true
	}
	r.stall = stall{} // what was seen in an earlier term is not a row
	r.last = -1       // and the store may be another one by now
	r.end()
	return r.work(ctx)
}

// work publishes what waits and looks at the stream once a poll. An error is
// tried again soon the first time, because a lost answer is often just that,
// and then once a poll. It answers false when it gives way.
func (r *Relay) work(ctx context.Context) bool {
	var looked time.Time
	for errorsInRow := 0; ctx.Err() == nil; {
		look := time.Since(looked) >= slowPoll
		if look {
			looked = time.Now()
		}
		more, err := r.step(ctx, look)
		switch {
		case err == nil:
			errorsInRow = 0
			if r.told {
				r.log.Info("events are published again")
				r.told = false
			}
			if !more {
				r.pause(ctx, slowPoll)
			}
		case errorsInRow == 0:
			errorsInRow++
			r.failed(ctx, err)
			r.rest(ctx, quickPoll)
		default:
			errorsInRow++
			if state := r.failed(ctx, err); state == StateFailing && errorsInRow >= giveWayAfter {
				return false
			}
			r.rest(ctx, slowPoll)
		}
	}
	return true
}

// renew keeps the lease and returns when it is lost, which it also is when the
// store did not answer for as long as it lasts.
func (r *Relay) renew(ctx context.Context) {
	ticker := time.NewTicker(leaseRenewal)
	defer ticker.Stop()
	for renewed := time.Now(); ; {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		asked := time.Now()
		held, err := r.acquire(ctx)
		switch {
		case err == nil && held:
			renewed = asked
		case err == nil:
			r.log.Warn("another process leads now")
			return
		case time.Since(renewed) >= leaseTTL:
			r.log.Warn("lease lost", "error", err)
			return
		}
	}
}

// pause waits for a wake-up, for d or for ctx.
func (r *Relay) pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-r.wake:
	case <-timer.C:
	case <-ctx.Done():
	}
}

// rest waits for d or ctx; wake-ups do not cut it short.
func (r *Relay) rest(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// failed records an error as the state it means, and answers that state.
func (r *Relay) failed(ctx context.Context, err error) State {
	if ctx.Err() != nil {
		return StateStandby
	}
	var stalled *StalledError
	if isConflict(err) && !errors.As(err, &stalled) {
		r.log.Debug("the stream is elsewhere; reading its end", "error", err)
		r.board.write(func(s *Status) { s.LastError = err.Error(); s.Failures++ })
		return StateBehind
	}
	state := StateFailing
	var unfit *UnfitStreamError
	var large *OversizeError
	var ahead *AheadError
	var forked *ForkedError
	switch {
	case errors.As(err, &unfit):
		state = StateUnfit
	case errors.As(err, &large):
		state = StateOversize
	case errors.As(err, &ahead), errors.As(err, &forked):
		state = StateAhead
	case errors.As(err, &stalled):
		state = StateStalled
	}
	if before := r.board.read(); before.State != state || before.LastError != err.Error() {
		r.told = true
		r.log.Error("events are not published", "state", string(state), "error", err)
	}
	r.board.write(func(s *Status) { s.State, s.LastError = state, err.Error(); s.Failures++ })
	return state
}
