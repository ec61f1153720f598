package storetest

import (
	"slices"
	"testing"

	"hejnal/store"
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
