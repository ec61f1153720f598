package load

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/tools/chaos/history"
)

// Subscriber follows one stream by its durable consumer, which the program makes.
type Subscriber struct {
	Name, Stream, Filter string
	File                 string // receipts, in the order in which they came

	js     jetstream.JetStream
	writer *history.Writer[history.Receipt]

	mu      sync.Mutex
	highest uint64
	news    []time.Time // when the highest sequence rose
}

// Subscribers are those of a run: the operators, who see everything, one for the tasks of each role, and the public.
func Subscribers(dir string) []*Subscriber {
	all := []*Subscriber{
		{Name: "operators", Stream: "COOPERATION", Filter: "krakow.cooperation.>"},
		{Name: "everybody", Stream: "COOPERATION_PUBLIC", Filter: "krakow.public.cooperation.>"},
	}
	for _, role := range []string{"official", "lawyer", "president", "secretariat"} {
		all = append(all, &Subscriber{Name: role + "s", Stream: "COOPERATION", Filter: "krakow.cooperation.task." + role + ".>"})
	}
	for _, s := range all {
		s.File = filepath.Join(dir, s.Name+".jsonl")
	}
	return all
}

// Enter gives the subscriber a login, so that the program makes its durable with the stream.
func (s *Subscriber) Enter(ctx context.Context, run Runner) error {
	_, err := run(ctx, "subscriber", "add", s.Name, "--allow", s.Filter)
	return err
}

// Connect says by what connection the subscriber follows.
func (s *Subscriber) Connect(conn *nats.Conn) error {
	var err error
	if s.js, err = jetstream.New(conn); err != nil {
		return fmt.Errorf("connect subscriber %s: %w", s.Name, err)
	}
	return nil
}

// Follow writes down what comes until the context ends.
func (s *Subscriber) Follow(ctx context.Context) error {
	var err error
	if s.writer, err = history.Create[history.Receipt](s.File); err != nil {
		return err
	}
	for ctx.Err() == nil && err == nil {
		err = s.fetch(ctx)
		rest(ctx, 200*time.Millisecond) // what is away is there again when NATS or the program has seen to it
	}
	return errors.Join(err, s.writer.Close())
}

// fetch takes what comes until NATS or the consumer is away. The error is one of writing it down.
func (s *Subscriber) fetch(ctx context.Context) error {
	consumer, err := s.js.Consumer(ctx, s.Stream, s.Name)
	for err == nil && ctx.Err() == nil {
		var batch jetstream.MessageBatch
		if batch, err = consumer.Fetch(100, jetstream.FetchMaxWait(time.Second)); err == nil {
			for message := range batch.Messages() {
				if err := s.receive(message); err != nil {
					return err
				}
			}
			err = batch.Error()
		}
	}
	return nil
}

func (s *Subscriber) receive(message jetstream.Msg) error {
	about, err := message.Metadata()
	if err != nil {
		return fmt.Errorf("subscriber %s: read what a message is: %w", s.Name, err)
	}
	sum := sha256.Sum256(message.Data())
	sequence := about.Sequence.Stream
	err = s.writer.Append(history.Receipt{
		Subject: message.Subject(), Sequence: sequence, ID: message.Headers().Get(nats.MsgIdHdr), SHA256: hex.EncodeToString(sum[:]),
		Delivered: about.NumDelivered, Consumer: about.Sequence.Consumer, Connection: s.js.Conn().Stats().Reconnects,
	})
	if err != nil {
		return fmt.Errorf("subscriber %s: %w", s.Name, err)
	}
	s.mu.Lock()
	if sequence > s.highest {
		s.highest, s.news = sequence, append(s.news, time.Now())
	}
	s.mu.Unlock()
	_ = message.Ack() // one that is lost only means that the message comes again
	return nil
}

// Pending is how many events are not delivered yet, or not acknowledged.
func (s *Subscriber) Pending(ctx context.Context) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	consumer, err := s.js.Consumer(ctx, s.Stream, s.Name)
	if err != nil {
		return 0, fmt.Errorf("look at the consumer of %s: %w", s.Name, err)
	}
	info := consumer.CachedInfo()
	return int(info.NumPending) + info.NumAckPending, nil
}

// Highest is the highest sequence that came.
func (s *Subscriber) Highest() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.highest
}

// News are the moments since the one given at which something came that was new.
func (s *Subscriber) News(since time.Time) []time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return after(s.news, since)
}
