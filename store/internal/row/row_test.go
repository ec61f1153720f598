package row_test

import (
	"encoding/hex"
	"slices"
	"strings"
	"testing"
	"time"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

func TestNumbersOrderByYearThenSerial(t *testing.T) {
	created := time.Date(2026, 12, 31, 23, 30, 0, 0, time.UTC)
	var keys []string
	for _, p := range []workflow.Proposal{
		{Number: "999/2025", Serial: 999},
		{Number: "DK.0312.2.2026", Serial: 2},
		{Number: "10/2026", Serial: 10},
		{Number: "without year", Serial: 11},
		{Number: "1/2027", Serial: 1},
	} {
		p.CreatedAt = created
		made, err := row.OfCase(p)
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, made.NumberKey)
	}
	if !slices.IsSorted(keys) {
		t.Errorf("not in order: %q", keys)
	}
}

func TestARowOfACaseHoldsWhatListsNeed(t *testing.T) {
	made, err := row.OfCase(workflow.Proposal{
		ID: "c", Number: "7/2026", Title: "Żółw", Partner: workflow.Partner{ID: "p", Name: "Łódź", NativeName: "京都", Country: "PL"},
		Tasks: []workflow.Task{{ID: "t"}},
		Deadlines: []workflow.Deadline{
			{DueOn: "2026-01-01", State: "met"},
			{DueOn: "2026-05-01", State: "running"},
			{DueOn: "2026-04-01", State: "running"},
			{State: "running"},
			{DueOn: "2026-03-01", State: "running", Window: true}, // the time of others
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if made.Search != "7 2026 zolw lodz 京都" || made.DeadlineOn != "2026-04-01" || made.PartnerID != "p" || made.Country != "PL" {
		t.Errorf("got %+v", made)
	}
	if strings.Contains(made.Body, `"tasks"`) {
		t.Errorf("the body holds tasks: %s", made.Body)
	}
	if _, err := row.OfCase(workflow.Proposal{Record: map[string]any{"x": func() {}}}); err == nil {
		t.Error("a function was encoded")
	}
}

func TestWhatChangesInATaskIsReadFromItsRow(t *testing.T) {
	opened := time.Date(2026, 1, 2, 3, 4, 5, 6000, time.UTC)
	made, err := row.OfTask(workflow.Task{ID: "t", State: "open", Assignee: "anna", OpenedAt: opened})
	if err != nil || made.ClosedAt != 0 || made.DueOn != row.NoDay {
		t.Fatalf("got %+v, %v", made, err)
	}
	read, err := row.ToTask(made.Body, row.Changing{State: "completed", Outcome: "signed", ClosedAt: row.Micro(opened), Overdue: true})
	want := workflow.Task{ID: "t", State: "completed", Outcome: "signed", OpenedAt: opened, ClosedAt: opened, Overdue: true}
	if err != nil || read.State != want.State || read.Assignee != "" || !read.ClosedAt.Equal(opened) || !read.Overdue || read.Outcome != want.Outcome {
		t.Errorf("got %+v, %v", read, err)
	}
	if _, err := row.ToTask("{", row.Changing{}); err == nil {
		t.Error("half a body was read")
	}
}

func TestMomentsKeepMicroseconds(t *testing.T) {
	for _, moment := range []time.Time{{}, time.Date(2026, 3, 2, 12, 0, 0, 123456000, time.UTC)} {
		if got := row.Moment(row.Micro(moment)); !got.Equal(moment) || got.Location() != time.UTC {
			t.Errorf("got %v, want %v", got, moment)
		}
	}
}

func TestAnAbsentDayComesLast(t *testing.T) {
	if day := row.Day(calendar.Date("")); day <= "2999-12-31" {
		t.Errorf("got %s", day)
	}
}

func TestListsAndPartnersAreReadAsTheyWereWritten(t *testing.T) {
	for _, items := range [][]string{nil, {"a"}, {"a.>", `"b"`}} {
		if got, err := row.ToList[string](row.List(items)); err != nil || !slices.Equal(got, items) {
			t.Errorf("got %q, %v, want %q", got, err, items)
		}
	}
	for _, broken := range []func() error{
		func() error { _, err := row.ToList[string]("x"); return err },
		func() error { _, err := row.ToPartner("", "x"); return err },
		func() error { _, err := row.ToPerson(store.Person{}, "x", 0); return err },
	} {
		if broken() == nil {
			t.Error("something broken was read")
		}
	}
}

func TestALeafIsThatOfRFC6962(t *testing.T) {
	// The hash of a leaf without bytes, as the test vectors of Certificate Transparency have it.
	const empty = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
	if got := hex.EncodeToString(row.Leaf(nil)); got != empty {
		t.Errorf("got %s, want %s", got, empty)
	}
}
