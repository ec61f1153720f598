package samples_test

import (
	"fmt"
	"testing"

	"hejnal/cmd/hejnal/bench/samples"
	"hejnal/cmd/hejnal/installation"
)

func TestSamplesAreOfEveryFormAndStage(t *testing.T) {
	_, forms, err := installation.LoadForms("")
	if err != nil {
		t.Fatal(err)
	}
	taken, err := samples.Take(t.Context(), t.TempDir(), forms)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	entries, bytes, docs, body := 0, 0, 0, 0
	for _, sample := range taken.Samples {
		for _, c := range sample {
			for _, e := range c.Entries { entries++; bytes += len(e.Text); if e.Public != nil { bytes += len(e.Public.Text) } }
			docs += len(c.Documents)
		}
		var last string
		for _, change := range sample {
			for _, write := range change.Cases {
				last = fmt.Sprintf("%s %s", write.Proposal.Form, write.Proposal.Stage)
			}
		}
		found[last]++
		_ = body
	}
	t.Log(len(taken.Samples), entries, bytes/entries, docs, found)
}
