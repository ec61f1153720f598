package run

import (
	"context"
	"fmt"
	"time"
)

// settling is how long what is committed may take to reach every subscriber when all is well.
const settling = 90 * time.Second

// settle waits until the streams hold what is committed and the subscribers who see everything have it.
func (r *run) settle(ctx context.Context) error {
	if err := r.fleet.Whole(ctx); err != nil {
		return err
	}
	for late := time.Now().Add(settling); ; rest(ctx, 100*time.Millisecond) {
		pos, public, err := r.fleet.Database.Positions(ctx)
		if err != nil {
			return err
		}
		got, gotPublic := r.subscribers[0].Highest(), r.subscribers[1].Highest()
		owed := r.owed(ctx)
		if got == pos && gotPublic == public && owed == "" {
			r.say("the journal ends with %d, its public part with %d, and the subscribers have it", pos, public)
			return nil
		}
		if time.Now().After(late) {
			r.report.Violations = append(r.report.Violations, fmt.Sprintf(
				"%s after the last command the subscribers have %d and %d of a journal that ends with %d and %d; owed: %s",
				settling, got, gotPublic, pos, public, owed))
			return nil
		}
	}
}

// owed names a subscriber that has not got everything yet, and what was on its way to a connection that was cut comes again
// after half a minute; "" when there is none.
func (r *run) owed(ctx context.Context) string {
	for _, s := range r.subscribers {
		if pending, err := s.Pending(ctx); err != nil {
			return s.Name + ": " + err.Error()
		} else if pending > 0 {
			return fmt.Sprintf("%s %d events", s.Name, pending)
		}
	}
	return ""
}
