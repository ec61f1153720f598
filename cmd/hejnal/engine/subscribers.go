package engine

import (
	"context"
	"fmt"

	"hejnal/store"
)

// subscriberData is what an admin event tells of a subscriber's login.
type subscriberData struct {
	Subscriber string   `json:"subscriber"`
	Allow      []string `json:"allow"`
	Disabled   bool     `json:"disabled"`
}

// SubscriberDisabled is the admin event that tells of the end of a subscriber's login.
const SubscriberDisabled = "subscriber_disabled"

// AddSubscriber gives another system a login that only receives the subjects allowed. Errors: store.ErrExists.
func (e *Engine) AddSubscriber(ctx context.Context, name, passwordHash string, allow []string) error {
	subscriber := store.Subscriber{Name: name, PasswordHash: passwordHash, Allow: allow, CreatedAt: e.moment().Now}
	if err := e.writeSubscriber(ctx, "subscriber_added", store.SubscriberWrite{Subscriber: subscriber}); err != nil {
		return fmt.Errorf("add subscriber: %w", err)
	}
	return nil
}

// DisableSubscriber ends a subscriber's login. One that is disabled already stays so. Errors: store.ErrNotFound.
func (e *Engine) DisableSubscriber(ctx context.Context, name string) error {
	subscriber, err := e.store.Subscriber(ctx, name)
	if err != nil {
		return fmt.Errorf("find subscriber %s: %w", name, err)
	}
	if subscriber.Disabled {
		return nil
	}
	subscriber.Disabled = true
	if err := e.writeSubscriber(ctx, SubscriberDisabled, store.SubscriberWrite{Replace: true, Subscriber: subscriber}); err != nil {
		return fmt.Errorf("disable subscriber: %w", err)
	}
	return nil
}

// writeSubscriber commits a login with the event that tells of it.
func (e *Engine) writeSubscriber(ctx context.Context, event string, write store.SubscriberWrite) error {
	at, s := e.moment().Now, write.Subscriber
	entry, err := e.adminEntry(event, s.Name, at, subscriberData{Subscriber: s.Name, Allow: s.Allow, Disabled: s.Disabled})
	if err != nil {
		return err
	}
	_, err = e.store.Commit(ctx, store.Change{At: at, Entries: []store.Entry{entry}, Subscribers: []store.SubscriberWrite{write}})
	return err
}
