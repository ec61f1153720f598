package workflow

import (
	"hejnal/workflow/calendar"
	"hejnal/workflow/jsonwrite"
)

// AppendJSON writes the proposal behind the text as encoding/json would, but without its tasks, which are kept elsewhere.
// Errors: a variable of its record that JSON cannot tell.
func (p *Proposal) AppendJSON(text []byte) ([]byte, error) {
	o := jsonwrite.Begin(text, true)
	o.Text("id", p.ID)
	o.Text("number", p.Number)
	o.Number("serial", int64(p.Serial))
	o.Text("form", p.Form)
	p.Definition.write(&o, "definition")
	o.Text("title", p.Title)
	o.TextOr("description", p.Description, "")
	p.Partner.Write(&o, "partner")
	optional(&o, "fields", p.Fields)
	optional(&o, "tools", p.Tools)
	o.Number("readings", int64(p.Readings))
	o.TextOr("readings_reason", p.ReadingsReason, "")
	o.Text("stage", p.Stage)
	o.Text("state", p.State)
	jsonwrite.Map(&o, "tracks", p.Tracks, (*jsonwrite.Object).Text)
	o.Number("round", int64(p.Round))
	o.Number("version", p.Version)
	o.Number("seq", p.Seq)
	o.Flag("legacy", p.Legacy)
	o.Moment("created_at", p.CreatedAt)
	o.Moment("updated_at", p.UpdatedAt)
	o.Text("last_act", p.LastAct)
	jsonwrite.Map(&o, "since", p.Since, writeDate)
	jsonwrite.Map(&o, "record", p.Record, writeVariable)
	jsonwrite.Map(&o, "last_on", p.LastOn, writeDate)
	jsonwrite.Map(&o, "last_by", p.LastBy, writeUsers)
	optional(&o, "documents", p.Documents)
	optional(&o, "deadlines", p.Deadlines)
	optional(&o, "holds", p.Holds)
	optional(&o, "links", p.Links)
	if p.Register != (Register{}) {
		o.Value("register", p.Register)
	}
	return o.End()
}

// Write adds the partner to an object.
func (p *Partner) Write(o *jsonwrite.Object, name string) {
	o.Open(name)
	o.Text("id", p.ID)
	o.Text("name", p.Name)
	o.TextOr("native_name", p.NativeName, "")
	o.Text("country", p.Country)
	o.Text("kind", p.Kind)
	o.TextOr("wikidata", p.Wikidata, "")
	o.Text("continent", p.Continent)
	o.Close()
}

func writeVariable(o *jsonwrite.Object, name string, value any) {
	if text, ok := value.(string); ok {
		o.Text(name, text)
		return
	}
	o.Value(name, value)
}

func writeDate(o *jsonwrite.Object, name string, day calendar.Date) {
	o.TextOr(name, string(day), "null")
}

func writeUsers(o *jsonwrite.Object, name string, users []string) { o.Texts(name, users) }

// optional adds a list unless it is empty.
func optional[V any](o *jsonwrite.Object, name string, list []V) {
	if len(list) > 0 {
		o.Value(name, list)
	}
}
