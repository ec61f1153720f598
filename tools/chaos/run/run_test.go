package run_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"hejnal/tools/chaos/run"
	"hejnal/tools/pgtest"
)

func TestNothingIsLostDoubledOrReorderedWhateverBreaks(t *testing.T) {
	if testing.Short() {
		t.Skip("it breaks an installation for minutes, which the short run does not")
	}
	if _, err := pgtest.Lookup(os.Getenv, false); errors.Is(err, pgtest.ErrUnset) {
		t.Skip("it starts PostgreSQL, which is only done where tests with PostgreSQL are asked for")
	}
	report, err := run.Run(t.Context(), run.Options{
		Repository: "../../..", Duration: time.Hour, Most: 14, Seed: rand.Uint64(), Clients: 24, Proposals: 12, Pause: 200 * time.Millisecond, Out: t.Output(),
	})
	report.Write(t.Output())
	if err != nil {
		t.Fatal(err)
	}
	for _, violation := range report.Violations {
		t.Error(violation)
	}
	if report.Counts.Acknowledged < 100 || len(report.Felt) == 0 {
		t.Errorf("%d commands were accepted and %d faults happened, which proves nothing", report.Counts.Acknowledged, len(report.Felt))
	}
}
