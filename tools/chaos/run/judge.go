package run

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hejnal/tools/chaos/check"
)

// judge reads store and streams and holds them against what clients and subscribers wrote down.
func (r *run) judge(ctx context.Context) error {
	definitions := filepath.Join(r.dir, "definitions")
	if err := r.define(ctx, definitions); err != nil {
		return err
	}
	input := check.Input{
		Database: r.fleet.Database.URL(), Files: r.fleet.Files(), Definitions: definitions, History: r.history(),
		NATS: []check.NATS{{URL: r.fleet.Bus.URL()}},
	}
	for _, s := range r.subscribers {
		input.Subscribers = append(input.Subscribers, check.Subscriber{Name: s.Name, File: s.File, Filter: []string{s.Filter}})
	}
	var err error
	if r.report.Judged, err = check.Run(ctx, input); err != nil {
		return fmt.Errorf("judge the run: %w", err)
	}
	for _, violation := range r.report.Judged.Violations {
		r.report.Violations = append(r.report.Violations, violation.String())
	}
	for _, proposal := range r.report.Judged.Undecided {
		r.report.Violations = append(r.report.Violations, "the order of the calls to proposal "+proposal+" could not be judged")
	}
	return nil
}

// define writes every definition in force into a directory.
func (r *run) define(ctx context.Context, dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return fmt.Errorf("make the directory of definitions: %w", err)
	}
	hejnal := r.fleet.Instances[0].Command
	listed, err := hejnal(ctx, "workflow", "list")
	if err != nil {
		return err
	}
	for _, line := range strings.Split(listed, "\n")[1:] {
		form, _, _ := strings.Cut(line, " ")
		shown, err := hejnal(ctx, "workflow", "show", form, "--json")
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, form+".json"), []byte(shown), 0o600); err != nil {
			return fmt.Errorf("keep a definition: %w", err)
		}
	}
	return nil
}
