package main_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nats-io/nats.go/jetstream"

	"hejnal/cmd/hejnal/demo"
	"hejnal/events"
	"hejnal/store"
)

// publicly takes a sample walk, which brings about public events, and answers the store's last positions.
func (p *site) publicly(t *testing.T, walker demo.Walker, walk demo.Walk) (head, public int64) {
	t.Helper()
	kept := p.journal(t)
	defer closing(t, kept)
	_, before := heads(t, kept)
	walker.Engine = opened(t, kept)
	if _, err := walker.Walk(t.Context(), walk); err != nil {
		t.Fatal(err)
	}
	head, public = heads(t, kept)
	if public == before {
		t.Fatal("the walk brings about nothing public")
	}
	return head, public
}

func heads(t *testing.T, kept store.Journal) (head, public int64) {
	t.Helper()
	head, err := kept.Head(t.Context())
	if err == nil {
		public, err = kept.PublicHead(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return head, public
}

// publishedPublic waits until the public stream holds everything, and answers the ids of its events in order.
func (p *site) publishedPublic(t *testing.T, head int64) (ids []string) {
	t.Helper()
	consumer, err := p.js(t).OrderedConsumer(t.Context(), events.StreamPublic, jetstream.OrderedConsumerConfig{})
	if err != nil {
		t.Fatal(err)
	}
	for int64(len(ids)) < head {
		message, err := consumer.Next()
		if err != nil {
			t.Fatalf("after %d of %d: %v", len(ids), head, err)
		}
		ids = append(ids, message.Headers().Get("Nats-Msg-Id"))
	}
	return ids
}

func TestThePublicStreamOfAStoreThatIsPutBackBeginsANewEpochToo(t *testing.T) {
	long(t)
	for _, writtenSince := range []bool{false, true} {
		t.Run(fmt.Sprintf("written since %v", writtenSince), func(t *testing.T) {
			p := newSite(t, true, "")
			hejnal(t, p.data, "subscriber", "add", "press", "--allow", "krakow.public.cooperation.>")
			kept := p.journal(t)
			walker, walks := walking(t, opened(t, kept))
			closing(t, kept)
			s := p.start(t)
			common, publicCommon := p.publicly(t, walker, walks[0])
			older := p.older(t)
			was, publicWas := p.publicly(t, walker, walks[1])
			lost := p.publishedPublic(t, publicWas)[publicCommon:]
			url, login := p.nats(t)
			readStream(t, url, was, login...)
			press, err := p.js(t).Consumer(t.Context(), events.StreamPublic, "press")
			if err != nil {
				t.Fatal(err)
			}
			take(t, press, int(publicWas))
			s.stop(t)
			p.replace(t, older)

			if writtenSince { // more public events than the stream has
				p.publicly(t, walker, walks[2])
				p.publicly(t, walker, walks[1])
			}
			s = p.start(t)
			p.tells(t, s, fmt.Sprintf("events %d to %d", common+1, was))
			s.measures(t, `hejnal_relay_ahead{stream="COOPERATION_PUBLIC"} 1`)
			if told := p.run(t, "events", "status"); !strings.Contains(told, fmt.Sprintf("events %d to %d", publicCommon+1, publicWas)) {
				t.Errorf("of the public stream the status says\n%s", told)
			}
			if told := p.run(t, "events", "repair", "--new-epoch"); strings.Count(told, "healthy") != 2 {
				t.Errorf("the new epoch stands so:\n%s", told)
			}
			p.publicly(t, walker, walks[2])
			s.measures(t, `hejnal_relay_ahead{stream="COOPERATION_PUBLIC"} 0`, `hejnal_relay_epoch{stream="COOPERATION_PUBLIC"} 2`, `hejnal_relay_epoch{stream="COOPERATION"} 2`)
			p.afterBoth(t, publicCommon, lost)
			wantSequences(t, take(t, press, 1), uint64(publicCommon)+1)
			s.stop(t)
			s.logged(t, `"stream":"COOPERATION_PUBLIC"`, `"state":"ahead"`, "--new-epoch")
			s.logged(t, `"stream":"COOPERATION_PUBLIC"`, "events are published again")
		})
	}
}

// afterBoth holds both streams against the journal after their epochs have begun, and the file of public events against
// those that were lost.
func (p *site) afterBoth(t *testing.T, publicCommon int64, lost []string) {
	t.Helper()
	kept := p.journal(t)
	defer closing(t, kept)
	head, public := heads(t, kept)
	url, login := p.nats(t)
	stream := readStream(t, url, head, login...)
	ids, told := p.publishedPublic(t, public), ""
	for _, record := range compare(t, kept, stream) {
		if record.Public != nil && ids[record.PublicPos-1] != record.Public.ID {
			t.Errorf("public position %d is %s in the stream, %s in the journal", record.PublicPos, ids[record.PublicPos-1], record.Public.ID)
		}
		if strings.HasSuffix(record.Subject, ".admin.stream_epoch_began") {
			told += string(record.Text)
		}
	}
	for _, says := range []string{`"stream":"COOPERATION","epoch":2,`, fmt.Sprintf(`"stream":"COOPERATION_PUBLIC","epoch":2,"common":%d`, publicCommon)} {
		if strings.Count(told, says) != 1 {
			t.Errorf("no event, or more than one, tells %s: %s", says, told)
		}
	}
	files, err := filepath.Glob(filepath.Join(p.data, "epochs", "COOPERATION_PUBLIC-epoch-1-*.jsonl"))
	if err != nil || len(files) != 1 {
		t.Fatalf("the public events are kept in %v, %v", files, err)
	}
	text := readText(t, files[0])
	for _, id := range lost {
		if !strings.Contains(text, id) {
			t.Errorf("event %s was public once and is not kept", id)
		}
	}
	if strings.Count(text, "\n") != len(lost) {
		t.Errorf("%d public events are kept, %d are lost", strings.Count(text, "\n"), len(lost))
	}
}
