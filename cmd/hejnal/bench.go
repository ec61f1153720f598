package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"hejnal/cmd/hejnal/bench"
)

type benchCommand struct {
	Measurements []string `arg:"" optional:"" name:"measurement" help:"What to measure (${measurements}); everything when nothing is named."`
	Database     string   `env:"HEJNAL_BENCH_DATABASE" placeholder:"URL" help:"postgres://… of a server for what is measured on PostgreSQL, in databases made for it and dropped again. Its user must be allowed to create databases."`
	Quick        bool     `help:"Show in seconds that everything runs; the figures say little."`
	Rounds       int      `placeholder:"N" help:"Turns of each side; a ratio is the median over them (5)."`
	Many         int      `placeholder:"N" help:"Proposals of the large population of the measurement growth (1000000)."`
	JSON         bool     `name:"json" help:"Print JSON."`
}

// Run measures in a temporary directory and prints the ratios.
func (c benchCommand) Run(ctx context.Context, io streams) (err error) {
	chosen, unknown := bench.Named(c.Measurements...)
	if len(unknown) > 0 {
		return &useError{fmt.Sprintf("there is no measurement %s; there are %s", strings.Join(unknown, ", "), measurementNames())}
	}
	setting := bench.Full()
	if c.Quick {
		setting = bench.Quick()
	}
	if c.Rounds < 0 {
		return &useError{"--rounds is at least 1"}
	}
	if c.Rounds > 0 {
		setting.Rounds = c.Rounds
	}
	if c.Many < 0 {
		return &useError{"--many is at least 1"}
	}
	if c.Many > 0 {
		setting.Many = c.Many
	}
	setting.Server = c.Database
	if setting.Program, err = os.Executable(); err != nil {
		return fmt.Errorf("find the program: %w", err)
	}
	if setting.Dir, err = os.MkdirTemp("", "hejnal-bench-"); err != nil {
		return fmt.Errorf("make directory to measure in: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(setting.Dir)) }()
	if isTerminal(io.err) {
		setting.Progress = func(what string) { fmt.Fprintln(io.err, what) }
	}
	report, failure := bench.Run(ctx, setting, chosen)
	return errors.Join(failure, c.print(io, report))
}

func (c benchCommand) print(io streams, report bench.Report) error {
	if !c.JSON {
		return report.WriteText(io.out)
	}
	encoder := json.NewEncoder(io.out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(report); err != nil {
		return fmt.Errorf("print report: %w", err)
	}
	return nil
}

func measurementNames() string {
	var names []string
	for _, m := range bench.All() {
		names = append(names, m.Name)
	}
	return strings.Join(names, ", ")
}
