package main_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	program "hejnal/cmd/hejnal"
	"hejnal/events"
)

// asOperator opens JetStream with the rights of whoever runs the embedded server.
func asOperator(t *testing.T, data string) jetstream.JetStream {
	t.Helper()
	link := linkOf(t, data)
	return jetStream(t, link.URL, nats.UserInfo(link.User, link.Password))
}

func TestADurableOfWhoeverRunsTheServerGoesOnInAStreamThatSomebodyDeleted(t *testing.T) {
	long(t)
	s := start(t, t.TempDir(), "")
	hejnal(t, s.data, "user", "add", "anna", "--role", "official")
	hejnal(t, s.data, "user", "add", "jan", "--role", "lawyer")
	whole := follow(t, nil, "--data", s.data, "--durable", "desk", "--from-start")
	wantLine(t, whole.next(), "     1  ", "person_added")
	wantLine(t, whole.next(), "     2  ", "person_added")
	later := follow(t, nil, "--data", s.data, "--durable", "later")
	for late := time.Now().Add(30 * time.Second); !strings.Contains(later.errs.text(), "later"); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatal("nobody is told that the durable consumer is a new one")
		}
	}
	wantLine(t, later.errs.text(), "no durable consumer later on COOPERATION", "begins with event 3", "--from-start")

	if err := asOperator(t, s.data).DeleteStream(t.Context(), events.StreamInternal); err != nil {
		t.Fatal(err)
	}
	hejnal(t, s.data, "user", "disable", "jan")
	hejnal(t, s.data, "user", "disable", "anna")
	for _, reader := range []*follower{whole, later} {
		wantLine(t, reader.next(), "     3  ", "person_disabled")
		wantLine(t, reader.next(), "     4  ", "person_disabled")
		wantLine(t, reader.errs.text(), "is gone, as when the stream is made anew; it goes on behind event 2 ")
		reader.interrupt()
	}
}

func TestWhoeverRunsTheServerGoesOnReadingWhenItIsStartedAnewAndLostItsStreams(t *testing.T) {
	long(t)
	s := start(t, t.TempDir(), "")
	hejnal(t, s.data, "user", "add", "anna", "--role", "official")
	durable := follow(t, nil, "--data", s.data, "--durable", "desk", "--from-start")
	passing := follow(t, nil, "--data", s.data, "--from-start")
	wantLine(t, durable.next(), "     1  ", "person_added")
	wantLine(t, passing.next(), "     1  ", "person_added")
	for n, lose := range []func() error{
		func() error { return nil },
		func() error { return os.RemoveAll(filepath.Join(s.data, "streams")) },
	} {
		s.stop(t)
		if err := lose(); err != nil {
			t.Fatal(err)
		}
		s = start(t, s.data, "")
		hejnal(t, s.data, "user", "add", []string{"jan", "ewa"}[n], "--role", "lawyer")
		sequence := []string{"     2  ", "     3  "}[n]
		wantLine(t, durable.next(), sequence, "person_added")
		wantLine(t, passing.next(), sequence, "person_added")
	}
	durable.interrupt()
	passing.interrupt()
}

func TestADurableWhoseEventsWereReplacedEndsAndSaysSo(t *testing.T) {
	long(t)
	outside := newOutside(t)
	s := start(t, t.TempDir(), "", "--nats", outside.url())
	hejnal(t, s.data, "user", "add", "anna", "--role", "official")
	reader := follow(t, nil, "--nats", outside.url(), "--durable", "desk", "--from-start")
	wantLine(t, reader.next(), "     1  ", "person_added")
	s.stop(t)
	js := jetStream(t, outside.url())
	if err := js.DeleteStream(t.Context(), events.StreamInternal); err != nil {
		t.Fatal(err)
	}
	if _, err := js.CreateStream(t.Context(), jetstream.StreamConfig{Name: events.StreamInternal, Subjects: []string{"krakow.cooperation.>"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := js.Publish(t.Context(), "krakow.cooperation.admin.person_added", []byte("{}"), jetstream.WithMsgID("another")); err != nil {
		t.Fatal(err)
	}
	reader.mustFail("event 1 is not the one that was read here")
}

func TestADurableIsNotMadeAgainBehindEventsThatComeAgainLater(t *testing.T) {
	for name, c := range map[string]struct {
		floor  uint64
		owed   int
		until  uint64
		shown  []uint64
		places []uint64
	}{
		"nothing is owed":              {floor: 4, until: 4, shown: []uint64{5, 8}, places: []uint64{4, 5, 8}},
		"two come again behind others": {floor: 4, owed: 2, until: 6, shown: []uint64{7, 5, 8, 6, 9}, places: []uint64{4, 4, 4, 4, 6, 9}},
		"a consumer that is new":       {shown: []uint64{1, 2}, places: []uint64{0, 1, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := program.Places(c.floor, c.owed, c.until, c.shown...); !slices.Equal(got, c.places) {
				t.Errorf("after %v it goes on behind %v, not %v", c.shown, got, c.places)
			}
		})
	}
}
