package installation

import (
	"encoding/json"
	"fmt"

	"github.com/nats-io/nats.go"

	"hejnal/cmd/hejnal/engine"
)

// closeDisabled closes the open connections of a subscriber as soon as the event arrives that tells of the end of its
// login, whichever process brought that about.
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
			err = b.server.Disconnect(event.Data.Subscriber)
		}
		if err != nil {
			c.log().Error("close connections of a disabled subscriber", "subject", message.Subject, "error", err)
		}
	})
	if err != nil {
		return fmt.Errorf("listen for disabled subscribers: %w", err)
	}
	return nil
}
