package installation

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
	"hejnal/events/embedded"
	"hejnal/store"
)

// logins finds subscribers in the store at every connect, so that one who was added holds at once, and sees to it that
// the durable consumer of one who connects is there.
type logins struct {
	store    store.Subscribers
	subjects events.Subjects
	log      *slog.Logger

	mu sync.Mutex
	js jetstream.JetStream // nil until the server takes connections
}

func (l *logins) opened(conn *nats.Conn) error {
	js, err := jetstream.New(conn)
	if err != nil {
		return fmt.Errorf("open JetStream: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.js = js
	return nil
}

// Login implements [embedded.Logins].
func (l *logins) Login(ctx context.Context, user string) (embedded.Login, bool, error) {
	found, err := l.store.Subscriber(ctx, user)
	if errors.Is(err, store.ErrNotFound) {
		return embedded.Login{}, false, nil
	}
	if err != nil {
		return embedded.Login{}, false, fmt.Errorf("find subscriber: %w", err)
	}
	if !found.Disabled {
		l.makeDurable(ctx, found)
	}
	return embedded.Login{User: found.Name, PasswordHash: found.PasswordHash, Allow: found.Allow, Disabled: found.Disabled}, true, nil
}

// makeDurable makes the durable consumer of a subscriber. Without it the subscriber can still follow live, so a failure
// is told to the operator and does not refuse the login.
func (l *logins) makeDurable(ctx context.Context, subscriber store.Subscriber) {
	l.mu.Lock()
	js := l.js
	l.mu.Unlock()
	if js == nil {
		return
	}
	if err := embedded.EnsureDurable(ctx, js, l.subjects, subscriber.Name, subscriber.Allow); err != nil {
		l.log.Warn("make durable consumer", "subscriber", subscriber.Name, "error", err)
	}
}
