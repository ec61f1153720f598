package storetest

import (
	"strings"
	"testing"

	"hejnal/store"
	"hejnal/workflow"
)

// search finds cases and partners by words, with and without diacritics.
func search(t *testing.T, database Database) {
	s := database.Open(t)
	for _, given := range []struct{ title, number, name, native, country string }{
		{"Umowa o współpracy z Łodzią", "12/2026", "Łódź", "", "PL"},
		{"Porozumienie 100% \"pewne\"", "3/2026", "Kyoto", "京都市", "JP"},
		{"List intencyjny a_b do 7/2024, nieumowny", "5/2025", "Göteborg", "Göteborgs Stad", "SE"},
	} {
		p := proposal(given.title)
		p.Number, p.Partner.Name, p.Partner.NativeName, p.Partner.Country = given.number, given.name, given.native, given.country
		change := opening(p)
		change.Partners = []store.PartnerWrite{{Partner: store.Partner{Partner: p.Partner, Fold: store.Fold(given.name), Version: 1, CreatedAt: noon, UpdatedAt: noon}}}
		commit(t, s, change)
	}
	for text, want := range map[string]string{
		"": "123", "łódź": "1", "lodz": "1", "LODZ": "1", "  Łodzią  umowa ": "1", "umowa kyoto": "", "12/2026": "1", "2026": "12", "z": "1",
		"京都": "2", "goteborg": "3", "göteborgs stad": "3", "100%": "2", "%": "", "- %": "", "umowa - łódź": "1", `"pewne"`: "2", "a_b": "3", "aXb": "", "_": "", `\`: "", "'": "",
		"OR": "", "porozum": "2", "12/20": "1", "13/2026": "", "7/2024": "3", "7/20": "3", "umowa 12/2026": "1", "łó-DŹ": "", "współ-łodz": "1", "umowa OR list": "", "wspolpracy": "1", "pracy": "1", "umowa pracy": "1", "acy": "1", "cy": "", "umow": "1", "eumow": "3", "wne": "2",
	} {
		found := func(filter store.CaseFilter) (got string) {
			filter.Text = text
			for _, p := range allCases(t, s, filter) {
				got += map[string]string{"12/2026": "1", "3/2026": "2", "5/2025": "3"}[p.Number]
			}
			return got
		}
		if got := found(store.CaseFilter{Sort: "created_at"}); sorted(got) != sorted(want) {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
		// What a word leads to anywhere tells how it is looked for within a filter too.
		within := ""
		for _, country := range []string{"PL", "JP", "SE"} {
			within += found(store.CaseFilter{Country: country, Sort: "-due_on"})
		}
		if within != want {
			t.Errorf("%q: found %q country by country, want %q", text, within, want)
		}
	}
	for text, want := range map[string]int{"lodz": 1, "京都": 1, "stad göte": 1, "k": 1, "o": 0, "borg": 1, "umowa": 0} {
		page := must[store.Page[store.Partner]](t)(s.ListPartners(t.Context(), store.PartnerFilter{Text: text}))
		if len(page.Items) != want {
			t.Errorf("partners by %q: %d, want %d", text, len(page.Items), want)
		}
	}
}

// searchParts pages through cases with a word that something unusual parts from what stands before it. Whatever a page finds
// them by, it finds all of them.
func searchParts(t *testing.T, database Database) {
	s := database.Open(t)
	titles := []string{
		"クラクフ・大阪", "a🌉大阪", "a〰大阪", "list׃大阪", "a\ufffd大阪", "a\u200b 大阪", "a—大阪", "7e5大阪", "大阪 7.5e3bcd", "大阪", "7/2026-大阪", "a_大阪", "a\u00a0大阪",
		strings.Repeat("x", 100) + "大阪", "大\u00ad阪", "大阪ς",
	}
	want := 0
	for _, title := range titles {
		if strings.HasPrefix(store.WordsOf(title), "大阪") || strings.Contains(store.WordsOf(title), " 大阪") {
			want++
		}
		opened(t, s, title)
	}
	for text, want := range map[string]int{"大阪": want, "大": want, "大阪Σ": 1, "bcd": 1, "7.5e3": 1, "list": 1, "kota 大阪": 0} {
		for _, limit := range []int{1, 2, 3, 200} {
			for _, sort := range []string{"created_at", "-title"} {
				filter := store.CaseFilter{Text: text, Sort: sort}
				filter.Limit = limit
				if got := allCases(t, s, filter); len(got) != want {
					t.Errorf("%q, pages of %d by %s: %d cases, want %d", text, limit, sort, len(got), want)
				}
			}
		}
	}
}

// searchFollows finds a case by its new title and no longer by the old one.
func searchFollows(t *testing.T, database Database) {
	s := database.Open(t)
	p := opened(t, s, "Stary tytuł")
	p, change := next(p)
	change.Cases[0].Proposal.Title = "Nowy napis"
	commit(t, s, change)
	for text, want := range map[string]int{"stary": 0, "nowy": 1, "tytul": 0} {
		if got := allCases(t, s, store.CaseFilter{Text: text}); len(got) != want {
			t.Errorf("%q: %d cases, want %d", text, len(got), want)
		}
	}
	same(t, "title", "Nowy napis", must[workflow.Proposal](t)(s.Case(t.Context(), p.ID)).Title)
}

func sorted(letters string) string {
	var ordered [10]int
	for _, letter := range letters {
		ordered[letter-'0']++
	}
	return compact(ordered)
}
