// Package trace follows requests with OpenTelemetry, where it is asked for: request, decide, commit, the commit of the group
// and the publishing of each event are one trace. The trace context of the request is stored with the event as its
// traceparent, and the relay continues it from there, whichever process it runs in.
//
// Attributes are ids and words of the program's own: no personal data, nothing that a caller wrote. A trace that a caller
// sends is linked to and neither continued nor believed, unless the operator says that callers are trusted: else anybody could
// decide what is sampled, and join what happens here to a trace of theirs.
package trace
