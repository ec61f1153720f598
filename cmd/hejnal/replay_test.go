package main_test

import (
	"testing"

	program "hejnal/cmd/hejnal"
	"hejnal/events"
)

func TestAPositionOfTheJournalIsFoundInEachStream(t *testing.T) {
	kept := walked(t)
	journal := whole(t, kept)
	head := int64(len(journal))
	public, err := kept.PublicHead(t.Context())
	if err != nil || public == 0 || public == head {
		t.Fatalf("%d of %d events are public: %v", public, head, err)
	}
	for _, from := range []int64{1, 2, head / 3, head / 2, head - 1, head, head + 1} {
		want := public + 1
		for i := head - 1; i >= from-1; i-- {
			if at := journal[i].PublicPos; at != 0 {
				want = at
			}
		}
		if got, err := program.Beginning(t.Context(), kept, events.StreamPublic, from); err != nil || got != want {
			t.Errorf("position %d is %d in public, want %d: %v", from, got, want, err)
		}
		if got, err := program.Beginning(t.Context(), kept, events.StreamInternal, from); err != nil || got != from {
			t.Errorf("position %d is %d: %v", from, got, err)
		}
	}
	for _, stream := range []string{events.StreamInternal, events.StreamPublic} {
		if got, err := program.Beginning(t.Context(), kept, stream, head+2); err == nil {
			t.Errorf("position %d behind the head is %d", head+2, got)
		}
	}
}
