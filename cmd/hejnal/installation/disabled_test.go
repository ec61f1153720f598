package installation_test

import (
	"errors"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/cmd/hejnal/installation"
	"hejnal/events"
)

// streamsOf opens the streams of a running installation with the program's own rights.
func streamsOf(t *testing.T, c installation.Config) jetstream.JetStream {
	t.Helper()
	link, err := c.ReadLink()
	if err != nil {
		t.Fatal(err)
	}
	conn, err := nats.Connect(link.URL, nats.UserInfo(link.User, link.Password))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	return js
}

func TestADisabledSubscriberLeavesNoConsumers(t *testing.T) {
	c := installation.Config{Data: t.TempDir(), NATSListen: "127.0.0.1:0"}
	running := begin(t, c)
	defer end(t, running)
	js := streamsOf(t, c)
	everything := []string{"krakow.cooperation.>"}
	if err := running.Engine.AddSubscriber(t.Context(), "council", installation.HashPassword("anything"), everything); err != nil {
		t.Fatal(err)
	}
	for _, config := range []jetstream.ConsumerConfig{{Durable: "council"}, {Name: "council~7", InactiveThreshold: time.Hour}} {
		if _, err := js.CreateConsumer(t.Context(), events.StreamInternal, config); err != nil {
			t.Fatal(err)
		}
	}
	if err := running.Engine.DisableSubscriber(t.Context(), "council"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"council", "council~7"} {
		for late := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
			_, err := js.Consumer(t.Context(), events.StreamInternal, name)
			if errors.Is(err, jetstream.ErrConsumerNotFound) {
				break
			}
			if time.Now().After(late) {
				t.Fatalf("consumer %s is still there: %v", name, err)
			}
		}
	}
}
