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
// A store that was put back to an older moment has fewer events than its stream,
// or others: the relay notices and stops, and an operator begins a new epoch of
// the stream ([Relay.BeginEpoch]), which keeps name, subjects and numbering.
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
//   - [Types] lists the types of event with schemas and samples.
//
// The server is either embedded (package embedded) or outside (package remote);
// package eventstest holds the suite that both pass.
//
// # What live listeners see
//
// Readers of the stream get every event once per delivery they acknowledge, in
// order. Who merely listens to the subjects, without a consumer, also hears
// attempts that the stream turned down because the event was in it already; the
// id and the sequence in the event tell.
//
// Two streams need two relays, one with the journal and one with the public
// feed, each with a [Lease] name of its own.
package events
