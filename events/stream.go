package events

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Names of the two streams.
const (
	StreamInternal = "COOPERATION"
	StreamPublic   = "COOPERATION_PUBLIC"
)

// MaxConsumers is how many consumers a stream takes: more than 500 subscribers
// with a durable and sixteen of their own each.
const MaxConsumers = 10_000

const duplicateWindow = 2 * time.Minute

const (
	codeNoPeers jetstream.ErrorCode = 10005
	codeAlone   jetstream.ErrorCode = 10074
)

// Stream describes a stream that a relay fills.
type Stream struct {
	Name     string
	Subject  string // the pattern of everything in it
	Replicas int    // 1 when zero
	First    int64  // the position it begins with when made anew, 1 when zero

	before *jetstream.StreamInfo // the stream that is made again; nil for a new one
	epoch  int64                 // of the stream that is made; that of before when zero
}

// Streams returns the internal and the public stream of a subject space, each
// kept on that many servers (1 when zero).
func Streams(s Subjects, replicas int) (internal, public Stream) {
	internal = Stream{Name: StreamInternal, Subject: s.All(), Replicas: replicas}
	public = Stream{Name: StreamPublic, Subject: s.AllPublic(), Replicas: replicas}
	return internal, public
}

// EnsureStreams makes both streams where they are missing and checks those
// that exist. The error of an unfit stream says what differs.
func EnsureStreams(ctx context.Context, js jetstream.JetStream, s Subjects, replicas int) error {
	if err := s.Validate(); err != nil {
		return fmt.Errorf("make streams: %w", err)
	}
	internal, public := Streams(s, replicas)
	for _, stream := range []Stream{internal, public} {
		if _, _, err := stream.ensure(ctx, js); err != nil {
			return err
		}
	}
	return nil
}

// ensure returns the state of the stream, which it makes when it is missing.
func (s Stream) ensure(ctx context.Context, js jetstream.JetStream) (info *jetstream.StreamInfo, made bool, err error) {
	stream, err := s.look(ctx, js)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		stream, err = js.CreateStream(ctx, s.config())
		made = err == nil
		if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
			stream, err = js.Stream(ctx, s.Name)
		}
	}
	if err != nil {
		return nil, false, fmt.Errorf("open stream %s: %w", s.Name, s.advice(err))
	}
	info = stream.CachedInfo()
	return info, made, s.Unfit(info, nil)
}

// look asks for the stream, and does not wait long for an answer.
func (s Stream) look(ctx context.Context, js jetstream.JetStream) (jetstream.Stream, error) {
	ctx, cancel := context.WithTimeout(ctx, ackTimeout)
	defer cancel()
	return js.Stream(ctx, s.Name)
}

// advice says what an operator can do where the server cannot keep the stream.
func (s Stream) advice(err error) error {
	var refused *jetstream.APIError
	switch {
	case errors.Is(err, jetstream.ErrJetStreamNotEnabled), errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount), errors.Is(err, nats.ErrNoResponders):
		return fmt.Errorf("the NATS server, or this login's account, has no JetStream, or not yet: switch it on there (jetstream { store_dir: … }), or start enough servers of the cluster: %w", err)
	case errors.As(err, &refused) && refused.ErrorCode == codeAlone:
		return fmt.Errorf("the NATS server stands alone and cannot keep %d replicas: give --nats-replicas 1, or the URLs of a cluster: %w", s.Replicas, err)
	case errors.As(err, &refused) && refused.ErrorCode == codeNoPeers:
		return fmt.Errorf("the NATS cluster has too few servers up, or too little room, for %d replicas: start those that are missing: %w", s.Replicas, err)
	}
	return err
}

func (s Stream) config() jetstream.StreamConfig {
	c := s.ours()
	if s.before != nil {
		chosen := s.before.Config
		c.MaxAge, c.MaxMsgs, c.MaxBytes, c.MaxMsgsPerSubject, c.MaxMsgSize = chosen.MaxAge, chosen.MaxMsgs, chosen.MaxBytes, chosen.MaxMsgsPerSubject, chosen.MaxMsgSize
		c.Description, c.Placement, c.Compression, c.MaxConsumers = chosen.Description, chosen.Placement, chosen.Compression, chosen.MaxConsumers
		c.Metadata = numbered(chosen.Metadata, EpochOf(s.before))
		c.Replicas = max(c.Replicas, chosen.Replicas)
	}
	if s.epoch > 0 {
		c.Metadata = numbered(c.Metadata, s.epoch)
	}
	return c
}

// ours is how a stream is made that nobody chose anything for.
func (s Stream) ours() jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name:               s.Name,
		Subjects:           []string{s.Subject},
		Retention:          jetstream.LimitsPolicy,
		Discard:            jetstream.DiscardOld,
		MaxConsumers:       MaxConsumers,
		MaxMsgs:            -1,
		MaxBytes:           -1,
		MaxMsgsPerSubject:  -1,
		MaxMsgSize:         -1,
		Storage:            jetstream.FileStorage,
		Replicas:           max(1, s.Replicas),
		Duplicates:         duplicateWindow,
		DenyDelete:         true,
		DenyPurge:          true,
		AllowDirect:        true,
		AllowAtomicPublish: true,
		Compression:        s.compression(),
		FirstSeq:           uint64(max(1, s.First)),
	}
}

// compression is for a stream on one server alone. Members of a cluster that sync every write cut their last file back when
// they start after a crash, and nats-server 2.15.2 cannot do so with a compressed one: the member never comes back, and
// after a crash of all of them nobody takes events any more.
func (s Stream) compression() jetstream.StoreCompression {
	if s.Replicas > 1 {
		return jetstream.NoCompression
	}
	return jetstream.S2Compression
}

// differences lists in words why the stream cannot be ours. Limits, replicas
// and compression are the operator's to choose, as long as they keep no event out (see refusals).
func (s Stream) differences(info *jetstream.StreamInfo) []string {
	var out []string
	unfit := func(is bool, format string, args ...any) {
		if is {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	c := info.Config
	unfit(!slices.Equal(c.Subjects, []string{s.Subject}), "subjects are %s, not %s", strings.Join(c.Subjects, ", "), s.Subject)
	unfit(c.Storage != jetstream.FileStorage, "storage is %s, not file", c.Storage)
	unfit(c.Retention != jetstream.LimitsPolicy, "retention is %s, not limits", c.Retention)
	unfit(!c.DenyDelete, "messages can be deleted")
	unfit(!c.DenyPurge, "it can be purged")
	unfit(!c.AllowAtomicPublish, "atomic batches are not allowed")
	unfit(c.AllowRollup, "roll-ups are allowed")
	unfit(c.AllowMsgTTL, "messages may carry a time to live")
	unfit(c.NoAck, "acknowledgements are switched off")
	unfit(c.Sealed, "it is sealed, for good: delete it, and hejnal serve makes it anew from the store")
	unfit(c.AllowMsgCounter, "allow_msg_counter is set, so that it takes numbers alone")
	unfit(c.DiscardNewPerSubject && c.MaxMsgsPerSubject > 0, "discard_new_per_subject is set, and a subject takes no event when it has %d: switch it off", c.MaxMsgsPerSubject)
	unfit(c.Mirror != nil || len(c.Sources) > 0, "it is filled from other streams")
	unfit(c.SubjectTransform != nil, "it renames subjects")
	return out
}

// isServers tells the metadata that the server adds of its own.
func isServers(key string) bool { return strings.HasPrefix(key, "_nats.") }

// Missing counts the sequences that the stream should hold and does not:
// holes inside, and what is gone from its beginning. A beginning that a limit
// or a replay from a later position explains is not missing.
func Missing(info *jetstream.StreamInfo) int64 {
	var gaps int64
	if info.Config.MaxMsgsPerSubject <= 0 { // else holes are what the operator wanted
		gaps = int64(info.State.NumDeleted)
	}
	if first := max(1, info.Config.FirstSeq); !limited(info.Config) && info.State.FirstSeq > first {
		gaps += int64(info.State.FirstSeq - first)
	}
	return gaps
}

// UnfitStreamError says why an existing stream cannot carry the events.
type UnfitStreamError struct {
	Stream      string
	Differences []string
}

// Error names the stream and everything that differs.
func (e *UnfitStreamError) Error() string {
	return fmt.Sprintf("stream %s exists and is not fit for events: %s", e.Stream, strings.Join(e.Differences, "; "))
}
