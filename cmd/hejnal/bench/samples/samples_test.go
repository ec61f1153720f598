package samples_test

import (
	"testing"

	"hejnal/cmd/hejnal/bench/samples"
	"hejnal/cmd/hejnal/installation"
	"hejnal/store"
	"hejnal/workflow"
)

func TestSamplesAreOfEveryFormAndStage(t *testing.T) {
	forms, err := installation.LoadForms("")
	if err != nil {
		t.Fatal(err)
	}
	taken, err := samples.Take(t.Context(), t.TempDir(), forms)
	if err != nil {
		t.Fatal(err)
	}
	of, in, written := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, sample := range taken.Samples {
		for _, change := range sample {
			look(written, change)
			for _, write := range change.Cases {
				of[write.Proposal.Form], in[write.Proposal.Stage] = true, true
			}
			if change.At.Hour() != 10 || change.At.Minute() != 0 || change.At.Nanosecond() != 0 {
				t.Errorf("a change happens at %v", change.At)
			}
		}
	}
	if len(of) != 8 || len(in) != 7 {
		t.Errorf("of %d forms in %d stages: %v, %v", len(of), len(in), of, in)
	}
	for _, what := range []string{"insert", "close", "assign", "mark_overdue", "document", "comment", "hold", "release", "public", "personal"} {
		if !written[what] {
			t.Errorf("no sample has a %s", what)
		}
	}
	for _, role := range []workflow.Role{workflow.Official, workflow.Lawyer, workflow.President, workflow.Secretariat} {
		if taken.People[role] == "" {
			t.Errorf("there is no %s", role)
		}
	}
}

// look notes what a change writes.
func look(written map[string]bool, change store.Change) {
	for _, write := range change.Tasks {
		written[string(write.Do)] = true
	}
	for _, hold := range change.Holds {
		written["hold"], written["release"] = written["hold"] || !hold.Release, written["release"] || hold.Release
	}
	for _, entry := range change.Entries {
		written["public"] = written["public"] || entry.Public != nil
		written["personal"] = written["personal"] || len(entry.Personal) > 0
	}
	written["document"] = written["document"] || len(change.Documents) > 0
	written["comment"] = written["comment"] || len(change.Comments) > 0
}

func TestASampleIsOfOneCase(t *testing.T) {
	forms, err := installation.LoadForms("")
	if err != nil {
		t.Fatal(err)
	}
	taken, err := samples.Take(t.Context(), t.TempDir(), forms)
	if err != nil {
		t.Fatal(err)
	}
	for n, sample := range taken.Samples {
		of := map[string]bool{}
		for _, change := range sample {
			for _, write := range change.Cases {
				of[write.Proposal.ID] = true
				if len(write.Proposal.Links) > 0 {
					t.Errorf("sample %d is linked to a case that is not in it", n)
				}
			}
			for _, write := range change.Tasks {
				of[write.Task.ProposalID] = true
			}
			for _, entry := range change.Entries {
				of[entry.ProposalID] = true
			}
		}
		if len(of) != 1 {
			t.Errorf("sample %d is of %d cases", n, len(of))
		}
	}
}
