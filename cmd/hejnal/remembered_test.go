package main_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	program "hejnal/cmd/hejnal"
)

// meet gives events to a memory, written as sequence and id such as 7a, and answers those that it shows.
func meet(t *testing.T, m *program.Memory, events string) (shown []string, err error) {
	t.Helper()
	for event := range strings.FieldsSeq(events) {
		var sequence uint64
		var id string
		if _, err := fmt.Sscanf(event, "%d%s", &sequence, &id); err != nil {
			t.Fatal(err)
		}
		fresh, err := m.Meet(sequence, id)
		if err != nil {
			return shown, err
		}
		if fresh {
			shown = append(shown, event)
		}
	}
	return shown, nil
}

func TestAReaderGoesOnBehindTheLastEventThatAStreamMadeAnewStillHas(t *testing.T) {
	for _, c := range []struct {
		name      string
		quiet     uint64
		complete  bool
		sameEpoch bool
		before    string // what the stream had from where the reader began
		after     uint64 // behind which it reads the new one
		now       string // what the new one has behind that
		shown     string
		unknown   bool
	}{
		{name: "the same", before: "3a 4a 5a", after: 2, now: "3a 4a 5a 6a", shown: "6a"},
		{name: "others at the end", before: "3a 4a 5a", after: 2, now: "3a 4b 5b 6b", shown: "4b 5b 6b"},
		{name: "others that were known and not shown", quiet: 5, before: "3a 4a 5a 6a", after: 2, now: "3a 4b 5b 6b", shown: "4b 5b 6b"},
		{name: "fewer that match", before: "3a 5a 9a", after: 2, now: "3a 7b 9b", shown: "7b 9b"},
		{name: "all others, read from the first", complete: true, before: "1a 2a", after: 0, now: "1b 2b 3b", shown: "1b 2b 3b"},
		{name: "begun later, read from the first", complete: true, before: "1a 2a 3a", after: 0, now: "3a 4a", shown: "4a"},
		{name: "all others, read from the middle", before: "3a 4a", after: 2, now: "3b 4b", unknown: true},
		{name: "begun later, read from the middle", before: "3a 4a", after: 2, now: "9b", unknown: true},
		{name: "nothing known, the same epoch", sameEpoch: true, after: 8, now: "9a", shown: "9a"},
		{name: "nothing known, another epoch", after: 0, now: "7b", unknown: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := program.NewMemory(c.quiet, c.complete)
			if _, err := meet(t, m, c.before); err != nil {
				t.Fatal(err)
			}
			if after := m.Doubt(8, c.sameEpoch); after != c.after {
				t.Errorf("it reads on behind %d", after)
			}
			shown, err := meet(t, m, c.now)
			if (err != nil) != c.unknown {
				t.Errorf("it ends with %v", err)
			}
			if diff := cmp.Diff(strings.Fields(c.shown), append([]string{}, shown...)); diff != "" {
				t.Errorf("shown (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAReaderShowsEachEventOnce(t *testing.T) {
	m := program.NewMemory(2, true)
	shown, err := meet(t, m, "1a 2a 3a 3a 2a 4a")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"3a", "4a"}, shown); diff != "" {
		t.Errorf("shown (-want +got):\n%s", diff)
	}
}

func TestAReaderForgetsWhatIsLongPast(t *testing.T) {
	m := program.NewMemory(0, true)
	for sequence := range uint64(10000) {
		if _, err := m.Meet(sequence+1, "a"); err != nil {
			t.Fatal(err)
		}
	}
	if after := m.Doubt(10000, false); after == 0 || after > 10000-2000 {
		t.Errorf("it reads on behind %d", after)
	}
}
