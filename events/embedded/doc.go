// Package embedded runs a NATS server with JetStream inside the process, and
// keeps subscribers to what they are allowed.
//
// # Why permissions alone do not hold a subscriber
//
// Subject permissions bound what a client publishes. They do not bound what the
// server publishes on its behalf, and in an account that holds streams that is
// enough to forge events. Tried with nats-server 2.15.2, all with nothing but
// the rights to pull from one's own durable:
//
//   - the answer to an API request goes to the request's reply subject; when
//     that is a subject of the stream, the stream takes the answer for an event;
//   - so does the status that answers a pull request (a pulled event itself is
//     stopped only by the expected sequence it still carries);
//   - a consumer with a deliver subject pushes wherever the request's body says,
//     into another stream, another's inbox or the JetStream API itself, and the
//     body is out of the reach of permissions.
//
// One such message also takes a position that belongs to an event.
//
// # What is done
//
// Every subscriber has an account of its own. The streams live in another, with
// which the subscriber's account shares just this:
//
//   - live events, imported one way, bounded by the subscribe permissions;
//   - pull requests and acknowledgements of its own consumers, by exact name;
//   - creating, looking at and deleting consumers, and the state of a stream,
//     which a small service of ours (the gate) answers.
//
// A reply subject is then a subject of the subscriber's own account, where no
// stream listens and nobody else is. The gate reads the body: it takes a pull
// consumer with one filter inside what is allowed, and refuses deliver subjects
// and everything it does not know.
//
// # Names of consumers
//
// The durable is named as the user. A consumer that a subscriber makes itself
// gets the next of its places, "<user>~1" to "<user>~16", whatever name was
// asked for; the answer carries the real name, which clients use from then on.
// Clients that go on with the name they asked for are led to the place as well,
// until the server restarts.
// A user's name cannot hold "~", so nobody's consumer can stand in the way of
// another's.
package embedded
