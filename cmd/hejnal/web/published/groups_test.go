package published_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"hejnal/cmd/hejnal/web/published"
	"hejnal/store"
)

// counted is a register that counts how often it is counted.
type counted struct {
	store.Register
	asked int
	err   error
}

func (c *counted) RegisterGroups(context.Context) ([]store.RegisterGroup, error) {
	c.asked++
	return []store.RegisterGroup{{Country: "DE", Current: c.asked}}, c.err
}

func TestGroupsAreCountedOnceAMinute(t *testing.T) {
	var groups published.Groups
	register := &counted{}
	for _, step := range []struct {
		after time.Duration
		want  int
	}{{0, 1}, {59 * time.Second, 1}, {time.Minute, 2}, {119 * time.Second, 2}, {3 * time.Minute, 3}} {
		got, err := groups.Of(t.Context(), register, noon.Add(step.after))
		if err != nil || len(got) != 1 || got[0].Current != step.want {
			t.Errorf("after %s: %v, %v", step.after, got, err)
		}
	}
}

func TestAFailureToCountIsNotRemembered(t *testing.T) {
	var groups published.Groups
	register := &counted{err: errors.New("away")}
	if _, err := groups.Of(t.Context(), register, noon); err == nil {
		t.Error("it is answered with nothing")
	}
	register.err = nil
	if got, err := groups.Of(t.Context(), register, noon); err != nil || len(got) != 1 {
		t.Error(got, err)
	}
}
