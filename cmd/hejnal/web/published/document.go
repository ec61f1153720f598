package published

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"hejnal/store"
	"hejnal/workflow"
)

// stood is where a case stood from a moment on, and what the act that led there was decided on.
type stood struct {
	Data struct {
		Stage      string                 `json:"stage"`
		RecordedAt time.Time              `json:"recorded_at"`
		Documents  []workflow.DocumentRef `json:"documents"`
	} `json:"data"`
}

// documentsOf are the documents that anybody may read: of a kind that is public, and either decided on by a public act or
// attached while the case stood in a stage that a public act had led to. A draft that was not laid before anybody is not among
// them.
func documentsOf(p workflow.Proposal, inForce *workflow.Definition, records []store.Record) ([]workflow.Document, error) {
	kinds := map[string]bool{}
	for _, kind := range inForce.Source.City.Documents {
		kinds[kind.ID] = kind.Public
	}
	acts := make([]stood, len(records))
	used := map[string]bool{}
	for i, record := range records {
		if err := json.Unmarshal(record.Text, &acts[i]); err != nil {
			return nil, fmt.Errorf("read event %s: %w", record.ID, err)
		}
		for _, document := range acts[i].Data.Documents {
			used[document.ID] = used[document.ID] || record.Public != nil
		}
	}
	var shown []workflow.Document
	for _, document := range p.Documents {
		if kinds[document.Kind] && (used[document.ID] || openly(document.AttachedAt, acts, records)) {
			shown = append(shown, document)
		}
	}
	return shown, nil
}

// openly reports whether the case stood, at the moment, in a stage that a public act had led to.
func openly(at time.Time, acts []stood, records []store.Record) bool {
	var open []string
	stage := ""
	for i, act := range acts {
		if act.Data.RecordedAt.After(at) {
			break
		}
		stage = act.Data.Stage
		if records[i].Public != nil {
			open = append(open, stage)
		}
	}
	return slices.Contains(open, stage)
}

// Document finds one of the documents by its id.
func (c Case) Document(id string) (workflow.Document, bool) {
	i := slices.IndexFunc(c.Documents, func(d workflow.Document) bool { return d.ID == id })
	if i < 0 {
		return workflow.Document{}, false
	}
	return c.Documents[i], true
}
