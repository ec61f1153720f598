package engine

import (
	"context"
	"errors"
	"fmt"

	"hejnal/store"
	"hejnal/workflow"
)

// Advance makes a transition of a case; a substitute makes it on behalf of whoever lends the role. Errors: *workflow.Refusal, *MovedError, store.ErrNotFound, store.ErrKeyUsed.
func (e *Engine) Advance(ctx context.Context, request Request, id string, command workflow.Command) (Result, error) {
	defer e.turns.take(id)()
	var definition *workflow.Definition
	result, err := acting(ctx, e, request, func(request Request) (Result, error) {
		command.By = request.By
		return e.commit(ctx, request, func(ctx context.Context) (store.Change, Result, error) {
			change, c, err := e.decide(ctx, request, id, command)
			definition = c.Definition
			if err != nil {
				return store.Change{}, Result{}, err
			}
			if err := e.numbered(ctx, change); err != nil {
				return store.Change{}, Result{}, err
			}
			written, err := e.written(change, c.Facts, request.TraceParent)
			return written, resultOf(change), err
		})
	})
	e.asked(definition, command.Transition, err)
	return result, err
}

// Rehearse decides a command and commits nothing.
func (e *Engine) Rehearse(ctx context.Context, request Request, id string, command workflow.Command) (Result, error) {
	return acting(ctx, e, request, func(request Request) (Result, error) {
		command.By = request.By
		change, _, err := e.decide(ctx, request, id, command)
		if err != nil {
			return Result{}, err
		}
		return resultOf(change), nil
	})
}

// RehearseWith decides a command as if the files were attached before it, and neither attaches nor commits anything.
func (e *Engine) RehearseWith(ctx context.Context, request Request, id string, command workflow.Command, files []File) (Result, error) {
	by := request.By
	return acting(ctx, e, request, func(request Request) (Result, error) {
		command.By = request.By
		change, _, err := e.decideOn(ctx, request, id, command, func(c *workflow.Case) error { return e.supply(ctx, by, c, files) })
		if err != nil {
			return Result{}, err
		}
		return resultOf(change), nil
	})
}

// decide decides a command on a case as it stands now; the case is answered even where the command is refused.
func (e *Engine) decide(ctx context.Context, request Request, id string, command workflow.Command) (*workflow.Change, workflow.Case, error) {
	return e.decideOn(ctx, request, id, command, func(*workflow.Case) error { return nil })
}

// decideOn is decide on a case that is changed before.
func (e *Engine) decideOn(ctx context.Context, request Request, id string, command workflow.Command, before func(*workflow.Case) error) (*workflow.Change, workflow.Case, error) {
	c, stored, err := e.load(ctx, id, command)
	if err != nil {
		return nil, c, err
	}
	if err := e.expected(ctx, request, c.Proposal); err != nil {
		return nil, c, err
	}
	if err := before(&c); err != nil {
		return nil, c, err
	}
	change, refusal := workflow.Decide(c, command)
	if refusal != nil {
		return nil, c, refusal
	}
	change.Before.Partner = stored
	return change, c, nil
}

func resultOf(change *workflow.Change) Result {
	result := Result{Proposal: change.After, Act: change.Act}
	for _, opened := range change.Opened {
		result.Opened = append(result.Opened, opened.After)
	}
	return result
}

// actsAtOnce is how many acts of a history are read at a time.
const actsAtOnce = 500

// history loads all acts of a case.
func (e *Engine) history(ctx context.Context, id string) (map[string]workflow.Act, error) {
	acts := map[string]workflow.Act{}
	for after := int64(0); ; {
		records, err := e.store.History(ctx, id, after, actsAtOnce)
		if err != nil {
			return nil, fmt.Errorf("load history: %w", err)
		}
		for _, record := range records {
			if acts[record.ID], err = ReadAct(record); err != nil {
				return nil, err
			}
			after = record.Seq
		}
		if len(records) < actsAtOnce {
			return acts, nil
		}
	}
}

// acts loads acts by their ids; an id that no act has is left out.
func (e *Engine) acts(ctx context.Context, ids ...string) (map[string]workflow.Act, error) {
	acts := map[string]workflow.Act{}
	for _, id := range ids {
		record, err := e.store.Entry(ctx, id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("load entry referred to: %w", err)
		}
		if record.Kind != "transition" {
			continue
		}
		if acts[id], err = ReadAct(record); err != nil {
			return nil, err
		}
	}
	return acts, nil
}
