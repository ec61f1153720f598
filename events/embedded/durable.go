package embedded

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
)

// CheckLogin says whether a user's name and allowed subjects can be served.
func CheckLogin(subjects events.Subjects, user string, allow []string) error {
	if !validUser(user) {
		return fmt.Errorf("user name %q may hold letters, digits, _ and - only, 64 at most", user)
	}
	if a, b, found := crossing(allow); found {
		return fmt.Errorf("allowed subjects %q and %q overlap in part: allow one that covers both, or divide them", a, b)
	}
	_, err := allowedStreams(subjects, allow)
	return err
}

// EnsureDurable makes the subscriber's durable consumer, named as the user, on
// each stream that its allowed subjects lie in, and brings an existing one in
// line with them. What was acknowledged stays so. It works on any NATS server.
func EnsureDurable(ctx context.Context, js jetstream.JetStream, subjects events.Subjects, user string, allow []string) error {
	if err := CheckLogin(subjects, user, allow); err != nil {
		return fmt.Errorf("make durable consumer: %w", err)
	}
	streams, err := allowedStreams(subjects, allow)
	if err != nil {
		return fmt.Errorf("make durable consumer: %w", err)
	}
	for _, s := range streams {
		if err := ensureDurable(ctx, js, s, user); err != nil {
			return fmt.Errorf("make durable consumer %s on %s: %w", user, s.name, err)
		}
	}
	for _, name := range []string{events.StreamInternal, events.StreamPublic} {
		if slices.ContainsFunc(streams, func(s stream) bool { return s.name == name }) {
			continue
		}
		if err := removeConsumer(ctx, js, name, user); err != nil {
			return fmt.Errorf("delete durable consumer %s on %s: %w", user, name, err)
		}
	}
	return nil
}

// removeConsumers deletes a user's durable and whatever is in its places.
func removeConsumers(ctx context.Context, js jetstream.JetStream, user string) error {
	for _, stream := range []string{events.StreamInternal, events.StreamPublic} {
		for _, name := range append(placeNames(user), user) {
			if err := removeConsumer(ctx, js, stream, name); err != nil {
				return fmt.Errorf("consumer %s on %s: %w", name, stream, err)
			}
		}
	}
	return nil
}

// removeConsumer deletes a consumer; one that is not there is no error.
func removeConsumer(ctx context.Context, js jetstream.JetStream, stream, name string) error {
	err := js.DeleteConsumer(ctx, stream, name)
	if errors.Is(err, jetstream.ErrConsumerNotFound) || errors.Is(err, jetstream.ErrStreamNotFound) {
		return nil
	}
	return err
}

// ensureDurable keeps where an existing consumer began, which cannot change.
func ensureDurable(ctx context.Context, js jetstream.JetStream, s stream, user string) error {
	config := durable(user, s.allow)
	existing, err := js.Consumer(ctx, s.name, user)
	switch {
	case err == nil:
		was := existing.CachedInfo().Config
		config.DeliverPolicy, config.OptStartSeq, config.OptStartTime = was.DeliverPolicy, was.OptStartSeq, was.OptStartTime
	case !errors.Is(err, jetstream.ErrConsumerNotFound):
		return err
	}
	_, err = js.CreateOrUpdateConsumer(ctx, s.name, config)
	return err
}

func durable(user string, allow []string) jetstream.ConsumerConfig {
	return jetstream.ConsumerConfig{
		Durable: user, DeliverPolicy: jetstream.DeliverAllPolicy, AckPolicy: jetstream.AckExplicitPolicy,
		AckWait: 30 * time.Second, MaxDeliver: -1, MaxAckPending: 256, FilterSubjects: apart(allow),
	}
}

// apart drops patterns that lie within others: the server takes no two filters
// of one consumer that overlap.
func apart(patterns []string) []string {
	var out []string
	for i, pattern := range patterns {
		others := append(slices.Clone(out), patterns[i+1:]...)
		if !events.Within(others, pattern) {
			out = append(out, pattern)
		}
	}
	return out
}

// crossing finds two patterns that overlap while neither contains the other;
// no consumer can have both as filters.
func crossing(patterns []string) (a, b string, found bool) {
	kept := apart(patterns)
	for i, a := range kept {
		for _, b := range kept[i+1:] {
			if events.Overlap(a, b) {
				return a, b, true
			}
		}
	}
	return "", "", false
}
