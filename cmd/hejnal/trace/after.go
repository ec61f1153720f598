package trace

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"hejnal/events"
	"hejnal/store"
)

// Group follows the commit of a group: as part of the first change that is followed, with links to all of them.
func (t *Tracer) Group(group store.Group) {
	var links []trace.Link
	for _, traceparent := range group.Traces {
		if change := parse(traceparent); change.IsValid() && change.IsSampled() {
			links = append(links, trace.Link{SpanContext: change})
		}
	}
	if len(links) == 0 {
		return
	}
	ctx := trace.ContextWithRemoteSpanContext(context.Background(), links[0].SpanContext)
	_, span := t.tracer.Start(ctx, "commit group", trace.WithTimestamp(group.Begun), trace.WithLinks(links...),
		trace.WithAttributes(attribute.Int("hejnal.changes", group.Changes)))
	if group.Failed != nil {
		span.SetStatus(codes.Error, "")
	}
	span.End(trace.WithTimestamp(group.Begun.Add(group.Took)))
}

// Published follows the publishing into a stream of each event whose request was followed.
func (t *Tracer) Published(stream string) func(messages []events.Message, begun time.Time) {
	return func(messages []events.Message, begun time.Time) {
		ended := time.Now()
		for _, m := range messages {
			request := parse(events.TraceParentOf(m.Text))
			if !request.IsValid() || !request.IsSampled() {
				continue
			}
			ctx := trace.ContextWithRemoteSpanContext(context.Background(), request)
			_, span := t.tracer.Start(ctx, "publish", trace.WithTimestamp(begun), trace.WithSpanKind(trace.SpanKindProducer), trace.WithAttributes(
				attribute.String("messaging.system", "nats"), attribute.String("messaging.destination.name", stream),
				attribute.String("messaging.message.id", m.ID), attribute.Int64("hejnal.position", m.Pos),
				attribute.Int("messaging.batch.message_count", len(messages)),
			))
			span.End(trace.WithTimestamp(ended))
		}
	}
}
