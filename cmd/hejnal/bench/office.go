package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/installation"
	"hejnal/store"
	"hejnal/workflow"
)

// office is an engine over a store, with an official who records contacts of cases.
type office struct {
	store  store.Store
	engine *engine.Engine
	by     workflow.Person
}

// official is the login of the office's official.
const official = "bench.official"

// contact is the transition that is measured: it updates one case, adds one journal entry and reads case, tasks and partner.
var contact = workflow.Command{
	Transition: "record_contact",
	Inputs:     map[string]json.RawMessage{"note": json.RawMessage(`"Spotkanie w sprawie możliwych dziedzin współpracy"`)},
}

// forms are the built-in definitions, proved once.
var forms = sync.OnceValues(func() ([]*workflow.Definition, error) {
	proved, err := installation.LoadForms("")
	return proved, err
})

// openOffice opens the store of the configuration with an engine over it, and no relay.
func openOffice(ctx context.Context, config installation.Config) (*office, error) {
	definitions, err := forms()
	if err != nil {
		return nil, err
	}
	kept, err := config.OpenStore(ctx)
	if err != nil {
		return nil, err
	}
	running, err := config.OpenEngine(ctx, kept, definitions)
	if err != nil {
		return nil, errors.Join(err, kept.Close())
	}
	o := &office{store: kept, engine: running}
	if err := o.enter(ctx); err != nil {
		return nil, errors.Join(err, kept.Close())
	}
	return o, nil
}

// enter finds the official, or enters them into an empty store.
func (o *office) enter(ctx context.Context) error {
	person, err := o.store.PersonByName(ctx, official)
	if errors.Is(err, store.ErrNotFound) {
		person, err = o.engine.AddPerson(ctx, engine.NewPerson{Name: official, FullName: "Pomiar", Roles: []workflow.Role{workflow.Official}})
	}
	o.by = workflow.Person{ID: person.ID, Roles: person.Roles}
	return err
}

// propose opens so many cases, each with a partner of its own and one contact recorded, by several clients at once.
func (o *office) propose(ctx context.Context, count int) ([]string, error) {
	const clients = 32
	ids := make([]string, count)
	errs := make([]error, clients)
	var next atomic.Int64
	var running sync.WaitGroup
	for client := range clients {
		running.Go(func() {
			for i := int(next.Add(1)) - 1; i < count && errs[client] == nil; i = int(next.Add(1)) - 1 {
				ids[i], errs[client] = o.proposeOne(ctx, i)
			}
		})
	}
	running.Wait()
	return ids, errors.Join(errs...)
}

func (o *office) proposeOne(ctx context.Context, n int) (string, error) {
	name := fmt.Sprintf("Miasto %06d", n)
	opened, err := o.engine.Propose(ctx, engine.Request{By: o.by}, engine.NewProposal{
		Form: "informal_cooperation", Title: "Współpraca: " + name, Fields: []string{"culture"},
		Partner: &engine.NewPartner{Name: name, Country: "NO", Kind: "city"},
	})
	if err != nil {
		return "", err
	}
	return opened.Proposal.ID, o.record(ctx, opened.Proposal.ID)
}

// record records a contact of a case.
func (o *office) record(ctx context.Context, id string) error {
	_, err := o.advance(ctx, id)
	return err
}

func (o *office) advance(ctx context.Context, id string) (engine.Result, error) {
	return o.engine.Advance(ctx, engine.Request{By: o.by}, id, contact)
}

// recording is the work of clients who record contacts of so many cases, each of cases of its own, one after the other.
func recording(cases, clients int, record func(ctx context.Context, client, n int) error) func(ctx context.Context, client int) error {
	const apart = 16 // so that clients do not share a line of memory
	next := make([]int, clients*apart)
	return func(ctx context.Context, client int) error {
		mine := cases / clients
		if mine == 0 {
			return fmt.Errorf("%d cases are too few for %d clients", cases, clients)
		}
		n := next[client*apart]
		next[client*apart] = (n + 1) % mine
		return record(ctx, client, client*mine+n)
	}
}
