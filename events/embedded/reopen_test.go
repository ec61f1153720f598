package embedded_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hejnal/events"
	"hejnal/events/embedded"
)

func TestStreamsThatAreOpenedAgainKeepEventsConsumersAndConnections(t *testing.T) {
	h := open(t)
	h.admit(t, "archive", "krakow.cooperation.>")
	h.commit(t, twoTasksAndOther...)
	g := h.enter(t, "archive")
	consumer, err := g.js.Consumer(t.Context(), streamS, "archive")
	if err != nil {
		t.Fatal(err)
	}
	expect(t, consumer, 1, 2)
	for range 2 {
		if err := h.Reopen(); err != nil {
			t.Fatal(err)
		}
		h.commit(t, "admin.again")
	}
	if consumer, err = g.js.Consumer(t.Context(), streamS, "archive"); err != nil {
		t.Fatal(err)
	}
	expect(t, consumer, 3, 4, 5, 6)
	h.admit(t, "later", "krakow.cooperation.admin.>")
	later, err := h.enter(t, "later").js.Consumer(t.Context(), streamS, "later")
	if err != nil {
		t.Fatal(err)
	}
	expect(t, later, 5, 6)
	if last, differs, err := events.Verify(t.Context(), h.js, streamS, h.feed); err != nil || differs {
		t.Errorf("the stream is not the feed: %v, %v", last, err)
	}
}

func TestStreamsAreNotClosedWhereTheyCouldNotBeOpened(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "streams")
	server, err := embedded.Start(embedded.Options{Dir: dir, Password: "internal", DontListen: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(t, server) })
	if err := os.Rename(dir, dir+".away"); err != nil {
		t.Fatal(err)
	}
	if err := server.Reopen(); err == nil || !strings.Contains(err.Error(), "open the streams again") {
		t.Errorf("without a directory it answers %v", err)
	}
	if err := os.Rename(dir+".away", dir); err != nil {
		t.Fatal(err)
	}
	if err := server.Reopen(); err != nil {
		t.Error(err)
	}
}
