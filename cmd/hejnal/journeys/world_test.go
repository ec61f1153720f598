package journeys_test

import (
	"strings"
	"testing"

	"hejnal/cmd/hejnal/web"
	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/store"
	"hejnal/workflow"
)

// world is a house with cases in which every page has something to show.
type world struct {
	*pagestest.House
	t    *testing.T
	bare bool // one case stands for every other, and a task of any for its own
	// Cases in the states that they are named by.
	contacts, assessment, ready, submitted, agenda, adopted, inForce, rejected, member string
	draft                                                                              string // of a new proposal by the official
	session                                                                            string // the day on whose agenda a case is
	partner                                                                            string // of the agreement that is in force
	done                                                                               string // address at which an act was confirmed
}

func newWorld(t *testing.T, changes ...func(*web.Options)) *world {
	t.Helper()
	w := &world{House: pagestest.New(t, changes...), t: t}
	w.contacts = w.Bring("sector_agreement", "contacts")
	w.assessment = w.Bring("twin_city_agreement", "assessment")
	w.ready = w.Bring("sector_agreement", "draft_ready")
	w.submitted = w.Bring("partnership_agreement", "submitted_to_council")
	w.rejected = w.Bring("sector_agreement", "resolution_rejected")
	w.adopted = w.Bring("sector_agreement", "resolution_adopted")
	w.inForce = w.Bring("sector_agreement", "in_force")
	w.member = w.Bring("association_membership", "member")
	w.agenda = w.Bring("sector_agreement", "on_agenda")
	w.session = string(w.task(w.agenda).DueOn)
	w.partner = w.Case(w.inForce).Partner.ID
	w.begin()
	return w
}

// newBareWorld is a house with one case in which next to nothing has happened, which stands for every other one, and one of
// which only the least is public.
func newBareWorld(t *testing.T, changes ...func(*web.Options)) *world {
	t.Helper()
	w := &world{House: pagestest.New(t, changes...), t: t, bare: true}
	w.contacts = w.Begin("sector_agreement")
	published := w.Bring("sector_agreement", "submitted_to_council")
	for _, id := range []*string{&w.assessment, &w.ready, &w.submitted, &w.agenda, &w.adopted, &w.rejected, &w.member} {
		*id = w.contacts
	}
	w.inForce, w.session, w.partner = published, string(w.Today()), w.Case(published).Partner.ID
	w.begin()
	return w
}

// begin begins a new proposal and makes an act.
func (w *world) begin() {
	w.t.Helper()
	draft := w.SignIn("official").Get("/sprawy/nowa").Form("/sprawy/nowa").Set("form", "sector_agreement").Send().Location()
	w.draft = strings.TrimSuffix(draft, "/partner")
	act := w.Do(w.contacts, "record_contact")
	w.done = "/sprawy/" + w.contacts + "/czynnosci/record_contact/wykonano?wpis=" + act.ID
}

// task is an open task of a case.
func (w *world) task(id string) workflow.Task {
	w.t.Helper()
	tasks, err := w.Store.ListTasks(w.t.Context(), store.TaskFilter{State: "open", PageRequest: store.PageRequest{Limit: 200}})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, task := range tasks.Items {
		if task.ProposalID == id || w.bare {
			return task
		}
	}
	w.t.Fatalf("%s has no open task", id)
	return workflow.Task{}
}
