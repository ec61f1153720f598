package check_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hejnal/tools/chaos/history"
)

// TestNoChangeOfTheEvidenceIsOverlooked changes one thing anywhere in the evidence of a clean run.
func TestNoChangeOfTheEvidenceIsOverlooked(t *testing.T) {
	b := newBench(t)
	rapid.Check(t, func(r *rapid.T) {
		w := clean(t, b.next())
		where := rapid.SampledFrom(slices.Sorted(maps.Keys(changes))).Draw(r, "where")
		what := changes[where](r, w)
		if report := b.judge(t, w); report.OK() {
			r.Fatalf("%s: %s was overlooked", where, what)
		}
	})
}

// changes change something in one part of the evidence and say what.
var changes = map[string]func(r *rapid.T, w *world) string{
	"journal":  changeJournal,
	"stream":   changeStream,
	"case":     changeCase,
	"task":     changeTask,
	"answer":   changeAnswer,
	"accepted": changeAccepted,
	"read":     changeRead,
	"receipt":  changeReceipt,
}

func changeJournal(r *rapid.T, w *world) string {
	i := rapid.IntRange(0, len(w.journal)-1).Draw(r, "entry")
	e := w.journal[i]
	switch how := rapid.IntRange(0, 5).Draw(r, "how"); how {
	case 0:
		w.journal = slices.Delete(w.journal, i, i+1)
	case 1:
		at := rapid.IntRange(0, len(e.text)-1).Draw(r, "byte")
		e.text = slices.Clone(e.text)
		e.text[at] ^= 1 << rapid.IntRange(0, 6).Draw(r, "bit")
	case 2:
		e.subject += ".x"
	case 3:
		e.id += "x"
	case 4:
		e.seq++
	default:
		e.at += 7
	}
	return fmt.Sprintf("entry %d", i+1)
}

func changeStream(r *rapid.T, w *world) string {
	stream := &w.internal
	if rapid.Bool().Draw(r, "public") {
		stream = &w.public
	}
	i := rapid.IntRange(0, len(*stream)-1).Draw(r, "message")
	m := (*stream)[i]
	switch how := rapid.IntRange(0, 4).Draw(r, "how"); how {
	case 0:
		*stream = slices.Delete(*stream, i, i+1)
	case 1:
		at := rapid.IntRange(0, len(m.text)-1).Draw(r, "byte")
		m.text = slices.Clone(m.text)
		m.text[at] ^= 1 << rapid.IntRange(0, 6).Draw(r, "bit")
	case 2:
		m.id += "x"
	case 3:
		m.subject += ".x"
	default:
		again := *m
		again.id += "again"
		*stream = slices.Insert(*stream, i, &again)
	}
	return fmt.Sprintf("message %d", i+1)
}

func changeCase(r *rapid.T, w *world) string {
	id := rapid.SampledFrom(slices.Sorted(maps.Keys(w.cases))).Draw(r, "case")
	c := w.cases[id]
	switch how := rapid.IntRange(0, 6).Draw(r, "how"); how {
	case 0:
		delete(w.cases, id)
	case 1:
		c.version += rapid.SampledFrom([]int64{-1, 1}).Draw(r, "by")
	case 2:
		c.state += "x"
	case 3:
		c.tracks["publication"] += "x"
	case 4:
		c.seq++
	case 5:
		c.lastAct += "x"
	default:
		c.stage += "x"
	}
	return id
}

func changeTask(r *rapid.T, w *world) string {
	id := rapid.SampledFrom(slices.Sorted(maps.Keys(w.tasks))).Draw(r, "task")
	t := w.tasks[id]
	switch how := rapid.IntRange(0, 5).Draw(r, "how"); how {
	case 0:
		delete(w.tasks, id)
	case 1:
		t.state += "x"
	case 2:
		t.assignee += "x"
	case 3:
		t.opened++
	case 4:
		t.closed++
	default:
		t.role += "x"
	}
	return id
}

func changeAnswer(r *rapid.T, w *world) string {
	i := rapid.IntRange(0, len(w.answers)-1).Draw(r, "answer")
	a := w.answers[i]
	switch how := rapid.IntRange(0, 6).Draw(r, "how"); how {
	case 0:
		w.answers = slices.Delete(w.answers, i, i+1)
	case 1:
		a.key += "x"
	case 2:
		a.digest += "x"
	case 3:
		a.etag = `"99"`
	case 4:
		a.body = `{"id":"x"}`
	case 5:
		a.status = 409
	default:
		a.first++
	}
	return a.key
}

// changeAccepted changes what was told to a client whose transition was accepted, or forgets that it asked.
func changeAccepted(r *rapid.T, w *world) string {
	var calls []*history.Call
	for _, c := range w.calls {
		if accepted(c) {
			calls = append(calls, c)
		}
	}
	c := rapid.SampledFrom(calls).Draw(r, "call")
	switch how := rapid.IntRange(0, 5).Draw(r, "how"); how {
	case 0:
		c.ActID += "x"
	case 1:
		c.Seq += 5
	case 2:
		c.VersionAfter++
	case 3:
		c.Transition += "x"
	case 4:
		c.Key += "x"
	default:
		w.calls = slices.DeleteFunc(w.calls, func(other *history.Call) bool {
			return other == c || other.Key == c.Key && other.Transition == c.Transition
		})
	}
	return c.Path + " " + c.Transition
}

func changeRead(r *rapid.T, w *world) string {
	var calls []*history.Call
	for i, c := range w.calls {
		// A neighbour at the same time may make the version that comes next.
		if c.Method == "GET" && (i+1 == len(w.calls) || w.calls[i+1].Proposal != c.Proposal || w.calls[i+1].Method == "GET") {
			calls = append(calls, c)
		}
	}
	c := rapid.SampledFrom(calls).Draw(r, "read")
	by := []int64{5}
	if c.Proposal != "two" { // whose unanswered calls may have been made earlier or later
		by = append(by, 1)
	}
	if c.VersionAfter > 2 {
		by = append(by, -2)
	}
	c.VersionAfter += rapid.SampledFrom(by).Draw(r, "by")
	return fmt.Sprintf("%s sees %d", c.Path, c.VersionAfter)
}

func changeReceipt(r *rapid.T, w *world) string {
	i := rapid.IntRange(0, len(w.receipts)-2).Draw(r, "receipt") // the last came twice
	if i == 2 {
		i = 3 // and so did this one
	}
	switch how := rapid.IntRange(0, 3).Draw(r, "how"); how {
	case 0:
		w.receipts = slices.Delete(w.receipts, i, i+1)
	case 1:
		w.receipts[i].Payload += " "
	case 2:
		w.receipts[i].Sequence += 1000
	default:
		w.receipts[i].Subject += ".x"
	}
	return fmt.Sprintf("receipt %d", i)
}
