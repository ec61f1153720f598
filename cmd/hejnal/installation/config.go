package installation

import (
	"crypto/rand"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"hejnal/cmd/hejnal/metrics"
	"hejnal/cmd/hejnal/trace"
	"hejnal/events"
)

// Config says where an installation keeps things and whom it talks to. The zero value of every field but Data works.
type Config struct {
	Data                string // directory of the embedded store, the streams and the files
	Database            string // postgres://… in place of the embedded store
	NATS                string // nats://… in place of the embedded server
	NATSCredentials     string // file of a user's JWT and seed, for NATS
	NATSReplicas        int    // of the streams outside; 0 means 1
	NATSListen          string // host:port of the embedded server; empty: connections of this process only
	Definitions         string // directory that adds definitions, or replaces built-in ones
	SubjectPrefix       string // empty: krakow.cooperation
	PublicSubjectPrefix string // empty: krakow.public.cooperation
	Unit, Symbol        string // of case numbers <unit>.<symbol>.<n>.<year>

	Metrics *metrics.Metrics // counts what happens; nil: nobody counts
	Trace   *trace.Tracer    // follows what happens; nil: nothing is followed

	handed *handover     // what a server's own relay need not read back; nil elsewhere
	led    chan struct{} // told when a relay of a server begins to lead; nil elsewhere

	Log *slog.Logger     // nil: silent
	Now func() time.Time // nil: the clock
}

func (c Config) log() *slog.Logger {
	if c.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return c.Log
}

func (c Config) now() func() time.Time {
	if c.Now == nil {
		return time.Now
	}
	return c.Now
}

// source is the CloudEvents source.
const source = "urn:hejnal:krakow"

// Subjects are the subject spaces of the installation.
func (c Config) Subjects() events.Subjects {
	return events.Subjects{Prefix: c.SubjectPrefix, PublicPrefix: c.PublicSubjectPrefix}
}

// NewID gives a UUIDv7.
func NewID() string { return uuid.Must(uuid.NewV7FromReader(rand.Reader)).String() }
