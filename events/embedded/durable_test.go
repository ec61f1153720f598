package embedded_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
	"hejnal/events/embedded"
)

func TestADurableFollowsItsRights(t *testing.T) {
	h := open(t)
	filters := func(streamName string) []string {
		consumer, err := h.js.Consumer(t.Context(), streamName, "council")
		if err != nil {
			return []string{err.Error()}
		}
		config := consumer.CachedInfo().Config
		return append(config.FilterSubjects, config.FilterSubject)
	}
	const public = "krakow.public.cooperation.>"
	none := []string{jetstream.ErrConsumerNotFound.Error()}
	for _, c := range []struct {
		name               string
		allow              []string
		internal, publicly []string
	}{
		{"one", []string{tasks}, []string{tasks, ""}, none},
		{"both streams", []string{tasks, public}, []string{tasks, ""}, []string{public, ""}},
		{"two of one stream", []string{tasks, "krakow.cooperation.admin.>"}, []string{tasks, "krakow.cooperation.admin.>", ""}, none},
		{"one inside another", []string{tasks, "krakow.cooperation.>"}, []string{"krakow.cooperation.>", ""}, none},
		{"the same twice", []string{tasks, tasks}, []string{tasks, ""}, none},
		{"nothing", nil, none, none},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := embedded.EnsureDurable(t.Context(), h.js, events.Subjects{}, "council", c.allow); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.internal, filters(events.StreamInternal)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.publicly, filters(events.StreamPublic)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLoginsThatCannotBeServedAreNamed(t *testing.T) {
	for name, c := range map[string]struct {
		user  string
		allow []string
	}{
		"a name with a dot":        {"a.b", []string{tasks}},
		"a name with a place mark": {"a~1", []string{tasks}},
		"a subject outside":        {"a", []string{"other.>"}},
		"a subject around":         {"a", []string{"krakow.>"}},
		"the API":                  {"a", []string{"$JS.API.>"}},
		"subjects that cross":      {"a", []string{"krakow.cooperation.transition.*.agreement_signed.*", "krakow.cooperation.transition.eu_programme.>"}},
	} {
		if err := embedded.CheckLogin(events.Subjects{}, c.user, c.allow); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if err := embedded.CheckLogin(events.Subjects{}, "council", []string{tasks, "krakow.public.cooperation.>"}); err != nil {
		t.Error(err)
	}
}

func TestARepairKeepsWhereADurableStands(t *testing.T) {
	h := open(t)
	h.admit(t, "archive", "krakow.cooperation.>")
	h.commit(t, twoTasksAndOther...)
	g := h.enter(t, "archive")
	consumer, err := g.js.Consumer(t.Context(), streamS, "archive")
	if err != nil {
		t.Fatal(err)
	}
	expect(t, consumer, 1, 2)
	if err := h.relay.Repair(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.admit(t, "archive", "krakow.cooperation.>") // still fits
	if consumer, err = g.js.Consumer(t.Context(), streamS, "archive"); err != nil {
		t.Fatal(err)
	}
	expect(t, consumer, 3, 4)
}

func TestASubscriberHasAFixedNumberOfConsumers(t *testing.T) {
	h := open(t)
	h.admit(t, "council", tasks)
	g := h.enter(t, "council")
	var last jetstream.Consumer
	for i := range 17 {
		consumer, err := g.js.CreateConsumer(t.Context(), streamS, jetstream.ConsumerConfig{FilterSubject: tasks})
		if (err == nil) != (i < 16) {
			t.Fatalf("consumer %d: %v", i+1, err)
		}
		if err == nil {
			last = consumer
		}
	}
	if err := g.js.DeleteConsumer(t.Context(), streamS, last.CachedInfo().Name); err != nil {
		t.Fatal(err)
	}
	if _, err := g.js.CreateConsumer(t.Context(), streamS, jetstream.ConsumerConfig{FilterSubject: tasks}); err != nil {
		t.Errorf("a place that was given back is not free: %v", err)
	}
}
