package engine_test

import (
	"errors"
	"fmt"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/store"
	"hejnal/workflow"
)

func TestEachOutcomeHasAWord(t *testing.T) {
	for want, err := range map[string]error{
		"accepted": nil, "unknown_transition": &workflow.Refusal{Kind: workflow.Unknown}, "forbidden": &workflow.Refusal{Kind: workflow.Forbidden},
		"not_offered": &workflow.Refusal{Kind: workflow.NotHere}, "invalid": &workflow.Refusal{Kind: workflow.Invalid},
		"blocked": &workflow.Refusal{Kind: workflow.Blocked}, "stale": &engine.MovedError{}, "key_used": store.ErrKeyUsed,
		"lost_race": &store.StaleError{}, "not_found": store.ErrNotFound, "no_room": store.ErrFull, "unavailable": store.ErrUnavailable, "error": errors.New("disk"),
	} {
		if err != nil {
			err = fmt.Errorf("commit change: %w", err)
		}
		if got := engine.Outcome(err); got != want {
			t.Errorf("%v is %q, want %q", err, got, want)
		}
	}
}
