package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"hejnal/cmd/hejnal/installation"
	"hejnal/events"
	"hejnal/events/embedded"
	"hejnal/store"
)

type subscriberCommand struct {
	Add     subscriberAddCommand     `cmd:"" help:"Give another system a NATS login that only receives, and print it as JSON."`
	List    subscriberListCommand    `cmd:"" help:"List the NATS logins."`
	Disable subscriberDisableCommand `cmd:"" help:"End a NATS login; its open connections are closed."`
}

type subscriberAddCommand struct {
	place
	prefixes
	Name  string   `arg:"" help:"User name: letters, digits, _ and -. It is also the name of the login's durable consumer."`
	Allow []string `sep:"none" placeholder:"SUBJECT" help:"What it may receive; may be repeated. By default transitions, tasks and documents; events of people and logins (<prefix>.admin.>) and the public ones only when named."`
	NATS  string   `name:"nats" placeholder:"URL" help:"The server outside that hejnal serve uses, if it does: logins there are its operator's to make."`
}

// Run makes the login.
func (c subscriberAddCommand) Run(ctx context.Context, io streams) error {
	allow := c.Allow
	if len(allow) == 0 {
		allow = ordinary(c.subjects())
	}
	if err := embedded.CheckLogin(c.subjects(), c.Name, allow); err != nil {
		return &useError{reason: err.Error()}
	}
	if c.NATS != "" {
		return errors.New(outside(c.NATS, c.Name, allow, c.subjects()))
	}
	return c.atFirstDesk(ctx, c.prefixes, func(d desk) error {
		password := installation.Secret()
		err := d.engine.AddSubscriber(ctx, c.Name, installation.HashPassword(password), allow)
		if errors.Is(err, store.ErrExists) {
			return fmt.Errorf("a subscriber named %s exists already; choose another name", c.Name)
		}
		if err != nil {
			return err
		}
		return json.NewEncoder(io.out).Encode(struct {
			User     string `json:"user"`
			Password string `json:"password"`
		}{c.Name, password})
	})
}

// ordinary is what a subscriber receives when nobody says otherwise.
func ordinary(subjects events.Subjects) []string {
	var allow []string
	for _, kind := range []events.Kind{events.KindTransition, events.KindTask, events.KindDocument} {
		allow = append(allow, strings.TrimSuffix(subjects.All(), ">")+string(kind)+".>")
	}
	return allow
}

// outside says what the operator of a NATS server grants a subscriber.
func outside(url, name string, allow []string, subjects events.Subjects) string {
	var streams []string
	internal, public := events.Streams(subjects, 1)
	for _, stream := range []events.Stream{internal, public} {
		for _, subject := range allow {
			if events.Within([]string{stream.Subject}, subject) {
				streams = append(streams, stream.Name)
				break
			}
		}
	}
	var text strings.Builder
	fmt.Fprintf(&text, "logins of %s are made by whoever runs it, not by hejnal. Grant %s, in an account of its own:\n", installation.WithoutLogins(url), name)
	fmt.Fprintf(&text, "  subscribe  %s\n", strings.Join(append(allow, "_INBOX_"+name+".>"), ", "))
	for _, stream := range streams {
		fmt.Fprintf(&text, "  publish    $JS.API.CONSUMER.MSG.NEXT.%s.%s, $JS.ACK.%s.%s.>, $JS.API.CONSUMER.INFO.%s.%s\n", stream, name, stream, name, stream, name)
		fmt.Fprintf(&text, "  make       a durable pull consumer %s on stream %s with the filters above; hejnal serve does after\n             hejnal subscriber add %s --nats= --allow …\n", name, stream, name)
	}
	text.WriteString("and nothing else, as deploy/nats/hejnal.conf does; events/embedded/doc.go says why a subscriber does not belong into the account of the streams")
	return text.String()
}

type subscriberListCommand struct {
	place
	JSON bool `name:"json" help:"Print a JSON array."`
}

// Run lists the logins.
func (c subscriberListCommand) Run(ctx context.Context, io streams) error {
	return c.readStore(ctx, func(kept store.Store) error {
		found, err := kept.ListSubscribers(ctx)
		if err != nil {
			return err
		}
		type shown struct {
			User      string    `json:"user"`
			Allow     []string  `json:"allow"`
			Disabled  bool      `json:"disabled"`
			CreatedAt time.Time `json:"created_at"`
		}
		all := []shown{}
		rows := [][]string{{"USER", "STATE", "SINCE", "ALLOWED"}}
		for _, s := range found {
			all = append(all, shown{s.Name, s.Allow, s.Disabled, s.CreatedAt})
			state := "active"
			if s.Disabled {
				state = "disabled"
			}
			rows = append(rows, []string{s.Name, state, s.CreatedAt.Format(time.DateOnly), strings.Join(s.Allow, " ")})
		}
		if c.JSON {
			return writeJSON(io.out, all)
		}
		return table(io.out, rows)
	})
}

type subscriberDisableCommand struct {
	place
	prefixes
	Name string `arg:"" help:"User name of the login."`
}

// Run disables the login.
func (c subscriberDisableCommand) Run(ctx context.Context, io streams) error {
	return c.atDesk(ctx, c.prefixes, func(d desk) error {
		err := d.engine.DisableSubscriber(ctx, c.Name)
		if errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("no subscriber is named %s; hejnal subscriber list shows who is", c.Name)
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(io.out, "%s cannot connect any more\n", c.Name)
		return err
	})
}
