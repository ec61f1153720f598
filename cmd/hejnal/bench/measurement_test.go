package bench_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/bench"
	"hejnal/tools/pgtest"
)

// quick is the setting of the tests.
func quick(t testing.TB) bench.Setting {
	t.Helper()
	setting := bench.Quick()
	setting.Dir = t.TempDir()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	setting.Program = program
	setting.Server, _ = pgtest.Lookup(os.Getenv, testing.Short())
	return setting
}

// named is the measurement of the name; where it needs a server and there is none, the test is skipped, or fails where one is required.
func named(t testing.TB, name string) bench.Measurement {
	t.Helper()
	chosen, unknown := bench.Named(name)
	if len(unknown) > 0 {
		t.Fatalf("there is no measurement %s", name)
	}
	if !chosen[0].Database {
		return chosen[0]
	}
	switch _, err := pgtest.Lookup(os.Getenv, testing.Short()); {
	case errors.Is(err, pgtest.ErrUnset):
		t.Skip(err)
	case err != nil:
		t.Fatal(err)
	}
	return chosen[0]
}

func TestEveryMeasurementRunsAndFindsSomething(t *testing.T) {
	for _, m := range bench.All() {
		t.Run(m.Name, func(t *testing.T) {
			found, err := named(t, m.Name).Run(t.Context(), quick(t))
			if err != nil {
				t.Fatal(err)
			}
			if len(found.Rows) == 0 {
				t.Error("no row")
			}
			for _, row := range found.Rows {
				if row.Figure == "" || row.Against == "" || row.Unit == "" || row.Ours < 0 || row.Limit <= 0 || len(row.Rounds) == 0 {
					t.Errorf("the row is not whole: %+v", row)
				}
			}
		})
	}
}

// BenchmarkAgainstTheLimits makes every measurement once by the full setting and reports its ratios.
func BenchmarkAgainstTheLimits(b *testing.B) {
	for _, m := range bench.All() {
		b.Run(m.Name, func(b *testing.B) {
			measurement := named(b, m.Name)
			setting := bench.Full()
			base := quick(b)
			setting.Dir, setting.Program, setting.Server = base.Dir, base.Program, base.Server
			setting.Progress = func(what string) { b.Log(what) }
			for b.Loop() {
				found, err := measurement.Run(b.Context(), setting)
				if err != nil {
					b.Fatal(err)
				}
				for _, row := range found.Rows {
					b.ReportMetric(row.Ratio, strings.ReplaceAll(row.Figure+"/"+row.Against, " ", "_"))
				}
			}
		})
	}
}
