package pagestest

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"hejnal/cmd/hejnal/engine"
	"hejnal/workflow"
)

// Inputs are inputs of an act by name.
type Inputs map[string]any

// Forms lists the forms that a case can be opened under.
func (h *House) Forms() []string {
	var ids []string
	for _, definition := range h.Engine.Forms() {
		ids = append(ids, definition.Form)
	}
	return ids
}

// partners are those with whom the forms' own rules agree.
var partners = map[string]engine.NewPartner{
	"honorary_twin_title":    {Name: "Cuzco", Country: "PE", Kind: "city"},
	"association_membership": {Name: "Eurocities", Country: "BE", Kind: "organisation"},
}

// Begin opens a case of the form with a partner of its own, by the first official; the changes are made to what it begins with.
func (h *House) Begin(form string, changes ...func(*engine.NewProposal)) string {
	h.t.Helper()
	partner, ok := partners[form]
	if !ok {
		partner = engine.NewPartner{Name: "Bordeaux", Country: "FR", Kind: "city"}
	}
	h.files++
	partner.Name += " " + strconv.Itoa(h.files)
	asked := engine.NewProposal{Form: form, Title: "Współpraca z: " + partner.Name, Partner: &partner, Fields: []string{"culture"}}
	for _, change := range changes {
		change(&asked)
	}
	result, err := h.Engine.Propose(h.t.Context(), engine.Request{By: h.By("official")}, asked)
	h.check(err)
	return result.Proposal.ID
}

// Case gives a case as it is.
func (h *House) Case(id string) workflow.Proposal {
	h.t.Helper()
	proposal, err := h.Store.Case(h.t.Context(), id)
	h.check(err)
	return proposal
}

// Action gives an act that a case offers, as a person sees it; ok is false where it is not offered.
func (h *House) Action(id, transition, login string) (action workflow.Action, ok bool) {
	h.t.Helper()
	actions, err := h.Engine.Explain(h.t.Context(), h.Case(id), h.By(login))
	h.check(err)
	i := slices.IndexFunc(actions, func(a workflow.Action) bool { return a.Transition == transition })
	if i < 0 {
		return action, false
	}
	return actions[i], true
}

// Attach adds a document of the kind to a case, past the pages.
func (h *House) Attach(id, kind, login string) workflow.Document {
	h.t.Helper()
	h.files++
	content := PDF(kind + " " + strconv.Itoa(h.files))
	hash, size, err := h.Blobs.Put(h.t.Context(), strings.NewReader(content), int64(len(content)))
	h.check(err)
	result, err := h.Engine.Attach(h.t.Context(), engine.Request{By: h.By(login)}, id, engine.File{
		Kind: kind, FileName: kind + ".pdf", MediaType: "application/pdf", Size: size, SHA256: hash, NamesCity: "yes",
	})
	h.check(err)
	return result.Document
}

// Do makes an act of a case past the pages, and before it whatever would unblock it: it waits for its first day, attaches what
// is asked for, takes somebody else where four eyes ask for it, justifies. Inputs stand in place of the first examples.
func (h *House) Do(id, transition string, inputs ...Inputs) workflow.Act {
	h.t.Helper()
	for range 5 {
		clearing, act := h.attempt(id, transition, inputs)
		if clearing == "" {
			return act
		}
		h.Do(id, clearing)
	}
	h.t.Fatalf("%s stays blocked", transition)
	return workflow.Act{}
}

func (h *House) attempt(id, transition string, inputs []Inputs) (clearing string, act workflow.Act) {
	h.t.Helper()
	login, command := h.Prepare(id, transition, inputs...)
	result, err := h.Engine.Advance(h.t.Context(), engine.Request{By: h.By(login)}, id, command)
	var refusal *workflow.Refusal
	if errors.As(err, &refusal) && refusal.Kind == workflow.Blocked {
		return h.clearing(id, refusal.Blockers[0]), act
	}
	if err != nil {
		h.t.Fatalf("%s in %s: %v %+v", transition, h.Case(id).State, err, refusal)
	}
	return "", result.Act
}

// Prepare attaches what an act asks for, waits for its first day, and gives who can make it and how.
func (h *House) Prepare(id, transition string, inputs ...Inputs) (login string, command workflow.Command) {
	h.t.Helper()
	action, ok := h.Action(id, transition, "auditor")
	if !ok {
		h.t.Fatalf("%s is not offered in %s", transition, h.Case(id).State)
	}
	h.Wait(action.EarliestOn)
	for _, asked := range action.RequiredDocuments {
		if !asked.Present {
			h.Attach(id, asked.AnyOf[0], string(slices.Concat(asked.By, action.Roles)[0]))
		}
	}
	login = string(action.Roles[0])
	action, _ = h.Action(id, transition, login)
	command = workflow.Command{Transition: transition, Inputs: map[string]json.RawMessage{}}
	for _, blocker := range action.BlockedBy {
		if blocker.Code == "four_eyes" {
			login = string(action.Roles[0]) + "-2"
		}
		if blocker.Severity == workflow.Warn {
			command.Justification = "Okoliczności sprawy uzasadniają odstępstwo."
		}
	}
	for _, given := range append([]Inputs{Examples(action)}, inputs...) {
		for name, value := range given {
			raw, err := json.Marshal(value)
			h.check(err)
			command.Inputs[name] = raw
		}
	}
	command.By = h.By(login)
	return login, command
}

// Examples are the first examples of the required inputs of an act.
func Examples(action workflow.Action) Inputs {
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

func (h *House) clearing(id string, blocker workflow.Blocker) string {
	h.t.Helper()
	for _, transition := range blocker.ClearedBy {
		if _, offered := h.Action(id, transition, "auditor"); offered {
			return transition
		}
	}
	h.t.Fatalf("nothing that is offered clears %+v", blocker)
	return ""
}
