package engine

import (
	"context"
	"errors"
	"fmt"

	"hejnal/store"
	"hejnal/workflow"
)

// attempts bounds how often a change that lost a race is decided again.
const attempts = 4

// MovedError says that a case is no longer at the version that the caller had seen, and who moved it.
type MovedError struct {
	Proposal workflow.Proposal
	Last     workflow.Act // the last act of the case
}

// Error describes the lost race.
func (e *MovedError) Error() string {
	return fmt.Sprintf("case %s moved to version %d", e.Proposal.ID, e.Proposal.Version)
}

// decision builds a change anew on each attempt.
type decision func(ctx context.Context) (store.Change, Result, error)

// commit decides and commits, and decides again when the change lost a race. Of two requests with one key that come at the same
// moment, the one that finds the case moved by the other is told that its key was used.
func (e *Engine) commit(ctx context.Context, request Request, decide decision) (Result, error) {
	result, err := e.attempt(ctx, request, decide)
	if err != nil && request.Key != nil && !errors.Is(err, store.ErrKeyUsed) {
		key := request.Key
		if _, unknown := e.store.Answered(ctx, key.User, key.Method, key.Path, key.Key); unknown == nil {
			return Result{}, store.ErrKeyUsed
		}
	}
	return result, err
}

func (e *Engine) attempt(ctx context.Context, request Request, decide decision) (Result, error) {
	var lost error
	for attempt := range attempts {
		if attempt > 0 && e.opts.Observer.Repeated != nil {
			e.opts.Observer.Repeated()
		}
		deciding, _, decided := e.step(ctx, StepDecide)
		change, result, err := decide(deciding)
		if err == nil {
			err = withKey(&change, request, result)
		}
		decided(err)
		if err != nil {
			return Result{}, err
		}
		committed, err := e.put(ctx, change)
		var exists *store.ExistsError
		again := errors.Is(err, store.ErrStale) || errors.As(err, &exists) && exists.What == "partner"
		switch {
		case err == nil:
			if result.Act.ID != "" {
				result.Act.Pos = committed.FirstPos
			}
			return result, nil
		case again:
			lost = err
		default:
			return Result{}, fmt.Errorf("commit change: %w", err)
		}
	}
	return Result{}, fmt.Errorf("commit change after %d attempts: %w", attempts, lost)
}

// put commits a change, followed as a step.
func (e *Engine) put(ctx context.Context, change store.Change) (store.Committed, error) {
	committing, trace, ended := e.step(ctx, StepCommit)
	change.Trace = trace
	committed, err := e.store.Commit(committing, change)
	ended(err)
	return committed, err
}

func withKey(change *store.Change, request Request, result Result) error {
	if request.Key == nil {
		return nil
	}
	answer, err := request.Answer(result)
	if err != nil {
		return fmt.Errorf("render answer: %w", err)
	}
	key := *request.Key
	key.Answer = answer
	change.Key = &key
	return nil
}

// expected refuses a case that is not at the version that the caller has seen.
func (e *Engine) expected(ctx context.Context, request Request, p workflow.Proposal) error {
	if request.Expect == 0 || request.Expect == p.Version {
		return nil
	}
	moved := &MovedError{Proposal: p}
	record, err := e.store.Entry(ctx, p.LastAct)
	if err != nil {
		return fmt.Errorf("load last act: %w", err)
	}
	if moved.Last, err = ReadAct(record); err != nil {
		return err
	}
	return moved
}

// expectedOfCase is expected for what belongs to a case that is not loaded.
func (e *Engine) expectedOfCase(ctx context.Context, request Request, id string) error {
	if request.Expect == 0 {
		return nil
	}
	p, err := e.store.Case(ctx, id)
	if err != nil {
		return fmt.Errorf("load case: %w", err)
	}
	return e.expected(ctx, request, p)
}
