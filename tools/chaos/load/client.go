package load

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"hejnal/tools/chaos/history"
)

// The addresses that clients ask.
const (
	proposals = "/api/v1/proposals"
	tasks     = "/api/v1/tasks"
)

// client is one who does one thing after another. It stays with an instance until that does not answer, as a client behind
// a balancer does.
type client struct {
	*Load
	number int
	random *rand.Rand
	at     int // the instance that it asks
	made   int // keys
}

// attempts is how often a command under a key is asked again while its outcome is unknown, and again how long it is waited
// before each.
const (
	attempts = 40
	again    = 250 * time.Millisecond
)

func (c *client) work(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := c.act(); err != nil {
			return fmt.Errorf("client %d: %w", c.number, err)
		}
		if c.options.Pause > 0 {
			rest(ctx, time.Duration(c.random.Int64N(int64(c.options.Pause))))
		}
	}
	return nil
}

func rest(ctx context.Context, period time.Duration) {
	timer := time.NewTimer(period)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// act does one thing.
func (c *client) act() error {
	id := c.pool.pick(c.random, c.options.Proposals, c.options.Acts)
	dice := c.random.IntN(100)
	switch {
	case id == "" || dice < 2:
		return c.open()
	case dice < 14:
		return c.takeTask()
	}
	return c.move(id)
}

// ask makes a call, and turns to another instance when there was no answer, and now and then without a reason.
func (c *client) ask(asked request) (answered, error) {
	asked.Client = c.number
	got, err := c.send(c.options.Instances[c.at], asked)
	if got.status == 0 || c.random.IntN(20) == 0 {
		c.at = (c.at + 1 + c.random.IntN(len(c.options.Instances)-1)) % len(c.options.Instances)
	}
	return got, err
}

// get reads something.
func (c *client) get(path, proposal string, by Person) (answered, error) {
	return c.ask(request{by: by, Call: history.Call{Method: http.MethodGet, Path: path, Proposal: proposal}})
}

// post commands something. Of what goes under a key the outcome is found out: it is asked again, through other instances,
// until somebody knows.
func (c *client) post(asked request) (answered, error) {
	asked.Method = http.MethodPost
	got, err := c.ask(asked)
	for try := 1; err == nil && got.status == 0 && asked.Key != "" && try < attempts; try++ {
		time.Sleep(again)
		got, err = c.ask(asked)
	}
	return got, err
}

// key gives a fresh idempotency key, or none, as it comes.
func (c *client) key() string {
	if c.random.IntN(10) < 4 {
		return ""
	}
	c.made++
	return fmt.Sprintf("client-%d-%d", c.number, c.made)
}

// person picks anybody, or somebody in one of the roles.
func (c *client) person(roles ...string) Person {
	if person, found := in(c.random, c.options.People, roles, len(roles) == 0); found {
		return person
	}
	return c.options.People[c.random.IntN(len(c.options.People))]
}

// outsider picks somebody who has none of the roles.
func (c *client) outsider(roles []string) Person {
	person, _ := in(c.random, c.options.People, roles, true)
	return person
}

func encode(value any) ([]byte, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("write a request: %w", err)
	}
	return text, nil
}
