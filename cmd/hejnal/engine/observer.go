package engine

import (
	"context"

	"hejnal/workflow"
)

// Observer is told what an engine does, so that it can be measured and followed. Its functions may be nil.
type Observer struct {
	// Asked is told of each transition that was asked for: its form and id, "" for what no definition knows, and why it
	// was refused, nil where it was accepted.
	Asked func(form, transition string, refused error)
	// Repeated is told whenever a change is decided again because another one came first.
	Repeated func()
	// Step begins a step of a request, StepDecide or StepCommit. It returns the context of what is done within, its W3C
	// trace context, and what ends it.
	Step func(ctx context.Context, name string) (within context.Context, trace string, end func(error))
}

// The steps of a change.
const (
	StepDecide = "decide" // reading what the decision rests on, and the decision
	StepCommit = "commit" // until the change is durable, waiting for its group included
)

// asked tells of a transition that the definition of a proposal may know.
func (e *Engine) asked(definition *workflow.Definition, transition string, refused error) {
	if e.opts.Observer.Asked == nil {
		return
	}
	if definition == nil {
		e.opts.Observer.Asked("", "", refused)
		return
	}
	if transition != workflow.Open && len(definition.Named(transition)) == 0 {
		transition = ""
	}
	e.opts.Observer.Asked(definition.Form, transition, refused)
}

func (e *Engine) step(ctx context.Context, name string) (within context.Context, trace string, end func(error)) {
	if e.opts.Observer.Step == nil {
		return ctx, "", unfollowed
	}
	return e.opts.Observer.Step(ctx, name)
}

func unfollowed(error) {}
