package embedded_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

const (
	shortly  = 300 * time.Millisecond
	streamS  = events.StreamInternal
	inStream = "krakow.cooperation.transition.twin_city_agreement.agreement_signed.forged"
	inPublic = "krakow.public.cooperation.twin_city_agreement.agreement_signed.forged"
)

// siege looks at what subscribers must not change.
type siege struct{ *house }

func (s *siege) look(t *testing.T) map[string]any {
	t.Helper()
	seen := map[string]any{}
	for _, name := range []string{events.StreamInternal, events.StreamPublic} {
		stream, err := s.js.Stream(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		info := stream.CachedInfo()
		seen[name] = []any{info.State.Msgs, info.State.LastSeq, info.State.NumDeleted}
		config, err := json.Marshal(info.Config)
		if err != nil {
			t.Fatal(err)
		}
		seen[name+" config"] = string(config)
	}
	durable, err := s.js.Consumer(t.Context(), streamS, "archive")
	if err != nil {
		t.Fatal(err)
	}
	info := durable.CachedInfo()
	seen["archive"] = []any{info.AckFloor.Stream, info.Delivered.Stream, info.NumAckPending, info.Config.FilterSubjects}
	return seen
}

// ask sends a request as any client may and answers what came back: an error of
// the API, or the time-out that a refused publish looks like.
func (g *guest) ask(t *testing.T, subject, body string) (answer string, refused bool) {
	t.Helper()
	msg, err := g.Request(subject, []byte(body), shortly)
	if err != nil {
		return err.Error(), true
	}
	var reply struct {
		Error *jetstream.APIError `json:"error"`
	}
	status := msg.Header.Get("Status")
	return string(msg.Data), json.Unmarshal(msg.Data, &reply) == nil && reply.Error != nil || status == "503"
}

type attempt struct{ name, subject, body string }

func TestASubscriberIsRefusedEverythingElse(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for answers that must not come")
	}
	h := open(t)
	h.admit(t, "council", tasks)
	h.admit(t, "archive", "krakow.cooperation.>", "krakow.public.cooperation.>")
	h.commit(t, twoTasksAndOther...)
	s, bad := &siege{house: h}, h.enter(t, "council")
	before := s.look(t)
	t.Run("attempts", func(t *testing.T) {
		for _, a := range slices.Concat(wrongConsumers(), wrongRequests()) {
			t.Run(a.name, func(t *testing.T) {
				t.Parallel()
				if answer, refused := bad.ask(t, a.subject, a.body); !refused {
					t.Errorf("%s was answered: %s", a.subject, answer)
				}
			})
		}
	})
	if diff := cmp.Diff(before, s.look(t)); diff != "" {
		t.Error(diff)
	}
}

// wrongConsumers are requests to make a consumer that a subscriber of tasks may
// not have.
func wrongConsumers() []attempt {
	const own = `"filter_subject":"` + tasks + `"`
	var out []attempt
	create := func(what, name, filter, config string) {
		subject := strings.TrimRight("$JS.API.CONSUMER.CREATE."+streamS+"."+name+"."+filter, ".")
		out = append(out, attempt{what, subject, `{"stream_name":"` + streamS + `","config":{` + config + `}}`})
	}
	create("wider filter", "x", "krakow.cooperation.>", `"filter_subject":"krakow.cooperation.>"`)
	create("wider filter than the subject says", "x", tasks, `"filter_subject":"krakow.cooperation.>"`)
	create("filter only in the subject", "x", tasks, `"name":"x"`)
	create("no filter", "x", "", `"name":"x"`)
	create("no name and no filter", "", "", `"ack_policy":"explicit"`)
	create("two filters", "x", "", `"filter_subjects":["`+tasks+`","krakow.cooperation.admin.>"]`)
	create("two filters behind one", "x", tasks, `"filter_subjects":["`+tasks+`","krakow.cooperation.admin.>"]`)
	create("two filters and one", "x", tasks, own+`,"filter_subjects":["krakow.cooperation.admin.>"]`)
	create("a durable of another name", "x", tasks, `"durable_name":"x",`+own)
	create("another's durable", "archive", tasks, `"durable_name":"archive",`+own)
	create("another's durable without saying so", "archive", tasks, `"name":"archive",`+own)
	create("its own durable", "council", tasks, `"durable_name":"council",`+own)
	create("its own durable without saying so", "council", tasks, `"name":"council",`+own)
	create("push into the stream", "x", tasks, `"deliver_subject":"`+inStream+`",`+own)
	create("push into the public stream", "x", tasks, `"deliver_subject":"`+inPublic+`",`+own)
	create("push into the API", "x", tasks, `"headers_only":true,"deliver_subject":"$JS.API.STREAM.DELETE.`+streamS+`",`+own)
	out = append(out, attempt{
		"another stream in the body", "$JS.API.CONSUMER.CREATE." + streamS + ".x." + tasks,
		`{"stream_name":"` + events.StreamPublic + `","config":{` + own + `}}`,
	})
	return out
}

// wrongRequests are requests that no subscriber may make.
func wrongRequests() []attempt {
	out := []attempt{
		{"update the stream", "$JS.API.STREAM.UPDATE." + streamS, `{"name":"COOPERATION","subjects":["x.>"]}`},
		{"make a stream", "$JS.API.STREAM.CREATE.OWN", `{"name":"OWN","subjects":["own.>"]}`},
		{"delete a message", "$JS.API.STREAM.MSG.DELETE." + streamS, `{"seq":1}`},
		{"get a message", "$JS.API.STREAM.MSG.GET." + streamS, `{"seq":2}`},
		{"forge an event", inStream, `{}`},
		{"forge a public event", inPublic, `{}`},
	}
	for _, subject := range []string{
		"$JS.API.CONSUMER.DURABLE.CREATE." + streamS + ".archive",
		"$JS.API.CONSUMER.DURABLE.CREATE." + streamS + ".council",
		"$JS.API.CONSUMER.INFO." + streamS + ".archive", "$JS.API.CONSUMER.DELETE." + streamS + ".archive",
		"$JS.API.CONSUMER.DELETE." + streamS + ".council", "$JS.API.CONSUMER.PAUSE." + streamS + ".archive",
		"$JS.API.CONSUMER.RESET." + streamS + ".archive", "$JS.API.CONSUMER.UNPIN." + streamS + ".archive",
		"$JS.API.CONSUMER.MSG.NEXT." + streamS + ".archive", "$JS.API.CONSUMER.INFO." + events.StreamPublic + ".archive",
		"$JS.ACK." + streamS + ".archive.1.1.1.1.0", "$JS.API.CONSUMER.LIST." + streamS, "$JS.API.CONSUMER.NAMES." + streamS,
		"$JS.API.STREAM.LIST", "$JS.API.STREAM.NAMES", "$JS.API.STREAM.INFO." + events.StreamPublic, "$JS.API.INFO",
		"$JS.API.STREAM.DELETE." + streamS, "$JS.API.STREAM.PURGE." + streamS, "$JS.API.STREAM.SNAPSHOT." + streamS,
		"$JS.API.DIRECT.GET." + streamS, "$JS.API.DIRECT.GET." + streamS + "." + inStream,
		"$HEJNAL.GATE.archive.INFO." + streamS + ".archive", "$HEJNAL.GATE.council.INFO." + streamS + ".archive",
		"$SYS.REQ.SERVER.PING", "$SYS.REQ.ACCOUNT.HEJNAL.CONNZ", "$SYS.REQ.USER.INFO", "$SRV.PING",
	} {
		out = append(out, attempt{name: subject, subject: subject})
	}
	return out
}

func TestAStreamsStateIsToldWithoutItsSubjects(t *testing.T) {
	h := open(t)
	h.admit(t, "council", tasks)
	h.commit(t, twoTasksAndOther...)
	answer, refused := h.enter(t, "council").ask(t, "$JS.API.STREAM.INFO."+streamS, `{"subjects_filter":">","deleted_details":true}`)
	if refused || !strings.Contains(answer, `"last_seq":4`) {
		t.Fatalf("the state is missing: %s", answer)
	}
	if strings.Contains(answer, "task.lawyer") {
		t.Errorf("the answer tells subjects: %s", answer)
	}
}

func TestASubscriberCannotListenElsewhere(t *testing.T) {
	h := open(t)
	h.admit(t, "council", tasks)
	g := h.enter(t, "council")
	for _, subject := range []string{
		">", "krakow.>", "krakow.cooperation.>", "krakow.cooperation.task.*.>", "krakow.public.cooperation.>",
		"_INBOX.>", "_INBOX_archive.>", "$JS.>", "$SYS.>", "_R_.>", "$HEJNAL.>", "$JS.EVENT.ADVISORY.>",
	} {
		if _, err := g.Subscribe(subject, func(*nats.Msg) {}); err != nil {
			continue
		}
		if err := g.Flush(); err != nil {
			t.Fatal(err)
		}
		select {
		case err := <-g.faults:
			if !strings.Contains(err.Error(), "ermissions") {
				t.Errorf("%s: %v", subject, err)
			}
		case <-time.After(5 * time.Second):
			t.Errorf("listening to %s was not refused", subject)
		}
	}
}
