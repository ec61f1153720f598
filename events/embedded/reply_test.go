package embedded_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// replyTricks are requests that a subscriber may make, with a reply subject
// that makes the server publish the answer where the subscriber may not.
func replyTricks(reply string) []*nats.Msg {
	trick := func(subject, body string) *nats.Msg {
		return &nats.Msg{Subject: subject, Reply: reply, Data: []byte(body)}
	}
	traced := trick("$JS.API.CONSUMER.MSG.NEXT."+streamS+".council", "1")
	traced.Header = nats.Header{"Nats-Trace-Dest": {reply}}
	return []*nats.Msg{
		trick("$JS.API.CONSUMER.MSG.NEXT."+streamS+".council", "1"),
		trick("$JS.API.CONSUMER.MSG.NEXT."+streamS+".council", `{"batch":5,"no_wait":true}`),
		trick("$JS.API.CONSUMER.MSG.NEXT."+streamS+".council", `{nonsense`),
		trick("$JS.API.CONSUMER.INFO."+streamS+".council", ""),
		trick("$JS.API.STREAM.INFO."+streamS, ""),
		trick("$JS.API.CONSUMER.CREATE."+streamS+".x."+tasks, `{"stream_name":"`+streamS+`","config":{"filter_subject":"`+tasks+`"}}`),
		trick("$JS.API.CONSUMER.DELETE."+streamS+".x", ""),
		trick("$JS.ACK."+streamS+".council.1.1.1.1.0", "+ACK"),
		trick("$JS.ACK."+streamS+".council.1.1.1.1.0", "+NXT"),
		traced,
	}
}

func TestReplySubjectsReachNobodyElse(t *testing.T) {
	for _, reply := range []string{
		inStream, inPublic, "krakow.cooperation.task.secretariat.forged.f.p", "_INBOX_archive.x",
		"$JS.API.STREAM.DELETE." + streamS, "$JS.API.STREAM.PURGE." + streamS, "$JS.API.CONSUMER.DELETE." + streamS + ".archive",
		"$JS.ACK." + streamS + ".archive.1.1.1.1.0", "$SYS.REQ.SERVER.PING", "_R_.x.y", "$HEJNAL.GATE.archive.DELETE." + streamS + ".archive",
	} {
		t.Run(reply, func(t *testing.T) {
			h := open(t)
			h.admit(t, "council", tasks)
			h.admit(t, "archive", "krakow.cooperation.>", "krakow.public.cooperation.>")
			h.commit(t, twoTasksAndOther...)
			s := &siege{house: h}
			good := h.enter(t, "archive")
			durable, err := good.js.Consumer(t.Context(), streamS, "archive")
			if err != nil {
				t.Fatal(err)
			}
			waiting, err := durable.Fetch(2) // two that wait to be acknowledged
			if err != nil {
				t.Fatal(err)
			}
			for range waiting.Messages() {
			}
			live := listen(t, good, "krakow.cooperation.>", "krakow.public.cooperation.>", "_INBOX_archive.>")
			before := s.look(t)
			bad := h.enter(t, "council")
			for _, msg := range replyTricks(reply) {
				if err := bad.PublishMsg(msg); err != nil {
					t.Fatal(err)
				}
			}
			if err := bad.Flush(); err != nil {
				t.Fatal(err)
			}
			barrier(t, h.enter(t, "council"))
			if diff := cmp.Diff(before, s.look(t)); diff != "" {
				t.Error(diff)
			}
			select {
			case msg := <-live:
				t.Errorf("another subscriber received %s: %s", msg.Subject, msg.Data)
			default:
			}
		})
	}
}

// barrier waits until requests made before have been worked off, by making
// slower ones of the same kinds after them.
func barrier(t *testing.T, g *guest) {
	t.Helper()
	for range 3 {
		if _, refused := g.ask(t, "$JS.API.CONSUMER.INFO."+streamS+".council", ""); refused {
			t.Fatal("an ordinary request is refused")
		}
	}
	consumer, err := g.js.OrderedConsumer(t.Context(), streamS, jetstream.OrderedConsumerConfig{FilterSubjects: []string{tasks}})
	if err != nil {
		t.Fatal(err)
	}
	expect(t, consumer, 1, 4)
}

func listen(t *testing.T, g *guest, subjects ...string) chan *nats.Msg {
	t.Helper()
	heard := make(chan *nats.Msg, 64)
	for _, subject := range subjects {
		if _, err := g.ChanSubscribe(subject, heard); err != nil {
			t.Fatal(err)
		}
	}
	if err := g.Flush(); err != nil {
		t.Fatal(err)
	}
	return heard
}

// In the account of the streams the same tricks work; they are why subscribers
// live elsewhere. Should a later server close them, this test tells.
func TestInTheStreamsAccountAReplySubjectForgesAnEvent(t *testing.T) {
	for name, request := range map[string]*nats.Msg{
		"answer of the API":        {Subject: "$JS.API.CONSUMER.INFO." + streamS + ".council"},
		"status of a pull request": {Subject: "$JS.API.CONSUMER.MSG.NEXT." + streamS + ".council", Data: []byte("{nonsense")},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.admit(t, "council", tasks)
			h.commit(t, twoTasksAndOther...)
			conn, err := h.Connect()
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			request.Reply = inStream
			if err := conn.PublishMsg(request); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			for {
				stream, err := h.js.Stream(ctx, streamS)
				if err != nil {
					t.Fatalf("no forged event: %v", err)
				}
				if stream.CachedInfo().State.LastSeq == 5 {
					return
				}
			}
		})
	}
}
