package installation

import (
	"context"
	"crypto/rand"

	"hejnal/cmd/hejnal/engine"
	"hejnal/store"
	"hejnal/workflow"
)

// OpenEngine makes the engine over an open store.
func (c Config) OpenEngine(ctx context.Context, kept store.Store, forms []*workflow.Definition) (*engine.Engine, error) {
	return engine.New(ctx, engine.Options{
		Store: kept, Forms: forms, Subjects: c.Subjects(), Source: source, Now: c.now(), NewID: NewID, Random: rand.Reader,
		Unit: c.Unit, Symbol: c.Symbol, Observer: c.engineObserver(),
	})
}
