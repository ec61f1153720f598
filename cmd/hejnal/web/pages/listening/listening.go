// Package listening tells an open page that something happened which it shows. Only that is told, never what: the page asks
// its reader to load it anew, and shows then what they may see.
package listening

import (
	"context"
	"net/http"
	"slices"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/live"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/events"
	"hejnal/store"
	"hejnal/workflow"
)

// Path is where pages listen; ?sprawa=<id> for what happens in a case, without it for new tasks of the reader.
const Path = "/zdarzenia"

type pages struct{ *frame.Site }

// Routes are the addresses that pages listen to.
func Routes(site *frame.Site) []frame.Route {
	p := &pages{Site: site}
	return []frame.Route{{Method: http.MethodGet, Path: Path, Access: frame.Readers, Handle: p.listen, Plain: true}}
}

var something = []byte("1")

func (p *pages) listen(w http.ResponseWriter, r *http.Request) error {
	person, proposal := call.Of(r).By(), r.URL.Query().Get("sprawa")
	if proposal != "" && !call.IsID(proposal) {
		return store.ErrNotFound
	}
	return p.Live.Serve(w, r, live.Listener{Still: func(ctx context.Context) bool { return p.StillSignedIn(ctx, r) }, Tells: func(record store.Record) []byte {
		if proposal != "" && record.ProposalID == proposal || proposal == "" && p.asks(record, person) {
			return something
		}
		return nil
	}})
}

// asks reports whether an entry of the journal gives a role of the person something to do.
func (p *pages) asks(record store.Record, person workflow.Person) bool {
	if record.Kind != string(events.KindTask) {
		return false
	}
	subject, err := p.Subjects.Parse(record.Subject)
	return err == nil && slices.Contains([]string{workflow.TaskOpened, workflow.TaskAssigned, workflow.TaskReleased}, subject.Event) &&
		person.Has(workflow.Role(subject.Role))
}
