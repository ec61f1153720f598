package bench_test

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"hejnal/cmd/hejnal/bench"
)

// What differs between two contacts of a case by its nature.
var (
	ids     = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`)
	moments = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z`)
	moves   = regexp.MustCompile(`"(version|seq)":(\d+)`)
)

// alike takes out of a stored text what differs by nature; the event's own id and its case's stay.
func alike(text string, keep ...string) string {
	text = ids.ReplaceAllStringFunc(text, func(id string) string {
		if slices.Contains(keep, id) {
			return id
		}
		return "<event>"
	})
	text = moments.ReplaceAllString(text, "<moment>")
	return moves.ReplaceAllString(text, `"$1":<n>`)
}

// ask reads a row as text by column; the query has one argument.
type ask func(t *testing.T, query, argument string) map[string]string

func asText(row map[string]any) map[string]string {
	values := map[string]string{}
	for column, value := range row {
		if bytes, ok := value.([]byte); ok && column != "leaf" && column != "title_key" {
			value = string(bytes)
		}
		values[column] = fmt.Sprint(value)
	}
	return values
}

// left is what the last contact of a case left, in cases and in the journal, but for what differs by nature.
func left(t *testing.T, ask ask, hands *bench.Hands) (rows map[string]string, pos, seq int64) {
	t.Helper()
	rows = ask(t, `SELECT * FROM cases WHERE id = $1`, hands.Case)
	entry := ask(t, `SELECT * FROM journal WHERE proposal_id = $1 ORDER BY seq DESC LIMIT 1`, hands.Case)
	for column, value := range entry {
		rows["journal."+column] = value
	}
	if !strings.Contains(entry["text"], entry["event_id"]) || !strings.Contains(rows["body"], entry["event_id"]) || entry["at"] != rows["updated_at"] {
		t.Errorf("case and entry do not tell of the same contact: %v", rows)
	}
	sum := sha256.Sum256([]byte("\x00" + entry["text"]))
	if entry["leaf"] != fmt.Sprintf("%v", sum[:]) {
		t.Errorf("the hash of the entry is %s", entry["leaf"])
	}
	if _, err := fmt.Sscan(entry["pos"]+" "+entry["seq"], &pos, &seq); err != nil {
		t.Fatal(err)
	}
	for _, column := range []string{"updated_at", "version", "journal.at", "journal.pos", "journal.seq", "journal.event_id", "journal.leaf"} {
		if rows[column] == "" || rows[column] == "0" {
			t.Errorf("%s is empty", column)
		}
		delete(rows, column)
	}
	for column, value := range rows {
		rows[column] = alike(value, hands.Case, hands.Partner, hands.By)
	}
	return rows, pos, seq
}

// compareHands holds what each way to record a contact leaves against what the engine left.
func compareHands(t *testing.T, hands *bench.Hands, ask ask) {
	t.Helper()
	want, _, lastSeq := left(t, ask, hands)
	for _, name := range slices.Sorted(maps.Keys(hands.Record)) {
		head := ask(t, `SELECT max(pos) AS head FROM journal WHERE pos > $1`, "0")["head"]
		if err := hands.Record[name](t.Context()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, pos, seq := left(t, ask, hands)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s leaves other rows (-engine +by hand):\n%s", name, diff)
		}
		if fmt.Sprint(pos-1) != head || seq != lastSeq+1 {
			t.Errorf("%s is at position %d, seq %d after %s, %d", name, pos, seq, head, lastSeq)
		}
		lastSeq = seq
	}
}

func TestByHandAContactLeavesTheRowsThatTheEngineLeaves(t *testing.T) {
	named(t, "postgres")
	hands, err := bench.OpenHands(t.Context(), quick(t))
	if err != nil {
		t.Fatal(err)
	}
	defer closing(t, hands.Close)
	connection, err := pgx.Connect(t.Context(), hands.Place)
	if err != nil {
		t.Fatal(err)
	}
	defer closing(t, func() error { return connection.Close(t.Context()) })
	compareHands(t, hands, func(t *testing.T, query, argument string) map[string]string {
		t.Helper()
		rows, err := connection.Query(t.Context(), query, argument)
		if err != nil {
			t.Fatal(err)
		}
		row, err := pgx.CollectExactlyOneRow(rows, pgx.RowToMap)
		if err != nil {
			t.Fatal(err)
		}
		return asText(row)
	})
}

func TestByHandAContactLeavesTheSameRowsInAFile(t *testing.T) {
	hands, err := bench.OpenFileHands(t.Context(), quick(t))
	if err != nil {
		t.Fatal(err)
	}
	defer closing(t, hands.Close)
	db, err := sql.Open("sqlite", hands.Place)
	if err != nil {
		t.Fatal(err)
	}
	defer closing(t, db.Close)
	compareHands(t, hands, func(t *testing.T, query, argument string) map[string]string {
		t.Helper()
		rows, err := db.QueryContext(t.Context(), query, argument)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		columns, err := rows.Columns()
		if err != nil || !rows.Next() {
			t.Fatalf("no row: %v, %v", err, rows.Err())
		}
		values, row := make([]any, len(columns)), map[string]any{}
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			t.Fatal(err)
		}
		for i, column := range columns {
			row[column] = *values[i].(*any)
		}
		return asText(row)
	})
}

func closing(t *testing.T, end func() error) {
	t.Helper()
	if err := end(); err != nil {
		t.Error(err)
	}
}
