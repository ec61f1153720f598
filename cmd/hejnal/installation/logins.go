package installation

import (
	"context"
	"errors"
	"fmt"

	"hejnal/events/embedded"
	"hejnal/store"
)

// logins finds subscribers in the store at every connect, so that one who was added holds at once.
type logins struct{ store store.Subscribers }

func (l logins) Login(ctx context.Context, user string) (embedded.Login, bool, error) {
	found, err := l.store.Subscriber(ctx, user)
	if errors.Is(err, store.ErrNotFound) {
		return embedded.Login{}, false, nil
	}
	if err != nil {
		return embedded.Login{}, false, fmt.Errorf("find subscriber: %w", err)
	}
	return embedded.Login{User: found.Name, PasswordHash: found.PasswordHash, Allow: found.Allow, Disabled: found.Disabled}, true, nil
}
