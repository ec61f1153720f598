package check_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"modernc.org/sqlite"

	"hejnal/tools/chaos/check"
	"hejnal/tools/chaos/history"
)

// bench is what the worlds of a test share: a NATS server, and an empty store with all its tables.
type bench struct {
	js    jetstream.JetStream
	url   string
	empty []byte
	count atomic.Int64
}

func newBench(t *testing.T) *bench {
	t.Helper()
	ns, err := server.NewServer(&server.Options{
		Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	ns.Start()
	t.Cleanup(func() { ns.Shutdown(); ns.WaitForShutdown() })
	if !ns.ReadyForConnections(10 * time.Second) {
		t.Fatal("the NATS server is not ready")
	}
	conn, err := nats.Connect(ns.ClientURL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	return &bench{js: js, url: ns.ClientURL(), empty: emptyStore(t)}
}

// sameWords stands for the function of the program that migrations make words of texts with; there are none yet.
var sameWords = sync.OnceValue(func() error {
	return sqlite.RegisterDeterministicScalarFunction("words_of", 1, func(_ *sqlite.FunctionContext, given []driver.Value) (driver.Value, error) {
		return given[0], nil
	})
})

// emptyStore makes the tables from the migrations, without what would refuse a mistake that is planted.
func emptyStore(t *testing.T) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "empty.sqlite")
	if err := sameWords(); err != nil {
		t.Fatal(err)
	}
	db := openFile(t, file)
	migrations, err := filepath.Glob("../../../store/sqlite/migrations/*.sql")
	if err != nil || len(migrations) == 0 {
		t.Fatalf("no migrations: %v", err)
	}
	slices.Sort(migrations)
	for _, name := range migrations {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		up, _, _ := strings.Cut(string(text), "-- +goose Down")
		run(t, db, up)
	}
	for _, trigger := range []string{"journal_without_gap", "journal_without_update", "journal_without_delete"} {
		run(t, db, "DROP TRIGGER "+trigger)
	}
	run(t, db, "DROP INDEX journal_seq")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func openFile(t testing.TB, file string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=synchronous(off)&_pragma=foreign_keys(off)")
	if err != nil {
		t.Fatal(err)
	}
	return db
}

type executor interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

func run(t testing.TB, db executor, query string, args ...any) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// next is a prefix of subjects that no other world has.
func (b *bench) next() string { return fmt.Sprintf("world%d", b.count.Add(1)) }

// judge writes a world down where a run would have left it and lets the checker judge it.
func (b *bench) judge(t testing.TB, w *world) check.Report {
	t.Helper()
	dir := t.TempDir()
	name := strings.ReplaceAll(w.prefix, ".", "_")
	streams := check.Streams{Internal: name, Public: name + "_PUBLIC", Prefix: w.prefix, PublicPrefix: w.publicPrefix}
	b.publish(t, streams.Internal, w.prefix, w.internal)
	b.publish(t, streams.Public, w.publicPrefix, w.public)
	w.leaveStore(t, filepath.Join(dir, "store.sqlite"), b.empty)
	w.leaveFiles(t, dir)
	report, err := check.Run(t.Context(), check.Input{
		Damaged: w.damaged,
		SQLite:  filepath.Join(dir, "store.sqlite"), Files: filepath.Join(dir, "files"), Definitions: filepath.Join(dir, "definitions"),
		History: filepath.Join(dir, "history.jsonl"), NATS: []check.NATS{{URL: b.url}}, Streams: streams, Patience: 100 * time.Millisecond,
		Subscribers: []check.Subscriber{{Name: "auditor", File: filepath.Join(dir, "receipts.jsonl"), Filter: []string{w.prefix + ".>", w.publicPrefix + ".>"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, stream := range []string{streams.Internal, streams.Public} {
		if err := b.js.DeleteStream(t.Context(), stream); err != nil {
			t.Fatal(err)
		}
	}
	return report
}

func (b *bench) publish(t testing.TB, name, prefix string, messages []*published) {
	t.Helper()
	if _, err := b.js.CreateStream(t.Context(), jetstream.StreamConfig{
		Name: name, Subjects: []string{prefix + ".>"}, Storage: jetstream.MemoryStorage, Duplicates: time.Millisecond * 100,
	}); err != nil {
		t.Fatal(err)
	}
	for _, m := range messages {
		message := &nats.Msg{Subject: m.subject, Data: m.text, Header: nats.Header{"Content-Type": {m.contentType}}}
		if m.id != "" {
			message.Header.Set("Nats-Msg-Id", m.id)
		}
		if _, err := b.js.PublishMsg(t.Context(), message); err != nil {
			t.Fatal(err)
		}
	}
}

func (w *world) leaveStore(t testing.TB, file string, empty []byte) {
	t.Helper()
	if err := os.WriteFile(file, empty, 0o600); err != nil {
		t.Fatal(err)
	}
	db := openFile(t, file)
	defer func() { _ = db.Close() }()
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range w.journal {
		var pos, id, subject any
		if r.publicPos != 0 {
			pos, id, subject = r.publicPos, r.publicID, r.publicSubject
		}
		run(t, tx, `INSERT INTO journal (pos, public_pos, at, event_id, kind, proposal_id, seq, cause, subject, text, leaf, public_id, public_subject, public_text)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, r.pos, pos, r.at, r.id, r.kind, r.proposal, r.seq, r.cause, r.subject, r.text, r.leaf, id, subject, r.publicText)
	}
	for id, c := range w.cases {
		run(t, tx, `INSERT INTO cases (id, version, form, state, stage, country, partner_id, number_key, title_key, search, created_at, updated_at, deadline_on, due_on, body)
			VALUES (?, ?, ?, ?, ?, '', '', '', x'', '', 0, 0, '', '', ?)`, id, c.version, c.form, c.state, c.stage, c.body(t, id))
	}
	for id, k := range w.tasks {
		run(t, tx, `INSERT INTO tasks (id, proposal_id, form, role, state, outcome, assignee, opened_at, closed_at, due_on, overdue, body)
			VALUES (?, ?, 'pact', ?, ?, '', ?, ?, ?, '', 0, '{}')`, id, k.proposal, k.role, k.state, k.assignee, k.opened, k.closed)
	}
	for id, d := range w.documents {
		run(t, tx, `INSERT INTO documents (id, proposal_id, sha256, body) VALUES (?, ?, ?, '')`, id, d[0], d[1])
	}
	for id, proposal := range w.comments {
		run(t, tx, `INSERT INTO comments (id, proposal_id, author, text, at) VALUES (?, ?, '', '', 0)`, id, proposal)
	}
	for i, a := range w.answers {
		run(t, tx, `INSERT INTO answers (person, method, path, key, body_hash, status, location, etag, body, first_pos, at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, fmt.Sprint("person", i), a.method, a.path, a.key, a.digest, a.status, a.location, a.etag, []byte(a.body), a.first, a.at)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

func (c *caseRow) body(t testing.TB, id string) string {
	t.Helper()
	text, err := json.Marshal(map[string]any{
		"id": id, "form": c.bodyForm, "state": c.state, "stage": c.stage, "tracks": c.tracks, "version": c.version, "seq": c.seq, "last_act": c.lastAct,
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func (w *world) leaveFiles(t testing.TB, dir string) {
	t.Helper()
	shown := fmt.Appendf(nil, `{"digest": %q, "source": %s}`, w.digest, w.source)
	files := map[string][]byte{"definitions/pact.json": shown}
	for hash, content := range w.files {
		files[filepath.Join("files", hash[:2], hash[2:4], hash)] = content
	}
	for name, content := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	calls := make([]history.Call, 0, len(w.calls))
	for _, call := range w.calls {
		calls = append(calls, *call)
	}
	leaveLines(t, filepath.Join(dir, "history.jsonl"), calls)
	leaveLines(t, filepath.Join(dir, "receipts.jsonl"), w.receipts)
}

func leaveLines[T history.Call | history.Receipt](t testing.TB, file string, lines []T) {
	t.Helper()
	writer, err := history.Create[T](file)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		if err := writer.Append(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
}
