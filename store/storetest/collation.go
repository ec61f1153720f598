package storetest

import (
	"math/rand/v2"
	"slices"
	"testing"

	"hejnal/store"
	"hejnal/workflow"
)

// polish are names in the order in which a Polish reader expects them.
var polish = []string{
	"Ankara", "ankara 2", "Ąbczyn", "Bochum", "Cieszyn", "Czechów", "Ćmielów", "Lublin", "Lwów", "Łódź", "Nicea", "Ńkwa", "Opava", "Ósmy",
	"Sopot", "Świdnica", "Zabrze", "Źródła", "Żory",
}

// collation sorts titles and partners' names by Polish rules, in both directions and across pages.
func collation(t *testing.T, database Database) {
	s := database.Open(t)
	for i := range polish {
		name := polish[(i*7)%len(polish)]
		change := opening(proposal(name))
		change.Partners = []store.PartnerWrite{{Partner: partner(name, "PL")}}
		commit(t, s, change)
	}
	var titles, falling, names []string
	for _, p := range allCases(t, s, store.CaseFilter{Sort: "title", PageRequest: store.PageRequest{Limit: 4}}) {
		titles = append(titles, p.Title)
	}
	for _, p := range allCases(t, s, store.CaseFilter{Sort: "-title", PageRequest: store.PageRequest{Limit: 5}}) {
		falling = append(falling, p.Title)
	}
	slices.Reverse(falling)
	for _, p := range all(t, func(cursor string) (store.Page[store.Partner], error) {
		return s.ListPartners(t.Context(), store.PartnerFilter{PageRequest: store.PageRequest{Limit: 3, Cursor: cursor}})
	}) {
		names = append(names, p.Name)
	}
	same(t, "titles", polish, titles)
	same(t, "titles turned round", polish, falling)
	same(t, "names", polish, names)
}

// longTitles pages through cases whose titles are as long as one can be, in letters that take the longest keys.
func longTitles(t *testing.T, database Database) {
	s := database.Open(t)
	random := rand.New(rand.NewPCG(1, 2))
	for _, first := range []rune{'a', 'ạ', 0x3041, 0x4e00, 0xac00, 0xfdfa} {
		title := make([]rune, 300)
		for i := range title {
			title[i] = first + random.Int32N(80)
		}
		p := proposal(string(title))
		p.Partner.Name = string(title[:200])
		change := opening(p)
		change.Partners = []store.PartnerWrite{{Partner: store.Partner{Partner: p.Partner, Fold: p.ID, Version: 1, CreatedAt: noon, UpdatedAt: noon}}}
		commit(t, s, change)
	}
	for _, order := range []string{"title", "-title", "updated_at", "created_at", "number", "due_on"} {
		filter := store.CaseFilter{Sort: order}
		filter.Limit = 1
		if got := allCases(t, s, filter); len(got) != 6 {
			t.Errorf("by %s: %d cases", order, len(got))
		}
	}
	for _, order := range []string{"title", "-title"} {
		filter := store.CaseFilter{Sort: order}
		filter.Limit = 1
		if page := must[store.Page[workflow.Proposal]](t)(s.ListCases(t.Context(), filter)); len(page.Next) > 2_000 {
			t.Errorf("by %s: a cursor of %d bytes", order, len(page.Next))
		}
	}
}
