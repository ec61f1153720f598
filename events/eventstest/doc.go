// Package eventstest holds the conformance suite that every NATS server under
// the relay has to pass, and a feed and a lease in memory to run it with.
package eventstest
