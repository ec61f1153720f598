package bench_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/bench"
)

func TestAReportTellsWhatHolds(t *testing.T) {
	report := bench.Report{
		Machine: "2 processors",
		Rows: []bench.Row{
			{Measurement: "m", Figure: "commits", Against: "by hand", Unit: "/s", Ours: 5100, Limit: 1000, Ratio: 5.1, Target: bench.Target{AtLeast: 5}},
			{Measurement: "m", Figure: "p99", Against: "by hand", Unit: "ms", Ours: 31.4, Limit: 15.7, Ratio: 2, Target: bench.Target{Below: 1}},
			{Measurement: "m", Figure: "p50", Against: "by hand", Unit: "ms", Ours: 1.5, Limit: 3, Ratio: 0.5},
		},
		Notes: []string{"m: one row each"}, Skipped: []string{"n needs something"},
	}
	var out strings.Builder
	if err := report.WriteText(&out); err != nil {
		t.Fatal(err)
	}
	want := `2 processors

MEASUREMENT  FIGURE   AGAINST  OURS     LIMIT    RATIO  TARGET  
m            commits  by hand  5100 /s  1000 /s  5.10   ≥ 5     holds
m            p99      by hand  31.4 ms  15.7 ms  2.00   < 1     missed
m            p50      by hand  1.50 ms  3.00 ms  0.50           

m: one row each

n needs something
`
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}

func TestTargets(t *testing.T) {
	for _, c := range []struct {
		target bench.Target
		ratio  float64
		met    bool
	}{
		{bench.Target{AtLeast: 2}, 2, true},
		{bench.Target{AtLeast: 2}, 1.99, false},
		{bench.Target{AtMost: 1.5}, 1.5, true},
		{bench.Target{AtMost: 1.5}, 1.51, false},
		{bench.Target{Below: 1}, 1, false},
		{bench.Target{Below: 1}, 0.99, true},
		{bench.Target{AtLeast: 2}, math.NaN(), false},
		{bench.Target{}, math.NaN(), true},
	} {
		if got := c.target.Met(c.ratio); got != c.met {
			t.Errorf("%v of %v: got %v", c.ratio, c.target, got)
		}
	}
}

func TestARatioIsTheMedianOfItsRounds(t *testing.T) {
	row := bench.NewRow("f", "a", "u", []float64{10, 90, 30}, []float64{10, 10, 10}, bench.Target{})
	if row.Ratio != 3 || row.Ours != 30 || row.Limit != 10 || len(row.Rounds) != 3 {
		t.Errorf("got %+v", row)
	}
	if even := bench.Median([]float64{4, 1, 2, 3}); even != 2.5 {
		t.Errorf("the median of four is %v", even)
	}
}

func TestWhatLacksAServerIsSkippedAndAnErrorKeepsWhatWasFound(t *testing.T) {
	broken := errors.New("broken")
	said := ""
	report, err := bench.Run(t.Context(), bench.Setting{Progress: func(what string) { said += what + "\n" }}, []bench.Measurement{
		{Name: "first", Title: "one", Run: func(context.Context, bench.Setting) (bench.Outcome, error) {
			return bench.Outcome{Rows: []bench.Row{{Figure: "f"}}, Notes: []string{"note"}}, nil
		}},
		{Name: "away", Title: "two", Database: true},
		{Name: "third", Title: "three", Run: func(context.Context, bench.Setting) (bench.Outcome, error) { return bench.Outcome{}, broken }},
	})
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "measure third") {
		t.Errorf("got %v", err)
	}
	if len(report.Rows) != 1 || report.Rows[0].Measurement != "first" || report.Notes[0] != "first: note" {
		t.Errorf("got %+v", report)
	}
	if len(report.Skipped) != 1 || !strings.Contains(report.Skipped[0], "--database") {
		t.Errorf("skipped %q", report.Skipped)
	}
	if said != "first: one\nthird: three\n" {
		t.Errorf("said %q", said)
	}
}

func TestMeasurementsAreFoundByName(t *testing.T) {
	chosen, unknown := bench.Named("nothing", "server")
	if len(chosen) != 1 || chosen[0].Name != "server" || len(unknown) != 1 || unknown[0] != "nothing" {
		t.Errorf("got %v, unknown %v", chosen, unknown)
	}
	if every, _ := bench.Named(); len(every) != len(bench.All()) {
		t.Errorf("no name gives %d of %d", len(every), len(bench.All()))
	}
}
