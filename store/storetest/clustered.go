package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

// clustered pages through the cases of a word that is common but stands far back in most orders: at one end of the titles,
// in the oldest cases. Every page follows the one before, and together they are the cases that answer.
func clustered(t *testing.T, database Database) {
	s := database.Open(t)
	there := map[string]workflow.Proposal{}
	for i := range 90 {
		p := proposal(fmt.Sprintf("Most %02d — 7,5%% kosztów", i%40))
		if i < 40 {
			p.Title = fmt.Sprintf("Współpraca: %02d", i%20)
		}
		p.Serial, p.Number, p.Form = i+1, fmt.Sprintf("%d/%d", i+1, 2019+i/30), []string{"letter", "agreement"}[i%2]
		p.Partner.Name = []string{"Łódź", "Kyoto", "Aarhus"}[i%3]
		p.CreatedAt, p.UpdatedAt = noon.AddDate(i/30, 0, i%30), noon.AddDate(i/30, 0, i%7)
		p.Deadlines[0].DueOn = calendar.Date("2026-05-01").PlusDays(i % 11)
		change := opening(p)
		change.Partners = []store.PartnerWrite{{Partner: store.Partner{Partner: p.Partner, Fold: store.Fold(p.Partner.Name) + p.ID, Version: 1, CreatedAt: noon, UpdatedAt: noon}}}
		commit(t, s, change)
		there[p.ID] = p
	}
	for text, answers := range map[string]func(workflow.Proposal) bool{
		"wspolpraca": func(p workflow.Proposal) bool { return strings.HasPrefix(p.Title, "Współ") },
		"w":          func(p workflow.Proposal) bool { return strings.HasPrefix(p.Title, "Współ") },
		"2019":       func(p workflow.Proposal) bool { return strings.HasSuffix(p.Number, "/2019") },
		"a":          func(p workflow.Proposal) bool { return p.Partner.Name == "Aarhus" },
		"lodz współpraca": func(p workflow.Proposal) bool {
			return p.Partner.Name == "Łódź" && strings.HasPrefix(p.Title, "Współ")
		},
		"olpraca":      func(p workflow.Proposal) bool { return strings.HasPrefix(p.Title, "Współ") },
		"2021 olpraca": func(workflow.Proposal) bool { return false },
		"most 5":       func(p workflow.Proposal) bool { return strings.HasPrefix(p.Title, "Most") },
	} {
		for _, form := range []string{"", "letter"} {
			for _, order := range []string{"updated_at", "created_at", "number", "title", "due_on"} {
				for _, down := range []string{"", "-"} {
					filter := store.CaseFilter{Text: text, Form: form, Sort: down + order, PageRequest: store.PageRequest{Limit: 7}}
					var want []string
					for id, p := range there {
						if answers(p) && (form == "" || p.Form == form) {
							want = append(want, id)
						}
					}
					inOrder(t, fmt.Sprintf("%q of %q by %s", text, form, filter.Sort), allCases(t, s, filter), want, filter.Sort)
				}
			}
		}
	}
}

// inOrder holds that cases are those wanted, each once, in their order.
func inOrder(t *testing.T, what string, got []workflow.Proposal, want []string, order string) {
	t.Helper()
	var ids, keys []string
	for _, p := range got {
		ids = append(ids, p.ID)
		keys = append(keys, map[string]string{
			"updated_at": p.UpdatedAt.Format(time.RFC3339), "created_at": p.CreatedAt.Format(time.RFC3339), "title": p.Title,
			"number": fmt.Sprintf("%09d", p.Serial), "due_on": string(p.Deadlines[0].DueOn),
		}[strings.TrimPrefix(order, "-")])
	}
	if strings.HasPrefix(order, "-") {
		slices.Reverse(keys)
	}
	if !slices.IsSorted(keys) {
		t.Errorf("%s: out of order: %q", what, keys)
	}
	slices.Sort(ids)
	slices.Sort(want)
	if !slices.Equal(ids, want) {
		t.Errorf("%s: %d cases, want %d, each once", what, len(ids), len(want))
	}
}
