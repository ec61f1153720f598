package engine

import (
	"context"
	"fmt"
	"sync"

	"hejnal/store"
	"hejnal/workflow"
)

// definitions finds the definition of a case: the one in force for a new case, the one it began under for another.
type definitions struct {
	store  store.Definitions
	forms  map[string]*workflow.Definition
	mu     sync.Mutex
	digest map[string]*workflow.Definition
}

func newDefinitions(ctx context.Context, kept store.Definitions, forms []*workflow.Definition) (*definitions, error) {
	d := &definitions{store: kept, forms: map[string]*workflow.Definition{}, digest: map[string]*workflow.Definition{}}
	for _, form := range forms {
		d.forms[form.Form] = form
		d.digest[form.Ref.Digest] = form
		canonical, err := form.Canonical()
		if err != nil {
			return nil, err
		}
		if err := kept.PutDefinition(ctx, form.Form, form.Ref.Version, form.Ref.Digest, canonical); err != nil {
			return nil, fmt.Errorf("keep definition %s: %w", form.Form, err)
		}
	}
	return d, nil
}

func (d *definitions) inForce(form string) (*workflow.Definition, bool) {
	definition, ok := d.forms[form]
	return definition, ok
}

// of returns the definition that the case began under.
func (d *definitions) of(ctx context.Context, p workflow.Proposal) (*workflow.Definition, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if definition, ok := d.digest[p.Definition.Digest]; ok {
		return definition, nil
	}
	canonical, err := d.store.Definition(ctx, p.Definition.Digest)
	if err != nil {
		return nil, fmt.Errorf("load definition of case %s: %w", p.ID, err)
	}
	definition, err := workflow.Restore(canonical)
	if err != nil {
		return nil, fmt.Errorf("restore definition of case %s: %w", p.ID, err)
	}
	d.digest[p.Definition.Digest] = definition
	return definition, nil
}
