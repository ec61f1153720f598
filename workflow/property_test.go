package workflow_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hejnal/workflow"
	"hejnal/workflow/workflowtest"
)

// TestTheMachineMovesAsTheDefinitionSays holds the state machines that Decide uses against the definition's own table: for
// every state of every strand, every transition and each of its outcomes, whether it is made and where to.
func TestTheMachineMovesAsTheDefinitionSays(t *testing.T) {
	pass, stopped := func() error { return nil }, errors.New("a rule stands against it")
	stop := func() error { return stopped }
	for _, definition := range definitions(t) {
		for _, state := range definition.States {
			for _, transition := range definition.Transitions {
				if transition.Strand != state.Strand {
					continue
				}
				for event, to := range written(transition) {
					place := fmt.Sprintf("%s: %s (%s) from %s", definition.Form, transition.ID, event, state.ID)
					want := strings.ReplaceAll(to, "=", state.ID)
					if !slices.Contains(transition.From, state.ID) {
						if at, err := transition.Move(state.ID, event, pass); err == nil || at != state.ID {
							t.Errorf("%s leads to %s, written is none", place, at)
						}
						continue
					}
					// A machine that was stopped is used again.
					if at, err := transition.Move(state.ID, event, stop); !errors.Is(err, stopped) || at != state.ID {
						t.Errorf("%s, stopped: leads to %s, %v", place, at, err)
					}
					for range 2 {
						if at, err := transition.Move(state.ID, event, pass); err != nil || at != want {
							t.Errorf("%s leads to %s, written is %s: %v", place, at, want, err)
						}
					}
				}
			}
		}
	}
}

// written are the destinations of a transition as its definition writes them, by event.
func written(transition *workflow.Transition) map[string]string {
	if len(transition.Outcomes) == 0 {
		return map[string]string{transition.Event: transition.To}
	}
	destinations := map[string]string{}
	for _, outcome := range transition.Outcomes {
		destinations[outcome.Event] = outcome.To
	}
	return destinations
}

// TestDecideMovesAsTheDefinitionSays puts a case into every state of every strand and tries every transition with its
// first examples: Decide offers it there if and only if the definition does, and leads to one of its destinations.
func TestDecideMovesAsTheDefinitionSays(t *testing.T) {
	for _, form := range office(t).Forms() {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			start := open(t, form)
			for _, state := range start.Definition.States {
				for _, transition := range start.Definition.Transitions {
					if transition.Call != "" || transition.Strand != state.Strand {
						continue
					}
					w := start.Clone()
					w.Proposal = placed(w.Proposal, state)
					movesAsWritten(t, w, state, transition.ID)
				}
			}
		})
	}
}

// placed is the case with one strand in another state.
func placed(p workflow.Proposal, state workflow.State) workflow.Proposal {
	if state.Strand == workflow.Route {
		p.State, p.Stage = state.ID, state.Stage
		return p
	}
	tracks := map[string]string{}
	for track, at := range p.Tracks {
		tracks[track] = at
	}
	tracks[state.Strand] = state.ID
	p.Tracks = tracks
	return p
}

func movesAsWritten(t *testing.T, w *workflowtest.Walker, state workflow.State, id string) {
	t.Helper()
	var here *workflow.Transition
	for _, candidate := range w.Definition.Named(id) {
		if slices.Contains(candidate.From, state.ID) {
			here = candidate
		}
	}
	_, offered := w.Action(id, workflowtest.Person(workflow.Auditor))
	if offered != (here != nil) {
		t.Fatalf("%s in %s: offered %v, written %v", id, state.ID, offered, here != nil)
	}
	if !offered {
		by := workflowtest.Person(w.Definition.Named(id)[0].Roles[0])
		if _, refusal := w.Decide(workflow.Command{Transition: id, By: by}); refusal == nil || refusal.Kind != workflow.NotHere && refusal.Kind != workflow.Forbidden {
			t.Errorf("%s in %s: %v", id, state.ID, refusal)
		}
		return
	}
	change, err := w.Do(id)
	var refusal *workflow.Refusal
	if errors.As(err, &refusal) && (refusal.Kind == workflow.Blocked || refusal.Kind == workflow.Invalid) {
		return // a rule or a check stands against it here
	}
	if err != nil {
		t.Fatalf("%s in %s: %v", id, state.ID, err)
	}
	if to, want := change.Act.To, strings.ReplaceAll(written(here)[change.Act.Event], "=", state.ID); to != want {
		t.Errorf("%s in %s leads by %s to %s, written is %s", id, state.ID, change.Act.Event, to, want)
	}
}

// TestAnyWalkKeepsTheCaseWhole takes random ways that Explain offers and judges every step.
func TestAnyWalkKeepsTheCaseWhole(t *testing.T) {
	forms := office(t).Forms()
	rapid.Check(t, func(r *rapid.T) {
		office, err := workflowtest.NewOffice()
		if err != nil {
			r.Fatal(err)
		}
		w, err := office.Open(rapid.SampledFrom(forms).Draw(r, "form"))
		if err != nil {
			r.Fatal(err)
		}
		way := shortest[w.Proposal.Form].walk
		if err := w.Walk(way[:rapid.IntRange(0, len(way)).Draw(r, "ahead")]...); err != nil {
			r.Fatal(err)
		}
		for range rapid.IntRange(1, 20).Draw(r, "steps") {
			step(r, w)
		}
		if seqs := len(w.Acts); w.Acts[seqs-1].Seq != int64(seqs) {
			r.Errorf("%d acts, last seq %d", seqs, w.Acts[seqs-1].Seq)
		}
	})
}

func step(r *rapid.T, w *workflowtest.Walker) {
	transition := rapid.SampledFrom(w.Offered()).Draw(r, "transition")
	given := inputs{}
	if transition == "record_vote" || transition == "record_ending_resolution" {
		given["present"] = rapid.IntRange(0, 43).Draw(r, "present")
		given["for"] = rapid.IntRange(0, given["present"].(int)).Draw(r, "for")
		given["against"] = rapid.IntRange(0, given["present"].(int)-given["for"].(int)).Draw(r, "against")
		given["abstained"] = 0
	}
	command, err := w.Command(transition, given)
	if err != nil {
		r.Fatal(err)
	}
	before := inJSON(r, w.Proposal)
	old := w.Proposal
	change, refusal := w.Decide(command)
	sameAfterJSON(r, w, command, change, refusal)
	if diff := cmp.Diff(before, inJSON(r, old)); diff != "" {
		r.Fatalf("%s changed the old case:\n%s", transition, diff)
	}
	if refusal != nil {
		if refusal.Kind != workflow.Blocked {
			r.Fatalf("%s with first examples: %v", transition, refusal)
		}
		return
	}
	if change.After.Seq != old.Seq+1 || change.After.Version != old.Version+1 || change.Act.Seq != change.After.Seq || change.After.LastAct != change.Act.ID {
		r.Errorf("%s: seq %d after %d, version %d after %d", transition, change.After.Seq, old.Seq, change.After.Version, old.Version)
	}
	if diff := cmp.Diff(before, inJSON(r, change.Before)); diff != "" {
		r.Errorf("%s was decided on another case:\n%s", transition, diff)
	}
	tracks := w.Proposal.Tracks
	w.Accept(change)
	standsSomewhere(r, w)
	keepsInvariants(r, w, tracks)
}

// standsSomewhere checks that a case stands in states of its definition and that its tasks are of these states.
func standsSomewhere(r *rapid.T, w *workflowtest.Walker) {
	p := w.Proposal
	for _, strand := range w.Definition.Strands() {
		state, ok := w.Definition.State(strand, p.StateOf(strand))
		if !ok {
			r.Errorf("the %s is in %q", strand, p.StateOf(strand))
		}
		if strand == workflow.Route && state.Stage != p.Stage {
			r.Errorf("stage %s in the state %s", p.Stage, p.State)
		}
	}
	seen := map[string]bool{}
	for _, task := range p.Tasks {
		if task.State != "open" || seen[task.Rule] {
			r.Errorf("tasks %+v", p.Tasks)
		}
		seen[task.Rule] = true
	}
}

// keepsInvariants judges the history by the definition's invariants, in another way than Verify does: an order by the
// newest entries of each event, a bar by where the track was.
func keepsInvariants(r *rapid.T, w *workflowtest.Walker, tracks map[string]string) {
	last := w.Acts[len(w.Acts)-1]
	for _, invariant := range w.Definition.Source.Invariants {
		if n := len(invariant.Order); n > 0 && last.Event == invariant.Order[n-1] && !inOrder(w.Acts[:len(w.Acts)-1], invariant) {
			r.Errorf("%s broken by %s: %v", invariant.ID, last.Event, events(w.Acts))
		}
		if bar := invariant.Bars; bar != nil && slices.Contains(bar.Events, last.Event) && slices.Contains(bar.States, tracks[bar.Track]) &&
			(len(bar.From) == 0 || slices.Contains(bar.From, last.From)) {
			r.Errorf("%s broken by %s while the %s was %s: %v", invariant.ID, last.Event, bar.Track, tracks[bar.Track], events(w.Acts))
		}
		if only := invariant.Only; only != nil && slices.Contains(only.Events, last.Event) && last.Actor.Role != only.Role {
			r.Errorf("%s broken by %s in the role %s", invariant.ID, last.Event, last.Actor.Role)
		}
	}
}

// inOrder reads the history backwards: each event of the order but the last stands before the one that follows it, and
// none stands before a reset.
func inOrder(acts []workflow.Act, invariant workflow.Invariant) bool {
	wanted := len(invariant.Order) - 2
	for _, act := range slices.Backward(acts) {
		switch rank := slices.Index(invariant.Order, act.Event); {
		case wanted < 0:
			return true
		case slices.Contains(invariant.Reset, act.Event):
			return false
		case rank == wanted:
			wanted--
		case rank >= 0 && rank < wanted:
			return false
		}
	}
	return wanted < 0
}

func events(acts []workflow.Act) []string {
	var list []string
	for _, act := range acts {
		list = append(list, act.Event)
	}
	return list
}

func inJSON(r *rapid.T, value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		r.Fatal(err)
	}
	return string(text)
}

// sameAfterJSON decides the command again on the case as a store would give it back.
func sameAfterJSON(r *rapid.T, w *workflowtest.Walker, command workflow.Command, change *workflow.Change, refusal *workflow.Refusal) {
	stored := *w
	var proposal workflow.Proposal
	if err := json.Unmarshal([]byte(inJSON(r, w.Proposal)), &proposal); err != nil {
		r.Fatal(err)
	}
	stored.Proposal = proposal
	again, refusedAgain := stored.Decide(command)
	if diff := cmp.Diff(refusal, refusedAgain); diff != "" {
		r.Fatalf("%s after storing is refused otherwise:\n%s", command.Transition, diff)
	}
	if refusal != nil {
		return
	}
	ids := cmp.FilterPath(func(path cmp.Path) bool {
		name := path.Last().String()
		return name == ".ID" || name == ".LastAct" || name == ".ProposalID"
	}, cmp.Ignore())
	var first, second any
	if err := errors.Join(json.Unmarshal([]byte(inJSON(r, change.After.Record)), &first), json.Unmarshal([]byte(inJSON(r, again.After.Record)), &second)); err != nil {
		r.Fatal(err)
	}
	if diff := cmp.Diff(first, second); diff != "" {
		r.Errorf("%s after storing records otherwise:\n%s", command.Transition, diff)
	}
	options := cmp.Options{ids, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(workflow.Proposal{}, "Record")}
	if diff := cmp.Diff(change.After, again.After, options); diff != "" {
		r.Errorf("%s after storing leads elsewhere:\n%s", command.Transition, diff)
	}
	if diff := cmp.Diff(change.Act, again.Act, options); diff != "" {
		r.Errorf("%s after storing is another act:\n%s", command.Transition, diff)
	}
}

func FuzzInputs(f *testing.F) {
	for _, seed := range []string{
		`30`, `-1`, `1e3`, `1e400`, `30.0`, `"30"`, `null`, `[]`, `{"a":1}`, `true`, `99999999999999999999`, `"\u0000"`, `{`, ``,
	} {
		f.Add("for", seed)
	}
	f.Add("roll_call", `[{"councillor":"Jan","vote":"for"}]`)
	f.Add("roll_call", `[{"councillor":"Jan"}]`)
	f.Add("roll~call/", `0`)
	w := onAgenda(f, "twin_city_agreement")
	f.Fuzz(func(t *testing.T, name, raw string) {
		command, err := w.Command("record_vote")
		if err != nil {
			t.Fatal(err)
		}
		command.Inputs[name] = json.RawMessage(raw)
		change, refusal := w.Decide(command)
		if refusal != nil {
			if len(refusal.Errors) == 0 || !refusal.Message.Complete() {
				t.Errorf("%s = %s: refused without saying why: %+v", name, raw, refusal)
			}
			return
		}
		if !json.Valid(change.Act.Inputs[name]) {
			t.Errorf("%s = %s is kept as %q", name, raw, change.Act.Inputs[name])
		}
		if _, err := json.Marshal(change); err != nil {
			t.Errorf("%s = %s: %v", name, raw, err)
		}
	})
}
