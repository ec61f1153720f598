package legacy_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/installation"
	"hejnal/cmd/hejnal/legacy"
	"hejnal/store"
	"hejnal/store/sqlite"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
)

const header = "form,state,partner,native_name,country,kind,title,fields,resolved_on,signed_on,began_on,ended_on,history,source,confidence\n"

func krakow(t *testing.T) []engine.Legacy {
	t.Helper()
	entries, err := legacy.Krakow()
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func TestTheRegisterOfKrakowHasEveryEntryInAStateOfItsForm(t *testing.T) {
	forms, err := installation.LoadForms("")
	if err != nil {
		t.Fatal(err)
	}
	definitions := map[string]*workflow.Definition{}
	for _, form := range forms {
		definitions[form.Form] = form
	}
	titles := map[string]bool{}
	entries := krakow(t)
	for _, entry := range entries {
		definition := definitions[entry.Form]
		if definition == nil {
			t.Errorf("%s has the form %q", entry.Title, entry.Form)
			continue
		}
		state, ok := definition.State(workflow.Route, entry.State)
		if !ok || state.Kind == workflow.Open && entry.State != definition.Start {
			t.Errorf("%s lies in %q, where nothing of the form %s rests", entry.Title, entry.State, entry.Form)
		}
		if titles[entry.Title] {
			t.Errorf("%s is entered twice", entry.Title)
		}
		titles[entry.Title] = true
		if input(t, entry, "source") == "" || input(t, entry, "confidence") == "" {
			t.Errorf("%s does not say how it is known", entry.Title)
		}
	}
	if len(entries) != 58 {
		t.Errorf("there are %d entries", len(entries))
	}
}

func input(t *testing.T, entry engine.Legacy, name string) (text string) {
	t.Helper()
	if err := json.Unmarshal(entry.Command.Inputs[name], &text); err != nil {
		t.Errorf("%s: %s: %v", entry.Title, name, err)
	}
	return text
}

// imported is the register of Kraków in a store of its own.
func imported(t *testing.T) *sqlite.Store {
	t.Helper()
	forms, err := installation.LoadForms("")
	if err != nil {
		t.Fatal(err)
	}
	kept, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "hejnal.sqlite"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kept.Close() })
	eng, err := installation.Config{}.OpenEngine(t.Context(), kept, forms)
	if err != nil {
		t.Fatal(err)
	}
	official := engine.Request{By: workflow.Person{ID: installation.NewID(), Roles: []workflow.Role{workflow.Official}}}
	for _, entry := range krakow(t) {
		if _, err := eng.ImportLegacy(t.Context(), official, entry); err != nil {
			t.Fatalf("%s: %v", entry.Title, err)
		}
	}
	return kept
}

func TestPartnersWithSeveralEntriesAreOnePartner(t *testing.T) {
	kept := imported(t)
	frankfurt, err := kept.PartnerByName(t.Context(), store.Fold("Frankfurt nad Menem"), "DE", "city")
	if err != nil {
		t.Fatal(err)
	}
	cases := 0
	partners := map[string]bool{}
	for _, p := range all(t, kept) {
		partners[p.Partner.ID] = true
		if p.Partner.ID == frankfurt.ID {
			cases++
		}
	}
	if cases != 3 {
		t.Errorf("Frankfurt has %d cases", cases)
	}
	if len(partners) != 55 {
		t.Errorf("there are %d partners", len(partners))
	}
}

func all(t *testing.T, kept *sqlite.Store) []workflow.Proposal {
	t.Helper()
	page, err := kept.ListCases(t.Context(), store.CaseFilter{PageRequest: store.PageRequest{Limit: 200}})
	if err != nil {
		t.Fatal(err)
	}
	return page.Items
}

func TestDatesThatTheSourcesDoNotTellStayUnknown(t *testing.T) {
	kept := imported(t)
	found := map[string]workflow.Proposal{}
	for _, p := range all(t, kept) {
		found[p.Title] = p
		if !p.Legacy {
			t.Errorf("%s is not marked as older than the program", p.Title)
		}
	}
	for title, want := range map[string]struct{ occurred, dates string }{
		"Umowa o współpracy na zasadzie miast bliźniaczych z Leuven":     {"", ""},
		"Honorowy tytuł Miasta Bliźniaczego Krakowa dla Kurytyby":        {"", `{"began_on":"1993"}`},
		"Memorandum z Ołomuńcem":                                         {"", `{"signed_on":"2016-06"}`},
		"Umowa o współpracy na zasadzie miast bliźniaczych z Norymbergą": {"1991-12-09", `{"resolved_on":"1992-02-14","signed_on":"1991-12-09"}`},
		"Umowa o partnerstwie z Petersburgiem":                           {"2022-09-16", `{"began_on":"2006","ended_on":"2022-09-16"}`},
		"Honorowy tytuł Miasta Bliźniaczego Krakowa dla Quito":           {"2008-06-25", `{"began_on":"2008-06-25","resolved_on":"2008-06-25"}`},
		"Członkostwo w Lidze Polskich Miast i Miejsc UNESCO":             {"2012-07-11", `{"resolved_on":"2012-07-11"}`},
		"Współpraca z Wiedniem (umowa branżowa albo partnerska)":         {"", ""},
		"Członkostwo w EUROCITIES (pierwsze)":                            {"1990-09-08", `{"began_on":"1992","resolved_on":"1990-09-08"}`},
		"Członkostwo w EUROCITIES (ponowne)":                             {"2025-10-15", `{"began_on":"2025-10-15"}`},
	} {
		history, err := kept.History(t.Context(), found[title].ID, 0, 0)
		if err != nil || len(history) != 1 {
			t.Fatalf("%s: %d acts, %v", title, len(history), err)
		}
		var event struct {
			Data struct {
				OccurredOn calendar.Date `json:"occurred_on"`
				Inputs     struct{ Dates json.RawMessage }
			}
		}
		if err := json.Unmarshal(history[0].Text, &event); err != nil {
			t.Fatal(err)
		}
		if got := event.Data; string(got.OccurredOn) != want.occurred || string(got.Inputs.Dates) != want.dates {
			t.Errorf("%s occurred on %q with the dates %s, not on %q with %s", title, got.OccurredOn, got.Inputs.Dates, want.occurred, want.dates)
		}
	}
}

func TestAnEntryIsReadFieldByField(t *testing.T) {
	entries, err := legacy.Read(strings.NewReader(header +
		`unknown,recorded, Wiedeń ,Wien,AT,city,Współpraca,culture sport,,,,,"wspólna ""deklaracja""",K-1,S` + "\r\n"))
	if err != nil || len(entries) != 1 {
		t.Fatal(entries, err)
	}
	got := entries[0]
	if got.Partner.Name != "Wiedeń" || !got.Partner.Legacy || strings.Join(got.Fields, "+") != "culture+sport" ||
		got.Description != `wspólna "deklaracja"` || got.OccurredOn != "" || got.Command.Inputs["dates"] != nil || input(t, got, "source") != "K-1" {
		t.Errorf("it is read as %+v of %+v", got, got.Partner)
	}
	if entries, err := legacy.Read(strings.NewReader(header)); err != nil || len(entries) != 0 {
		t.Errorf("of a header alone %d entries are read, %v", len(entries), err)
	}
}

func TestWhatCannotBeReadNamesItsLine(t *testing.T) {
	good := "unknown,recorded,Wiedeń,Wien,AT,city,Współpraca,,,,,,,K-1,S\n"
	for name, test := range map[string]struct{ text, says string }{
		"nothing":          {"", "header"},
		"another header":   {"form,state\n", "form,state,partner,native_name"},
		"too few fields":   {header + good + "unknown,recorded\n", "line 3"},
		"too many fields":  {header + good + good[:len(good)-1] + ",more\n", "line 3"},
		"an open quote":    {header + good + `unknown,"recorded` + "\n", "line 3"},
		"a stray quote":    {header + good + `unknown,re"corded` + "\n", "line 3"},
		"fields over rows": {header + "unknown,recorded,\"Wie\nden\",Wien,AT,city,W,,,,,,,K,S\nunknown\n", "line 4"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := legacy.Read(strings.NewReader(test.text)); err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("it says %v, not %q", err, test.says)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(header + "unknown,recorded,Wiedeń,Wien,AT,city,Współpraca,,,,,,,K-1,S\n")
	f.Add("form")
	f.Fuzz(func(t *testing.T, text string) {
		entries, err := legacy.Read(strings.NewReader(text))
		if err != nil && entries != nil {
			t.Error("entries come with an error")
		}
		for _, entry := range entries {
			if entry.Partner == nil || !json.Valid(entry.Command.Inputs["source"]) {
				t.Errorf("%+v", entry)
			}
		}
	})
}
