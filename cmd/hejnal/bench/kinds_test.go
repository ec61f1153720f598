package bench_test

import (
	"testing"

	"hejnal/cmd/hejnal/bench"
)

func TestGrowthIsToldByKindOfQuestion(t *testing.T) {
	at := func(figure string, ratio float64) bench.Row {
		return bench.Row{Figure: figure, Ratio: ratio, Target: bench.Target{AtMost: 1.5}}
	}
	got := bench.ByKind([]bench.Row{
		at("inbox: mine", 1), at("list -updated_at: of a form, search: a common word", 30), at("list title: all", 0.9), at("list title: search: a number", 1.2),
		at("list: the second page", 1.1), at("list title: search: a year", 1.5), at("transition: record_contact", 1.6),
	})
	const want = "inbox 1.00 (1 of 1 hold), search 1.50 (2 of 3 hold), list 1.00 (2 of 2 hold), transition 1.60 (0 of 1 hold)"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
