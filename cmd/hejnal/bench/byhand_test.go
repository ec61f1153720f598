package bench_test

import (
	"context"
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

// rowOf reads a row as text by column.
func rowOf(ctx context.Context, t *testing.T, connection *pgx.Conn, query string, arguments ...any) map[string]string {
	t.Helper()
	rows, err := connection.Query(ctx, query, arguments...)
	if err != nil {
		t.Fatal(err)
	}
	row, err := pgx.CollectExactlyOneRow(rows, pgx.RowToMap)
	if err != nil {
		t.Fatal(err)
	}
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
func left(ctx context.Context, t *testing.T, connection *pgx.Conn, id, partner, by string) (rows map[string]string, pos, seq int64) {
	t.Helper()
	rows = rowOf(ctx, t, connection, `SELECT * FROM cases WHERE id = $1`, id)
	entry := rowOf(ctx, t, connection, `SELECT * FROM journal WHERE proposal_id = $1 ORDER BY seq DESC LIMIT 1`, id)
	for column, value := range entry {
		rows["journal."+column] = value
	}
	if !strings.Contains(entry["text"], entry["event_id"]) || !strings.Contains(rows["body"], entry["event_id"]) || entry["at"] != rows["updated_at"] {
		t.Errorf("case and entry do not tell of the same contact: %v", rows)
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
		rows[column] = alike(value, id, partner, by)
	}
	return rows, pos, seq
}

func TestByHandAContactLeavesTheRowsThatTheEngineLeaves(t *testing.T) {
	named(t, "postgres")
	hands, err := bench.OpenHands(t.Context(), quick(t))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := hands.Close(); err != nil {
			t.Error(err)
		}
	}()
	connection, err := pgx.Connect(t.Context(), hands.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close(t.Context()) //nolint:errcheck // it only read
	want, _, lastSeq := left(t.Context(), t, connection, hands.Case, hands.Partner, hands.By)
	var lastPos int64
	if err := connection.QueryRow(t.Context(), `SELECT max(pos) FROM journal`).Scan(&lastPos); err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(hands.Record)) {
		if err := hands.Record[name](t.Context()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, pos, seq := left(t.Context(), t, connection, hands.Case, hands.Partner, hands.By)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s leaves other rows (-engine +by hand):\n%s", name, diff)
		}
		if pos != lastPos+1 || seq != lastSeq+1 {
			t.Errorf("%s is at position %d, seq %d after %d, %d", name, pos, seq, lastPos, lastSeq)
		}
		lastPos, lastSeq = pos, seq
		var reckoned bool
		err := connection.QueryRow(t.Context(), `SELECT leaf = sha256('\x00'::bytea || text) FROM journal WHERE pos = $1`, pos).Scan(&reckoned)
		if err != nil || !reckoned {
			t.Errorf("%s: the hash of the entry is wrong: %v", name, err)
		}
	}
}
