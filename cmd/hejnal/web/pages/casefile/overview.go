package casefile

import (
	"cmp"
	"context"
	"fmt"
	"html/template"
	"net/http"
	"slices"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/pages/listening"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/draw"
)

// mostActs is how many acts of a case its path is drawn from, the newest.
const mostActs = 500

// overview is what the first page of a case shows.
type overview struct {
	Head        head
	Description string
	Summary     workflow.Text // of the form
	Basis       string
	Fields      []workflow.Text
	Tools       []workflow.Text
	Readings    int
	Reason      string // of two readings
	Path        []step
	Possible    []step        // what may come next
	Wide        template.HTML // drawings of the same, for wide and for narrow screens
	Narrow      template.HTML
	Tracks      []strand
	Deadlines   []workflow.Deadline
	Checklist   *checklist // of the next act of the reader; nil where there is none
	Mine        []offered
	Others      []offered
	Tasks       []task
	Links       []link
	Visibility  visibility
}

// strand is a track of the case, beside its route.
type strand struct {
	Title, State workflow.Text
}

// offered is an act that the case offers.
type offered struct {
	button
	Roles   []workflow.Role
	Blocked []workflow.Blocker
}

// task is an open task of the case.
type task struct {
	workflow.Task
	Who string // who took it; empty: nobody
}

// link is a related case.
type link struct {
	Rel                 workflow.Text
	Number, Title, Href string
	State               workflow.Text
	Kind                string
	Form                workflow.Text
}

func (p *pages) overview(w http.ResponseWriter, r *http.Request) error {
	s, err := p.subject(r)
	if err != nil {
		return err
	}
	records, acts, err := p.acts(r.Context(), s)
	if err != nil {
		return err
	}
	acts = s.asCorrected(acts)
	shown := overview{
		Head: s.head(r.Context(), "overview"), Description: s.Proposal.Description, Summary: s.Definition.Source.Summary, Basis: s.Definition.Source.Basis,
		Readings: s.Proposal.Readings, Reason: s.Proposal.ReadingsReason, Path: s.steps(r.Context(), acts), Possible: s.possible(),
		Wide: s.drawing(acts, draw.Options{Prefix: "wide-"}), Narrow: s.drawing(acts, draw.Options{Prefix: "narrow-", Narrow: true}),
		Deadlines: s.deadlines(), Checklist: s.nextChecklist(), Visibility: s.visibility(records),
	}
	city := s.Definition.Source.City
	for _, id := range s.Proposal.Fields {
		shown.Fields = append(shown.Fields, frame.TitleOf(city.Fields, id))
	}
	for _, id := range s.Proposal.Tools {
		shown.Tools = append(shown.Tools, frame.TitleOf(city.Tools, id))
	}
	for _, track := range s.Definition.Tracks {
		shown.Tracks = append(shown.Tracks, strand{Title: track.Title, State: s.state(track.ID, s.Proposal.Tracks[track.ID])})
	}
	shown.Mine, shown.Others = s.offers()
	for _, open := range s.Proposal.Tasks {
		shown.Tasks = append(shown.Tasks, task{Task: open, Who: s.name(r.Context(), open.Assignee)})
	}
	if shown.Links, err = p.links(r.Context(), s); err != nil {
		return err
	}
	title := s.Proposal.Number + " " + s.Proposal.Title
	return p.Render(w, r, http.StatusOK, frame.Page{Template: "casefile/case", Title: title, Main: shown, Live: listening.Path + "?sprawa=" + s.Proposal.ID})
}

// deadlines are those of the case: what runs first, by its day.
func (s *subject) deadlines() []workflow.Deadline {
	sorted := slices.Clone(s.Proposal.Deadlines)
	slices.SortStableFunc(sorted, func(a, b workflow.Deadline) int {
		runs := func(d workflow.Deadline) int {
			if d.State == workflow.DeadlineRunning {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(runs(a), runs(b)), cmp.Compare(a.DueOn, b.DueOn))
	})
	return sorted
}

// acts reads the last acts of the case, oldest first.
func (p *pages) acts(ctx context.Context, s *subject) ([]store.Record, []workflow.Act, error) {
	records, err := p.Store.History(ctx, s.Proposal.ID, max(s.Proposal.Seq-mostActs, 0), mostActs)
	if err != nil {
		return nil, nil, fmt.Errorf("read history: %w", err)
	}
	acts := make([]workflow.Act, 0, len(records))
	for _, record := range records {
		if !s.personal() {
			record.Personal = nil
		}
		act, err := engine.ReadAct(record)
		if err != nil {
			return nil, nil, err
		}
		acts = append(acts, act)
	}
	return records, acts, nil
}

// drawing is the picture of where the case stands in its form.
func (s *subject) drawing(acts []workflow.Act, options draw.Options) template.HTML {
	graph := draw.FromDefinition(s.Definition)
	graph.Title = workflow.Text{PL: s.Proposal.Number + " – " + s.Definition.Title.PL, EN: s.Proposal.Number + " – " + s.Definition.Title.EN}
	graph.Current = map[string]string{workflow.Route: s.Proposal.State}
	for track, state := range s.Proposal.Tracks {
		graph.Current[track] = state
	}
	graph.Done = draw.PassagesOf(acts)
	for _, action := range s.Actions {
		graph.Possible = append(graph.Possible, action.Transition)
	}
	options.Lang = s.words.Language
	return template.HTML(draw.SVG(graph, options)) //nolint:gosec // The package escapes every text that it draws.
}

// offers parts the acts that the case offers into the reader's and those of others.
func (s *subject) offers() (mine, others []offered) {
	for _, action := range s.Actions {
		one := offered{button: button{Title: action.Title, Href: s.path() + "/czynnosci/" + action.Transition}, Roles: action.Roles}
		one.Blocked = slices.DeleteFunc(slices.Clone(action.BlockedBy), func(b workflow.Blocker) bool { return b.Code == "role" })
		if s.mine(action) {
			mine = append(mine, one)
			continue
		}
		others = append(others, one)
	}
	return mine, others
}

// links loads the cases that this one is related to.
func (p *pages) links(ctx context.Context, s *subject) ([]link, error) {
	var links []link
	for _, related := range s.Proposal.Links[:min(len(s.Proposal.Links), 20)] {
		other, err := p.Store.Case(ctx, related.ProposalID)
		if err != nil {
			return nil, fmt.Errorf("load related case: %w", err)
		}
		definition, err := p.Engine.DefinitionOf(ctx, other)
		if err != nil {
			return nil, err
		}
		state, _ := definition.State(workflow.Route, other.State)
		links = append(links, link{
			Rel: relation(related.Rel), Number: other.Number, Title: other.Title, Href: "/sprawy/" + other.ID, State: state.Title, Kind: state.Kind, Form: definition.Title,
		})
	}
	return links, nil
}

// relation puts a relation of two cases into words; one that has no words of its own is told as it is named.
func relation(rel string) workflow.Text {
	known := map[string]workflow.Text{
		"formalises":     {PL: "formalizuje współpracę ze sprawy", EN: "formalises the cooperation of"},
		"formalised_as":  {PL: "współpracę formalizuje sprawa", EN: "formalised by"},
		"converted_from": {PL: "powstała ze sprawy", EN: "converted from"},
		"converted_to":   {PL: "przekształcono w sprawę", EN: "converted into"},
	}
	if words, ok := known[rel]; ok {
		return words
	}
	return workflow.Text{PL: rel, EN: rel}
}
