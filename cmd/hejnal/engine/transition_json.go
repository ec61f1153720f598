package engine

import (
	"encoding/json"

	"hejnal/workflow"
	"hejnal/workflow/jsonwrite"
)

// transitionData is what a transition event tells: the act, without its position, which the stored text cannot know, and
// where its case stands.
type transitionData struct {
	act      *workflow.Act
	proposal *workflow.Proposal
	// Hashes stand in the place of what is personal.
	comment       string
	justification string
	inputs        map[string]json.RawMessage
}

// AppendJSON writes the data behind the text. Errors: an input that is not JSON.
func (d transitionData) AppendJSON(text []byte) ([]byte, error) {
	act, p := d.act, d.proposal
	o := jsonwrite.Begin(text, false)
	act.Write(&o)
	o.Text("form", p.Form)
	o.Text("number", p.Number)
	o.Text("title", p.Title)
	p.Partner.Write(&o, "partner")
	o.Text("stage", p.Stage)
	o.Text("state", p.State)
	o.Open("tracks")
	jsonwrite.Members(&o, p.Tracks, (*jsonwrite.Object).Text)
	o.Close()
	o.Text("comment", d.comment)
	o.Text("justification", d.justification)
	o.Open("inputs")
	jsonwrite.Members(&o, d.inputs, writeInput)
	o.Close()
	return o.End()
}

func writeInput(o *jsonwrite.Object, name string, value json.RawMessage) { o.Raw(name, value) }
