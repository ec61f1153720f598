package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"hejnal/cmd/hejnal/client"
	"hejnal/workflow"
)

type showCommand struct {
	caller
	ID string `arg:"" name:"id" help:"Id or number of the case."`
}

// Run shows the case and what is possible.
func (c showCommand) Run(ctx context.Context, io streams) error {
	api, err := c.client()
	if err != nil {
		return err
	}
	id, err := api.Find(ctx, c.ID)
	if err != nil {
		return err
	}
	proposal, err := api.Proposal(ctx, id)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(io.out, proposal.Raw)
	}
	fmt.Fprintf(io.out, "%s  %s\n%s\n\n", proposal.Number, proposal.ID, plain(proposal.Title))
	if err := table(io.out, c.facts(proposal)); err != nil {
		return err
	}
	fmt.Fprintln(io.out)
	for _, action := range proposal.Actions {
		c.possible(io.out, action)
	}
	return nil
}

// facts are where the case stands, and what is due.
func (c showCommand) facts(p client.Proposal) [][]string {
	rows := [][]string{
		{"form", p.Form},
		{"partner", plain(p.Partner.Name) + ", " + p.Partner.Country},
		{"stage", p.Stage},
		{"state", p.State + ", " + p.StateTitle.In(c.Lang)},
		{"version", fmt.Sprint(p.Version)},
	}
	for _, track := range slices.Sorted(maps.Keys(p.Tracks)) {
		rows = append(rows, []string{track, p.Tracks[track]})
	}
	for _, deadline := range p.Deadlines {
		state := deadline.State
		if deadline.Overdue {
			state = "overdue"
		}
		rows = append(rows, []string{"deadline", fmt.Sprintf("%s, %s, %s", deadline.DueOn, state, deadline.Title.In(c.Lang))})
	}
	for _, task := range p.Tasks {
		due := ""
		if task.DueOn != "" {
			due = ", due on " + string(task.DueOn)
		}
		rows = append(rows, []string{"task", fmt.Sprintf("%s, %s%s", task.Role, task.Title.In(c.Lang), due)})
	}
	for _, link := range p.Links {
		rows = append(rows, []string{link.Rel, link.ProposalID})
	}
	return rows
}

// possible tells of an action: whether the caller may make it now, what it takes, and what stands against it.
func (c showCommand) possible(out io.Writer, action workflow.Action) {
	mark := "-"
	if action.Allowed {
		mark = "+"
	}
	fmt.Fprintf(out, "%s %s (%s): %s\n", mark, action.Transition, list(action.Roles), action.Title.In(c.Lang))
	properties, _ := action.Inputs["properties"].(map[string]any)
	required, _ := action.Inputs["required"].([]any)
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		need := "optional"
		if slices.Contains(required, any(name)) {
			need = "required"
		}
		property, _ := properties[name].(map[string]any)
		fmt.Fprintf(out, "    input %s, %s%s\n", name, need, example(property))
	}
	for _, document := range action.RequiredDocuments {
		present := "missing"
		if document.Present {
			present = "present"
		}
		fmt.Fprintf(out, "    document %s, %s\n", strings.Join(document.AnyOf, " or "), present)
	}
	for _, blocker := range action.BlockedBy {
		how := "blocked"
		if blocker.Severity == workflow.Warn {
			how = "needs a justification"
		}
		fmt.Fprintf(out, "    %s: %s\n", how, client.Reason(blocker, c.Lang))
	}
}

func example(property map[string]any) string {
	examples, _ := property["examples"].([]any)
	if len(examples) == 0 {
		return ""
	}
	return fmt.Sprintf(", such as %v", examples[0])
}
