package embedded_test

import (
	"context"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

const tasks = "krakow.cooperation.task.secretariat.>"

var twoTasksAndOther = []string{
	"task.secretariat.opened.twin_city_agreement.p1",
	"transition.twin_city_agreement.opened.p1",
	"task.lawyer.opened.twin_city_agreement.p1",
	"task.secretariat.completed.twin_city_agreement.p1",
}

func TestASubscriberFollowsLiveWhatItIsAllowed(t *testing.T) {
	h := open(t)
	h.admit(t, "council", tasks)
	g := h.enter(t, "council")
	sub, err := g.SubscribeSync(tasks)
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Flush(); err != nil {
		t.Fatal(err)
	}
	h.commit(t, twoTasksAndOther...)
	for _, pos := range []int64{1, 4} {
		msg, err := sub.NextMsg(5 * time.Second)
		if err != nil {
			t.Fatal(err)
		}
		if _, got, err := events.Split(msg.Data); err != nil || got != pos {
			t.Errorf("position %d, %v, want %d", got, err, pos)
		}
	}
	if msg, err := sub.NextMsg(100 * time.Millisecond); err == nil {
		t.Errorf("one more came: %s", msg.Subject)
	}
}

func TestASubscriberReadsByItsDurable(t *testing.T) {
	h := open(t)
	h.admit(t, "council", tasks)
	h.commit(t, twoTasksAndOther...)
	g := h.enter(t, "council")
	consumer, err := g.js.Consumer(t.Context(), events.StreamInternal, "council")
	if err != nil {
		t.Fatal(err)
	}
	expect(t, consumer, 1, 4)
	again, err := h.js.Consumer(t.Context(), events.StreamInternal, "council")
	if err != nil {
		t.Fatal(err)
	}
	if floor := again.CachedInfo().AckFloor.Stream; floor != 4 {
		t.Errorf("acknowledged up to %d, want 4", floor)
	}
}

func TestASubscriberReadsByItsOwnEphemeralConsumers(t *testing.T) {
	h := open(t)
	h.admit(t, "council", tasks)
	h.commit(t, twoTasksAndOther...)
	g := h.enter(t, "council")
	ordered := func(ctx context.Context) (jetstream.Consumer, error) {
		return g.js.OrderedConsumer(ctx, events.StreamInternal, jetstream.OrderedConsumerConfig{FilterSubjects: []string{tasks}})
	}
	unnamed := func(ctx context.Context) (jetstream.Consumer, error) {
		return g.js.CreateOrUpdateConsumer(ctx, events.StreamInternal,
			jetstream.ConsumerConfig{FilterSubject: tasks, AckPolicy: jetstream.AckExplicitPolicy})
	}
	named := func(ctx context.Context) (jetstream.Consumer, error) {
		return g.js.CreateConsumer(ctx, events.StreamInternal,
			jetstream.ConsumerConfig{Name: "mine", FilterSubject: "krakow.cooperation.task.secretariat.*.twin_city_agreement.p1"})
	}
	again := func(ctx context.Context) (jetstream.Consumer, error) {
		if _, err := g.js.CreateConsumer(ctx, events.StreamInternal, jetstream.ConsumerConfig{Name: "known", FilterSubject: tasks}); err != nil {
			return nil, err
		}
		return g.js.Consumer(ctx, events.StreamInternal, "known")
	}
	viaStream := func(ctx context.Context) (jetstream.Consumer, error) {
		stream, err := g.js.Stream(ctx, events.StreamInternal)
		if err != nil {
			return nil, err
		}
		return stream.OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{FilterSubjects: []string{tasks}, NamePrefix: "screen"})
	}
	for name, open := range map[string]func(context.Context) (jetstream.Consumer, error){
		"ordered": ordered, "unnamed": unnamed, "named": named, "by the name asked for": again, "ordered by way of the stream": viaStream,
	} {
		t.Run(name, func(t *testing.T) {
			consumer, err := open(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			expect(t, consumer, 1, 4)
		})
	}
}

// expect reads the positions in order and acknowledges them.
func expect(t *testing.T, consumer jetstream.Consumer, positions ...int64) {
	t.Helper()
	batch, err := consumer.Fetch(len(positions), jetstream.FetchMaxWait(5*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	var got []int64
	for msg := range batch.Messages() {
		_, pos, err := events.Split(msg.Data())
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, pos)
		meta, err := msg.Metadata()
		if err != nil {
			t.Fatal(err)
		}
		if int64(meta.Sequence.Stream) != pos {
			t.Errorf("sequence %d carries position %d", meta.Sequence.Stream, pos)
		}
		if consumer.CachedInfo().Config.AckPolicy == jetstream.AckExplicitPolicy {
			if err := msg.DoubleAck(t.Context()); err != nil {
				t.Errorf("acknowledge %d: %v", pos, err)
			}
		}
	}
	if batch.Error() != nil {
		t.Fatal(batch.Error())
	}
	if len(got) != len(positions) {
		t.Fatalf("got positions %v, want %v", got, positions)
	}
	for i := range positions {
		if got[i] != positions[i] {
			t.Fatalf("got positions %v, want %v", got, positions)
		}
	}
}
