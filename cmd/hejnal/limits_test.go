package main_test

import (
	"strings"
	"testing"
	"time"

	natsserver "github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

func TestLimitsThatAnOperatorSetHoldAndAreToldOnce(t *testing.T) {
	long(t)
	url := natsWith(t, &natsserver.Options{JetStream: true, StoreDir: t.TempDir()})
	js := jetStream(t, url)
	config := jetstream.StreamConfig{
		Name: events.StreamInternal, Subjects: []string{"krakow.cooperation.>"}, DenyDelete: true, DenyPurge: true, AllowAtomicPublish: true,
		MaxAge: 720 * time.Hour, MaxBytes: 1 << 20, MaxMsgsPerSubject: 9,
	}
	if _, err := js.CreateStream(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official")
	token := hejnal(t, data, "token", "create", "--user", "anna.nowak")
	flags := []string{"--nats", url, "--nats-replicas", "3"}
	s := start(t, data, token, flags...)
	const told = "keeps events for 720h0m0s only, keeps 1048576 bytes at most, keeps 9 events of a subject at most, is kept on 1 of the 3 servers asked for"
	proposal := s.open(t)
	for range 12 { // one subject, so that the first of them are forgotten
		s.contact(t, proposal)
	}
	head := journalHead(t, data)
	for late := time.Now().Add(20 * time.Second); lastOf(t, url) < head; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatalf("a stream with limits has %d events of %d", lastOf(t, url), head)
		}
	}
	time.Sleep(1500 * time.Millisecond) // the relay looks at the stream again
	status := hejnal(t, data, append([]string{"events", "status"}, flags...)...)
	if !strings.Contains(status, "by an operator's choice it "+told) || strings.Contains(status, "holes") {
		t.Errorf("the status says\n%s", status)
	}
	s.stop(t)
	s.logged(t, `"stream":"COOPERATION"`, told)
	if times := strings.Count(s.log.text(), `"an operator's limits hold for the stream"`); times != 1 {
		t.Errorf("the log tells of the limits %d times", times)
	}
	found, err := js.Stream(t.Context(), events.StreamInternal)
	if err != nil {
		t.Fatal(err)
	}
	if c := found.CachedInfo().Config; c.MaxAge != config.MaxAge || c.MaxBytes != config.MaxBytes || c.MaxMsgsPerSubject != 9 || c.Replicas != 1 {
		t.Errorf("the operator's limits were changed: %+v", c)
	}
}
