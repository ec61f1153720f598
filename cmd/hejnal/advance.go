package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"hejnal/cmd/hejnal/client"
)

type advanceCommand struct {
	caller
	once
	ID            string   `arg:"" name:"id" help:"Id or number of the case."`
	Transition    string   `arg:"" help:"What to do; hejnal show tells what is possible."`
	Input         []string `sep:"none" placeholder:"NAME=VALUE" help:"An input of the transition; may be repeated. A list is given by repeating its name."`
	InputsFile    string   `placeholder:"FILE" help:"JSON object of inputs; - is standard input. --input stands over it."`
	On            string   `placeholder:"DATE" help:"Day on which it happened, YYYY-MM-DD; today when left out."`
	Comment       string   `placeholder:"TEXT" help:"A remark for the history."`
	Justification string   `placeholder:"TEXT" help:"Why it is right in spite of a warning."`
	Document      []string `sep:"none" placeholder:"KIND=FILE" help:"Attach a file first; may be repeated."`
	DryRun        bool     `help:"Say what would happen, and change nothing."`
	IfMatch       int64    `placeholder:"VERSION" help:"Only if the case is still at this version."`
}

// Run makes the transition.
func (c advanceCommand) Run(ctx context.Context, io streams) error {
	files, err := attachments(c.Document)
	if err != nil {
		return err
	}
	if c.DryRun && len(files) > 0 {
		return &useError{reason: "--dry-run changes nothing, so it cannot attach a --document"}
	}
	api, err := c.client()
	if err != nil {
		return err
	}
	id, err := api.Find(ctx, c.ID)
	if err != nil {
		return err
	}
	command := client.Command{
		Transition: c.Transition, OccurredOn: c.On, Comment: c.Comment, Justification: c.Justification, DryRun: c.DryRun,
	}
	if command.Inputs, err = c.inputs(ctx, api, id, io.in); err != nil {
		return err
	}
	on := client.Condition{Key: c.key(), Version: c.IfMatch}
	if on.Version, err = c.attach(ctx, api, id, files, on); err != nil {
		return err
	}
	made, err := api.Advance(ctx, id, command, on)
	if err != nil && len(files) > 0 {
		return fmt.Errorf("%w\n  the documents are attached all the same: leave --document out when you try again", err)
	}
	if err != nil {
		return err
	}
	return c.tell(io.out, made)
}

// inputs reads the inputs; what the case says of their types is only asked for where they are written as text.
func (c advanceCommand) inputs(ctx context.Context, api *client.Client, id string, stdin io.Reader) (map[string]json.RawMessage, error) {
	var schema map[string]any
	if len(c.Input) > 0 {
		proposal, err := api.Proposal(ctx, id)
		if err != nil {
			return nil, err
		}
		schema = schemaOf(proposal.Actions, c.Transition)
	}
	return inputsOf(c.Input, c.InputsFile, stdin, schema)
}

// attach attaches the files, and gives the version that the transition is tied to: each file raises it.
func (c advanceCommand) attach(ctx context.Context, api *client.Client, id string, files []client.Attachment, on client.Condition) (int64, error) {
	for i, file := range files {
		attached, err := api.Attach(ctx, id, file, client.Condition{Key: fmt.Sprintf("%s-document-%d", on.Key, i+1), Version: on.Version})
		if err != nil {
			return 0, fmt.Errorf("attach %s: %w", file.FileName, err)
		}
		if on.Version != 0 {
			on.Version = attached.ProposalVersion
		}
	}
	return on.Version, nil
}

func (c advanceCommand) tell(out io.Writer, made client.Made) error {
	if c.JSON {
		return writeJSON(out, made.Raw)
	}
	if made.Would != nil {
		_, err := fmt.Fprintf(out, "%s would be made: %s → %s (%s)\n", made.Transition, made.From, made.To, made.Event)
		return err
	}
	fmt.Fprintf(out, "%s: %s → %s (%s)  position: %d  version: %d\n", made.Transition, made.From, made.To, made.Event, made.Pos, made.ProposalVersion)
	for _, link := range made.Opened {
		fmt.Fprintf(out, "%s: %s\n", link.Rel, link.ProposalID)
	}
	return nil
}

// attachments reads the files that are written as kind=file.
func attachments(written []string) ([]client.Attachment, error) {
	var files []client.Attachment
	for _, text := range written {
		kind, path, found := strings.Cut(text, "=")
		if !found || kind == "" || path == "" {
			return nil, &useError{reason: fmt.Sprintf("--document %q is no kind=file", text)}
		}
		bytes, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read document: %w", err)
		}
		name := filepath.Base(path)
		files = append(files, client.Attachment{Kind: kind, Title: strings.TrimSuffix(name, filepath.Ext(name)), FileName: name, Bytes: bytes})
	}
	return files, nil
}
