package client

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"hejnal/workflow"
)

// Problem is the server's refusal of a call, with every reason.
type Problem struct {
	Status    int                `json:"status"`
	Title     string             `json:"title"`
	Detail    string             `json:"detail"`
	BlockedBy []workflow.Blocker `json:"blocked_by"`
	Errors    []FieldProblem     `json:"errors"`
	Request   string             `json:"request"`

	language string
}

// FieldProblem is one wrong field, named by a JSON pointer into the body.
type FieldProblem struct {
	Pointer string `json:"pointer"`
	Message string `json:"message"`
}

// problemOf reads a refusal; one that is no problem document keeps its status and the beginning of its text.
func problemOf(response *http.Response, body []byte) *Problem {
	problem := &Problem{language: response.Header.Get("Content-Language")}
	if json.Unmarshal(body, problem) != nil || problem.Title == "" {
		text := strings.TrimSpace(string(body[:min(len(body), 200)]))
		problem = &Problem{Title: http.StatusText(response.StatusCode), Detail: text}
	}
	problem.Status = response.StatusCode
	return problem
}

// Error tells everything that the server said, one reason on a line.
func (p *Problem) Error() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s (%d)", p.Title, p.Status)
	if p.Detail != "" && !p.repeats() {
		fmt.Fprintf(&text, ": %s", p.Detail)
	}
	for _, blocker := range p.BlockedBy {
		fmt.Fprintf(&text, "\n  - %s", Reason(blocker, p.language))
	}
	for _, field := range p.Errors {
		fmt.Fprintf(&text, "\n  - %s: %s", field.Pointer, field.Message)
	}
	if p.Status == http.StatusUnauthorized {
		text.WriteString("\n  hejnal token create makes a token")
	}
	if p.Request != "" {
		fmt.Fprintf(&text, "\n  request %s", p.Request)
	}
	return text.String()
}

// repeats reports whether the detail only says what one of the reasons says.
func (p *Problem) repeats() bool {
	for _, blocker := range p.BlockedBy {
		if message := blocker.Message.In(p.language); message != "" && strings.Contains(p.Detail, message) {
			return true
		}
	}
	for _, field := range p.Errors {
		if field.Message != "" && strings.Contains(p.Detail, field.Message) {
			return true
		}
	}
	return false
}

// Reason puts a blocker on one line: what stands against it, on what basis, who could clear it and by what.
func Reason(b workflow.Blocker, language string) string {
	text := b.Message.In(language)
	if text == "" {
		text = b.Code
	}
	if b.Severity == workflow.Warn {
		text += " [warning: passes with --justification]"
	}
	if b.Basis != "" {
		text += " [" + b.Basis + "]"
	}
	if len(b.Who) > 0 {
		roles := make([]string, len(b.Who))
		for i, role := range b.Who {
			roles[i] = string(role)
		}
		text += " → " + strings.Join(roles, ", ")
	}
	if len(b.ClearedBy) > 0 {
		text += " by " + strings.Join(b.ClearedBy, ", ")
	}
	return text
}
