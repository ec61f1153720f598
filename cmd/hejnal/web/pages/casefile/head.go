package casefile

import (
	"context"
	"slices"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// head is what stands above every page of a case.
type head struct {
	ID, Path    string
	Number      string
	Title       string
	Form        workflow.Text
	Partner     workflow.Partner
	Country     workflow.Text
	State       workflow.Text
	Kind        string // open, goal, end
	Stage       workflow.Text
	Round       int
	Legacy      bool
	DueOn       calendar.Date // of what is due next; empty: nothing is
	Today       calendar.Date
	Responsible []string // who has the open tasks
	Next        []button // at most two
	More        []button
	Tab         string
	MayAmend    bool
}

// button leads to an act.
type button struct {
	Title workflow.Text
	Href  string
}

func (s *subject) head(ctx context.Context, tab string) head {
	p := s.Proposal
	state, _ := s.Definition.State(workflow.Route, p.State)
	h := head{
		ID: p.ID, Path: s.path(), Number: p.Number, Title: p.Title, Form: s.Definition.Title, Partner: p.Partner, Country: s.country(),
		State: state.Title, Kind: state.Kind, Stage: frame.TitleOf(s.Definition.Source.City.Stages, p.Stage), Round: p.Round, Legacy: p.Legacy, Today: s.Today, Tab: tab,
		DueOn: frame.DueOn(p), MayAmend: s.mayAmend(),
	}
	for _, task := range p.Tasks {
		who := s.words.In(task.Role.Title())
		if task.Assignee != "" {
			who = s.name(ctx, task.Assignee)
		}
		if !slices.Contains(h.Responsible, who) {
			h.Responsible = append(h.Responsible, who)
		}
	}
	next := s.next()
	if len(next) == 0 {
		next = s.onward()
	}
	// What can be done at once stands first.
	ordered := slices.Clone(s.Actions)
	slices.SortStableFunc(ordered, func(a, b workflow.Action) int { return len(s.barred(a)) - len(s.barred(b)) })
	for _, action := range ordered {
		if !s.mine(action) {
			continue
		}
		b := button{Title: action.Title, Href: s.path() + "/czynnosci/" + action.Transition}
		if slices.Contains(next, action.Transition) && len(h.Next) < 2 {
			h.Next = append(h.Next, b)
			continue
		}
		h.More = append(h.More, b)
	}
	return h
}

// barred are the blockers of an act that no document of the reader's would remove.
func (s *subject) barred(action workflow.Action) []workflow.Blocker {
	return slices.DeleteFunc(slices.Clone(action.BlockedBy), func(b workflow.Blocker) bool { return b.Code == "document_missing" || b.Severity == workflow.Warn })
}

// mayAmend reports whether the reader can change the data of the case as it stands.
func (s *subject) mayAmend() bool {
	return slices.ContainsFunc(s.Definition.Transitions, func(t *workflow.Transition) bool {
		return t.Call == "amend" && slices.Contains(t.From, s.Proposal.State) && s.Reader.Has(t.Roles...)
	})
}

// next are the acts that the open tasks ask of the reader.
func (s *subject) next() []string {
	var asked []string
	for _, task := range s.Proposal.Tasks {
		for _, id := range task.AsksFor {
			if action, ok := s.action(id); ok && s.mine(action) && slices.Contains(action.Roles, task.Role) {
				asked = append(asked, id)
			}
		}
	}
	return asked
}

// onward is the first act of the reader's that leads the case on, to no end and not back, and against which nothing stands but
// what the reader can answer in its form; none where there is none.
func (s *subject) onward() []string {
	here := s.stepsTo(s.Proposal.State)
	for _, action := range s.Actions {
		moves := slices.ContainsFunc(action.To, func(to string) bool {
			state, _ := s.Definition.State(action.Track, to)
			return state.Kind != workflow.End && s.stepsTo(to) > here
		})
		if action.Track == workflow.Route && moves && len(s.barred(action)) == 0 {
			return []string{action.Transition}
		}
	}
	return nil
}
