package engine

import (
	"context"
	"fmt"
	"hash/maphash"
	"io"
	"time"

	"hejnal/events"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Store is what the engine needs of a store.
type Store interface {
	store.Writer
	store.Cases
	store.Tasks
	store.Partners
	store.Definitions
	store.Substitutions
	people
	Entry(ctx context.Context, eventID string) (store.Record, error)
}

// people is what the engine needs to know of people and subscribers.
type people interface {
	Person(ctx context.Context, id string) (store.Person, error)
	PersonByName(ctx context.Context, name string) (store.Person, error)
	Subscriber(ctx context.Context, name string) (store.Subscriber, error)
}

// Options says what an engine works with; every field but Unit, Symbol and Observer is required.
type Options struct {
	Store    Store
	Forms    []*workflow.Definition // in force, in the order in which they are shown
	Subjects events.Subjects
	Source   string           // CloudEvents source, such as urn:hejnal:krakow
	Now      func() time.Time // the clock
	NewID    func() string    // UUIDv7
	Random   io.Reader        // salts
	Unit     string           // with Symbol: case numbers are <unit>.<symbol>.<n>.<year>
	Symbol   string
	Observer Observer
}

// Engine makes changes. It is safe for use by many at once.
type Engine struct {
	opts        Options
	store       Store
	definitions *definitions
	turns       turns
}

// New makes an engine and keeps its definitions in the store, so that cases that begin under them can be decided by them
// for as long as they live.
func New(ctx context.Context, opts Options) (*Engine, error) {
	known, err := newDefinitions(ctx, opts.Store, opts.Forms)
	if err != nil {
		return nil, err
	}
	return &Engine{opts: opts, store: opts.Store, definitions: known, turns: turns{seed: maphash.MakeSeed()}}, nil
}

// Request is who asks for a change, and how.
type Request struct {
	By          workflow.Person
	Expect      int64      // version that the caller has seen; 0: whichever is current
	Key         *store.Key // idempotency; its Answer is filled by Answer
	Answer      Answer     // renders the first answer; required with Key
	TraceParent string     // W3C trace context
}

// Answer renders the answer to a change that is about to be committed; the position of its first entry is added when the
// answer is given.
type Answer func(Result) (store.Answer, error)

// Result is what a change came to.
type Result struct {
	Proposal     workflow.Proposal
	Act          workflow.Act // zero value where the change is no transition; Pos once committed
	Opened       []workflow.Proposal
	Document     workflow.Document
	Comment      store.Comment
	Task         workflow.Task
	Partner      store.Partner
	Substitution store.Substitution
	Known        bool // Partner was there already and is as it was
}

// Forms lists the definitions in force that a proposal can be opened under.
func (e *Engine) Forms() []*workflow.Definition {
	var open []*workflow.Definition
	for _, form := range e.opts.Forms {
		if !form.Source.OnlyImported {
			open = append(open, form)
		}
	}
	return open
}

// Form returns the definition in force of a form.
func (e *Engine) Form(id string) (*workflow.Definition, bool) { return e.definitions.inForce(id) }

// moment is now, to the microsecond.
func (e *Engine) moment() workflow.Moment {
	now := e.opts.Now().UTC().Truncate(time.Microsecond)
	return workflow.Moment{Now: now, Today: calendar.Of(now, calendar.Zone()), NewID: e.opts.NewID}
}

// Today is the date in the installation's zone.
func (e *Engine) Today() calendar.Date { return e.moment().Today }

// Load returns a case with everything needed to explain it or to decide the command on it; a zero command is for
// explaining. Errors: store.ErrNotFound.
func (e *Engine) Load(ctx context.Context, id string, command workflow.Command) (workflow.Case, error) {
	c, _, err := e.load(ctx, id, command)
	return c, err
}

// load is Load that tells the partner that stands in the stored case, which may be older than the one that is decided by.
func (e *Engine) load(ctx context.Context, id string, command workflow.Command) (workflow.Case, workflow.Partner, error) {
	proposal, partner, err := e.store.CaseWithPartner(ctx, id)
	if err != nil {
		return workflow.Case{}, workflow.Partner{}, fmt.Errorf("load case: %w", err)
	}
	stored := proposal.Partner
	if err := refreshPartner(&proposal, partner); err != nil {
		return workflow.Case{}, workflow.Partner{}, err
	}
	c, err := e.around(ctx, proposal, command)
	return c, stored, err
}

// around gathers what is needed to decide on a proposal.
func (e *Engine) around(ctx context.Context, proposal workflow.Proposal, command workflow.Command) (workflow.Case, error) {
	definition, err := e.definitions.of(ctx, proposal)
	if err != nil {
		return workflow.Case{}, err
	}
	c := workflow.Case{Definition: definition, Proposal: proposal, InForce: e.definitions.inForce, Moment: e.moment()}
	if definition.Corrects(command.Transition) {
		if c.Acts, err = e.history(ctx, proposal.ID); err != nil {
			return workflow.Case{}, err
		}
	}
	if scopes := c.Scopes(command); len(scopes) > 0 {
		if c.Facts, err = e.store.Scopes(ctx, scopes); err != nil {
			return workflow.Case{}, fmt.Errorf("load facts: %w", err)
		}
	}
	return c, nil
}

// refreshPartner gives a case that is not yet proposed its partner as it is today; afterwards the case keeps the partner
// that its rules were judged on.
func refreshPartner(p *workflow.Proposal, partner store.Partner) error {
	if p.Stage != "contacts" || p.Partner.ID == "" || p.Legacy {
		return nil
	}
	if partner.ID != p.Partner.ID {
		return fmt.Errorf("load partner of case: %w", store.ErrNotFound)
	}
	p.Partner = partner.Partner
	return nil
}
