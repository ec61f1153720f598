package workflow

import (
	"maps"
	"slices"

	"hejnal/workflow/calendar"
)

// clone returns a copy that shares nothing that an effect changes.
func (p *Proposal) clone() Proposal {
	next := *p
	next.Fields = slices.Clone(p.Fields)
	next.Tools = slices.Clone(p.Tools)
	next.Tracks = cloned(p.Tracks)
	next.Since = cloned(p.Since)
	next.Record = cloned(p.Record)
	next.LastOn = cloned(p.LastOn)
	next.LastBy = cloned(p.LastBy)
	next.Documents = slices.Clone(p.Documents)
	next.Tasks = slices.Clone(p.Tasks)
	next.Deadlines = slices.Clone(p.Deadlines)
	next.Holds = slices.Clone(p.Holds)
	next.Links = slices.Clone(p.Links)
	return next
}

func cloned[K comparable, V any](m map[K]V) map[K]V {
	if m == nil {
		return map[K]V{}
	}
	return maps.Clone(m)
}

// newest returns the document attached last among those that match.
func (p *Proposal) newest(match func(Document) bool) (Document, bool) {
	for _, document := range slices.Backward(p.Documents) {
		if match(document) {
			return document, true
		}
	}
	return Document{}, false
}

func (p *Proposal) runningDeadline(clock string) calendar.Date {
	for _, deadline := range p.Deadlines {
		if deadline.Clock == clock && deadline.State == DeadlineRunning {
			return deadline.DueOn
		}
	}
	return ""
}

// runningSince is the day that a running clock started on; empty where it does not run.
func (p *Proposal) runningSince(clock string) calendar.Date {
	for _, deadline := range p.Deadlines {
		if deadline.Clock == clock && deadline.State == DeadlineRunning {
			return deadline.StartsOn
		}
	}
	return ""
}
