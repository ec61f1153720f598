// Package upgrade holds the test that the program can be exchanged while it is at work: the release before this one
// beside the present sources, over one database and one NATS server.
package upgrade
