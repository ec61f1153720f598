package trace_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/trace"
	"hejnal/cmd/hejnal/trace/tracetest"
	"hejnal/events"
	"hejnal/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	theirs      = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	theirTrace  = "0af7651916cd43dd8448eb211c80319c"
	theirSpan   = "b7ad6b7169203331"
	theirsQuiet = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"
)

func begin(t *testing.T, options trace.Options) *trace.Tracer {
	t.Helper()
	tracer, err := trace.Start(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	return tracer
}

func end(t *testing.T, tracer *trace.Tracer) {
	t.Helper()
	if err := tracer.Close(context.WithoutCancel(t.Context())); err != nil {
		t.Error(err)
	}
}

func event(t *testing.T, traceparent string) events.Message {
	t.Helper()
	text, err := events.Envelope{
		ID: "e1", Source: "urn:test", Type: "test", Time: time.Unix(1, 0), TraceParent: traceparent, Data: json.RawMessage(`{"traceparent":"` + theirs + `"}`),
	}.Stored()
	if err != nil {
		t.Fatal(err)
	}
	return events.Message{Pos: 7, ID: "e1", Subject: "s", Text: text}
}

func TestARequestIsOneTraceUntilItsEventIsPublished(t *testing.T) {
	collector := tracetest.Start(t)
	tracer := begin(t, trace.Options{Endpoint: collector.URL, Share: 1, Version: "1.2.3"})
	ctx, request := tracer.Request(t.Context(), "")
	_, _, decided := tracer.Step(ctx, engine.StepDecide)
	decided(nil)
	_, commit, committed := tracer.Step(ctx, engine.StepCommit)
	committed(errors.New("secret cause"))
	_, other, _ := tracer.Step(ctx, "other")
	tracer.Group(store.Group{Changes: 3, Begun: time.Unix(1, 0), Took: time.Second, Traces: []string{commit, other, "nonsense", theirsQuiet}})
	request.End(trace.Answered{Method: "POST", Route: "/api/v1/proposals", Status: 201, Outcome: "ok", Proposal: "p1", Transition: "open"})
	tracer.Published("COOPERATION")([]events.Message{event(t, request.Parent), event(t, "")}, time.Unix(2, 0))
	end(t, tracer)
	id := trace.ID(request.Parent)
	named := func(name string) tracetest.Span {
		t.Helper()
		found := collector.Named(id, name)
		if len(found) != 1 {
			t.Fatalf("%d spans %q in the trace: %+v", len(found), name, collector.Spans())
		}
		return found[0]
	}
	root := named("POST /api/v1/proposals")
	if root.Parent != "" || !strings.Contains(root.Text, `"p1"`) || !strings.Contains(root.Text, "1.2.3") {
		t.Errorf("the request is %+v", root)
	}
	for name, parent := range map[string]string{
		"decide": root.ID, "commit": root.ID, "commit group": named("commit").ID, "publish": root.ID,
	} {
		if span := named(name); span.Parent != parent {
			t.Errorf("%s hangs below %q, want %q", name, span.Parent, parent)
		}
	}
	group := named("commit group")
	if diff := cmp.Diff([]string{named("commit").ID, strings.Split(other, "-")[2]}, group.Links); diff != "" {
		t.Errorf("links of the group (-want +got):\n%s", diff)
	}
	if group.Began != 1e9 || group.Ended != 2e9 {
		t.Errorf("the group lasted from %d to %d", group.Began, group.Ended)
	}
	for _, span := range collector.Spans() {
		if strings.Contains(span.Text, "secret") {
			t.Errorf("the span %s tells what went wrong in words not its own: %s", span.Name, span.Text)
		}
	}
}

func TestACallersTraceIsLinkedToAndContinuedOnlyWhereCallersAreTrusted(t *testing.T) {
	for _, test := range []struct {
		name      string
		options   trace.Options
		theirs    string
		continued bool
		spans     int
		links     []string
	}{
		{"nobody is trusted", trace.Options{Share: 1}, theirs, false, 1, []string{theirSpan}},
		{"what they do not sample is sampled", trace.Options{Share: 1}, theirsQuiet, false, 1, []string{theirSpan}},
		{"what they sample is not", trace.Options{Share: 0}, theirs, false, 0, nil},
		{"nonsense", trace.Options{Share: 1}, "00-zz", false, 1, nil},
		{"trusted", trace.Options{Share: 0, TrustParent: true}, theirs, true, 1, nil},
		{"trusted, and not sampled", trace.Options{Share: 1, TrustParent: true}, theirsQuiet, true, 0, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			collector := tracetest.Start(t)
			test.options.Endpoint = collector.URL
			tracer := begin(t, test.options)
			_, request := tracer.Request(t.Context(), test.theirs)
			request.End(trace.Answered{Method: "GET", Route: "/"})
			tracer.Published("S")([]events.Message{event(t, request.Parent)}, time.Now())
			end(t, tracer)
			if continued := trace.ID(request.Parent) == theirTrace; continued != test.continued {
				t.Errorf("the trace is %s", request.Parent)
			}
			spans := collector.Named(trace.ID(request.Parent), "GET /")
			if published := collector.Named(trace.ID(request.Parent), "publish"); len(spans) != test.spans || len(published) != test.spans {
				t.Fatalf("%d spans, %d of publishing, want %d", len(spans), len(published), test.spans)
			}
			if test.spans > 0 {
				if diff := cmp.Diff(test.links, spans[0].Links); diff != "" {
					t.Errorf("links (-want +got):\n%s", diff)
				}
			}
		})
	}
}

func TestWhatIsNoPartOfARequestIsNotFollowed(t *testing.T) {
	collector := tracetest.Start(t)
	tracer := begin(t, trace.Options{Endpoint: collector.URL, Share: 1})
	_, traceparent, ended := tracer.Step(t.Context(), engine.StepCommit)
	ended(nil)
	tracer.Group(store.Group{Changes: 1})
	end(t, tracer)
	if spans := collector.Spans(); traceparent != "" || len(spans) != 0 {
		t.Errorf("trace %q, spans %+v", traceparent, spans)
	}
	end(t, nil)
}

func TestWrongOptionsAreRefused(t *testing.T) {
	for _, options := range []trace.Options{
		{Endpoint: "collector:4318", Share: 1},
		{Endpoint: "grpc://collector:4317", Share: 1},
		{Endpoint: "http://", Share: 1},
		{Endpoint: "http://user:secret@collector:4318", Share: 2},
		{Endpoint: "http://[secret", Share: 1},
	} {
		if _, err := trace.Start(t.Context(), options); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%+v: %v", options, err)
		}
	}
}

func TestTheIDOfATraceIsReadFromItsContext(t *testing.T) {
	for traceparent, want := range map[string]string{
		theirs: theirTrace, theirsQuiet: theirTrace, "": "", strings.ToUpper(theirs): "", theirs + "0": "",
		"00-00000000000000000000000000000000-b7ad6b7169203331-01": "",
	} {
		if got := trace.ID(traceparent); got != want {
			t.Errorf("%q is of the trace %q, want %q", traceparent, got, want)
		}
	}
}
