package check_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"
	"time"

	"hejnal/tools/chaos/history"
)

// world is all that a run left behind, so small that a mistake can be planted anywhere in it.
type world struct {
	prefix, publicPrefix string
	digest               string
	damaged              bool
	source               []byte

	journal   []*row
	cases     map[string]*caseRow
	tasks     map[string]*taskRow
	documents map[string][2]string // id → proposal, hash
	comments  map[string]string    // id → proposal
	answers   []*answerRow
	internal  []*published
	public    []*published
	files     map[string][]byte // by hash
	calls     []*history.Call
	receipts  []history.Receipt

	clock, ids int64
}

type row struct {
	pos, publicPos, at, seq            int64 // publicPos 0: not public
	id, kind, proposal, cause, subject string
	publicID, publicSubject            string
	text, publicText, leaf             []byte
}

type caseRow struct {
	version        int64
	state, stage   string
	tracks         map[string]string
	seq            int64
	lastAct        string
	form, bodyForm string
}

type taskRow struct {
	proposal, role, state, assignee string
	opened, closed                  int64
}

type answerRow struct {
	method, path, key, digest, location, etag, body string
	status, first, at                               int64
}

type published struct {
	id, subject, contentType string
	text                     []byte
}

// stages of the states of the small definition.
var stages = map[string]string{"draft": "contacts", "review": "council", "granted": "life", "denied": "ended"}

func newWorld(t testing.TB, prefix string) *world {
	t.Helper()
	written, err := os.ReadFile("testdata/pact.json")
	if err != nil {
		t.Fatal(err)
	}
	var source bytes.Buffer
	if err := json.Compact(&source, written); err != nil {
		t.Fatal(err)
	}
	digest := sha256.Sum256(source.Bytes())
	return &world{
		prefix: prefix + ".inside", publicPrefix: prefix + ".outside", digest: hex.EncodeToString(digest[:]), source: source.Bytes(),
		cases: map[string]*caseRow{}, tasks: map[string]*taskRow{}, documents: map[string][2]string{}, comments: map[string]string{},
		files: map[string][]byte{}, clock: 1_700_000_000_000_000,
	}
}

func (w *world) id(what string) string {
	w.ids++
	return fmt.Sprintf("%s-%d", what, w.ids)
}

// now is the moment of the next change.
func (w *world) now() int64 {
	w.clock += 1000
	return w.clock
}

func text(id, kind, subject string, at int64, data map[string]any) []byte {
	told, err := json.Marshal(map[string]any{
		"specversion": "1.0", "id": id, "type": "pl.krakow.cooperation." + kind + ".v1", "subject": subject,
		"time":       time.UnixMicro(at).UTC().Format("2006-01-02T15:04:05.000000Z"),
		"dataschema": "urn:hejnal:schema:" + kind + ":1", "data": data,
	})
	if err != nil {
		panic(err) // a map of strings and numbers
	}
	return told
}

// write appends an entry to the journal and to the stream.
func (w *world) write(r *row) *row {
	r.pos = int64(len(w.journal)) + 1
	leaf := sha256.Sum256(append([]byte{0}, r.text...))
	r.leaf = leaf[:]
	w.journal = append(w.journal, r)
	w.internal = append(w.internal, &published{r.id, r.subject, "application/cloudevents+json", numbered(r.text, r.pos)})
	if r.publicText != nil {
		r.publicPos = int64(len(w.public)) + 1
		w.public = append(w.public, &published{r.publicID, r.publicSubject, "application/cloudevents+json", numbered(r.publicText, r.publicPos)})
	}
	return r
}

func numbered(text []byte, pos int64) []byte {
	return append(fmt.Appendf(nil, `{"sequence":"%020d",`, pos), text[1:]...)
}

// act makes a transition of a proposal that leads to a state of its track, and to other states of other tracks.
func (w *world) act(proposal, track, transition, event, to string, public bool, others map[string]string) *row {
	return w.actAt(w.now(), proposal, track, transition, event, to, public, others)
}

func (w *world) actAt(at int64, proposal, track, transition, event, to string, public bool, others map[string]string) *row {
	c, from := w.cases[proposal], ""
	if c == nil {
		c = &caseRow{form: "pact", bodyForm: "pact", tracks: map[string]string{"publication": "none"}}
		w.cases[proposal] = c
	} else if from = c.state; track != "route" {
		from = c.tracks[track]
	}
	maps.Copy(c.tracks, others)
	if track == "route" {
		c.state, c.stage = to, stages[to]
	} else {
		c.tracks[track] = to
	}
	c.version++
	c.seq++
	c.lastAct = w.id("act")
	data := map[string]any{
		"id": c.lastAct, "proposal_id": proposal, "seq": c.seq, "track": track, "transition": transition, "event": event, "from": from, "to": to,
		"definition": map[string]any{"version": 1, "digest": w.digest}, "form": "pact", "stage": c.stage, "state": c.state, "tracks": maps.Clone(c.tracks),
	}
	r := &row{
		at: at, id: c.lastAct, kind: "transition", proposal: proposal, seq: c.seq, text: text(c.lastAct, "transition", proposal, at, data),
		subject: strings.Join([]string{w.prefix, "transition.pact", event, proposal}, "."),
	}
	if public {
		r.publicID = w.id("public")
		r.publicSubject = strings.Join([]string{w.publicPrefix, "pact", event, proposal}, ".")
		r.publicText = text(r.publicID, "public", proposal, at, map[string]any{
			"proposal_id": proposal, "form": "pact", "transition": transition, "event": event, "state": c.state,
		})
	}
	return w.write(r)
}

// task writes what happened to a task; an act brought it about where one is given.
func (w *world) task(id, proposal, what, assignee string, by *row) {
	at, cause := w.clock, ""
	if by == nil {
		at = w.now()
	} else {
		cause = by.id
	}
	t := w.tasks[id]
	if t == nil {
		t = &taskRow{proposal: proposal, role: "lawyer", state: "open", opened: at}
		w.tasks[id] = t
	}
	data := map[string]any{"id": id, "rule": "decide_pact", "proposal_id": proposal, "form": "pact", "role": "lawyer", "assignee": nil}
	if t.assignee = assignee; assignee != "" {
		data["assignee"] = assignee
	}
	if what == "completed" {
		t.state, t.closed = "completed", at
	}
	if data["state"] = t.state; cause != "" {
		data["cause"] = cause
	}
	event := w.id("event")
	w.write(&row{
		at: at, id: event, kind: "task", proposal: proposal, cause: cause, text: text(event, "task", proposal, at, data),
		subject: strings.Join([]string{w.prefix, "task.lawyer", what, "pact", proposal}, "."),
	})
}

// attach attaches a document to a proposal.
func (w *world) attach(proposal, content string) (document string, r *row) {
	c, at := w.cases[proposal], w.now()
	sum := sha256.Sum256([]byte(content))
	hash := hex.EncodeToString(sum[:])
	w.files[hash] = []byte(content)
	document = w.id("document")
	w.documents[document] = [2]string{proposal, hash}
	c.version++
	event := w.id("event")
	return document, w.write(&row{
		at: at, id: event, kind: "document", proposal: proposal, cause: c.lastAct,
		text:    text(event, "document", proposal, at, map[string]any{"proposal_id": proposal, "form": "pact", "id": document, "sha256": hash}),
		subject: strings.Join([]string{w.prefix, "document.attached.pact", proposal}, "."),
	})
}
