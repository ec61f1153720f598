package row_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/workflow"
)

func TestWhatIsHeldStaysAsItIsWhenItsTasksChange(t *testing.T) {
	held := &workflow.Proposal{ID: "c", Tasks: []workflow.Task{{ID: "a", State: "open"}, {ID: "b", State: "open", Assignee: "anna"}}}
	before := []workflow.Task{held.Tasks[0], held.Tasks[1]}
	for _, test := range []struct {
		name string
		open []row.OpenTask
		want []workflow.Task // nil: it does not fit
		same bool
	}{
		{"nothing changed", []row.OpenTask{{ID: "b", Assignee: "anna"}, {ID: "a"}}, before, true},
		{"one is claimed", []row.OpenTask{{ID: "a", Assignee: "jan"}, {ID: "b", Assignee: "anna"}}, []workflow.Task{{ID: "a", State: "open", Assignee: "jan"}, before[1]}, false},
		{"one is released", []row.OpenTask{{ID: "a"}, {ID: "b"}}, []workflow.Task{before[0], {ID: "b", State: "open"}}, false},
		{"one is overdue", []row.OpenTask{{ID: "a", Overdue: true}, {ID: "b", Assignee: "anna"}}, []workflow.Task{{ID: "a", State: "open", Overdue: true}, before[1]}, false},
		{"one is closed", []row.OpenTask{{ID: "a"}}, before[:1], false},
		{"all are closed", nil, []workflow.Task{}, false},
		{"one is new", []row.OpenTask{{ID: "a"}, {ID: "b", Assignee: "anna"}, {ID: "c"}}, nil, false},
	} {
		got, fits := row.WithTasks(held, test.open)
		if fits != (test.want != nil) || fits && (got == held) != test.same {
			t.Errorf("%s: fits %v, the same %v", test.name, fits, got == held)
		} else if fits {
			if diff := cmp.Diff(test.want, got.Tasks); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.name, diff)
			}
		}
		if diff := cmp.Diff(before, held.Tasks); diff != "" {
			t.Fatalf("%s changed what is held (-was +is):\n%s", test.name, diff)
		}
	}
}

func TestWhatWasWrittenHasTheTasksThatAreOpenNow(t *testing.T) {
	early, late := time.Unix(1, 0).UTC(), time.Unix(2, 0).UTC()
	task := func(id, proposal, state string, opened time.Time) workflow.Task {
		return workflow.Task{ID: id, ProposalID: proposal, State: state, OpenedAt: opened}
	}
	before := []workflow.Task{task("b", "c", "open", late), task("gone", "c", "open", late)}
	write := store.CaseWrite{Proposal: workflow.Proposal{ID: "c", Record: map[string]any{"a": "b", "c": true, "d": 1.5}}}
	got, known := row.Written(write, before, []store.TaskWrite{
		{Do: store.Insert, Task: task("a", "c", "open", early)},
		{Do: store.Insert, Task: task("other", "d", "open", early)},
		{Do: store.Insert, Task: task("done", "c", "completed", early)},
		{Do: store.Close, Task: task("gone", "c", "completed", early)},
	})
	if !known || len(before) != 2 || before[0].ID != "b" || before[1].ID != "gone" {
		t.Fatalf("known %v, before is %+v", known, before)
	}
	if diff := cmp.Diff([]workflow.Task{task("a", "c", "open", early), before[0]}, got.Tasks); diff != "" {
		t.Errorf("tasks (-want +got):\n%s", diff)
	}
	for _, value := range []any{1, int64(1), []string{"a"}, nil} {
		write.Proposal.Record = map[string]any{"a": value}
		if _, known := row.Written(write, nil, nil); known {
			t.Errorf("%T is taken for what will be read", value)
		}
	}
}

func TestABrokenTaskIsNotRead(t *testing.T) {
	if _, err := row.ToTasks([]row.OpenTask{{ID: "a", Body: "{"}}); err == nil {
		t.Error("half a task was read")
	}
}
