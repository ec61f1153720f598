package embedded_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
	"hejnal/events/embedded"
)

// wish asks for a consumer of tasks under a name.
func (g *guest) wish(t *testing.T, name string) (answer string, refused bool) {
	t.Helper()
	return g.ask(t, "$JS.API.CONSUMER.CREATE."+streamS+"."+name+"."+tasks,
		`{"stream_name":"`+streamS+`","config":{"name":"`+name+`","filter_subject":"`+tasks+`"}}`)
}

// consumers names the consumers of the internal stream, in the order of the
// alphabet.
func (h *house) consumers(t *testing.T) []string {
	t.Helper()
	s, err := h.js.Stream(t.Context(), streamS)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	list := s.ConsumerNames(t.Context())
	for name := range list.Name() {
		names = append(names, name)
	}
	if list.Err() != nil {
		t.Fatal(list.Err())
	}
	return names
}

func TestANameThatBeginsLikeAPlaceIsNone(t *testing.T) {
	h := open(t)
	h.admit(t, "council", tasks)
	g := h.enter(t, "council")
	for _, rest := range []string{"", "0", "00", "01", "17", "-1", "1000", "z1", "1z", "1~1", "16~", "~1"} {
		if answer, refused := g.wish(t, "council~"+rest); !refused {
			t.Errorf("council~%s was made: %s", rest, answer)
		}
		if answer, refused := g.ask(t, "$JS.API.CONSUMER.INFO."+streamS+".council~"+rest, ""); !refused {
			t.Errorf("council~%s was told of: %s", rest, answer)
		}
	}
	if diff := cmp.Diff([]string{"council"}, h.consumers(t)); diff != "" {
		t.Error(diff)
	}
	for i := range 16 {
		if answer, refused := g.wish(t, fmt.Sprintf("council~%d", i+1)); refused {
			t.Errorf("place %d was refused: %s", i+1, answer)
		}
	}
	if answer, refused := g.wish(t, "more"); !refused {
		t.Errorf("a seventeenth was made: %s", answer)
	}
}

func TestAConsumerKeepsItsPlaceWhenAnotherUnderItsNameIsRefused(t *testing.T) {
	h := open(t)
	h.admit(t, "council", tasks)
	h.commit(t, twoTasksAndOther...)
	g := h.enter(t, "council")
	if answer, refused := g.wish(t, "mine"); refused {
		t.Fatal(answer)
	}
	answer, refused := g.ask(t, "$JS.API.CONSUMER.CREATE."+streamS+".mine."+tasks,
		`{"stream_name":"`+streamS+`","config":{"name":"mine","filter_subject":"`+tasks+`","deliver_policy":"new"}}`)
	if !refused || !strings.Contains(answer, "deliver policy") {
		t.Errorf("another beginning is answered with %s", answer)
	}
	msg, err := g.Request("$JS.API.CONSUMER.MSG.NEXT."+streamS+".mine", nil, 5*time.Second)
	if err != nil || msg.Header.Get("Status") != "" {
		t.Errorf("a pull by its name is answered with %v, %v", msg, err)
	}
	if answer, refused := g.ask(t, "$JS.API.CONSUMER.DELETE."+streamS+".mine", ""); refused {
		t.Errorf("it cannot be deleted by its name: %s", answer)
	}
	if diff := cmp.Diff([]string{"council"}, h.consumers(t)); diff != "" {
		t.Error(diff)
	}
}

func TestAConsumerIsChangedOnlyByWhoMeansTo(t *testing.T) {
	h := open(t)
	h.admit(t, "council", tasks)
	h.commit(t, twoTasksAndOther...)
	g := h.enter(t, "council")
	for _, wish := range []struct {
		action  string
		waits   int // seconds that it awaits an acknowledgement
		refused string
	}{
		{"update", 10, "consumer does not exist"},
		{"create", 10, ""},
		{"create", 10, ""},
		{"create", 20, "consumer already exists"},
		{"update", 20, ""},
		{"", 30, ""},
		{"replace", 40, "none that there is"},
	} {
		answer, refused := g.ask(t, "$JS.API.CONSUMER.CREATE."+streamS+".mine."+tasks, fmt.Sprintf(
			`{"stream_name":%q,"action":%q,"config":{"name":"mine","filter_subject":%q,"ack_policy":"explicit","ack_wait":%d}}`,
			streamS, wish.action, tasks, time.Duration(wish.waits)*time.Second))
		if refused != (wish.refused != "") || !strings.Contains(answer, wish.refused) {
			t.Errorf("%q with %d s is answered with %s", wish.action, wish.waits, answer)
		}
	}
}

func TestAStreamHasRoomForManySubscribers(t *testing.T) {
	h := open(t)
	config := jetstream.ConsumerConfig{FilterSubject: tasks, MemoryStorage: true}
	for i := range 1100 {
		config.Name = fmt.Sprintf("reader-%d", i)
		if _, err := h.js.CreateConsumer(t.Context(), streamS, config); err != nil {
			t.Fatalf("consumer %d: %v", i+1, err)
		}
	}
	stream, err := h.js.Stream(t.Context(), streamS)
	if err != nil {
		t.Fatal(err)
	}
	if room := stream.CachedInfo().Config.MaxConsumers; room < 500*17 {
		t.Errorf("a stream takes %d consumers", room)
	}
}

func TestAnOlderStreamHasTheSameRoom(t *testing.T) {
	h := open(t)
	stream, err := h.js.Stream(t.Context(), streamS)
	if err != nil {
		t.Fatal(err)
	}
	config := stream.CachedInfo().Config
	config.MaxConsumers = -1
	if _, err := h.js.UpdateStream(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	for i := range 1001 {
		_, err := h.js.CreateConsumer(t.Context(), streamS, jetstream.ConsumerConfig{Name: fmt.Sprintf("reader-%d", i), MemoryStorage: true})
		if err != nil {
			t.Fatalf("consumer %d: %v", i+1, err)
		}
	}
}

func TestConsumersGoWithALogin(t *testing.T) {
	h := open(t)
	allow := []string{tasks, "krakow.public.cooperation.>"}
	for _, user := range []string{"council", "archive"} {
		h.admit(t, user, allow...)
		g := h.enter(t, user)
		for range 3 {
			if _, err := g.js.CreateConsumer(t.Context(), streamS, jetstream.ConsumerConfig{FilterSubject: tasks}); err != nil {
				t.Fatal(err)
			}
		}
	}
	all := []string{"archive", "archive~1", "archive~2", "archive~3", "council", "council~1", "council~2", "council~3"}
	if err := h.RemoveConsumers(t.Context(), "council"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(all, h.consumers(t)); diff != "" {
		t.Errorf("a login that holds lost something: %s", diff)
	}
	h.logins.put(embedded.Login{User: "council", Allow: allow, Disabled: true})
	if err := h.RemoveConsumers(t.Context(), "council"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(all[:4], h.consumers(t)); diff != "" {
		t.Error(diff)
	}
	if _, err := h.js.Consumer(t.Context(), events.StreamPublic, "council"); !errors.Is(err, jetstream.ErrConsumerNotFound) {
		t.Errorf("the public durable remains: %v", err)
	}
}
