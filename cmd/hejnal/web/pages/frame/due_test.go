package frame_test

import (
	"testing"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

func TestACaseIsDueWhenTheFirstOfItsTasksAndRunningDeadlinesIs(t *testing.T) {
	task := func(day calendar.Date) workflow.Proposal {
		return workflow.Proposal{Tasks: []workflow.Task{{}, {DueOn: day}}}
	}
	deadline := func(state string, day calendar.Date) []workflow.Deadline {
		return []workflow.Deadline{{State: state, DueOn: day}}
	}
	for name, test := range map[string]struct {
		of   workflow.Proposal
		over []workflow.Deadline
		want calendar.Date
	}{
		"nothing":                 {workflow.Proposal{}, nil, ""},
		"a task":                  {task("2026-03-10"), nil, "2026-03-10"},
		"a deadline first":        {task("2026-03-10"), deadline(workflow.DeadlineRunning, "2026-03-09"), "2026-03-09"},
		"a deadline later":        {task("2026-03-10"), deadline(workflow.DeadlineRunning, "2026-03-11"), "2026-03-10"},
		"a deadline that was met": {task("2026-03-10"), deadline(workflow.DeadlineMet, "2026-03-09"), "2026-03-10"},
		"the time of others":      {task("2026-03-10"), []workflow.Deadline{{State: workflow.DeadlineRunning, DueOn: "2026-03-09", Window: true}}, "2026-03-10"},
		"a deadline alone":        {task(""), deadline(workflow.DeadlineRunning, "2026-03-11"), "2026-03-11"},
	} {
		test.of.Deadlines = test.over
		if got := frame.DueOn(test.of); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
