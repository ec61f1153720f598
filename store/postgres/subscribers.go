package postgres

import (
	"context"
	"fmt"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/store/postgres/internal/pgdb"
)

// Subscriber returns a NATS login.
func (s *Store) Subscriber(ctx context.Context, name string) (store.Subscriber, error) {
	from, err := one(ctx, s, s.read.SubscriberByName, name)
	if err != nil {
		return store.Subscriber{}, fmt.Errorf("read subscriber %s: %w", name, err)
	}
	return subscriber(from)
}

// ListSubscribers returns all NATS logins by name.
func (s *Store) ListSubscribers(ctx context.Context) ([]store.Subscriber, error) {
	rows, err := some(ctx, s, func(ctx context.Context, _ struct{}) ([]pgdb.Subscriber, error) { return s.read.Subscribers(ctx) }, struct{}{})
	if err != nil {
		return nil, fmt.Errorf("list subscribers: %w", err)
	}
	subscribers := make([]store.Subscriber, len(rows))
	for i, from := range rows {
		if subscribers[i], err = subscriber(from); err != nil {
			return nil, err
		}
	}
	return subscribers, nil
}

func subscriber(from pgdb.Subscriber) (store.Subscriber, error) {
	allow, err := row.ToList[string](from.Allow)
	if err != nil {
		return store.Subscriber{}, fmt.Errorf("read subscriber %s: %w", from.Name, err)
	}
	return store.Subscriber{
		Name: from.Name, PasswordHash: from.PasswordHash, Allow: allow, Disabled: from.Disabled, CreatedAt: row.Moment(from.CreatedAt),
	}, nil
}
