package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"

	"hejnal/workflow"
)

// Command is a transition that is asked for.
type Command struct {
	Transition    string                     `json:"transition"`
	Inputs        map[string]json.RawMessage `json:"inputs,omitempty"`
	OccurredOn    string                     `json:"occurred_on,omitempty"`
	Comment       string                     `json:"comment,omitempty"`
	Justification string                     `json:"justification,omitempty"`
	DryRun        bool                       `json:"dry_run,omitempty"`
}

// Made is a transition that was made, or would be (Would).
type Made struct {
	workflow.Act
	ProposalVersion int64           `json:"proposal_version"`
	Opened          []workflow.Link `json:"opened"`
	Would           *struct{}       `json:"would"`

	// Raw is the answer as it came.
	Raw json.RawMessage `json:"-"`
}

// Condition is what a write is tied to: the same Key is carried out once, and Version, where it is not 0, must still be
// the case's.
type Condition struct {
	Key     string
	Version int64
}

func (c Condition) match() string {
	if c.Version == 0 {
		return ""
	}
	return strconv.Quote(strconv.FormatInt(c.Version, 10))
}

// Advance makes a transition of a case.
func (c *Client) Advance(ctx context.Context, id string, command Command, on Condition) (Made, error) {
	body, err := json.Marshal(command)
	if err != nil {
		return Made{}, fmt.Errorf("write transition: %w", err)
	}
	got, err := c.do(ctx, call{method: http.MethodPost, path: "proposals/" + id + "/transitions", body: body, key: on.Key, match: on.match()})
	if err != nil {
		return Made{}, err
	}
	made := Made{Raw: got.body}
	err = read(got, &made)
	return made, err
}

// Attachment is a file to be attached: its kind, its title ("" for none) and its bytes.
type Attachment struct {
	Kind, Title, FileName string
	Bytes                 []byte
}

// Attached is a document that was attached.
type Attached struct {
	ProposalVersion int64 `json:"proposal_version"`
}

// boundary parts an upload. It is the same every time, so that an upload that is repeated has the same bytes; it is long
// enough to stand in no file by chance.
const boundary = "hejnal-5a2d9f6b1c8e4037b6d0c3a19e57f842-upload"

// Attach attaches a document to a case.
func (c *Client) Attach(ctx context.Context, id string, file Attachment, on Condition) (Attached, error) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	err := form.SetBoundary(boundary)
	fields := [][2]string{{"kind", file.Kind}, {"title", file.Title}}
	for _, field := range fields {
		if err == nil && field[1] != "" {
			err = form.WriteField(field[0], field[1])
		}
	}
	var part io.Writer
	if err == nil {
		part, err = form.CreateFormFile("file", file.FileName)
	}
	if err == nil {
		_, err = part.Write(file.Bytes)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		return Attached{}, fmt.Errorf("write upload: %w", err)
	}
	got, err := c.do(ctx, call{
		method: http.MethodPost, path: "proposals/" + id + "/documents", body: body.Bytes(), media: form.FormDataContentType(), key: on.Key, match: on.match(),
	})
	if err != nil {
		return Attached{}, err
	}
	var attached Attached
	err = read(got, &attached)
	return attached, err
}
