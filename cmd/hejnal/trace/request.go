package trace

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"hejnal/cmd/hejnal/engine"
)

// Request is a request that is followed.
type Request struct {
	// Parent is its W3C trace context, for what it brings about.
	Parent string
	span   trace.Span
}

// Answered is what became of a request, in words of the program's own.
type Answered struct {
	Method, Route string
	Status        int
	Outcome       string // ok or the code of a problem
	Proposal      string // id of the case; empty: none
	Transition    string // id of the transition asked for; empty: none
}

// Request begins to follow a request. The caller's own trace context may be empty, or none.
func (t *Tracer) Request(ctx context.Context, theirs string) (context.Context, Request) {
	options := []trace.SpanStartOption{trace.WithSpanKind(trace.SpanKindServer)}
	if caller := parse(theirs); caller.IsValid() {
		if t.trust {
			ctx = trace.ContextWithRemoteSpanContext(ctx, caller)
		} else {
			options = append(options, trace.WithLinks(trace.Link{SpanContext: caller}))
		}
	}
	ctx, span := t.tracer.Start(ctx, "request", options...)
	return ctx, Request{Parent: written(span.SpanContext()), span: span}
}

// End ends it.
func (r Request) End(with Answered) {
	r.span.SetName(with.Method + " " + with.Route)
	r.span.SetAttributes(
		attribute.String("http.request.method", with.Method), attribute.String("http.route", with.Route),
		attribute.Int("http.response.status_code", with.Status), attribute.String("hejnal.outcome", with.Outcome),
	)
	if with.Proposal != "" {
		r.span.SetAttributes(attribute.String("hejnal.proposal", with.Proposal))
	}
	if with.Transition != "" {
		r.span.SetAttributes(attribute.String("hejnal.transition", with.Transition))
	}
	if with.Status >= http.StatusInternalServerError {
		r.span.SetStatus(codes.Error, with.Outcome)
	}
	r.span.End()
}

// Step follows a step of a request that is followed; see [engine.Observer].
func (t *Tracer) Step(ctx context.Context, name string) (within context.Context, traceparent string, end func(error)) {
	if !trace.SpanContextFromContext(ctx).IsValid() {
		return ctx, "", func(error) {}
	}
	ctx, span := t.tracer.Start(ctx, name)
	return ctx, written(span.SpanContext()), func(err error) {
		outcome := engine.Outcome(err)
		span.SetAttributes(attribute.String("hejnal.outcome", outcome))
		if outcome == engine.OutcomeError || outcome == engine.OutcomeUnavailable {
			span.SetStatus(codes.Error, outcome)
		}
		span.End()
	}
}
