package run

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"hejnal/tools/chaos/check"
	"hejnal/tools/chaos/load"
)

// Report is what came of a run.
type Report struct {
	Seed       uint64
	Counts     load.Counts
	Felt       []Felt // of each fault, in the order in which they happened
	Judged     check.Report
	Violations []string // what must not be
}

// count takes over what the clients were told. An internal error is a defect, whatever broke.
func (r *Report) count(counts load.Counts) {
	r.Counts = counts
	for answer, n := range counts.Answers {
		if strings.HasPrefix(answer, "500") {
			r.Violations = append(r.Violations, fmt.Sprintf("%d times the answer was %s", n, answer))
		}
	}
}

// Write prints the report.
func (r Report) Write(w io.Writer) {
	c := r.Counts
	fmt.Fprintf(w, "seed %d\n", r.Seed)
	fmt.Fprintf(w, "commands %d: acknowledged %d, refused %d, unknown %d; reads %d\n", c.Commands, c.Acknowledged, c.Refused, c.Unknown, c.Reads)
	for _, answer := range slices.Sorted(maps.Keys(c.Answers)) {
		fmt.Fprintf(w, "  %6d × %s\n", c.Answers[answer], answer)
	}
	fmt.Fprintf(w, "faults %d\n", len(r.Felt))
	fmt.Fprintf(w, "  %-28s %5s  %-21s %-21s %-21s %-21s\n", "", "times", "nothing accepted", "nothing sent", "nothing received", "all well after")
	kinds := map[string][]Felt{}
	for _, felt := range r.Felt {
		kinds[felt.Fault] = append(kinds[felt.Fault], felt)
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		of := kinds[kind]
		fmt.Fprintf(w, "  %-28s %5d  %-21s %-21s %-21s %-21s\n", kind, len(of),
			middleAndWorst(of, func(f Felt) time.Duration { return f.Commands }),
			middleAndWorst(of, func(f Felt) time.Duration { return f.Sent }),
			middleAndWorst(of, func(f Felt) time.Duration { return f.Got }),
			middleAndWorst(of, func(f Felt) time.Duration { return f.Whole }))
	}
	fmt.Fprint(w, r.Judged.String())
	for _, violation := range r.Violations {
		fmt.Fprintf(w, "VIOLATED: %s\n", violation)
	}
}

// middleAndWorst is the median and the worst of what was felt.
func middleAndWorst(of []Felt, which func(Felt) time.Duration) string {
	var all []time.Duration
	for _, felt := range of {
		all = append(all, which(felt))
	}
	slices.Sort(all)
	return fmt.Sprintf("%s, worst %s", brief(all[len(all)/2]), brief(all[len(all)-1]))
}
