package storetest

import (
	"fmt"
	"strings"
	"time"

	"hejnal/store"
	"hejnal/store/population"
	"hejnal/workflow"
)

// sampled is when the sample of a population begins.
var sampled = time.Date(2024, 1, 8, 10, 0, 0, 0, time.UTC)

// Population is the plan of a population of so many cases, copied from a sample made by hand.
func Population(count int, today time.Time) population.Plan {
	stages, anna := samples()
	return population.Plan{
		Samples: stages, Count: count, Today: today, People: map[string][]string{anna: {newID(), newID()}},
		Series: func(year int) string { return fmt.Sprintf("case/%d", year) },
	}
}

// samples are one proposal at each of its stages, with something of everything that a change can write, and anna's id.
func samples() ([]population.Sample, string) {
	start, anna := sampled, newID()
	entry := func(p *workflow.Proposal, event, kind string) store.Entry { return sampleEntry(p, anna, event, kind) }
	p := workflow.Proposal{
		ID: newID(), Number: "7/2024", Serial: 7, Form: "agreement", Definition: workflow.Ref{Version: 1, Digest: strings.Repeat("d", 64)},
		Title: "Tytuł wzoru", Partner: workflow.Partner{ID: newID(), Name: "Wzorzec", NativeName: "Vzor", Country: "XX", Kind: "city", Continent: "europe"},
		Stage: "contacts", State: "draft", Round: 1, Version: 1, Seq: 1, CreatedAt: start, UpdatedAt: start, LastBy: map[string][]string{"open": {anna}},
		Deadlines: []workflow.Deadline{{Clock: "reply", StartsOn: "2024-01-08", DueOn: "2024-03-01", State: "running"}},
	}
	first := workflow.Task{ID: newID(), Rule: "r", ProposalID: p.ID, Form: p.Form, Role: workflow.Lawyer, AsksFor: []string{"sign"}, State: "open", OpenedAt: start, DueOn: "2024-01-20"}
	second := first
	second.ID, second.DueOn = newID(), ""
	opened := store.Change{
		At: start, Cases: []store.CaseWrite{{Proposal: p}},
		Tasks:   []store.TaskWrite{{Do: store.Insert, Task: first}, {Do: store.Insert, Task: second}},
		Holds:   []store.HoldWrite{{Scope: "country:XX", Label: "open", ProposalID: p.ID}, {Scope: "partner:" + p.Partner.ID, Label: "open", ProposalID: p.ID}, {Scope: "resolution:IV/7", Label: "resolution", ProposalID: p.ID}},
		Entries: []store.Entry{entry(&p, "opened", ""), entry(&p, "", "task")},
	}
	claimed := store.Change{
		At:      start.AddDate(0, 0, 2),
		Tasks:   []store.TaskWrite{{Do: store.Assign, Task: workflow.Task{ID: first.ID, Assignee: anna}}},
		Entries: []store.Entry{entry(&p, "", "task")},
	}
	talk := store.Change{At: start.AddDate(0, 0, 3), Comments: []store.Comment{{ID: newID(), ProposalID: p.ID, By: anna, Text: "Dzień dobry", At: start.AddDate(0, 0, 3)}}}
	late := store.Change{
		At: start.AddDate(0, 0, 20), Tasks: []store.TaskWrite{{Do: store.MarkOverdue, Task: workflow.Task{ID: first.ID}}},
		Entries: []store.Entry{entry(&p, "", "task")},
	}
	attached := p
	document := workflow.Document{ID: newID(), Kind: "letter", SHA256: strings.Repeat("ab", 32), By: anna, AttachedAt: start.AddDate(0, 0, 21)}
	attached.Version, attached.UpdatedAt, attached.Documents = 2, document.AttachedAt, []workflow.Document{document}
	filed := store.Change{
		At: attached.UpdatedAt, Cases: []store.CaseWrite{{Expect: 1, Proposal: attached}}, Documents: []store.DocumentWrite{{ProposalID: p.ID, Document: document}},
		Entries: []store.Entry{entry(&attached, "", "document")},
	}
	ended := attached
	ended.Version, ended.Seq, ended.UpdatedAt, ended.Stage, ended.State = 3, 2, start.AddDate(0, 1, 0), "ended", "signed"
	ended.Deadlines = []workflow.Deadline{{Clock: "reply", StartsOn: "2024-01-08", DueOn: "2024-03-01", State: "met"}}
	closed := func(task workflow.Task) store.TaskWrite {
		task.State, task.Outcome, task.ClosedAt = "completed", "signed", ended.UpdatedAt
		return store.TaskWrite{Do: store.Close, Task: task}
	}
	signed := store.Change{
		At: ended.UpdatedAt, Cases: []store.CaseWrite{{Expect: 2, Proposal: ended}}, Tasks: []store.TaskWrite{closed(first), closed(second)},
		Holds:   []store.HoldWrite{{Scope: "country:XX", Label: "open", ProposalID: p.ID, Release: true}},
		Entries: []store.Entry{entry(&ended, "signed", ""), entry(&ended, "", "task")},
	}
	signed.Entries[0].Public = &store.PublicEntry{ID: newID(), Subject: "public." + p.ID, Text: []byte(`{"country":"XX","number":"7/2024"}`)}
	whole := population.Sample{opened, claimed, talk, late, filed, signed}
	var stages []population.Sample
	for n := range whole {
		stages = append(stages, whole[:n+1])
	}
	return stages, anna
}

func sampleEntry(p *workflow.Proposal, by, event, kind string) store.Entry {
	id := newID()
	e := store.Entry{ID: id, Kind: kind, ProposalID: p.ID, Subject: kind + "." + p.ID, Text: fmt.Appendf(nil, `{"id":%q,"time":"2024-01-08T10:00:00Z","name":%q,"by":%q}`, id, p.Partner.Name, by)}
	if event != "" {
		e.Kind, e.Seq, e.Personal = "transition", p.Seq, []store.Personal{{Pointer: "/comment", Value: []byte(`"a"`), Salt: []byte("salt")}}
	}
	return e
}
