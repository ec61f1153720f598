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
		p.Partner.Name, p.Partner.Country = []string{"Łódź", "Kyoto", "Aarhus"}[i%3], []string{"JP", "DK"}[i%2]
		p.CreatedAt, p.UpdatedAt = noon.AddDate(i/30, 0, i%30), noon.AddDate(i/30, 0, i%7)
		p.Deadlines[0].DueOn = calendar.Date("2026-05-01").PlusDays(i % 11)
		change := opening(p)
		change.Partners = []store.PartnerWrite{{Partner: store.Partner{Partner: p.Partner, Fold: store.Fold(p.Partner.Name) + p.ID, Version: 1, CreatedAt: noon, UpdatedAt: noon}}}
		if i%4 == 1 {
			p.Tasks = []workflow.Task{{ID: newID(), Rule: "r", ProposalID: p.ID, Form: p.Form, Role: workflow.Lawyer, State: "open", Assignee: "anna", OpenedAt: noon, DueOn: p.Deadlines[0].DueOn}}
			change.Tasks = []store.TaskWrite{{Do: store.Insert, Task: p.Tasks[0]}}
		}
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
		for _, narrowed := range narrowings {
			for _, order := range []string{"updated_at", "created_at", "number", "title", "due_on"} {
				for _, down := range []string{"", "-"} {
					filter := narrowed.filter
					filter.Text, filter.Sort, filter.Limit = text, down+order, 7
					var want []string
					for id, p := range there {
						if answers(p) && narrowed.answers(p) {
							want = append(want, id)
						}
					}
					inOrder(t, fmt.Sprintf("%q, %s, by %s", text, narrowed.name, filter.Sort), allCases(t, s, filter), want, filter.Sort)
				}
			}
		}
	}
}

// narrowings are what a search is narrowed by besides.
var narrowings = []struct {
	name    string
	filter  store.CaseFilter
	answers func(workflow.Proposal) bool
}{
	{"all", store.CaseFilter{}, func(workflow.Proposal) bool { return true }},
	{"of a form", store.CaseFilter{Form: "letter"}, func(p workflow.Proposal) bool { return p.Form == "letter" }},
	{"somebody's", store.CaseFilter{MineUser: "anna"}, func(p workflow.Proposal) bool { return len(p.Tasks) > 0 }},
	{
		"by all that there is",
		store.CaseFilter{
			Form: "agreement", Stage: "contacts", State: "draft", Country: "DK", OverdueOn: "2026-05-09", Open: true, States: []string{"draft", "signed"},
			OpenedSince: noon.AddDate(0, 0, 3), MineUser: "anna", MineRoles: []workflow.Role{workflow.Lawyer},
		},
		func(p workflow.Proposal) bool {
			return p.Form == "agreement" && p.Partner.Country == "DK" && p.Deadlines[0].DueOn < "2026-05-09" && !p.CreatedAt.Before(noon.AddDate(0, 0, 3)) && len(p.Tasks) > 0
		},
	},
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
