package check_test

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"strings"
	"testing"

	"hejnal/tools/chaos/check"
	"hejnal/tools/chaos/history"
)

// find is the first call that fits.
func (w *world) find(fits func(*history.Call) bool) *history.Call {
	return w.calls[slices.IndexFunc(w.calls, fits)]
}

// of is the row of the n-th act of a transition of a proposal.
func (w *world) of(proposal, event string) *row {
	return w.journal[slices.IndexFunc(w.journal, func(r *row) bool {
		return r.proposal == proposal && strings.Contains(r.subject, event)
	})]
}

// say changes the text of an entry, and its hash and the stream with it, as a mistake of the engine would.
func (w *world) say(r *row, old, changed string) {
	r.text = bytes.ReplaceAll(r.text, []byte(old), []byte(changed))
	leaf := sha256.Sum256(append([]byte{0}, r.text...))
	r.leaf = leaf[:]
	w.internal[r.pos-1].text = numbered(r.text, r.pos)
}

func accepted(c *history.Call) bool { return c.Status == 201 && c.Transition != "" }

// planted are mistakes, each with what must be said of it.
var planted = map[string]struct {
	plant func(w *world)
	kind  check.Kind
	says  string
}{
	"an accepted act is not in the store": {func(w *world) { w.find(accepted).ActID = "nowhere" }, check.Lost, "accepted command is not in the store"},
	"the journal lost its end": {func(w *world) {
		w.journal = w.journal[:len(w.journal)-2]
	}, check.Phantom, "which the journal does not know"},
	"an entry is gone from the middle": {func(w *world) { w.journal = slices.Delete(w.journal, 4, 5) }, check.Gap, "goes on with position"},
	"a public entry is gone": {func(w *world) {
		for _, r := range w.journal {
			if r.publicPos > 1 {
				r.publicPos++
			}
		}
	}, check.Gap, "public journal"},
	"a seq is skipped":     {func(w *world) { w.of("one", "pact_renewed").seq++ }, check.Gap, "goes on with seq"},
	"an event id is twice": {func(w *world) { w.of("one", "pact_published").publicID = w.of("one", "pact_granted").publicID }, check.Doubled, "event id"},
	"a byte of an entry is another": {func(w *world) {
		r := w.of("one", "pact_proposed")
		r.text = bytes.Replace(r.text, []byte("council"), []byte("kouncil"), 1)
	}, check.Altered, "leaf hash"},
	"an event tells of another moment": {func(w *world) { w.of("two", "pact_proposed").at++ }, check.Altered, "attribute time"},
	"a subject is another":             {func(w *world) { w.of("one", "pact_granted").subject += "x" }, check.Altered, "the subject is"},
	"a cause is none":                  {func(w *world) { w.of("one", "task.lawyer.opened").cause = "nothing" }, check.Lost, "cause nothing"},
	"a stream lost an event":           {func(w *world) { w.internal = w.internal[:len(w.internal)-1] }, check.Lost, "does not have event"},
	"a public stream lost an event":    {func(w *world) { w.public = w.public[:1] }, check.Lost, "_PUBLIC does not have event"},
	"two events changed places in the stream": {func(w *world) {
		w.internal[3], w.internal[4] = w.internal[4], w.internal[3]
	}, check.Reordered, "the journal at"},
	"a stream has other bytes": {func(w *world) {
		w.internal[3].text = bytes.Replace(w.internal[3].text, []byte("review"), []byte("revieu"), 1)
	}, check.Altered, "other bytes"},
	"a stream has another sequence inside": {func(w *world) { w.internal[3].text[30] = '9' }, check.Altered, "other bytes"},
	"a stream has another subject":         {func(w *world) { w.internal[3].subject += "x" }, check.Altered, "other bytes"},
	"a stream has another content type":    {func(w *world) { w.internal[3].contentType = "text/plain" }, check.Altered, "other bytes"},
	"a stream has a foreign event": {func(w *world) {
		w.internal = append(w.internal, &published{"foreign", w.prefix + ".foreign", "", []byte("{}")})
	}, check.Phantom, "which the journal does not know"},
	"a stream has an event again": {func(w *world) {
		again := *w.internal[0]
		again.id = ""
		w.internal = append(w.internal, &again)
	}, check.Phantom, "which the journal does not know"},
	"a history takes a way that is none": {func(w *world) {
		w.say(w.of("one", "pact_proposed"), `"transition":"propose"`, `"transition":"publish"`)
	}, check.Path, "no way publish"},
	"a history goes on from elsewhere": {func(w *world) {
		w.say(w.of("one", "pact_granted"), `"from":"review"`, `"from":"draft"`)
	}, check.Path, `leaves "draft"`},
	"an act does not do what it does to a track": {func(w *world) {
		w.say(w.of("one", "pact_granted"), `"publication":"due"`, `"publication":"none"`)
	}, check.Path, "no way decide"},
	"a stage is another":      {func(w *world) { w.say(w.of("one", "pact_granted"), `"stage":"life"`, `"stage":"council"`) }, check.Path, "the stage is"},
	"a definition is unknown": {func(w *world) { w.say(w.of("two", "pact_proposed"), w.digest, "other") }, check.Path, "is not known"},
	"what is public is told to nobody": {func(w *world) {
		r := w.of("one", "pact_granted")
		r.publicPos, r.publicText = 0, nil
	}, check.Path, "marked public"},
	"a case stands elsewhere":            {func(w *world) { w.cases["two"].state = "granted" }, check.Path, "its history leads to"},
	"a track of a case stands elsewhere": {func(w *world) { w.cases["one"].tracks["publication"] = "due" }, check.Path, "its history leads to"},
	"a case has another version":         {func(w *world) { w.cases["one"].version++ }, check.Altered, "has version"},
	"a case has another last act":        {func(w *world) { w.cases["one"].lastAct = "other" }, check.Altered, "ends with act"},
	"a case is gone":                     {func(w *world) { delete(w.cases, "two") }, check.Lost, "which is no case"},
	"a case came from nowhere":           {func(w *world) { w.cases["none"] = &caseRow{} }, check.Phantom, "has no history"},
	"a task is open that was completed": {func(w *world) {
		w.tasks["task-1"].state, w.tasks["task-1"].closed = "open", 0
	}, check.Task, "its events say completed"},
	"a task is somebody else's": {func(w *world) { w.tasks["task-1"].assignee = "ewa" }, check.Task, "its events say"},
	"a task is gone":            {func(w *world) { delete(w.tasks, "task-2") }, check.Lost, "was opened and is not there"},
	"a task came from nowhere":  {func(w *world) { w.tasks["none"] = &taskRow{} }, check.Phantom, "was never opened"},
	"a task is opened twice": {func(w *world) {
		w.task("task-2", "two", "opened", "", w.of("two", "pact_proposed"))
	}, check.Doubled, "opened again"},
	"a task goes on after its end": {func(w *world) { w.task("task-1", "one", "claimed", "ewa", nil) }, check.Task, "after it was completed"},
	"a task is open where its state asks nothing": {func(w *world) {
		w.act("two", "route", "decide", "pact_denied", "denied", true, nil)
	}, check.Task, "is open while its strand stands in denied"},
	"a claim was made twice": {func(w *world) { w.task("task-2", "two", "claimed", "ewa", nil) }, check.Phantom, "task-2 was claimed"},
	"a document is gone":     {func(w *world) { clear(w.documents) }, check.Lost, "was attached and is not there"},
	"a document came from nowhere": {func(w *world) {
		for _, d := range w.documents {
			w.documents["other"] = d
		}
	}, check.Phantom, "was never attached"},
	"the bytes of a document are cut": {func(w *world) {
		for hash, content := range w.files {
			w.files[hash] = content[:4]
		}
	}, check.Lost, "bytes of document"},
	"an answer names another act":        {func(w *world) { w.answers[1].body = `{"id":"other"}` }, check.Answer, "the answer names"},
	"an answer has another version":      {func(w *world) { w.answers[1].etag = `"7"` }, check.Answer, "the answer has the ETag"},
	"an answer belongs to nothing":       {func(w *world) { w.answers[1].first = 999 }, check.Lost, "position 999"},
	"an answer is kept for another body": {func(w *world) { w.answers[1].digest = "other" }, check.Answer, "another body"},
	"an accepted answer is not kept":     {func(w *world) { w.answers = w.answers[:1] }, check.Lost, "is not kept"},
	"an answer is kept twice":            {func(w *world) { w.answers = append(w.answers, w.answers[1]) }, check.Doubled, "is kept 2 times"},
	"a refused command has an answer": {func(w *world) {
		refused := w.find(func(c *history.Call) bool { return c.Key == "key-refused" })
		w.keep(refused, w.of("one", "pact_granted"), "other")
	}, check.Phantom, "a command that was refused"},
	"a key made two acts": {func(w *world) {
		again := *w.find(func(c *history.Call) bool { return c.Key == "key-note" && c.Status == 201 })
		again.ActID = w.of("one", "pact_renewed").id
		w.calls = append(w.calls, &again)
	}, check.Doubled, "one key made two acts"},
	"two commands were answered with one act": {func(w *world) {
		again := *w.find(func(c *history.Call) bool { return accepted(c) && c.Key == "" })
		w.calls = append(w.calls, &again)
	}, check.Doubled, "answered with one act"},
	"a refused command was made": {func(w *world) {
		w.find(func(c *history.Call) bool { return accepted(c) && c.Transition == "publish" }).Status = 409
	}, check.Phantom, "nobody asked for it"},
	"what was asked for once was made twice": {func(w *world) {
		w.act("two", "route", "correct", "entry_corrected", "review", false, nil)
		w.act("two", "route", "correct", "entry_corrected", "review", false, nil)
	}, check.Doubled, "more often than it was asked for"},
	"an answer has another seq":       {func(w *world) { w.find(accepted).Seq++ }, check.Answer, "the answer says seq"},
	"an answer tells another version": {func(w *world) { w.find(accepted).VersionAfter++ }, check.Answer, "the answer says version"},
	"a comment is gone":               {func(w *world) { clear(w.comments) }, check.Lost, "accepted comment"},
	"a read saw an old version": {func(w *world) {
		w.calls[len(w.calls)-1].VersionAfter--
	}, check.Reordered, "cannot have happened in any order"},
	"a read saw a version that was not yet made": {func(w *world) {
		w.find(func(c *history.Call) bool { return c.Method == "GET" }).VersionAfter = 6
	}, check.Reordered, "cannot have happened in any order"},
	"a matching version was refused": {func(w *world) {
		refused := w.find(func(c *history.Call) bool { return c.Status == 412 })
		refused.IfMatch = "2"
		refused.Call += 60 // when version 2 was made for certain
	}, check.Reordered, "cannot have happened in any order"},
	"a version that did not match was accepted": {func(w *world) {
		w.find(func(c *history.Call) bool { return c.IfMatch == "3" }).IfMatch = "2"
	}, check.Reordered, "cannot have happened in any order"},
	"what the state offers was refused as not offered": {func(w *world) {
		w.find(func(c *history.Call) bool { return c.Key == "key-refused" }).Transition = "propose"
	}, check.Reordered, "cannot have happened in any order"},
	"what the state does not offer was refused by a rule": {func(w *world) {
		w.find(func(c *history.Call) bool { return c.Problem == "Zablokowane" }).Transition = "propose"
	}, check.Reordered, "cannot have happened in any order"},
	"a proposal that was there was not found": {func(w *world) {
		last := w.calls[len(w.calls)-1]
		last.Status, last.VersionAfter = 404, 0
	}, check.Reordered, "cannot have happened in any order"},
	"an answer came before its act was asked for": {func(w *world) {
		renewed := w.find(func(c *history.Call) bool { return c.Transition == "renew" })
		renewed.Call, renewed.Return = 1, 2
	}, check.Reordered, "cannot have happened in any order"},
	"a subscriber missed an event": {func(w *world) { w.receipts = slices.Delete(w.receipts, 4, 5) }, check.Lost, "never saw event"},
	"a subscriber saw events in another order": {func(w *world) {
		w.receipts[4], w.receipts[5] = w.receipts[5], w.receipts[4]
	}, check.Reordered, "for the first time after"},
	"a subscriber saw other bytes":              {func(w *world) { w.receipts[4].Payload += " " }, check.Altered, "saw another event"},
	"a subscriber saw what was never committed": {func(w *world) { w.receipts[4].Sequence = 999 }, check.Phantom, "that the journal does not know"},
	"a subscriber saw what it may not see":      {func(w *world) { w.receipts[4].Subject = "elsewhere.x" }, check.Leaked, "may not see"},
}

func TestEveryKindOfMistakeIsFound(t *testing.T) {
	b := newBench(t)
	for name, test := range planted {
		t.Run(name, func(t *testing.T) {
			w := clean(t, b.next())
			test.plant(w)
			report := b.judge(t, w)
			if !slices.ContainsFunc(report.Violations, func(v check.Violation) bool {
				return v.Kind == test.kind && strings.Contains(v.String(), test.says)
			}) {
				t.Errorf("no violation of the kind %s says %q:\n%s", test.kind, test.says, report.String())
			}
		})
	}
}

func TestAnEventFromThePlaceOfAnotherIsAstrayOnlyWhereFilesWereDamaged(t *testing.T) {
	b := newBench(t)
	for _, damaged := range []bool{true, false} {
		w := clean(t, b.next())
		w.damaged = damaged
		stray := w.receipts[4]
		stray.Sequence--
		w.receipts = append([]history.Receipt{stray}, w.receipts...)
		report := b.judge(t, w)
		if report.OK() != damaged || damaged && report.Astray != 1 {
			t.Errorf("damaged %v:\n%s", damaged, report.String())
		}
	}
}

func TestWhatWasDeliveredAgainMayComeLate(t *testing.T) {
	b := newBench(t)
	w := clean(t, b.next())
	w.receipts[4], w.receipts[5] = w.receipts[5], w.receipts[4]
	w.receipts[5].Delivered = 2
	if report := b.judge(t, w); !report.OK() {
		t.Error(report.String())
	}
}

func TestWhatWasOnItsWayWhenAConnectionWasCutMayComeLate(t *testing.T) {
	b := newBench(t)
	for cut, fine := range map[int]bool{5: true, 6: false} {
		w := clean(t, b.next())
		w.receipts[4], w.receipts[5] = w.receipts[5], w.receipts[4]
		for i := range w.receipts[cut:] {
			w.receipts[cut+i].Connection = 1
		}
		if report := b.judge(t, w); report.OK() != fine {
			t.Errorf("cut before receipt %d: %s", cut, report.String())
		}
	}
}

func TestOrderIsJudgedAnewWhenAConsumerCountsAnew(t *testing.T) {
	b := newBench(t)
	for again, fine := range map[uint64]bool{1: true, 6: false} {
		w := clean(t, b.next())
		w.receipts[4], w.receipts[5] = w.receipts[5], w.receipts[4]
		for i := range w.receipts[:5] {
			w.receipts[i].Consumer = uint64(i) + 1
		}
		for i := range w.receipts[5:] {
			w.receipts[i+5].Consumer = again + uint64(i)
		}
		if report := b.judge(t, w); report.OK() != fine {
			t.Errorf("counting on from %d: %s", again, report.String())
		}
	}
}
