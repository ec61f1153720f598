package engine

import (
	"encoding/json"
	"fmt"
	"strings"

	"hejnal/store"
	"hejnal/workflow"
)

// ReadAct reads an act back from its journal entry, with the personal values that the entry's hashes stand for. A value
// that was erased stays a hash.
func ReadAct(record store.Record) (workflow.Act, error) {
	var event struct {
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(record.Text, &event); err != nil {
		return workflow.Act{}, fmt.Errorf("read event %s: %w", record.ID, err)
	}
	var act workflow.Act
	if err := json.Unmarshal(event.Data, &act); err != nil {
		return workflow.Act{}, fmt.Errorf("read act %s: %w", record.ID, err)
	}
	act.Pos = record.Pos
	if record.Public != nil {
		act.PublicID = record.Public.ID
	}
	for _, personal := range record.Personal {
		if err := restore(&act, personal); err != nil {
			return workflow.Act{}, fmt.Errorf("read personal value of act %s: %w", record.ID, err)
		}
	}
	return act, nil
}

func restore(act *workflow.Act, personal store.Personal) error {
	switch personal.Pointer {
	case "/comment":
		return json.Unmarshal(personal.Value, &act.Comment)
	case "/justification":
		return json.Unmarshal(personal.Value, &act.Justification)
	}
	if name, ok := strings.CutPrefix(personal.Pointer, "/inputs/"); ok {
		act.Inputs[strings.NewReplacer("~1", "/", "~0", "~").Replace(name)] = personal.Value
	}
	return nil
}
