package web

import (
	"context"
	"net/http"
	"slices"

	"hejnal/cmd/hejnal/web/live"
	"hejnal/events"
	"hejnal/store"
	"hejnal/workflow"
)

func (s *server) eventOperations() []operation {
	return []operation{{
		Method: get, Path: api + "/events", ID: "listen", Tag: "events", Access: readers, Status: 200, Media: "text/event-stream", handle: s.listen,
		Summary: "What happens, while it happens: server-sent events, each a CloudEvent under its position; goes on from Last-Event-ID, and from the last event where that lies beyond it, as after the restoring of a backup; the first id says from where",
	}}
}

// listen tells what is journalled; of people and logins it tells administrators alone.
func (s *server) listen(w http.ResponseWriter, r *http.Request) error {
	admin := slices.Contains(callOf(r).Person.Roles, workflow.Admin)
	return s.live.Serve(w, r, live.Listener{Still: func(ctx context.Context) bool { return s.stillSignedIn(ctx, r) }, Tells: func(record store.Record) []byte {
		if record.Kind == string(events.KindAdmin) && !admin {
			return nil
		}
		return events.Published(record.Text, record.Pos)
	}})
}
