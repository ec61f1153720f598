package trace

import (
	"fmt"
	"regexp"
	"strconv"

	"go.opentelemetry.io/otel/trace"
)

var form = regexp.MustCompile(`^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$`)

// parse reads a W3C trace context; the zero value is not valid.
func parse(traceparent string) trace.SpanContext {
	if len(traceparent) != 55 {
		return trace.SpanContext{}
	}
	parts := form.FindStringSubmatch(traceparent)
	if parts == nil {
		return trace.SpanContext{}
	}
	// The form leaves nothing that could not be read; ids of zeros come out as not valid.
	id, _ := trace.TraceIDFromHex(parts[1])
	span, _ := trace.SpanIDFromHex(parts[2])
	flags, _ := strconv.ParseUint(parts[3], 16, 8)
	return trace.NewSpanContext(trace.SpanContextConfig{
		TraceID: id, SpanID: span, TraceFlags: trace.TraceFlags(flags) & trace.FlagsSampled, Remote: true,
	})
}

// ID is the id of the trace that a W3C trace context belongs to; empty where it is none.
func ID(traceparent string) string {
	if found := parse(traceparent); found.IsValid() {
		return found.TraceID().String()
	}
	return ""
}

// written is the W3C trace context of a span.
func written(span trace.SpanContext) string {
	if !span.IsValid() {
		return ""
	}
	return fmt.Sprintf("00-%s-%s-%s", span.TraceID(), span.SpanID(), span.TraceFlags()&trace.FlagsSampled)
}
