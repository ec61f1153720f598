package listing_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"hejnal/store"
	"hejnal/store/internal/listing"
	"hejnal/workflow"
)

func FuzzACursorIsUnderstoodOrRefused(f *testing.F) {
	for _, cursor := range []string{
		"", "!", `{"o":"cases:title","v":["AAE","id"]}`, `{"o":"cases:title","v":["?","id"]}`, `{"o":"cases:title","v":null}`, "[]", "1e9",
	} {
		f.Add(cursor)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, cursor := range []string{text, base64.RawURLEncoding.EncodeToString([]byte(text))} {
			query, err := listing.Cases(listing.SQLite, listing.Way{}, nil, store.CaseFilter{Sort: "title", PageRequest: store.PageRequest{Cursor: cursor}})
			if err != nil && !errors.Is(err, store.ErrCursor) {
				t.Errorf("%q: got %v, want ErrCursor", cursor, err)
			}
			if err == nil && cursor != "" && len(query.Args) != 3 {
				t.Errorf("%q: %d arguments, want key, id and limit", cursor, len(query.Args))
			}
		}
	})
}

func TestValuesNeverStandInTheStatement(t *testing.T) {
	const evil = "x';DROP"
	word := listing.Lead{Word: listing.Words(evil)[0]}
	for _, given := range []struct {
		dialect listing.Dialect
		way     listing.Way
	}{
		{listing.SQLite, listing.Way{}},
		{listing.SQLite, listing.Way{Lead: listing.Lead{Mine: true}}},
		{listing.SQLite, listing.Way{Lead: word}},
		{listing.SQLite, listing.Way{Reach: 9}},
		{listing.Postgres, listing.Way{}},
		{listing.Postgres, listing.Way{Lead: word}},
		{listing.Postgres, listing.Way{Reach: 9}},
	} {
		cases, err := listing.Cases(given.dialect, given.way, listing.Words(evil+" y'"), store.CaseFilter{
			Form: evil, State: evil, Stage: evil, Country: evil, PartnerID: evil, Text: evil + " y'", MineUser: evil, MineRoles: []workflow.Role{evil}, OverdueOn: evil,
		})
		if err != nil {
			t.Fatal(err)
		}
		tasks, err := listing.Tasks(listing.SQLite, store.TaskFilter{Role: evil, MineUser: evil, MineRoles: []workflow.Role{evil}, State: evil, Form: evil, DueBefore: evil})
		if err != nil {
			t.Fatal(err)
		}
		partners, err := listing.Partners(given.dialect, given.way.Lead, listing.WordsOfNames(evil), store.PartnerFilter{Text: evil, Country: evil, Kind: evil})
		if err != nil {
			t.Fatal(err)
		}
		people, err := listing.People(evil, store.PageRequest{})
		if err != nil {
			t.Fatal(err)
		}
		for _, query := range []listing.Query{cases, tasks, partners, people, listing.BreadthOfCases(given.dialect, store.CaseFilter{Text: evil, MineUser: evil}, listing.Words(evil), 1).Query} {
			if strings.Contains(strings.ToLower(query.SQL), "drop") {
				t.Errorf("a value stands in %s", query.SQL)
			}
		}
		if _, err := listing.Cases(given.dialect, given.way, nil, store.CaseFilter{Sort: evil}); err == nil {
			t.Error("cases were sorted by a statement")
		}
	}
}
