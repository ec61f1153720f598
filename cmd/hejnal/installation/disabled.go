package installation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"

	"hejnal/cmd/hejnal/engine"
)

// removing is how long deleting the consumers of a subscriber may take.
const removing = 10 * time.Second

// closeDisabled closes the open connections of a subscriber and deletes its consumers as soon as the event arrives that
// tells of the end of its login, whichever process brought that about.
func (b *bus) closeDisabled(c Config) error {
	subject, err := c.Subjects().Admin(engine.SubscriberDisabled)
	if err != nil {
		return err
	}
	_, err = b.conn.Subscribe(subject, func(message *nats.Msg) {
		var event struct {
			Data struct{ Subscriber string }
		}
		err := json.Unmarshal(message.Data, &event)
		if err == nil {
			err = b.cutOff(event.Data.Subscriber)
		}
		if err != nil {
			c.log().Error("cut a disabled subscriber off", "subject", message.Subject, "error", err)
		}
	})
	if err != nil {
		return fmt.Errorf("listen for disabled subscribers: %w", err)
	}
	return nil
}

func (b *bus) cutOff(subscriber string) error {
	ctx, cancel := context.WithTimeout(context.Background(), removing)
	defer cancel()
	return errors.Join(b.server.Disconnect(subscriber), b.server.RemoveConsumers(ctx, subscriber))
}
