package sqlite_test

import (
	"context"
	"errors"
	"regexp"
	"testing"
	"time"

	"hejnal/store"
	"hejnal/store/internal/listing"
	"hejnal/store/population"
	"hejnal/store/storetest"
	"hejnal/workflow"
)

// walked is what a plan says where it reads cases in an order rather than those that something leads to.
var walked = regexp.MustCompile(`INDEX cases_(updated|created|number|title|due)\b`)

// TestWhatLeadsToFewIsNotWalkedPast holds that the cases of a partner, of a rare word and of a number are found by that in
// every order, on every page, however many there are: SQLite has no statistics to know it by.
func TestWhatLeadsToFewIsNotWalkedPast(t *testing.T) {
	made := database(t)
	empty, err := made.TryOpen(t)
	if err == nil {
		err = empty.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := population.SQLite(t.Context(), made.Location, storetest.Population(400, time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)), nil); err != nil {
		t.Fatal(err)
	}
	db := opened(t, made.Location)
	find := func(filter store.CaseFilter, asked func(plan string)) store.Page[workflow.Proposal] {
		page, err := listing.FindCases(t.Context(), listing.SQLite, listing.Effort{}.WithDefaults(), func(ctx context.Context, query listing.Query, read func(listing.Rows) error) error {
			asked(plan(t, db, query))
			rows, err := db.QueryContext(ctx, query.SQL, query.Args...)
			if err != nil {
				return err
			}
			defer rows.Close()
			return errors.Join(read(rows), rows.Err())
		}, filter)
		if err != nil {
			t.Fatal(err)
		}
		return page
	}
	some := find(store.CaseFilter{}, func(string) {}).Items[0]
	for name, filter := range map[string]store.CaseFilter{
		"a partner": {PartnerID: some.Partner.ID}, "a rare word": {Text: some.Partner.Name}, "a number": {Text: some.Number},
		"a word in nothing": {Text: "qqzzxx"}, "a partner and a word": {PartnerID: some.Partner.ID, Text: "umowa"},
	} {
		for _, order := range []string{"updated_at", "created_at", "number", "title", "due_on", "-updated_at", "-created_at", "-number", "-title", "-due_on"} {
			filter.Sort, filter.Limit, filter.Cursor = order, 1, ""
			for range 3 {
				page := find(filter, func(plan string) {
					if walked.MatchString(plan) {
						t.Errorf("%s by %s: an order is walked:\n%s", name, order, plan)
					}
				})
				if filter.Cursor = page.Next; page.Next == "" {
					break
				}
			}
		}
	}
}
