package run

import (
	"context"
	"fmt"
	"path/filepath"

	"hejnal/tools/chaos/check"
	"hejnal/tools/chaos/load"
)

// judge reads store and streams and holds them against what clients and subscribers wrote down.
func (r *run) judge(ctx context.Context) error {
	definitions := filepath.Join(r.dir, "definitions")
	if err := load.WriteDefinitions(ctx, definitions, r.fleet.Instances[0].Command); err != nil {
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
