package installation_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"hejnal/cmd/hejnal/installation"
	"hejnal/events"
	"hejnal/store"
)

// journal is a feed that counts how often it is read.
type journal struct{ read []int64 }

func (j *journal) Head(context.Context) (int64, error) { return 0, errors.New("nobody asks") }

func (j *journal) After(_ context.Context, pos int64, _ int) ([]events.Message, error) {
	j.read = append(j.read, pos)
	return nil, nil
}

// durable is a change that was committed with so many entries from the position on.
func durable(first int64, texts ...string) store.Durable {
	change := store.Durable{FirstPos: first, At: time.Unix(first, 0)}
	for _, text := range texts {
		change.Entries = append(change.Entries, store.Entry{ID: "id " + text, Subject: "about " + text, Text: []byte(text)})
	}
	return change
}

// given are the texts of what follows a position, with the positions checked; none means that the journal was read.
func given(t *testing.T, feed events.Feed, pos int64, limit int) []string {
	t.Helper()
	messages, err := feed.After(t.Context(), pos, limit)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for i, m := range messages {
		text := string(m.Text)
		if m.Pos != pos+int64(i)+1 || m.ID != "id "+text || m.Subject != "about "+text || m.At.IsZero() {
			t.Errorf("after %d came %+v", pos, m)
		}
		texts = append(texts, text)
	}
	return texts
}

func TestWhatWasCommittedIsHandedOverOnlyWithoutHoles(t *testing.T) {
	now := time.Unix(0, 0)
	put, _, over := installation.NewHandover(func() time.Time { return now })
	read := &journal{}
	feed := over(read)
	put([]store.Durable{durable(7, "a", "b"), durable(9, "c"), durable(11, "e")})
	for _, c := range []struct {
		pos   int64
		limit int
		want  []string
	}{
		{5, 9, nil},
		{6, 2, []string{"a", "b"}},
		{6, 9, []string{"a", "b", "c"}},
		{8, 9, []string{"c"}},
		{9, 9, nil},
		{10, 9, []string{"e"}},
		{6, 9, nil},
		{11, 9, nil},
	} {
		if got := given(t, feed, c.pos, c.limit); !slices.Equal(got, c.want) {
			t.Errorf("after %d, at most %d: got %q, want %q", c.pos, c.limit, got, c.want)
		}
	}
	if !slices.Equal(read.read, []int64{5, 9, 6, 11}) {
		t.Errorf("the journal was read after %v", read.read)
	}
}

func TestWhatIsOldOrOfAnotherJournalIsNotHandedOver(t *testing.T) {
	now := time.Unix(0, 0)
	put, _, over := installation.NewHandover(func() time.Time { return now })
	feed := over(&journal{})
	put([]store.Durable{durable(1, "old")})
	now = now.Add(3 * time.Second)
	if got := given(t, feed, 0, 9); got != nil {
		t.Errorf("after three seconds came %q", got)
	}
	put([]store.Durable{durable(5, "of before", "of before too")})
	put([]store.Durable{durable(5, "of the restored journal")})
	if got := given(t, feed, 4, 9); !slices.Equal(got, []string{"of the restored journal"}) {
		t.Errorf("got %q", got)
	}
}

func TestWhatNobodyTakesIsBounded(t *testing.T) {
	put, _, over := installation.NewHandover(time.Now)
	feed := over(&journal{})
	for pos := range int64(5000) {
		put([]store.Durable{durable(pos+1, "x")})
	}
	if first := given(t, feed, 0, 9); first != nil {
		t.Error("five thousand are kept")
	}
	large := strings.Repeat("x", 3<<20)
	put([]store.Durable{durable(9001, large), durable(9002, large)})
	if got := given(t, feed, 9000, 9); got != nil {
		t.Error("six megabytes are kept")
	}
	if got := given(t, feed, 9001, 9); len(got) != 1 {
		t.Error("the last is not kept")
	}
}

func TestARelayLearnsWhatWasCommittedHere(t *testing.T) {
	put, take, _ := installation.NewHandover(time.Now)
	if own, public := take(); own || public {
		t.Error("nothing was committed")
	}
	put([]store.Durable{durable(1, "a")})
	if own, public := take(); !own || public {
		t.Errorf("an internal event is own %t, public %t", own, public)
	}
	open := durable(2, "b")
	open.Entries[0].Public = &store.PublicEntry{}
	put([]store.Durable{open, durable(3, "c")})
	if own, public := take(); !own || !public {
		t.Errorf("a public event is own %t, public %t", own, public)
	}
	if own, public := take(); own || public {
		t.Error("it was taken before")
	}
}
