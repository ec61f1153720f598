package bench

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"text/tabwriter"
)

// Report is everything that one run found.
type Report struct {
	Machine string   `json:"machine"`
	Rows    []Row    `json:"rows"`
	Notes   []string `json:"notes"`
	Skipped []string `json:"skipped"` // measurements that lack what they need, and what that is
}

// Run makes the measurements one after the other. An error ends the run; what was found before it is in the report.
func Run(ctx context.Context, s Setting, measurements []Measurement) (Report, error) {
	report := Report{
		Machine: fmt.Sprintf("%d processors, %s, %s/%s", runtime.GOMAXPROCS(0), runtime.Version(), runtime.GOOS, runtime.GOARCH),
		Rows:    []Row{}, Notes: []string{}, Skipped: []string{},
	}
	for _, m := range measurements {
		if m.Database && s.Server == "" {
			report.Skipped = append(report.Skipped, m.Name+" needs a PostgreSQL server: name one by --database")
			continue
		}
		s.tell(m.Name + ": " + m.Title)
		found, err := m.Run(ctx, s)
		for _, r := range found.Rows {
			r.Measurement = m.Name
			report.Rows = append(report.Rows, r)
		}
		for _, note := range found.Notes {
			report.Notes = append(report.Notes, m.Name+": "+note)
		}
		if err != nil {
			return report, fmt.Errorf("measure %s: %w", m.Name, err)
		}
	}
	return report, nil
}

// WriteText writes the report as a table with notes behind it.
func (r Report) WriteText(w io.Writer) error {
	fmt.Fprintf(w, "%s\n\n", r.Machine)
	if len(r.Rows) > 0 {
		table := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
		fmt.Fprintln(table, "MEASUREMENT\tFIGURE\tAGAINST\tOURS\tLIMIT\tRATIO\tTARGET\t")
		for _, row := range r.Rows {
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%.2f\t%s\t%s\n", row.Measurement, row.Figure, row.Against,
				amount(row.Ours, row.Unit), amount(row.Limit, row.Unit), row.Ratio, row.Target, verdict(row))
		}
		if err := table.Flush(); err != nil {
			return fmt.Errorf("write report: %w", err)
		}
	}
	for _, group := range [][]string{r.Notes, r.Skipped} {
		if len(group) > 0 {
			fmt.Fprintln(w)
		}
		for _, line := range group {
			fmt.Fprintln(w, line)
		}
	}
	return nil
}

func verdict(row Row) string {
	switch {
	case row.Target.none():
		return ""
	case row.Target.Met(row.Ratio):
		return "holds"
	}
	return "missed"
}

// amount writes a value with three digits or all before the point.
func amount(value float64, unit string) string {
	switch {
	case value >= 100:
		return fmt.Sprintf("%.0f %s", value, unit)
	case value >= 10:
		return fmt.Sprintf("%.1f %s", value, unit)
	}
	return fmt.Sprintf("%.2f %s", value, unit)
}
