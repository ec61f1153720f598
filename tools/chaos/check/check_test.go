package check_test

import (
	"path/filepath"
	"strings"
	"testing"

	"hejnal/tools/chaos/check"
)

func TestARunInWhichNothingIsWrongPasses(t *testing.T) {
	b := newBench(t)
	report := b.judge(t, clean(t, b.next()))
	if !report.OK() {
		t.Fatal(report.String())
	}
	if report.Acknowledged < 10 || report.Refused < 3 || report.Unknown < 4 || report.Reads < 5 || report.Proposals != 3 || report.Received == 0 || report.Published == 0 {
		t.Errorf("it judged too little: %s", report.String())
	}
}

func TestWhatCouldNotBeJudgedIsNotRight(t *testing.T) {
	report := check.Report{Undecided: []string{"one"}}
	if report.OK() {
		t.Error("a run with calls that were not judged is said to be right")
	}
	if said := report.String(); !strings.Contains(said, "undecided 1") || !strings.Contains(said, "proposal one took too long") {
		t.Errorf("it says %s", said)
	}
}

func TestEvidenceThatCannotBeReadIsAnError(t *testing.T) {
	b := newBench(t)
	w := clean(t, b.next())
	dir := t.TempDir()
	w.leaveStore(t, filepath.Join(dir, "store.sqlite"), b.empty)
	for name, in := range map[string]check.Input{
		"no store":       {SQLite: filepath.Join(dir, "none.sqlite")},
		"no definitions": {SQLite: filepath.Join(dir, "store.sqlite"), Definitions: dir},
		"no history":     {SQLite: filepath.Join(dir, "store.sqlite"), History: filepath.Join(dir, "none.jsonl")},
		"no receipts":    {SQLite: filepath.Join(dir, "store.sqlite"), Subscribers: []check.Subscriber{{File: filepath.Join(dir, "none.jsonl")}}},
		"no NATS":        {SQLite: filepath.Join(dir, "store.sqlite"), NATS: []check.NATS{{URL: "nats://127.0.0.1:1"}}},
	} {
		if _, err := check.Run(t.Context(), in); err == nil {
			t.Errorf("%s: it was judged all the same", name)
		}
	}
}
