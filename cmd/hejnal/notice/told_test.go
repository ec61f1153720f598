package notice_test

import (
	"slices"
	"testing"
	"time"

	"hejnal/cmd/hejnal/notice"
	"hejnal/store"
	"hejnal/workflow"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func TestWhoIsTold(t *testing.T) {
	of := workflow.Proposal{
		LastBy: map[string][]string{"propose": {"anna"}, "sign": {"jan", "piotr"}},
		Tasks:  []workflow.Task{{Assignee: "ewa"}, {Assignee: ""}, {Assignee: "ola", OpenedAt: noon}},
	}
	for name, test := range map[string]struct {
		event notice.Event
		away  map[string][]string
		want  []string
	}{
		"of a transition who acted and who has a task": {
			event: notice.Event{At: noon, Kind: store.NoticeTransition}, want: []string{"anna", "ewa", "jan", "piotr"},
		},
		"but the actor, and whom they stood for": {
			event: notice.Event{At: noon, Kind: store.NoticeTransition, Actors: []string{"jan", "piotr"}}, want: []string{"anna", "ewa"},
		},
		"of an assigned task who has it":     {event: notice.Event{Kind: store.NoticeAssigned, Assignee: "ewa", Actors: []string{"anna"}}, want: []string{"ewa"}},
		"of a task taken by oneself nobody":  {event: notice.Event{Kind: store.NoticeAssigned, Assignee: "ewa", Actors: []string{"ewa"}}},
		"of an overdue task who has it":      {event: notice.Event{Kind: store.NoticeOverdue, Assignee: "ewa"}, want: []string{"ewa"}},
		"of an overdue task of nobody: none": {event: notice.Event{Kind: store.NoticeOverdue}},
		"and who stands in, once": {
			event: notice.Event{At: noon, Kind: store.NoticeTransition}, away: map[string][]string{"jan": {"zofia", "anna"}, "ewa": {"zofia"}},
			want: []string{"anna", "ewa", "jan", "piotr", "zofia"},
		},
		"but a substitute who did it": {
			event: notice.Event{Kind: store.NoticeOverdue, Assignee: "ewa", Actors: []string{"zofia"}}, away: map[string][]string{"ewa": {"zofia"}}, want: []string{"ewa"},
		},
	} {
		got := notice.Told(test.event, of, func(person string) []string { return slices.Clone(test.away[person]) })
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestWhatAnEntrySaysOfWhoDidIt(t *testing.T) {
	transition := `{"data":{"actor":{"user":"zofia","role":"president","on_behalf_of":"jan"}}}`
	for name, test := range map[string]struct {
		record store.Record
		want   notice.Event
	}{
		"a transition": {entry("transition", "krakow.cooperation.transition.f.signed.1", transition), notice.Event{Kind: store.NoticeTransition, Actors: []string{"zofia", "jan"}}},
		"an assigned task": {
			entry("task", "krakow.cooperation.task.lawyer.assigned.f.1", `{"data":{"assignee":"ewa","by":"anna"}}`),
			notice.Event{Kind: store.NoticeAssigned, Assignee: "ewa", Actors: []string{"anna"}},
		},
		"an overdue task of nobody": {entry("task", "krakow.cooperation.task.lawyer.overdue.f.1", `{"data":{"assignee":null}}`), notice.Event{Kind: store.NoticeOverdue}},
		"a claimed task":            {entry("task", "krakow.cooperation.task.lawyer.claimed.f.1", `{"data":{"assignee":"ewa"}}`), notice.Event{}},
		"an act of administration":  {entry("admin", "krakow.cooperation.admin.person_added", `{}`), notice.Event{}},
	} {
		got, err := notice.Read(test.record)
		if err != nil || got.Kind != test.want.Kind || got.Assignee != test.want.Assignee || !slices.Equal(got.Actors, test.want.Actors) {
			t.Errorf("%s: %v, %+v", name, err, got)
		}
	}
	if _, err := notice.Read(entry("transition", "x", "no JSON")); err == nil {
		t.Error("what is no event was read")
	}
}

func entry(kind, subject, text string) store.Record {
	return store.Record{Entry: store.Entry{ID: "e", Kind: kind, Subject: subject, Text: []byte(text)}}
}
