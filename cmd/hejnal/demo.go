package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"text/tabwriter"

	"hejnal/cmd/hejnal/demo"
	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/installation"
	"hejnal/cmd/hejnal/legacy"
	"hejnal/store"
	"hejnal/store/blob"
	"hejnal/workflow"
)

type demoCommand struct {
	Listen     string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where to serve pages and API; another free port is taken when this one is in use."`
	NATSListen string `name:"nats-listen" default:"127.0.0.1:0" placeholder:"HOST:PORT" help:"Where the embedded NATS server listens."`
	Exit       bool   `help:"Stop after the walk."`
}

// Run walks the samples through an installation in a temporary directory, and serves it until the context ends.
func (c demoCommand) Run(ctx context.Context, io streams) error {
	dir, err := os.MkdirTemp("", "hejnal-demo-")
	if err != nil {
		return fmt.Errorf("make directory of the demo: %w", err)
	}
	log := slog.New(slog.NewJSONHandler(io.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	running, err := installation.Start(ctx, installation.Config{Data: dir, NATSListen: c.NATSListen, Log: log})
	if err != nil {
		return errors.Join(unlessEnded(ctx, err), os.RemoveAll(dir))
	}
	err = unlessEnded(ctx, c.show(ctx, running, io.out, log))
	return errors.Join(err, running.Close(context.WithoutCancel(ctx)), os.RemoveAll(dir))
}

// unlessEnded drops an error that comes of the demo's being interrupted, which is how it ends.
func unlessEnded(ctx context.Context, err error) error {
	select {
	case <-ctx.Done():
		return nil
	default:
		return err
	}
}

func (c demoCommand) show(ctx context.Context, running *installation.Installation, out io.Writer, log *slog.Logger) error {
	walks, people, err := demo.Plan()
	if err != nil {
		return err
	}
	entered, err := enter(ctx, running.Engine, people, out)
	if err != nil {
		return err
	}
	follower, err := demo.Follow(ctx, running, out, func(subject string, event []byte) string {
		return eventLine(running.Config.Subjects(), subject, event)
	})
	if err != nil {
		return err
	}
	walker := &demo.Walker{Engine: running.Engine, Files: files{running.Blobs}, People: entered}
	err = tour{running, walker, follower, out}.take(ctx, walks)
	err = errors.Join(err, follower.Close())
	if ctx.Err() != nil {
		fmt.Fprintln(out, "\nThe demo was interrupted.")
		return err
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\n%d proposals walked to their ends, %d events received from NATS.\n", len(walks), follower.Count())
	if c.Exit {
		return nil
	}
	return c.keepServing(ctx, running, out, log)
}

// keepServing serves the demo's installation on the address asked for, or on any free port where that one is taken.
func (c demoCommand) keepServing(ctx context.Context, running *installation.Installation, out io.Writer, log *slog.Logger) error {
	listener, err := listen(ctx, "--listen", c.Listen)
	if err != nil {
		listener, err = listen(ctx, "--listen", "127.0.0.1:0")
	}
	if err != nil {
		return err
	}
	return serve(ctx, facing(running, log), listener, func() {
		fmt.Fprintf(out, "hejnal ready on http://%s, NATS on %s (Ctrl+C ends the demo)\n", listener.Addr(), running.NATSURL())
	})
}

// enter enters the sample people and prints how each signs in.
func enter(ctx context.Context, eng *engine.Engine, people []demo.Person, out io.Writer) ([]store.Person, error) {
	table := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(table, "NAME\tROLE\tPASSWORD\tAPI TOKEN")
	var entered []store.Person
	for _, person := range people {
		password, token := installation.Secret(), installation.Secret()
		added, err := eng.AddPerson(ctx, engine.NewPerson{
			Name: person.Name, FullName: person.FullName, Roles: person.Roles, PasswordHash: installation.HashPassword(password),
		})
		if err != nil {
			return nil, err
		}
		// Whoever tries the demo signs in at once, without choosing a password first.
		if added, err = eng.SetPassword(ctx, person.Name, added.PasswordHash); err != nil {
			return nil, err
		}
		if _, err := eng.CreateToken(ctx, person.Name, installation.HashToken(token), 0); err != nil {
			return nil, err
		}
		roles := make([]string, len(person.Roles))
		for i, role := range person.Roles {
			roles[i] = string(role)
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", person.Name, strings.Join(roles, ", "), password, token)
		entered = append(entered, added)
	}
	fmt.Fprintln(table)
	return entered, table.Flush()
}

// tour takes visitors through an installation: what happens is announced, and the events are awaited before the next.
type tour struct {
	running  *installation.Installation
	walker   *demo.Walker
	follower *demo.Listener
	out      io.Writer
}

// take enters the City's register and takes every walk.
func (t tour) take(ctx context.Context, walks []demo.Walk) error {
	entries, err := legacy.Krakow()
	if err != nil {
		return err
	}
	if err := t.announce(ctx, "Rejestr Krakowa: %d umów, tytułów, członkostw i kontaktów sprzed programu", len(entries)); err != nil {
		return err
	}
	official := engine.Request{By: workflow.Person{ID: t.walker.People[0].ID, Roles: t.walker.People[0].Roles}}
	for _, entry := range entries {
		if _, err := t.running.Engine.ImportLegacy(ctx, official, entry); err != nil {
			return fmt.Errorf("import %s: %w", entry.Title, err)
		}
	}
	for _, walk := range walks {
		if err := t.walk(ctx, walk); err != nil {
			return err
		}
	}
	return t.follower.Finish(ctx)
}

func (t tour) walk(ctx context.Context, walk demo.Walk) error {
	form, ok := t.running.Engine.Form(walk.Form)
	if !ok {
		return fmt.Errorf("walk %s: there is no such form", walk.Form)
	}
	if err := t.announce(ctx, "%s: %s", form.Title.PL, walk.Title); err != nil {
		return err
	}
	id, err := t.walker.Walk(ctx, walk)
	if err != nil {
		return err
	}
	ended, err := t.running.Store.Case(ctx, id)
	if err != nil {
		return fmt.Errorf("look at %s: %w", walk.Title, err)
	}
	state, _ := form.State(workflow.Route, ended.State)
	return t.say(ctx, "   → sprawa %s: %s (%s)\n", ended.Number, state.Title.PL, ended.State)
}

// announce writes a heading once everything before it has arrived.
func (t tour) announce(ctx context.Context, format string, args ...any) error {
	return t.say(ctx, "\n== "+format+"\n", args...)
}

func (t tour) say(ctx context.Context, format string, args ...any) error {
	if err := t.follower.Finish(ctx); err != nil {
		return err
	}
	fmt.Fprintf(t.out, format, args...)
	return nil
}

// files keeps sample documents in the installation's files.
type files struct{ blobs *blob.Store }

// PutText keeps a text.
func (f files) PutText(ctx context.Context, text string) (sum string, size int64, err error) {
	return f.blobs.Put(ctx, strings.NewReader(text), int64(len(text)))
}
