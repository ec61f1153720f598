package workflow

import (
	"fmt"
	"slices"
	"strings"
)

// NewCase is what a case begins with. Serial and Number are drawn by the caller; the partner is already known.
type NewCase struct {
	ID             string
	Serial         int
	Number         string
	Title          string
	Description    string
	Partner        Partner
	Fields         []string
	Tools          []string
	Readings       int // 0 means 1
	ReadingsReason string
}

// Bounds of a case's own texts, in characters.
const (
	MaxTitle       = 300
	MaxDescription = 10_000
)

// Begin opens a case under the definition: an act of seq 1, made by an official. Rules on its content are judged later,
// when it is proposed.
func Begin(d *Definition, written NewCase, command Command, moment Moment) (*Change, *Refusal) {
	if refusal := d.MayBegin(command.By); refusal != nil {
		return nil, refusal
	}
	opening, refusal := d.call(callOpen, command.By)
	if refusal != nil {
		return nil, refusal
	}
	if wrong := d.caseErrors(written); len(wrong) > 0 {
		return nil, invalid(wrong)
	}
	return d.begin(opening, written, command, moment, d.Start)
}

// Import enters a case that was concluded before the program, past the guards, in the state named: a goal, an end, or the
// first state. Its dates may be unknown.
func Import(d *Definition, written NewCase, state string, command Command, moment Moment) (*Change, *Refusal) {
	importing, refusal := d.call(callImport, command.By)
	if refusal != nil {
		return nil, refusal
	}
	target, ok := d.State(Route, state)
	if !ok || target.Kind == Open && state != d.Start {
		return nil, invalid([]FieldError{{Pointer: "/state", Message: Text{
			PL: "Wpis historyczny można umieścić tylko w stanie docelowym albo końcowym.", EN: "A legacy entry can be placed only in a goal or an end.",
		}}})
	}
	if wrong := d.caseErrors(written); len(wrong) > 0 {
		return nil, invalid(wrong)
	}
	return d.begin(importing, written, command, moment, state)
}

// call gives the transition that is made by a call of its own, once the person may make it.
func (d *Definition) call(name string, by Person) (*Transition, *Refusal) {
	for _, t := range d.Transitions {
		if t.Call != name {
			continue
		}
		if !by.Has(t.Roles...) {
			return nil, forbidden(t, t.Roles)
		}
		return t, nil
	}
	return nil, &Refusal{Kind: NotHere, Message: Text{PL: "Ta forma tego nie przewiduje.", EN: "This form does not provide for it."}}
}

func (d *Definition) begin(t *Transition, written NewCase, command Command, moment Moment, state string) (*Change, *Refusal) {
	p := Proposal{
		ID: written.ID, Number: written.Number, Serial: written.Serial, Form: d.Form, Definition: d.Ref,
		Title: strings.TrimSpace(written.Title), Description: strings.TrimSpace(written.Description), Partner: written.Partner,
		Fields: written.Fields, Tools: written.Tools, Readings: max(written.Readings, 1), ReadingsReason: written.ReadingsReason,
		State: state, Round: 1, Legacy: t.Call == callImport, CreatedAt: moment.Now,
	}
	p = p.clone()
	command.Transition = t.ID
	for _, track := range d.Tracks {
		p.Tracks[track.ID] = track.Start
	}
	// The case stands where it begins, so the act leads from nowhere; the draft then only moves it to its own state.
	c := &Case{Definition: d, Proposal: p, Moment: moment}
	v := c.view()
	v.transition = t
	v.role, _ = command.By.roleAmong(t.Roles)
	v.date = command.OccurredOn
	if v.date == "" && !p.Legacy {
		v.date = moment.Today
	}
	raw, seen, wrong := t.schema.read(command.Inputs)
	wrong = append(wrong, textErrors(command)...)
	if v.date > moment.Today {
		wrong = append(wrong, c.dateErrors(t, v)...)
	}
	if len(wrong) > 0 {
		return nil, invalid(wrong)
	}
	v.inputs = seen
	draft := &draft{c: c, t: t, v: v, command: command, kept: map[string]keptInput{}, from: "", to: state, way: t.ways[0]}
	for _, input := range t.Inputs {
		if value, ok := raw[input.Name]; ok {
			draft.kept[input.Name] = keptInput{raw: value, source: input}
		}
	}
	draft.way.to = "="
	change, refusal := draft.change()
	if refusal == nil {
		change.Before = Proposal{}
	}
	return change, refusal
}

// open opens the linked case that an act brings about, in the same commit.
func (d *draft) open(o *opening, parent *Change) (*Change, *Refusal) {
	form := o.form.textOf(d.v)
	target, ok := d.c.InForce(form)
	if !ok {
		return nil, invalid([]FieldError{{Pointer: "/inputs", Message: Text{
			PL: fmt.Sprintf("Forma „%s” nie jest dostępna.", form), EN: fmt.Sprintf("The form %q is not in force.", form),
		}}})
	}
	call, refusal := target.call(callOpen, Person{Roles: Roles()})
	if refusal != nil {
		return nil, refusal
	}
	from := d.c.Proposal
	written := NewCase{
		ID: d.c.Moment.NewID(), Title: o.title.textOf(d.v), Description: from.Description, Partner: from.Partner, Fields: from.Fields, Tools: from.Tools,
	}
	if wrong := target.caseErrors(written); len(wrong) > 0 {
		return nil, invalid(o.amongInputs(wrong))
	}
	command := Command{Transition: call.ID, OccurredOn: d.v.date, By: d.command.By}
	opened, refusal := target.begin(call, written, command, d.c.Moment, target.Start)
	if refusal != nil {
		return nil, refusal
	}
	opened.Act.Actor.Role = d.v.role
	opened.After.Links = append(opened.After.Links, Link{Rel: o.Back, ProposalID: from.ID})
	if o.Documents {
		for _, document := range from.Documents {
			document.ID, document.Used = d.c.Moment.NewID(), false
			opened.After.Documents = append(opened.After.Documents, document)
		}
	}
	parent.After.Links = append(slices.Clone(parent.After.Links), Link{Rel: o.Rel, ProposalID: written.ID})
	return opened, nil
}

// amongInputs places what is wrong with a case that an act would open: its title at the input that it is made of, what was taken
// over at all of them.
func (o *opening) amongInputs(wrong []FieldError) []FieldError {
	title := "/inputs"
	if o.title != nil {
		for _, name := range o.title.reads {
			if input, ok := strings.CutPrefix(name, "inputs."); ok {
				title = "/inputs/" + escapePointer(input)
			}
		}
	}
	for i := range wrong {
		if wrong[i].Pointer == "/title" {
			wrong[i].Pointer = title
			continue
		}
		wrong[i].Pointer = "/inputs"
	}
	return wrong
}

func invalid(wrong []FieldError) *Refusal {
	return &Refusal{Kind: Invalid, Errors: wrong, Message: Text{
		PL: "Popraw dane: " + wrong[0].Message.PL, EN: "Correct the data: " + wrong[0].Message.EN,
	}}
}

// MayBegin refuses a person who cannot open a case under the definition, and everybody where entries are only imported;
// nil lets pass.
func (d *Definition) MayBegin(by Person) *Refusal {
	_, refusal := d.call(callOpen, by)
	if refusal == nil && d.Source.OnlyImported {
		return &Refusal{Kind: NotHere, Message: Text{
			PL: "Takie wpisy tylko się importuje; sprawy tej formy nie można otworzyć.", EN: "Such entries are only imported; no case of this form can be opened.",
		}}
	}
	return refusal
}
