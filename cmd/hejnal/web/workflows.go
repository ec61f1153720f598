package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/draw"
)

// workflowAnswer is a definition as data.
type workflowAnswer struct {
	Form        string             `json:"form"`
	Version     int                `json:"version"`
	Digest      string             `json:"digest" doc:"hex SHA-256 of the canonical form"`
	Title       workflow.Text      `json:"title"`
	Summary     workflow.Text      `json:"summary"`
	Start       string             `json:"start"`
	States      []workflow.State   `json:"states"`
	Tracks      []workflow.Track   `json:"tracks"`
	Transitions []transitionAnswer `json:"transitions"`
	Tasks       []taskAnswer       `json:"tasks"`
	Clocks      []clockAnswer      `json:"clocks"`
}

// transitionAnswer is one transition of a definition.
type transitionAnswer struct {
	Transition string            `json:"transition"`
	Track      string            `json:"track"`
	Title      workflow.Text     `json:"title"`
	Help       workflow.Text     `json:"help,omitzero"`
	From       []string          `json:"from"`
	Roles      []workflow.Role   `json:"roles"`
	Call       string            `json:"call,omitempty" doc:"made by a call of its own, never offered"`
	Public     bool              `json:"public" doc:"also told to the public"`
	Basis      string            `json:"basis,omitempty"`
	Inputs     map[string]any    `json:"inputs" doc:"JSON Schema"`
	Documents  []documentAnswer  `json:"documents"`
	NotBy      []string          `json:"not_by" doc:"four eyes: transitions whose actor may not make this one"`
	Rules      []ruleAnswer      `json:"rules"`
	Outcomes   []workflow.Result `json:"outcomes"`
}

// documentAnswer is a document that a transition asks for.
type documentAnswer struct {
	AnyOf    []string        `json:"any_of"`
	By       []workflow.Role `json:"by,omitempty"`
	Optional bool            `json:"optional"`
	When     string          `json:"when,omitempty" doc:"CEL condition"`
	Basis    string          `json:"basis,omitempty"`
}

// ruleAnswer is a rule of a transition.
type ruleAnswer struct {
	ID       string        `json:"id"`
	Severity string        `json:"severity" enum:"block,warn"`
	Message  workflow.Text `json:"message"`
	Basis    string        `json:"basis,omitempty"`
	Holds    string        `json:"holds,omitempty" doc:"CEL condition"`
}

// taskAnswer is a task that a definition gives to a role.
type taskAnswer struct {
	ID      string        `json:"id"`
	Title   workflow.Text `json:"title"`
	States  []string      `json:"states"`
	Role    workflow.Role `json:"role"`
	AsksFor []string      `json:"asks_for"`
}

// clockAnswer is a limit in time.
type clockAnswer struct {
	ID     string        `json:"id"`
	Title  workflow.Text `json:"title"`
	Days   int           `json:"days,omitempty"`
	Months int           `json:"months,omitempty"`
	Rolls  string        `json:"rolls,omitempty" doc:"next: to the next working day; before: to the one before"`
	Basis  string        `json:"basis,omitempty"`
}

func workflowAnswers(definitions []*workflow.Definition) map[string]workflowAnswer {
	shown := map[string]workflowAnswer{}
	for _, d := range definitions {
		shown[d.Form] = workflowOf(d)
	}
	return shown
}

func workflowOf(d *workflow.Definition) workflowAnswer {
	shown := workflowAnswer{
		Form: d.Form, Version: d.Ref.Version, Digest: d.Ref.Digest, Title: d.Title, Summary: d.Source.Summary, Start: d.Start,
		States: given(d.States), Tracks: given(d.Tracks), Transitions: []transitionAnswer{}, Tasks: []taskAnswer{}, Clocks: []clockAnswer{},
	}
	for _, t := range d.Transitions {
		shown.Transitions = append(shown.Transitions, transitionOf(t))
	}
	for _, t := range d.Tasks {
		shown.Tasks = append(shown.Tasks, taskAnswer{ID: t.ID, Title: t.Title, States: given(t.States), Role: t.Role, AsksFor: given(t.Asks)})
	}
	for _, c := range d.Clocks {
		shown.Clocks = append(shown.Clocks, clockAnswer{ID: c.ID, Title: c.Title, Days: c.Days, Months: c.Months, Rolls: c.Rolls, Basis: c.Basis})
	}
	return shown
}

func transitionOf(t *workflow.Transition) transitionAnswer {
	shown := transitionAnswer{
		Transition: t.ID, Track: t.Strand, Title: t.Title, Help: t.Help, From: given(t.From), Roles: given(t.Roles), Call: t.Call, Public: t.Public,
		Basis: t.Basis, Inputs: t.Schema(), Documents: []documentAnswer{}, NotBy: given(t.NotBy), Rules: []ruleAnswer{}, Outcomes: t.Results(),
	}
	for _, asked := range t.Documents {
		shown.Documents = append(shown.Documents, documentAnswer{
			AnyOf: asked.AnyOf, By: asked.By, Optional: asked.Optional, When: asked.When, Basis: asked.Basis,
		})
	}
	for _, r := range t.Judged() {
		shown.Rules = append(shown.Rules, ruleAnswer{ID: r.ID, Severity: r.Severity, Message: r.Message, Basis: r.Basis, Holds: r.Holds})
	}
	return shown
}

func (s *server) showWorkflow(w http.ResponseWriter, r *http.Request) error {
	shown, ok := s.workflows[chi.URLParam(r, "form")]
	if !ok {
		return store.ErrNotFound
	}
	if unchanged(w, r, strconv.Quote(shown.Digest)) {
		return nil
	}
	return writeJSON(w, r, shown)
}

func (s *server) drawWorkflow(w http.ResponseWriter, r *http.Request) error {
	definition, ok := s.Engine.Form(chi.URLParam(r, "form"))
	if !ok {
		return store.ErrNotFound
	}
	language := callOf(r).Language
	setLanguage(w.Header(), language)
	if unchanged(w, r, strconv.Quote(definition.Ref.Digest+"-"+language)) {
		return nil
	}
	picture := draw.SVG(draw.FromDefinition(definition), draw.Options{Lang: language})
	w.Header().Set("Content-Type", "image/svg+xml")
	write(w, r, http.StatusOK, []byte(picture))
	return nil
}

// unchanged answers 304 where the caller already has what the tag names, and marks what is given as worth keeping.
func unchanged(w http.ResponseWriter, r *http.Request, etag string) bool {
	w.Header().Set("Cache-Control", "private, max-age=60")
	w.Header().Set("ETag", etag)
	for known := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
		if known = strings.TrimPrefix(strings.TrimSpace(known), "W/"); known == etag || known == "*" {
			w.WriteHeader(http.StatusNotModified)
			return true
		}
	}
	return false
}
