// Package samples walks proposals of every form with the engine itself and keeps what it committed, as samples of which a
// population is copied.
package samples

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"hejnal/cmd/hejnal/demo"
	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/installation"
	"hejnal/store"
	"hejnal/store/population"
	"hejnal/store/sqlite"
	"hejnal/workflow"
)

// Taken are samples, and the people in them by role.
type Taken struct {
	Samples []population.Sample
	People  map[workflow.Role]string
}

// begin is when the first proposal is opened: a Monday, ten o'clock UTC.
var begin = time.Date(2022, 1, 10, 10, 0, 0, 0, time.UTC)

// ways are the ways in which the sample walks of the demonstration are taken. Short ones are many, because most contacts
// come to nothing.
var ways = []way{
	{steps: 2, end: "let_lapse"},
	{steps: 1, end: "let_lapse", late: true},
	{steps: 1, end: "let_lapse", claims: true},
	{steps: 4, end: "withdraw_draft"},
	{claims: true, talks: true},
	{late: true},
}

// way is how a walk is taken: at most so many steps (0: all), a last one that ends it where it is offered, tasks claimed,
// remarks made, and tasks left until their day has passed.
type way struct {
	steps               int
	end                 string
	claims, talks, late bool
}

// Take walks proposals by the definitions in a store of their own in the directory.
func Take(ctx context.Context, dir string, forms []*workflow.Definition) (taken Taken, err error) {
	walks, people, err := demo.Plan()
	if err != nil {
		return taken, err
	}
	kept, err := sqlite.Open(ctx, filepath.Join(dir, "samples.sqlite"), sqlite.Options{})
	if err != nil {
		return taken, fmt.Errorf("open store of samples: %w", err)
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	t := &taker{recorder: &recorder{Store: kept, now: begin, changes: map[string]population.Sample{}}}
	running, err := engine.New(ctx, engine.Options{
		Store: t.recorder, Forms: forms, Subjects: installation.Config{}.Subjects(), Source: "urn:hejnal:krakow",
		Now: func() time.Time { return t.recorder.now }, NewID: installation.NewID, Random: &zeros{},
	})
	if err != nil {
		return taken, err
	}
	t.walker = demo.Walker{Engine: running, Files: hashes{}}
	taken.People = map[workflow.Role]string{}
	for _, person := range people {
		added, err := running.AddPerson(ctx, engine.NewPerson{Name: person.Name, FullName: person.FullName, Roles: person.Roles})
		if err != nil {
			return taken, err
		}
		t.walker.People = append(t.walker.People, added)
		taken.People[added.Roles[0]] = added.ID
	}
	for n, way := range ways {
		for _, walk := range walks {
			// A twin city in every country is one too many.
			walk.Partner.Name, walk.Partner.NativeName = fmt.Sprintf("Wzorzec %s %d", walk.Form, n), fmt.Sprintf("Vzor %s %d", walk.Form, n)
			walk.Title, walk.Description = fmt.Sprintf("Tytuł wzoru %s %d", walk.Form, n), "Sprawa wzorcowa; opis celów, zakresu i skutków finansowych współpracy."
			if err := t.walk(ctx, walk, way); err != nil {
				return taken, fmt.Errorf("walk %s: %w", walk.Form, err)
			}
		}
	}
	taken.Samples = t.samples
	return taken, nil
}

// taker walks and keeps a sample at every stage.
type taker struct {
	recorder *recorder
	walker   demo.Walker
	samples  []population.Sample
}

func (t *taker) walk(ctx context.Context, walk demo.Walk, way way) error {
	steps := walk.Steps
	walk.Steps = nil
	id, err := t.walker.Walk(ctx, walk)
	if err != nil {
		return err
	}
	t.keep(id)
	for n, step := range steps {
		if way.steps > 0 && n == way.steps {
			break
		}
		if err := t.wait(ctx, id, n, way); err != nil {
			return err
		}
		if step.Justification == "" {
			step.Justification = "Okoliczności sprawy uzasadniają odstępstwo."
		}
		if err := t.walker.Take(ctx, id, step); err != nil {
			return fmt.Errorf("step %s: %w", step.Make, err)
		}
		t.keep(id)
	}
	if way.end == "" {
		return nil
	}
	p, err := t.recorder.Case(ctx, id)
	if err != nil {
		return err
	}
	for _, action := range t.explain(ctx, p) {
		if action.Transition == way.end {
			if err := t.walker.Take(ctx, id, demo.Step{Make: way.end, Justification: "Brak odpowiedzi partnera."}); err != nil {
				return err
			}
			t.keep(id)
		}
	}
	return nil
}

func (t *taker) explain(ctx context.Context, p workflow.Proposal) []workflow.Action {
	actions, err := t.walker.Engine.Explain(ctx, p, workflow.Person{Roles: workflow.Roles()})
	if err != nil {
		return nil
	}
	return actions
}

// keep keeps what the proposal has become.
func (t *taker) keep(id string) {
	t.samples = append(t.samples, slices.Clone(t.recorder.changes[id]))
}

// wait lets some days pass before a step, in which people do what they do.
func (t *taker) wait(ctx context.Context, id string, n int, way way) error {
	p, err := t.recorder.Case(ctx, id)
	if err != nil {
		return err
	}
	for _, task := range p.Tasks {
		person, known := t.inRole(task.Role)
		if way.claims && n%3 == 0 && known {
			if _, err := t.walker.Engine.Claim(ctx, engine.Request{By: person}, task.ID); err != nil {
				return fmt.Errorf("claim: %w", err)
			}
			t.keep(id)
		}
	}
	if way.talks && n%4 == 1 {
		if official, known := t.inRole(workflow.Official); known {
			if _, err := t.walker.Engine.Comment(ctx, engine.Request{By: official}, id, "Rozmawiałam z partnerem, odpowie do końca tygodnia."); err != nil {
				return fmt.Errorf("comment: %w", err)
			}
		}
	}
	t.recorder.now = t.recorder.now.AddDate(0, 0, 2+n*5%9)
	if way.late && n%2 == 1 {
		t.recorder.now = t.recorder.now.AddDate(0, 0, 45)
		if _, err := t.walker.Engine.MarkOverdue(ctx); err != nil {
			return fmt.Errorf("mark overdue: %w", err)
		}
		t.keep(id)
	}
	return nil
}

func (t *taker) inRole(role workflow.Role) (workflow.Person, bool) {
	for _, person := range t.walker.People {
		if slices.Contains(person.Roles, role) {
			return workflow.Person{ID: person.ID, Roles: person.Roles}, true
		}
	}
	return workflow.Person{}, false
}

// recorder is a store that remembers what was committed for each case.
type recorder struct {
	*sqlite.Store
	now     time.Time
	changes map[string]population.Sample
}

// Commit commits, and remembers.
func (r *recorder) Commit(ctx context.Context, change store.Change) (store.Committed, error) {
	done, err := r.Store.Commit(ctx, change)
	if err == nil {
		for _, id := range subjectsOf(change) {
			r.changes[id] = append(r.changes[id], partOf(change, id))
		}
	}
	return done, err
}

// subjectsOf are the cases that a change is about.
func subjectsOf(change store.Change) []string {
	var cases []string
	for _, write := range change.Cases {
		cases = append(cases, write.Proposal.ID)
	}
	switch {
	case len(cases) > 0:
		return cases
	case len(change.Entries) > 0:
		return []string{change.Entries[0].ProposalID}
	case len(change.Comments) > 0:
		return []string{change.Comments[0].ProposalID}
	}
	return nil
}

// partOf is what a change does to one case. It has no links, because a case is copied without those that it is linked to.
func partOf(change store.Change, id string) store.Change {
	part := store.Change{At: change.At}
	for _, write := range change.Cases {
		if write.Proposal.ID == id {
			write.Proposal.Links = nil
			part.Cases = append(part.Cases, write)
		}
	}
	part.Holds = of(id, change.Holds, func(h store.HoldWrite) string { return h.ProposalID })
	part.Tasks = of(id, change.Tasks, func(w store.TaskWrite) string { return w.Task.ProposalID })
	part.Documents = of(id, change.Documents, func(w store.DocumentWrite) string { return w.ProposalID })
	part.Comments = of(id, change.Comments, func(c store.Comment) string { return c.ProposalID })
	part.Entries = of(id, change.Entries, func(e store.Entry) string { return e.ProposalID })
	return part
}

// of are those of the things that are about the case.
func of[T any](id string, all []T, about func(T) string) []T {
	var chosen []T
	for _, one := range all {
		if about(one) == id {
			chosen = append(chosen, one)
		}
	}
	return chosen
}

// hashes are files of which only the hash is kept.
type hashes struct{}

// PutText hashes the text.
func (hashes) PutText(_ context.Context, text string) (string, int64, error) {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:]), int64(len(text)), nil
}

// zeros is where salts come from that hide nothing.
type zeros struct{}

// Read reads zeros.
func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
