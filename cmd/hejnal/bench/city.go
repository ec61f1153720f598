package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"hejnal/cmd/hejnal/bench/samples"
	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/installation"
	"hejnal/cmd/hejnal/web"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/store/population"
	"hejnal/workflow"
)

// city is the program over a store with very many proposals, asked as over HTTP, but without a network.
type city struct {
	store   store.Store
	handler http.Handler
	count   int
}

// staff is how many people a city has of each role.
var staff = []struct {
	role  workflow.Role
	count int
}{
	{workflow.Official, 40}, {workflow.Lawyer, 8}, {workflow.President, 2}, {workflow.Secretariat, 12}, {workflow.Auditor, 2},
}

const cityToken = "bench-city-token"

// found fills a city with so many proposals and opens it.
func (s Setting) found(ctx context.Context, config installation.Config, taken samples.Taken, count int) (*city, error) {
	definitions, err := forms()
	if err != nil {
		return nil, err
	}
	if err := s.populate(ctx, config, definitions, taken, count); err != nil {
		return nil, err
	}
	kept, err := config.OpenStore(ctx)
	if err != nil {
		return nil, err
	}
	c := &city{store: kept, count: count}
	if err := c.signIn(ctx); err != nil {
		return nil, errors.Join(err, kept.Close())
	}
	if c.handler, err = handlerOf(ctx, config, kept, definitions); err != nil {
		return nil, errors.Join(err, kept.Close())
	}
	return c, nil
}

func handlerOf(ctx context.Context, config installation.Config, kept store.Store, definitions []*workflow.Definition) (http.Handler, error) {
	running, err := config.OpenEngine(ctx, kept, definitions)
	if err != nil {
		return nil, err
	}
	blobs, err := config.OpenBlobs()
	if err != nil {
		return nil, err
	}
	return web.New(web.Options{Engine: running, Store: kept, Blobs: blobs, Now: time.Now})
}

// populate enters people and fills the store.
func (s Setting) populate(ctx context.Context, config installation.Config, definitions []*workflow.Definition, taken samples.Taken, count int) error {
	var err error
	plan := population.Plan{
		Samples: taken.Samples, Count: count, Today: time.Now(), Seed: uint64(count), Waiting: s.Waiting,
		Series: func(year int) string { return fmt.Sprintf("case/%d", year) },
	}
	if plan.People, err = enterStaff(ctx, config, definitions, taken); err != nil {
		return err
	}
	progress := func(written int) {
		if written%50_000 == 0 {
			s.tell(fmt.Sprintf("%d of %d proposals are written", written, count))
		}
	}
	if config.Database != "" {
		return population.Postgres(ctx, config.Database, plan, progress)
	}
	return population.SQLite(ctx, filepath.Join(config.Data, "hejnal.sqlite"), plan, progress)
}

// enterStaff enters the people of a city and gives each person of the samples those who stand for them.
func enterStaff(ctx context.Context, config installation.Config, definitions []*workflow.Definition, taken samples.Taken) (people map[string][]string, err error) {
	kept, err := config.OpenStore(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	running, err := config.OpenEngine(ctx, kept, definitions)
	if err != nil {
		return nil, err
	}
	people = map[string][]string{}
	for _, group := range staff {
		for n := range group.count {
			person, err := running.AddPerson(ctx, engine.NewPerson{Name: fmt.Sprintf("%s.%d", group.role, n), Roles: []workflow.Role{group.role}})
			if err != nil {
				return nil, err
			}
			if in := taken.People[group.role]; in != "" {
				people[in] = append(people[in], person.ID)
			}
		}
	}
	if _, err := running.SetPassword(ctx, reader(), ""); err != nil {
		return nil, err
	}
	_, err = running.CreateToken(ctx, reader(), installation.HashToken(cityToken), 0)
	return people, err
}

// signIn begins a session of the reader, for pages.
func (c *city) signIn(ctx context.Context) error {
	person, err := c.store.PersonByName(ctx, reader())
	if err != nil {
		return fmt.Errorf("find reader: %w", err)
	}
	now := time.Now().UTC()
	return c.store.PutSession(ctx, store.Session{
		Hash: installation.HashToken(cityToken), PersonID: person.ID, Data: []byte("{}"), CreatedAt: now, ExpiresAt: now.Add(24 * time.Hour),
	})
}

// ask asks the program something and answers what it said, which must be no refusal.
func (c *city) ask(ctx context.Context, method, path, body string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+cityToken)
	request.Header.Set("Cookie", frame.SessionCookie+"="+cityToken)
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	answer := &answered{header: http.Header{}, status: http.StatusOK}
	c.handler.ServeHTTP(answer, request)
	if answer.status >= http.StatusMultipleChoices {
		return nil, fmt.Errorf("%s %s: status %d: %s", method, path, answer.status, answer.body.Bytes())
	}
	return answer.body.Bytes(), nil
}

// look asks for something and reads the answer.
func (c *city) look(ctx context.Context, path string, into any) error {
	text, err := c.ask(ctx, http.MethodGet, path, "")
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		return fmt.Errorf("look at %s: %w", path, err)
	}
	return nil
}

// answered keeps what the program says.
type answered struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header gives the header that is to be said.
func (a *answered) Header() http.Header { return a.header }

// WriteHeader keeps the status.
func (a *answered) WriteHeader(status int) { a.status = status }

// Write keeps a part of the body.
func (a *answered) Write(part []byte) (int, error) { return a.body.Write(part) }

func (c *city) close() error { return c.store.Close() }
