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

// AddSubscriber gives another system a login that only receives the subjects allowed.
func (e *Engine) AddSubscriber(ctx context.Context, name, passwordHash string, allow []string) error {
	moment := e.moment()
	entry, err := e.adminEntry("subscriber_added", name, moment.Now, subscriberData{Subscriber: name, Allow: allow})
	if err != nil {
		return err
	}
	_, err = e.store.Commit(ctx, store.Change{
		At: moment.Now, Entries: []store.Entry{entry}, Subscribers: []store.SubscriberWrite{{Subscriber: store.Subscriber{
			Name: name, PasswordHash: passwordHash, Allow: allow, CreatedAt: moment.Now,
		}}},
	})
	if err != nil {
		return fmt.Errorf("add subscriber: %w", err)
	}
	return nil
}
