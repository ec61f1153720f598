package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hejnal/cmd/hejnal/installation"
	"hejnal/events"
	"hejnal/store"
)

func TestWhatSomebodyPublishesIntoAnInterruptedEpochIsKeptToo(t *testing.T) {
	long(t)
	p := newSite(t, true, "")
	p.token = p.people(t)
	s := p.start(t)
	s.contact(t, s.open(t))
	url, login := p.nats(t)
	readStream(t, url, p.head(t), login...)
	kept := p.journal(t)
	begun := store.Epoch{Stream: events.StreamInternal, Number: 2, Common: 1, Last: 1, EventID: installation.NewID(), Readers: []byte("[]"), BeganAt: time.Now().UTC()}
	if err := kept.BeginEpoch(t.Context(), begun); err != nil {
		t.Fatal(err)
	}
	closing(t, kept)
	if _, err := p.js(t).Publish(t.Context(), "krakow.cooperation.foreign", []byte(`{"foreign":true}`)); err != nil {
		t.Fatal(err)
	}
	if told := p.run(t, "events", "repair", "--new-epoch"); strings.Count(told, "healthy") != 2 {
		t.Errorf("the epoch that was taken up again stands so:\n%s", told)
	}
	files, err := filepath.Glob(filepath.Join(p.data, "epochs", "*.jsonl"))
	if err != nil || len(files) != 1 {
		t.Fatalf("what was published is kept in %v, %v", files, err)
	}
	if text, err := os.ReadFile(files[0]); err != nil || !strings.Contains(string(text), "foreign") {
		t.Errorf("what was published is not kept: %q, %v", text, err)
	}
	s.stop(t)
}
