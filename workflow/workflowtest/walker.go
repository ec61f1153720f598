package workflowtest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// Inputs are inputs of a command by name, as Go values; nil leaves out what the examples would give.
type Inputs map[string]any

// Walker is a case and who handles it. What it knows of the procedure is what Explain answers.
type Walker struct {
	Office     *Office
	Definition *workflow.Definition
	Proposal   workflow.Proposal
	Acts       []workflow.Act
	Opened     []*Walker // linked cases that acts of this one opened
}

// Open opens a case of the form; the changes are made to what it begins with.
func (o *Office) Open(form string, changes ...func(*workflow.NewCase)) (*Walker, error) {
	definition, ok := o.InForce(form)
	if !ok {
		return nil, fmt.Errorf("open case: no form %q", form)
	}
	o.cases++
	written := workflow.NewCase{
		ID: o.NewID(), Serial: o.cases, Number: fmt.Sprintf("%d/%s", o.cases, o.today[:4]), Title: "Współpraca " + fmt.Sprint(o.cases),
		Partner: PartnerFor(form), Fields: []string{"culture"},
	}
	for _, change := range changes {
		change(&written)
	}
	begun, refusal := workflow.Begin(definition, written, workflow.Command{By: Person(workflow.Official)}, o.Moment())
	if refusal != nil {
		return nil, fmt.Errorf("open case: %w", refusal)
	}
	w := &Walker{Office: o, Definition: definition}
	w.Accept(begun)
	return w, nil
}

// Case is the case with all that is needed to decide on it.
func (w *Walker) Case() workflow.Case {
	acts := map[string]workflow.Act{}
	for _, act := range w.Acts {
		acts[act.ID] = act
	}
	return workflow.Case{
		Definition: w.Definition, Proposal: w.Proposal, Facts: w.Office.Facts(), Acts: acts, InForce: w.Office.InForce,
		Moment: w.Office.Moment(),
	}
}

// Explain lists what the case offers to the first person of the role.
func (w *Walker) Explain(role workflow.Role) []workflow.Action {
	return workflow.Explain(w.Case(), Person(role))
}

// Action finds a transition among those that the case offers, as the person sees it.
func (w *Walker) Action(transition string, person workflow.Person) (workflow.Action, bool) {
	for _, action := range workflow.Explain(w.Case(), person) {
		if action.Transition == transition {
			return action, true
		}
	}
	return workflow.Action{}, false
}

// Offered lists the transitions that the case offers, in their order.
func (w *Walker) Offered() []string {
	var offered []string
	for _, action := range w.Explain(workflow.Auditor) {
		offered = append(offered, action.Transition)
	}
	return offered
}

// Attach adds a document of the kind, attached by the first person of the role.
func (w *Walker) Attach(kind string, by workflow.Role) workflow.Document {
	version := 1
	for _, document := range w.Proposal.Documents {
		if document.Kind == kind {
			version++
		}
	}
	name := fmt.Sprintf("%s-%d.pdf", kind, version)
	sum := sha256.Sum256([]byte(w.Proposal.ID + name))
	document := workflow.Document{
		ID: w.Office.NewID(), Kind: kind, Title: name, FileName: name, MediaType: "application/pdf", Size: int64(len(name)),
		SHA256: hex.EncodeToString(sum[:]), Version: version, By: Person(by).ID, Roles: []workflow.Role{by},
		AttachedAt: w.Office.Moment().Now, NamesCity: "yes",
	}
	w.Proposal.Documents = append(slices.Clone(w.Proposal.Documents), document)
	w.Proposal.Version++
	return document
}

// errNotOffered is what a walker says of a transition that the case does not offer.
var errNotOffered = errors.New("not offered")

// Command prepares a command as a stranger would who has only read the answer of Explain: a person of the first role that
// may and whom four eyes do not stop, the first examples of the required inputs, every required document attached, a justification for warnings, and
// the first day on which it may happen, for which the office waits.
func (w *Walker) Command(transition string, inputs ...Inputs) (workflow.Command, error) {
	action, ok := w.Action(transition, Person(workflow.Auditor))
	if !ok {
		return workflow.Command{}, fmt.Errorf("%s in the state %s: %w", transition, w.Proposal.State, errNotOffered)
	}
	w.Office.Wait(action.EarliestOn)
	for _, asked := range action.RequiredDocuments {
		if !asked.Present {
			by := slices.Concat(asked.By, action.Roles)[0]
			w.Attach(asked.AnyOf[0], by)
		}
	}
	person := Person(action.Roles[0])
	action, _ = w.Action(transition, person)
	if slices.ContainsFunc(action.BlockedBy, func(b workflow.Blocker) bool { return b.Code == "four_eyes" }) {
		person = Colleague(action.Roles[0], 2)
	}
	command := workflow.Command{Transition: transition, By: person, Inputs: map[string]json.RawMessage{}}
	if slices.ContainsFunc(action.BlockedBy, func(b workflow.Blocker) bool { return b.Severity == workflow.Warn }) {
		command.Justification = "Okoliczności sprawy uzasadniają odstępstwo."
	}
	for name, example := range FirstExamples(action) {
		if err := Give(&command, name, example); err != nil {
			return workflow.Command{}, err
		}
	}
	for _, given := range inputs {
		for name, value := range given {
			if err := Give(&command, name, value); err != nil {
				return workflow.Command{}, err
			}
		}
	}
	return command, nil
}

// FirstExamples gives the first example of each required input of an action.
func FirstExamples(action workflow.Action) Inputs {
	examples := Inputs{}
	properties, _ := action.Inputs["properties"].(map[string]any)
	required, _ := action.Inputs["required"].([]string)
	for _, name := range required {
		property, _ := properties[name].(map[string]any)
		if shown, ok := property["examples"].([]any); ok && len(shown) > 0 {
			examples[name] = shown[0]
		}
	}
	return examples
}

// Give sets an input of a command; nil takes it away.
func Give(command *workflow.Command, name string, value any) error {
	if value == nil {
		delete(command.Inputs, name)
		return nil
	}
	raw, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("write input %s: %w", name, err)
	}
	command.Inputs[name] = raw
	return nil
}

// Decide judges a command on the case and changes nothing.
func (w *Walker) Decide(command workflow.Command) (*workflow.Change, *workflow.Refusal) {
	return workflow.Decide(w.Case(), command)
}

// Accept makes a change the case's present.
func (w *Walker) Accept(change *workflow.Change) {
	w.Proposal = change.After
	act := change.Act
	if change.Public != nil {
		act.PublicID = "public-" + act.ID
	}
	w.Acts = append(w.Acts, act)
	w.Office.note(change)
	for _, opened := range change.Opened {
		definition, _ := w.Office.InForce(opened.After.Form)
		child := &Walker{Office: w.Office, Definition: definition}
		child.Accept(opened)
		w.Opened = append(w.Opened, child)
	}
}

// Do prepares a command, decides it and accepts the change; a refusal is the error.
func (w *Walker) Do(transition string, inputs ...Inputs) (*workflow.Change, error) {
	command, err := w.Command(transition, inputs...)
	if err != nil {
		return nil, fmt.Errorf("prepare command: %w", err)
	}
	change, refusal := w.Decide(command)
	if refusal != nil {
		return nil, fmt.Errorf("decide %s in the state %s: %w", transition, w.Proposal.State, refusal)
	}
	w.Accept(change)
	return change, nil
}

// Walk makes transitions one after another, and stops at the first that is refused.
func (w *Walker) Walk(transitions ...string) error {
	for _, transition := range transitions {
		if _, err := w.Do(transition); err != nil {
			return err
		}
	}
	return nil
}

// Clone is the same case in an office of its own; what happens to one does not happen to the other.
func (w *Walker) Clone() *Walker {
	office := *w.Office
	office.facts = w.Office.Facts()
	office.forms, office.definitions = slices.Clone(w.Office.forms), maps.Clone(w.Office.definitions)
	other := *w
	other.Office = &office
	other.Acts = slices.Clone(w.Acts)
	other.Opened = nil
	return &other
}

// Today is the office's day.
func (w *Walker) Today() calendar.Date { return w.Office.today }
