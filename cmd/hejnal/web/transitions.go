package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// newTransition is a transition asked for.
type newTransition struct {
	Transition    string                     `json:"transition" doc:"one of the proposal's actions"`
	Inputs        map[string]json.RawMessage `json:"inputs,omitempty" doc:"by the schema of the action"`
	OccurredOn    calendar.Date              `json:"occurred_on,omitempty" format:"date" doc:"today when left out"`
	Comment       string                     `json:"comment,omitempty" maxLength:"4000"`
	Justification string                     `json:"justification,omitempty" maxLength:"4000" doc:"passes warnings, and is kept"`
	DryRun        bool                       `json:"dry_run,omitempty" doc:"say what would happen, and change nothing"`
}

// made is a transition that was made, and where the proposal stands now.
type made struct {
	entry
	ProposalVersion int64             `json:"proposal_version"`
	Stage           string            `json:"stage"`
	State           string            `json:"state"`
	Tracks          map[string]string `json:"tracks"`
	Opened          []workflow.Link   `json:"opened" doc:"proposals that it opened"`
}

// rehearsed is a transition that would be made; it has no ids and no time, because it does not exist.
type rehearsed struct {
	DryRun bool `json:"dry_run"`
	entry
	ID         *string    `json:"id,omitempty"`
	Pos        *int64     `json:"pos,omitempty"`
	RecordedAt *time.Time `json:"recorded_at,omitempty"`
	Would      would      `json:"would"`
}

// would is where the proposal would stand.
type would struct {
	Stage  string            `json:"stage"`
	State  string            `json:"state"`
	Tracks map[string]string `json:"tracks"`
	Round  int               `json:"round"`
	Opens  []string          `json:"opens" doc:"forms of the proposals that it would open"`
}

func (s *server) advance(w http.ResponseWriter, r *http.Request) error {
	id, err := call.ID(r, "id")
	if err != nil {
		return err
	}
	var asked newTransition
	wrong := decode(askedOf(r).body, &asked)
	if s.transitions[asked.Transition] {
		callOf(r).Transition = asked.Transition
	}
	if asked.Transition == "" && len(wrong) == 0 {
		wrong = append(wrong, workflow.FieldError{Pointer: "/transition", Message: workflow.Text{
			PL: "Podaj czynność, jedną z actions[] sprawy.", EN: "Give the transition, one of the proposal's actions[].",
		}})
	}
	command := workflow.Command{
		Transition: asked.Transition, Inputs: asked.Inputs, OccurredOn: asked.OccurredOn, Comment: asked.Comment, Justification: asked.Justification,
	}
	if asked.DryRun && len(wrong) == 0 {
		return s.rehearse(w, r, id, command)
	}
	return s.commit(w, r, change{
		make: func(request engine.Request) (engine.Result, error) {
			if len(wrong) > 0 {
				_, err := s.Engine.Rehearse(r.Context(), request, id, command)
				return engine.Result{}, misfitAfter(wrong, err)
			}
			return s.Engine.Advance(r.Context(), request, id, command)
		},
		answer:  madeAnswer,
		created: func(result engine.Result) string { return result.Act.ID },
	})
}

func madeAnswer(result engine.Result) (store.Answer, error) {
	p := result.Proposal
	shown := made{entry: entryOf(result.Act), ProposalVersion: p.Version, Stage: p.Stage, State: p.State, Tracks: tracks(p), Opened: []workflow.Link{}}
	for _, opened := range result.Opened {
		for _, link := range p.Links {
			if link.ProposalID == opened.ID {
				shown.Opened = append(shown.Opened, link)
			}
		}
	}
	return answer(http.StatusCreated, api+"/proposals/"+p.ID+"/transitions/"+result.Act.ID, tag(p.Version), shown)
}

func tracks(p workflow.Proposal) map[string]string {
	if p.Tracks == nil {
		return map[string]string{}
	}
	return p.Tracks
}

func (s *server) rehearse(w http.ResponseWriter, r *http.Request, id string, command workflow.Command) error {
	request, err := s.request(r, nil)
	if err != nil {
		return err
	}
	result, err := s.Engine.Rehearse(r.Context(), request, id, command)
	if err != nil {
		return err
	}
	p := result.Proposal
	shown := rehearsed{DryRun: true, entry: entryOf(result.Act), Would: would{Stage: p.Stage, State: p.State, Tracks: tracks(p), Round: p.Round, Opens: []string{}}}
	for _, opened := range result.Opened {
		shown.Would.Opens = append(shown.Would.Opens, opened.Form)
	}
	return writeJSON(w, r, shown)
}

// historyPage is how many transitions a page has when nobody asks.
const historyPage = 100

func (s *server) listTransitions(w http.ResponseWriter, r *http.Request) error {
	id, err := call.ID(r, "id")
	if err != nil {
		return err
	}
	if _, err := s.Store.Case(r.Context(), id); err != nil {
		return fmt.Errorf("load case: %w", err)
	}
	q, err := queryOf(r)
	if err != nil {
		return err
	}
	asked := q.page(historyPage)
	after, err := position(asked.Cursor)
	if err != nil {
		return err
	}
	if err := q.err(); err != nil {
		return err
	}
	records, err := s.Store.History(r.Context(), id, after, asked.Limit+1)
	if err != nil {
		return fmt.Errorf("read history: %w", err)
	}
	shown := list[entry]{Items: []entry{}}
	for _, record := range records[:min(len(records), asked.Limit)] {
		act, err := read(record, callOf(r).Person)
		if err != nil {
			return err
		}
		shown.Items = append(shown.Items, act)
	}
	if len(records) > asked.Limit {
		shown.NextCursor = strconv.FormatInt(shown.Items[asked.Limit-1].Seq, 10)
	}
	return writeJSON(w, r, shown)
}

// position reads a cursor that is a number; an empty one is the beginning.
func position(cursor string) (int64, error) {
	if cursor == "" {
		return 0, nil
	}
	after, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil || after < 0 {
		return 0, store.ErrCursor
	}
	return after, nil
}

func (s *server) showTransition(w http.ResponseWriter, r *http.Request) error {
	id, err := call.ID(r, "id")
	if err != nil {
		return err
	}
	entry, err := call.ID(r, "transition")
	if err != nil {
		return err
	}
	record, err := s.Store.Entry(r.Context(), entry)
	if err != nil {
		return fmt.Errorf("load entry: %w", err)
	}
	if record.ProposalID != id || record.Kind != "transition" {
		return store.ErrNotFound
	}
	act, err := read(record, callOf(r).Person)
	if err != nil {
		return err
	}
	return writeJSON(w, r, act)
}
