package check_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"testing"

	"hejnal/tools/chaos/history"
)

// call notes a call that was made and answered one after the other.
func (w *world) call(c history.Call) *history.Call {
	c.Client = len(w.calls) % 3
	c.Call = int64(len(w.calls)+1) * 100
	if c.Status != 0 {
		c.Return = c.Call + 150 // so that neighbours overlap
	}
	w.calls = append(w.calls, &c)
	return &c
}

// keep keeps the answer to a call with a key.
func (w *world) keep(c *history.Call, made *row, id string) {
	c.BodyDigest = digestOf(c.Key)
	etag := ""
	if c.VersionAfter != 0 {
		etag = strconv.Quote(strconv.FormatInt(c.VersionAfter, 10))
	}
	w.answers = append(w.answers, &answerRow{
		method: c.Method, path: c.Path, key: c.Key, digest: c.BodyDigest, etag: etag, body: fmt.Sprintf(`{"id":%q}`, id), status: 201,
		first: made.pos, at: made.at,
	})
}

func digestOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// post is a call for a transition.
func post(proposal, transition string) history.Call {
	return history.Call{Method: "POST", Path: "/api/v1/proposals/" + proposal + "/transitions", Proposal: proposal, Transition: transition}
}

// accepted fills in the answer that tells of an act.
func (w *world) accepted(c history.Call, made *row) history.Call {
	c.Status, c.ActID, c.Seq, c.VersionAfter = 201, made.id, made.seq, w.cases[made.proposal].version
	return c
}

// clean is a run in which nothing is wrong, with every kind of call and of outcome.
func clean(t testing.TB, prefix string) *world {
	t.Helper()
	w := newWorld(t, prefix)
	one := w.opened("one", "key-open")
	w.firstProposal(one)
	two := w.opened("two", "")
	w.secondProposal(two)
	w.admin()
	for i, m := range w.internal {
		w.receipts = append(w.receipts, receiptOf(m, i+1))
	}
	for i, m := range w.public {
		w.receipts = append(w.receipts, receiptOf(m, i+1))
	}
	w.receipts = append(w.receipts, receiptOf(w.internal[2], 3)) // delivered again
	return w
}

func receiptOf(m *published, sequence int) history.Receipt {
	return history.Receipt{Subject: m.subject, Sequence: uint64(sequence), ID: m.id, SHA256: digestOf(string(m.text)), Payload: string(m.text), Delivered: 1}
}

// opened opens a proposal, with a key where one is given.
func (w *world) opened(proposal, key string) string {
	made := w.act(proposal, "route", "open", "pact_opened", "draft", false, nil)
	c := w.call(history.Call{Method: "POST", Path: "/api/v1/proposals", Proposal: proposal, ActID: proposal, Status: 201, VersionAfter: 1, Key: key})
	if key != "" {
		w.keep(c, made, proposal)
	}
	return proposal
}

// firstProposal walks the whole way, with keys.
func (w *world) firstProposal(p string) {
	keyed := post(p, "note")
	keyed.Key = "key-note"
	made := w.act(p, "route", "note", "note_taken", "draft", false, nil)
	w.call(keyed) // never answered …
	again := w.call(w.accepted(keyed, made))
	w.keep(again, made, made.id) // … asked again, and answered
	w.calls[len(w.calls)-2].BodyDigest = again.BodyDigest

	stale := post(p, "note")
	stale.IfMatch, stale.Status, stale.Problem = "1", 412, "The version is stale"
	w.call(stale)
	never := post(p, "note") // never answered, and never made
	never.Key = "key-never"
	w.call(never)
	refused := post(p, "decide")
	refused.Status, refused.Problem, refused.Key = 409, "The state does not offer it", "key-refused"
	w.call(refused)

	document, attached := w.attach(p, "text of the pact")
	w.call(history.Call{Method: "POST", Path: "/api/v1/proposals/" + p + "/documents", Proposal: p, Status: 201, ActID: document, VersionAfter: 3})
	_ = attached
	w.read(p)
	matching := post(p, "propose")
	matching.IfMatch = "3"
	proposed := w.act(p, "route", "propose", "pact_proposed", "review", false, nil)
	w.task("task-1", p, "opened", "", proposed)
	w.call(w.accepted(matching, proposed))
	w.task("task-1", p, "claimed", "anna", nil)
	w.call(history.Call{Method: "POST", Path: "/api/v1/tasks/task-1/claim", Proposal: p, Status: 200, ActID: "task-1"})
	blocked := post(p, "decide")
	blocked.Status, blocked.Problem = 409, "Zablokowane"
	w.call(blocked)
	decided := w.act(p, "route", "decide", "pact_granted", "granted", true, map[string]string{"publication": "due"})
	w.task("task-1", p, "completed", "anna", decided)
	w.call(w.accepted(post(p, "decide"), decided))
	w.read(p)
	w.call(w.accepted(post(p, "publish"), w.act(p, "publication", "publish", "pact_published", "done", true, nil)))
	renewed := w.act(p, "route", "renew", "pact_renewed", "granted", false, nil)
	w.call(w.accepted(post(p, "renew"), renewed))
	w.actAt(renewed.at, "three", "route", "open", "pact_opened", "draft", false, nil) // which the renewal opened
	w.read("three")
	w.read(p)
}

func (w *world) read(p string) {
	w.call(history.Call{Method: "GET", Path: "/api/v1/proposals/" + p, Proposal: p, Status: 200, VersionAfter: w.cases[p].version})
}

// secondProposal has calls without keys that were not answered, one that was made and one that was not.
func (w *world) secondProposal(p string) {
	w.call(post(p, "note"))
	w.read(p)
	w.act(p, "route", "note", "note_taken", "draft", false, nil)
	w.read(p)
	w.call(post(p, "correct"))
	w.act(p, "route", "amend_data", "data_amended", "draft", false, nil)
	w.call(history.Call{Method: "PATCH", Path: "/api/v1/proposals/" + p, Proposal: p, ActID: p, Status: 200, VersionAfter: 3})
	proposed := w.act(p, "route", "propose", "pact_proposed", "review", false, nil)
	w.task("task-2", p, "opened", "", proposed)
	w.call(w.accepted(post(p, "propose"), proposed))
	w.comments["comment-1"] = p
	w.call(history.Call{Method: "POST", Path: "/api/v1/proposals/" + p + "/comments", Proposal: p, Status: 201, ActID: "comment-1"})
	w.read(p)
}

func (w *world) admin() {
	event, at := w.id("event"), w.now()
	w.write(&row{at: at, id: event, kind: "admin", text: text(event, "admin", "anna", at, map[string]any{"person": "anna"}), subject: w.prefix + ".admin.person_added"})
}
