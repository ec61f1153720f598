package health_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"hejnal/cmd/hejnal/health"
	"hejnal/workflow"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestFindingsComeInTheOrderOfTheChecks(t *testing.T) {
	var board health.Board
	if found := board.Findings(); len(found) != 0 {
		t.Errorf("an empty board finds %v", found)
	}
	bad := health.Finding{State: "away", Message: workflow.Text{EN: "away"}, Action: workflow.Text{EN: "wait"}}
	for _, name := range []string{"store", "relay", "disk"} {
		board.Add(health.Check{Name: name, Look: func(context.Context) health.Finding { return health.Fine() }})
	}
	board.Add(health.Check{Name: "relay", Look: func(context.Context) health.Finding { return bad }})
	want := []health.Named{{Name: "store", Finding: health.Fine()}, {Name: "relay", Finding: bad}, {Name: "disk", Finding: health.Fine()}}
	if diff := cmp.Diff(want, board.Findings()); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestAGoodFindingStaysGoodForAMomentAndABadOneDoesNot(t *testing.T) {
	var board health.Board
	var good, bad atomic.Int32
	board.Add(health.Check{Name: "good", Look: func(context.Context) health.Finding {
		good.Add(1)
		return health.Fine()
	}})
	board.Add(health.Check{Name: "bad", Look: func(context.Context) health.Finding {
		bad.Add(1)
		return health.Finding{State: "away"}
	}})
	for range 5 {
		board.Findings()
	}
	if good.Load() > 2 || bad.Load() != 5 {
		t.Errorf("looked %d times at what is well and %d times at what is not", good.Load(), bad.Load())
	}
}

func TestACheckThatDoesNotEndHoldsNobodyUpAndRunsOnce(t *testing.T) {
	var board health.Board
	var looks atomic.Int32
	ended := make(chan struct{})
	board.Add(health.Check{Name: "stuck", Patience: 10 * time.Millisecond, Look: func(context.Context) health.Finding {
		looks.Add(1)
		<-ended
		return health.Fine()
	}})
	for range 3 {
		if found := board.Findings(); found[0].OK || found[0].State != "slow" || found[0].Action.PL == "" {
			t.Errorf("a check that does not end finds %+v", found[0])
		}
	}
	if looks.Load() != 1 {
		t.Errorf("%d looks at the same time", looks.Load())
	}
	close(ended)
}

func TestTheStoreIsWellWhenItCommits(t *testing.T) {
	var board health.Board
	var answer error
	board.Add(health.Store(func(context.Context) error { return answer }))
	answer = errors.New("password authentication failed for user hejnal")
	if found := board.Findings()[0]; found.OK || found.Name != health.StoreName || found.Message.EN == "" || found.Message.PL == "" || found.Action.EN == "" || !errors.Is(found.Cause, answer) {
		t.Errorf("a store that does not commit: %+v", found)
	} else if !strings.Contains(found.Action.PL, "serwer zapasowy") || !strings.Contains(found.Action.EN, "standby") {
		t.Errorf("the standby that commits wait for is not named: %+v", found.Action)
	}
	answer = nil
	if found := board.Findings()[0]; !found.OK || found.State != "ok" {
		t.Errorf("a store that commits: %+v", found)
	}
}
