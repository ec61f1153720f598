package engine

import (
	"encoding/json"

	"hejnal/workflow"
)

// WriteTransition writes what a transition event tells.
func WriteTransition(act *workflow.Act, p *workflow.Proposal, comment, justification string, inputs map[string]json.RawMessage) ([]byte, error) {
	return transitionData{act: act, proposal: p, comment: comment, justification: justification, inputs: inputs}.AppendJSON(nil)
}
