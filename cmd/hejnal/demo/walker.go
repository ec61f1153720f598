package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"hejnal/cmd/hejnal/engine"
	"hejnal/store"
	"hejnal/workflow"
)

// Files keeps the bytes of documents.
type Files interface {
	PutText(ctx context.Context, text string) (sha256 string, size int64, err error)
}

// Walker moves cases as the people of the installation would.
type Walker struct {
	Engine *engine.Engine
	Files  Files
	People []store.Person
}

// Walk opens a proposal and takes every step. It returns the id of the case.
func (w *Walker) Walk(ctx context.Context, walk Walk) (string, error) {
	official, err := w.inRole(workflow.Official)
	if err != nil {
		return "", err
	}
	opened, err := w.Engine.Propose(ctx, engine.Request{By: official}, engine.NewProposal{
		Form: walk.Form, Title: walk.Title, Description: walk.Description, Partner: &walk.Partner, Fields: walk.Fields,
		Tools: walk.Tools, Readings: walk.Readings, ReadingsReason: walk.ReadingsReason,
	})
	if err != nil {
		return "", fmt.Errorf("open %s: %w", walk.Form, err)
	}
	id := opened.Proposal.ID
	for _, step := range walk.Steps {
		if err := w.Take(ctx, id, step); err != nil {
			return id, fmt.Errorf("walk %s, step %s: %w", walk.Form, step.Make, err)
		}
	}
	return id, nil
}

// Take takes one step of a case.
func (w *Walker) Take(ctx context.Context, id string, step Step) error {
	action, err := w.action(ctx, id, step.Make)
	if err != nil {
		return err
	}
	for _, asked := range action.RequiredDocuments {
		if !asked.Present {
			if err := w.attach(ctx, id, asked); err != nil {
				return err
			}
		}
	}
	by, err := w.inRole(action.Roles...)
	if err != nil {
		return err
	}
	inputs, err := inputsOf(action, step)
	if err != nil {
		return err
	}
	_, err = w.Engine.Advance(ctx, engine.Request{By: by}, id, workflow.Command{
		Transition: step.Make, Inputs: inputs, Justification: step.Justification,
	})
	return err
}

// action finds what the case says of a transition that it offers.
func (w *Walker) action(ctx context.Context, id, transition string) (workflow.Action, error) {
	c, err := w.Engine.Load(ctx, id, workflow.Command{})
	if err != nil {
		return workflow.Action{}, err
	}
	actions := workflow.Explain(c, workflow.Person{Roles: workflow.Roles()})
	i := slices.IndexFunc(actions, func(a workflow.Action) bool { return a.Transition == transition })
	if i < 0 {
		return workflow.Action{}, fmt.Errorf("the state %s does not offer it", c.Proposal.State)
	}
	return actions[i], nil
}

// inputsOf takes the first examples of the required inputs, and the step's own inputs before them.
func inputsOf(action workflow.Action, step Step) (map[string]json.RawMessage, error) {
	raw, err := json.Marshal(action.Inputs)
	if err != nil {
		return nil, fmt.Errorf("read inputs: %w", err)
	}
	var schema struct {
		Required   []string
		Properties map[string]struct{ Examples []json.RawMessage }
	}
	if err := json.Unmarshal(raw, &schema); err != nil {
		return nil, fmt.Errorf("read inputs: %w", err)
	}
	inputs := map[string]json.RawMessage{}
	for _, name := range schema.Required {
		if examples := schema.Properties[name].Examples; len(examples) > 0 {
			inputs[name] = examples[0]
		}
	}
	for name, value := range step.Inputs {
		if inputs[name], err = json.Marshal(value); err != nil {
			return nil, fmt.Errorf("write input %s: %w", name, err)
		}
	}
	return inputs, nil
}

func (w *Walker) attach(ctx context.Context, id string, asked workflow.AskedDocument) error {
	roles := asked.By
	if len(roles) == 0 {
		roles = []workflow.Role{workflow.Official}
	}
	by, err := w.inRole(roles...)
	if err != nil {
		return err
	}
	kind := asked.AnyOf[0]
	text := "Dokument przykładowy: " + kind + "\nSprawa: " + id + "\nStrona: Stołeczne Królewskie Miasto Kraków\n"
	sum, size, err := w.Files.PutText(ctx, text)
	if err != nil {
		return fmt.Errorf("keep %s: %w", kind, err)
	}
	_, err = w.Engine.Attach(ctx, engine.Request{By: by}, id, engine.File{
		Kind: kind, Title: strings.ReplaceAll(kind, "_", " "), Language: "pl", FileName: kind + ".txt", MediaType: "text/plain; charset=utf-8",
		Size: size, SHA256: sum, NamesCity: "yes",
	})
	return err
}

// inRole finds a person with one of the roles, the first of them before the others.
func (w *Walker) inRole(roles ...workflow.Role) (workflow.Person, error) {
	for _, role := range roles {
		for _, person := range w.People {
			if slices.Contains(person.Roles, role) {
				return workflow.Person{ID: person.ID, Roles: person.Roles}, nil
			}
		}
	}
	return workflow.Person{}, fmt.Errorf("nobody has one of the roles %v", roles)
}
