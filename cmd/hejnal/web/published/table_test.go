package published_test

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"hejnal/cmd/hejnal/web/published"
	"hejnal/workflow"
)

func written(t *testing.T, table published.Table, entries ...published.Entry) {
	t.Helper()
	for _, entry := range entries {
		if err := table.Write(entry); err != nil {
			t.Fatal(err)
		}
	}
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestATableHasAColumnForEverythingThatIsListed(t *testing.T) {
	var text strings.Builder
	table, err := published.NewCSV(&text)
	if err != nil {
		t.Fatal(err)
	}
	written(t, table, published.Entry{
		ID: "1", Title: `Umowa "główna", z Peczem`, Status: "current", Fields: []string{"culture", "sport"}, Resolutions: []string{"CXXI/1934/14", "I/2/26"},
		FormTitle: workflow.Text{PL: "Umowa", EN: "Agreement"}, Legacy: true,
	})
	if !strings.Contains(text.String(), "\r\n") || strings.HasPrefix(text.String(), "\ufeff") {
		t.Error("lines end with CRLF, and no mark stands before the first")
	}
	rows, err := csv.NewReader(strings.NewReader(text.String())).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	got := map[string]string{}
	for i, name := range rows[0] {
		if _, twice := got[name]; twice {
			t.Errorf("there are two columns %s", name)
		}
		got[name] = rows[1][i]
	}
	for name, want := range map[string]string{
		"id": "1", "title": `Umowa "główna", z Peczem`, "fields": "culture sport", "resolutions": "CXXI/1934/14 I/2/26", "form_title_pl": "Umowa",
		"form_title_en": "Agreement", "legacy": "true", "basis_being_renewed": "false", "since": "", "status": "current",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, not %q", name, got[name], want)
		}
	}
}

func TestASpreadsheetReadsNoFormula(t *testing.T) {
	for title, want := range map[string]string{
		"=HYPERLINK(1)": "'=HYPERLINK(1)", "+48": "'+48", "-1": "'-1", "@x": "'@x", "\tx": "'\tx", "Umowa = zgoda": "Umowa = zgoda", "": "",
	} {
		var text strings.Builder
		table, err := published.NewCSV(&text)
		if err != nil {
			t.Fatal(err)
		}
		written(t, table, published.Entry{Title: title})
		rows, err := csv.NewReader(strings.NewReader(text.String())).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i, name := range rows[0] {
			if name == "title" && rows[1][i] != want {
				t.Errorf("%q is written %q", title, rows[1][i])
			}
		}
	}
}

func TestALineIsOneObject(t *testing.T) {
	var text strings.Builder
	written(t, published.NewJSONLines(&text), published.Entry{ID: "1", Title: "A & B"}, published.Entry{ID: "2"})
	lines := strings.Split(strings.TrimSpace(text.String()), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], "A & B") {
		t.Fatalf("%q", lines)
	}
	var entry published.Entry
	if err := json.Unmarshal([]byte(lines[1]), &entry); err != nil || entry.ID != "2" {
		t.Error(entry, err)
	}
}

func TestAnEntryTellsWhatItsCaseIs(t *testing.T) {
	at := time.Date(2026, 3, 2, 10, 0, 0, 5, time.UTC)
	p := workflow.Proposal{
		ID: "1", Title: "Umowa", Form: "f", UpdatedAt: at, Register: workflow.Register{Status: "past", SinceYear: 1993, Until: "2022-09-16", UntilYear: 2022},
		Record: map[string]any{"valid_until": "2027-01-01", "resolution_numbers": []any{"I/1/26", 7}},
	}
	got := published.EntryOf(p, nil, "https://example.pl")
	if got.URL != "https://example.pl/rejestr/1" || got.Since != "1993" || got.Until != "2022-09-16" || got.ValidUntil != "2027-01-01" ||
		strings.Join(got.Resolutions, " ") != "I/1/26" || got.Fields == nil || got.UpdatedAt != "2026-03-02T10:00:00Z" {
		t.Errorf("%+v", got)
	}
	p.Record = map[string]any{"resolution_numbers": []string{"II/2/26"}}
	if got := published.EntryOf(p, nil, ""); strings.Join(got.Resolutions, " ") != "II/2/26" || got.ValidUntil != "" {
		t.Errorf("%+v", got)
	}
}
