package bench

import (
	"fmt"
	"math"
	"slices"
)

// Row is one figure: ours and the limit beside it.
type Row struct {
	Measurement string    `json:"measurement"`
	Figure      string    `json:"figure"`  // what was measured
	Against     string    `json:"against"` // what the limit is
	Unit        string    `json:"unit"`    // of Ours and Limit
	Ours        float64   `json:"ours"`    // median over the rounds
	Limit       float64   `json:"limit"`   // median over the rounds
	Ratio       float64   `json:"ratio"`   // median of the rounds' ours ÷ limit
	Rounds      []float64 `json:"rounds"`  // the ratio of each round
	Target      Target    `json:"target"`
}

// Target is what a ratio is held against; the zero value holds it against nothing.
type Target struct {
	AtLeast float64 `json:"at_least,omitempty"`
	AtMost  float64 `json:"at_most,omitempty"`
	Below   float64 `json:"below,omitempty"`
}

// Met answers whether the ratio is what it should be.
func (t Target) Met(ratio float64) bool {
	switch {
	case math.IsNaN(ratio):
		return t.none()
	case t.AtLeast > 0 && ratio < t.AtLeast, t.AtMost > 0 && ratio > t.AtMost, t.Below > 0 && ratio >= t.Below:
		return false
	}
	return true
}

func (t Target) none() bool { return t == Target{} }

// String writes the target as a comparison, and nothing for none.
func (t Target) String() string {
	switch {
	case t.AtLeast > 0:
		return fmt.Sprintf("≥ %g", t.AtLeast)
	case t.AtMost > 0:
		return fmt.Sprintf("≤ %g", t.AtMost)
	case t.Below > 0:
		return fmt.Sprintf("< %g", t.Below)
	}
	return ""
}

// row sets ours against the limit, round by round. Both have a value for each round.
func row(figure, against, unit string, ours, limit []float64, target Target) Row {
	made := Row{Figure: figure, Against: against, Unit: unit, Ours: median(ours), Limit: median(limit), Target: target}
	for i := range ours {
		made.Rounds = append(made.Rounds, ours[i]/limit[i])
	}
	made.Ratio = median(made.Rounds)
	return made
}

// median is the middle value, the mean of both for an even number, and not a number for none.
func median(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 0 {
		return (sorted[middle-1] + sorted[middle]) / 2
	}
	return sorted[middle]
}
