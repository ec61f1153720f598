package language

import (
	"fmt"
	"maps"
	"slices"

	"hejnal/workflow"
)

// composer puts one form together: its phases in the order named, its own part, and its tracks beside them.
type composer struct {
	library  *library
	form     *formFile
	moved    map[movedKey]movedTo
	problems Problems
}

func (c *composer) compose() workflow.Source {
	form := c.form
	source := workflow.Source{
		Form: form.Form, Version: form.Version, Order: form.Order, Title: form.Title, Summary: form.Summary,
		Result: form.Result, Basis: form.Basis, Start: form.Start, Parties: form.Parties, OnlyImported: form.Imported, City: c.library.city, Constants: form.Constants,
		Invariants: c.library.invariants,
	}
	parts := append(c.phases(), &form.Own)
	source.Part = concat(parts)
	for _, track := range c.tracks() {
		source.Tracks = append(source.Tracks, workflow.TrackSource{
			ID: track.Track, Title: track.Title, Start: track.Start, Part: concat([]*part{&track.Own}),
		})
		parts = append(parts, &track.Own)
	}
	for _, strand := range strands(&source) {
		c.foldFrom(strand)
	}
	for _, part := range parts {
		for i := range part.Extend {
			c.extend(&source, part.doc, i, &part.Extend[i])
		}
	}
	return source
}

// strands lists the route and the tracks of a source.
func strands(source *workflow.Source) []*workflow.Part {
	list := []*workflow.Part{&source.Part}
	for i := range source.Tracks {
		list = append(list, &source.Tracks[i].Part)
	}
	return list
}

func (c *composer) phases() []*part {
	return named(c, "phase", c.form.Phases, c.library.phases, func(file *phaseFile) *part { return &file.Own })
}

func (c *composer) tracks() []*trackFile {
	return named(c, "track", c.form.Tracks, c.library.tracks, func(file *trackFile) *trackFile { return file })
}

// named looks up the phases or tracks that the form names.
func named[F, P any](c *composer, kind string, ids []string, known map[string]F, pick func(F) P) []P {
	var picked []P
	for i, id := range ids {
		path := fmt.Sprintf("$.%ss[%d]", kind, i)
		file, ok := known[id]
		switch {
		case !ok:
			c.report(c.form.Own.doc, path, "there is no %s %q%s", kind, id, suggestion(id, slices.Sorted(maps.Keys(known))))
		case slices.Index(ids, id) < i:
			c.report(c.form.Own.doc, path, "the %s %q is named twice", kind, id)
		default:
			picked = append(picked, pick(file))
		}
	}
	return picked
}

func (c *composer) report(doc *document, path, format string, args ...any) {
	c.problems = append(c.problems, doc.problem(path, fmt.Sprintf(format, args...)))
}

// concat joins parts into one of its own: changing it changes none of them.
func concat(parts []*part) workflow.Part {
	var whole workflow.Part
	for _, p := range parts {
		whole.Record = append(whole.Record, p.Record...)
		whole.Facts = append(whole.Facts, p.Facts...)
		whole.States = append(whole.States, p.States...)
		whole.Rules = append(whole.Rules, p.Rules...)
		whole.Transitions = append(whole.Transitions, p.Transitions...)
		whole.Tasks = append(whole.Tasks, p.Tasks...)
		whole.Clocks = append(whole.Clocks, p.Clocks...)
	}
	return whole
}

// foldFrom moves the states of from_if_any that the strand has into From.
func (c *composer) foldFrom(strand *workflow.Part) {
	has := map[string]bool{}
	for _, state := range strand.States {
		has[state.ID] = true
	}
	for i := range strand.Transitions {
		transition := &strand.Transitions[i]
		from := slices.Clip(transition.From)
		for j, state := range transition.FromIfAny {
			if !has[state] || slices.Contains(from, state) {
				continue
			}
			c.movePart(transition.Origin, fmt.Sprintf("from[%d]", len(from)), workflow.Origin{
				File: transition.Origin.File, Path: fmt.Sprintf("%s.from_if_any[%d]", transition.Origin.Path, j),
			})
			from = append(from, state)
		}
		transition.From, transition.FromIfAny = from, nil
	}
}

func (c *composer) movePart(origin workflow.Origin, sub string, to workflow.Origin) {
	c.moved[movedKey{c.form.Form, origin, sub}] = to
}
