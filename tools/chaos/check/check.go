package check

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hejnal/tools/chaos/history"
)

// Input says where the evidence lies. What is left empty is not judged, but the store, which is needed.
type Input struct {
	Database    string // postgres://…, or
	SQLite      string // the file of an embedded store
	Files       string // directory of the documents' bytes
	Definitions string // directory of what `hejnal workflow show --json FORM` prints, one file for each form
	History     string // calls of the clients
	NATS        []NATS // each of which must have the streams; a cluster is one, or each of its nodes is
	Streams     Streams
	Subscribers []Subscriber

	// Damaged says that files of the streams were damaged on purpose. Until the program had found that and made the stream anew,
	// events may have stood in the places of others, and subscribers may have received them from there.
	Damaged bool

	Patience time.Duration // for streams to catch up with the journal; 0: 30 s
	Judging  time.Duration // of the order of one proposal's calls; 0: 20 s
}

// NATS is how to reach a server or cluster.
type NATS struct {
	URL         string
	User        string // empty: none is needed
	Password    string
	Credentials string // file; empty: none are needed
}

// Streams names the streams and the subject spaces. Empty fields are what the program takes.
type Streams struct {
	Internal, Public     string
	Prefix, PublicPrefix string
}

// Subscriber is what one subscriber received, in the order in which it did.
type Subscriber struct {
	Name   string
	File   string   // JSON lines of history.Receipt
	Filter []string // subjects that it may see
	After  int64    // position of the internal stream after which it was there; 0: from the start
	// AfterPublic is the same for the public stream.
	AfterPublic int64
}

// Run reads the evidence and judges it. The error says that something could not be read; what was found by then stands in
// the report.
func Run(ctx context.Context, in Input) (Report, error) {
	in = in.filled()
	var report Report
	evidence, err := readStore(ctx, in)
	if err != nil {
		return report, fmt.Errorf("read the store: %w", err)
	}
	defined, err := readDefinitions(in.Definitions, evidence)
	if err != nil {
		return report, fmt.Errorf("read definitions: %w", err)
	}
	c := &checker{in: in, report: &report, found: evidence, definitions: defined}
	c.journal()
	c.paths()
	c.tasks()
	c.documents()
	c.answers()
	err = errors.Join(c.published(ctx), c.subscribers(), c.clients())
	report.close()
	return report, err
}

func (in Input) filled() Input {
	for field, otherwise := range map[*string]string{
		&in.Streams.Internal: "COOPERATION", &in.Streams.Public: "COOPERATION_PUBLIC",
		&in.Streams.Prefix: "krakow.cooperation", &in.Streams.PublicPrefix: "krakow.public.cooperation",
	} {
		if *field == "" {
			*field = otherwise
		}
	}
	if in.Patience == 0 {
		in.Patience = 30 * time.Second
	}
	if in.Judging == 0 {
		in.Judging = 20 * time.Second
	}
	return in
}

// checker holds what one run of the judgement knows.
type checker struct {
	in          Input
	report      *Report
	found       *evidence
	definitions map[string]*definition // by digest
	histories   map[string]*past       // by proposal, made by paths
	loose       map[*entry]bool        // what one of several calls without key and answer made, found by commands
}

// clients judges what the clients were told.
func (c *checker) clients() error {
	if c.in.History == "" {
		return nil
	}
	calls, err := history.Read(c.in.History)
	if err != nil {
		return err
	}
	commands := c.commands(calls)
	c.order(commands)
	return nil
}
