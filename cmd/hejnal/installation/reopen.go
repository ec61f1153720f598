package installation

import (
	"context"
	"time"

	"hejnal/events"
	"hejnal/events/embedded"
)

const (
	reopenAfter = 2                // attempts in a row that a stream did not take, after which it is opened again
	reopenApart = 10 * time.Second // between two such times
)

// keepOpen opens the streams of the embedded server again when they take nothing any more, which they do not do by
// themselves after a write that failed: when the disk was full there is room again then. What such a write left as a hole
// is filled from the store.
func keepOpen(ctx context.Context, server *embedded.Server, relays []*events.Relay, c Config) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	opened := map[string]bool{} // streams that may lack what was being written
	for after := time.Now(); ; {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		for _, relay := range relays {
			status := relay.Status()
			if opened[status.Stream] && status.State == events.StateHoles && relay.Repair(ctx) == nil {
				c.log().Warn("the stream lacked events that were being written and was made anew", "stream", status.Stream)
				delete(opened, status.Stream)
			}
			if status.Untaken < reopenAfter || time.Now().Before(after) {
				continue
			}
			after = time.Now().Add(reopenApart)
			if err := server.Reopen(); err != nil {
				c.log().Error("the streams take nothing and cannot be opened again yet", "stream", status.Stream, "error", err)
			} else {
				c.log().Warn("the streams took nothing and were opened again", "stream", status.Stream)
				for _, other := range relays {
					opened[other.Status().Stream] = true
				}
			}
			relay.Wake()
		}
	}
}
