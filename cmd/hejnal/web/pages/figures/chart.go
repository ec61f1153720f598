package figures

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
)

// chart is a table of numbers with a bar beside each.
type chart struct {
	ID      string
	Title   workflow.Text
	Of      workflow.Text // heading of what is counted by
	Count   workflow.Text // heading of the numbers
	Rows    []bar
	More    []bar // rows behind a click
	Nothing workflow.Text
	Note    workflow.Text
}

// bar is one row of a chart.
type bar struct {
	Title workflow.Text
	Href  string // empty: there is no list of it
	Width string // of the bar, in percent of the widest
	Value string
	Late  bool
}

// scaled gives bars their widths: the largest has them all.
func scaled(bars []bar, sizes []float64) []bar {
	most := 0.0
	for _, size := range sizes {
		most = max(most, size)
	}
	for i := range bars {
		share := 0.0
		if most > 0 {
			share = 100 * sizes[i] / most
		}
		bars[i].Width = strings.TrimSuffix(fmt.Sprintf("%.1f", share), ".0") + "%"
	}
	return bars
}

// counts makes bars of counts, with the titles of what they count; what has none is told by its id.
func counts(figures []store.Figure, title func(id string) workflow.Text, href func(id string) string) []bar {
	bars, sizes := make([]bar, len(figures)), make([]float64, len(figures))
	for i, figure := range figures {
		bars[i] = bar{Title: titled(figure.Of, title), Href: href(figure.Of), Value: fmt.Sprint(figure.Count)}
		sizes[i] = float64(figure.Count)
	}
	return scaled(bars, sizes)
}

func titled(id string, title func(id string) workflow.Text) workflow.Text {
	if found := title(id); !found.IsZero() {
		return found
	}
	return workflow.Text{PL: id, EN: id}
}

// inOrder sorts counts by the order of ids; ids that it does not have come last.
func inOrder(figures []store.Figure, ids []string) []store.Figure {
	place := func(f store.Figure) int {
		if i := slices.Index(ids, f.Of); i >= 0 {
			return i
		}
		return len(ids)
	}
	sorted := slices.Clone(figures)
	slices.SortStableFunc(sorted, func(a, b store.Figure) int { return place(a) - place(b) })
	return sorted
}

func sumOf(figures []store.Figure) int {
	sum := 0
	for _, figure := range figures {
		sum += figure.Count
	}
	return sum
}

// typical is the middle one of the medians of the steps, each counted as often as it was made.
func typical(spans []store.SpanFigure) time.Duration {
	sorted := slices.Clone(spans)
	slices.SortFunc(sorted, func(a, b store.SpanFigure) int { return int(a.Median.Milliseconds() - b.Median.Milliseconds()) })
	whole := 0
	for _, span := range sorted {
		whole += span.Count
	}
	seen := 0
	for _, span := range sorted {
		if seen += span.Count; 2*seen >= whole && whole > 0 {
			return span.Median
		}
	}
	return -1
}

const aDay = 24 * time.Hour

// tenthsOf is a duration in tenths of days.
func tenthsOf(d time.Duration) int { return int(math.Round(10 * float64(d) / float64(aDay))) }

// daysOf writes a duration in days with one decimal; a negative one is none.
func daysOf(d time.Duration, words frame.Words) string {
	if d < 0 {
		return words.T("brak danych", "no data")
	}
	tenths := tenthsOf(d)
	if tenths == 0 && d > 0 {
		return words.T("< 0,1 dnia", "< 0.1 days")
	}
	if tenths%10 == 0 {
		return words.Count(tenths/10, "dzień|dni|dni", "day|days")
	}
	number := fmt.Sprintf("%d.%d", tenths/10, tenths%10)
	if words.Language == call.English {
		return number + " days"
	}
	return strings.Replace(number, ".", ",", 1) + " dnia"
}

// shareOf writes a part of a whole in percent.
func shareOf(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf("%d%%", int(math.Round(100*float64(part)/float64(whole))))
}
