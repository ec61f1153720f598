// Package events carries the journal of accepted changes to NATS JetStream.
//
// # The stream is a copy with the same numbers
//
// The store is the truth. Every journal entry has a gapless position, and the
// relay publishes position n with the condition "the last sequence is n-1", so
// the stream sequence of an event is its position, always. Order, fencing of a
// second relay, the answer to a lost acknowledgement, detection of loss and
// repair are one and the same check.
//
// # Parts
//
//   - [Envelope] builds the stored text of an event (a CloudEvent without its
//     position); [Published] adds the position, [Split] takes it away.
//   - [Subjects] builds and parses subjects; [Within] compares a filter with
//     what a subscriber is allowed.
//   - [Feed] and [Lease] are what a store offers to a relay.
//   - [EnsureStreams] makes and checks the two streams.
//   - [Relay] runs one feed into one stream.
//
// Two streams need two relays, one with the journal and one with the public
// feed, each with a [Lease] name of its own.
package events
