package storetest

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// all reads every page.
func all[T any](t testing.TB, page func(cursor string) (store.Page[T], error)) []T {
	t.Helper()
	var items []T
	cursor := ""
	for range 1000 {
		got, err := page(cursor)
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, got.Items...)
		if got.Next == "" {
			return items
		}
		cursor = got.Next
	}
	t.Fatal("the pages do not end")
	return nil
}

func allCases(t testing.TB, s store.Cases, filter store.CaseFilter) []workflow.Proposal {
	t.Helper()
	return all(t, func(cursor string) (store.Page[workflow.Proposal], error) {
		filter.Cursor = cursor
		return s.ListCases(t.Context(), filter)
	})
}

// pagesUnderInserts reads cases in every order, page by page, while others are added: none that was there is missed or
// comes twice.
func pagesUnderInserts(t *testing.T, database Database) {
	s := database.Open(t)
	there := map[string]bool{}
	for i := range 23 {
		p := proposal(fmt.Sprintf("case %c", 'a'+i%5))
		p.Serial, p.Number = i%4, fmt.Sprintf("%d/2026", i%4)
		p.UpdatedAt = noon.Add(time.Duration(i%3) * time.Hour)
		p.CreatedAt = noon.Add(time.Duration(i%6) * time.Hour)
		p.Deadlines[0].DueOn = calendar.Date("2026-05-01").PlusDays(i % 3)
		if i%4 == 3 {
			p.Deadlines = nil
		}
		commit(t, s, opening(p))
		there[p.ID] = true
	}
	for _, order := range []string{"", "updated_at", "-updated_at", "created_at", "-created_at", "number", "-number", "title", "-title", "due_on", "-due_on"} {
		seen := map[string]int{}
		all(t, func(cursor string) (store.Page[workflow.Proposal], error) {
			page, err := s.ListCases(t.Context(), store.CaseFilter{Sort: order, PageRequest: store.PageRequest{Limit: 4, Cursor: cursor}})
			for _, p := range page.Items {
				seen[p.ID]++
			}
			opened(t, s, "case b")
			return page, err
		})
		for id, times := range seen {
			if times != 1 {
				t.Errorf("by %q: %s came %d times", order, id, times)
			}
		}
		for id := range there {
			if seen[id] == 0 {
				t.Errorf("by %q: %s was missed", order, id)
			}
		}
	}
}

// pageBounds asks for pages of odd sizes.
func pageBounds(t *testing.T, database Database) {
	s := database.Open(t)
	var change store.Change
	for i := range 230 {
		change.People = append(change.People, store.PersonWrite{Person: person(fmt.Sprintf("p%03d", i))})
	}
	commit(t, s, change)
	for limit, want := range map[int]int{0: 50, -3: 50, 1: 1, 200: 200, 201: 200, 1 << 40: 200} {
		page := must[store.Page[store.Person]](t)(s.ListPeople(t.Context(), "", store.PageRequest{Limit: limit}))
		if len(page.Items) != want || page.Next == "" {
			t.Errorf("limit %d: %d items, want %d and a next page", limit, len(page.Items), want)
		}
	}
	people := all(t, func(cursor string) (store.Page[store.Person], error) {
		return s.ListPeople(t.Context(), "", store.PageRequest{Limit: 46, Cursor: cursor})
	})
	for i, p := range people {
		if want := fmt.Sprintf("p%03d", i); p.Name != want {
			t.Errorf("place %d: %s, want %s", i, p.Name, want)
		}
	}
	same(t, "people", 230, int64(len(people)))
}

// badCursors asks with cursors of other lists, of other orders, and of no list at all.
func badCursors(t *testing.T, database Database) {
	s := database.Open(t)
	opened(t, s, "a")
	opened(t, s, "b")
	ctx := t.Context()
	good := must[store.Page[workflow.Proposal]](t)(s.ListCases(ctx, store.CaseFilter{Sort: "title", PageRequest: store.PageRequest{Limit: 1}})).Next
	if good == "" {
		t.Fatal("there is no next page")
	}
	raw := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	for _, cursor := range []string{
		good, "x", "!!", raw("null"), raw("{}"), raw(`{"o":"cases:-updated_at","v":["x","y"]}`), raw(`{"o":"cases:-updated_at","v":["1"]}`),
		raw(`{"o":"tasks","v":["2026-01-01","x","y"]}`), raw(`{"o":"partners","v":["?","y"]}`),
		raw(`{"o":"cases:-updated_at","v":["1","\u0000"]}`), raw(`{"o":"partners","v":["","a\u0000b"]}`), raw(`{"o":"people","v":["\u0000","x"]}`),
	} {
		page := store.PageRequest{Cursor: cursor}
		_, cases := s.ListCases(ctx, store.CaseFilter{PageRequest: page})
		_, tasks := s.ListTasks(ctx, store.TaskFilter{PageRequest: page})
		_, partners := s.ListPartners(ctx, store.PartnerFilter{PageRequest: page})
		_, people := s.ListPeople(ctx, "", page)
		_, comments := s.ListComments(ctx, store.CommentFilter{ProposalID: "c", PageRequest: page})
		_, newest := s.ListComments(ctx, store.CommentFilter{ProposalID: "c", LastFirst: true, PageRequest: page})
		for what, err := range map[string]error{"cases": cases, "tasks": tasks, "partners": partners, "people": people, "comments": comments, "newest comments": newest} {
			if !errors.Is(err, store.ErrCursor) {
				t.Errorf("%s after %q: got %v, want ErrCursor", what, cursor, err)
			}
		}
	}
	if _, err := s.ListCases(ctx, store.CaseFilter{Sort: "colour"}); err == nil {
		t.Error("cases were sorted by colour")
	}
}

// commentOrders reads the comments of a case page by page, from either end.
func commentOrders(t *testing.T, database Database) {
	s := database.Open(t)
	p, other := opened(t, s, "a"), opened(t, s, "b")
	var want []string
	for i := range 9 {
		at := noon.Add(time.Duration(i/3) * time.Minute) // some are of one moment
		mine := store.Comment{ID: fmt.Sprintf("comment-%d", i), ProposalID: p.ID, By: "anna", Text: fmt.Sprint(i), At: at}
		commit(t, s, store.Change{At: at, Comments: []store.Comment{mine, {ID: fmt.Sprintf("other-%d", i), ProposalID: other.ID, By: "anna", Text: "x", At: at}}})
		want = append(want, mine.Text)
	}
	for _, lastFirst := range []bool{false, true} {
		var got []string
		for _, comment := range all(t, func(cursor string) (store.Page[store.Comment], error) {
			return s.ListComments(t.Context(), store.CommentFilter{ProposalID: p.ID, LastFirst: lastFirst, PageRequest: store.PageRequest{Limit: 2, Cursor: cursor}})
		}) {
			got = append(got, comment.Text)
		}
		same(t, fmt.Sprintf("comments, last first %v", lastFirst), want, got)
		slices.Reverse(want)
	}
	oldest := must[store.Page[store.Comment]](t)(s.ListComments(t.Context(), store.CommentFilter{ProposalID: p.ID, PageRequest: store.PageRequest{Limit: 2}})).Next
	_, err := s.ListComments(t.Context(), store.CommentFilter{ProposalID: p.ID, LastFirst: true, PageRequest: store.PageRequest{Cursor: oldest}})
	if !errors.Is(err, store.ErrCursor) {
		t.Errorf("a cursor of the other order: %v", err)
	}
}
