package main_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestTheStatusTellsSinceWhenTheFirstEventWaits(t *testing.T) {
	long(t)
	data, bus := t.TempDir(), newOutside(t)
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official")
	for _, what := range []string{"without a stream", "behind"} {
		if what == "behind" {
			s := start(t, data, "", "--nats", bus.url())
			readStream(t, bus.url(), journalHead(t, data))
			stop(t, s)
			hejnal(t, data, "user", "add", "jan.nowak", "--role", "lawyer")
		}
		var found []struct {
			Stream string
			Lag    int64
			Oldest time.Time
		}
		if err := json.Unmarshal([]byte(hejnal(t, data, "events", "status", "--json", "--nats", bus.url())), &found); err != nil {
			t.Fatal(err)
		}
		if age := time.Since(found[0].Oldest); found[0].Lag == 0 || age < 0 || age > time.Hour {
			t.Errorf("%s it is %+v", what, found[0])
		}
		if told := hejnal(t, data, "events", "status", "--nats", bus.url()); !strings.Contains(told, "the first of it since 20") {
			t.Errorf("%s it says %s", what, told)
		}
	}
}
