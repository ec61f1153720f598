package main

import (
	"context"
	"errors"
	"fmt"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/installation"
	"hejnal/store"
	"hejnal/workflow"
)

type userCommand struct {
	Add      userAddCommand      `cmd:"" help:"Enter a person and print a one-time password."`
	List     userListCommand     `cmd:"" help:"List the people who may sign in."`
	Password userPasswordCommand `cmd:"" help:"Give a person a new one-time password, and sign them out everywhere."`
	Disable  userDisableCommand  `cmd:"" help:"End a person's right to sign in, and their tokens, for good. What they did stays theirs."`
}

type userAddCommand struct {
	place
	prefixes
	Name     string          `arg:"" help:"Login: lower-case letters, digits, dots and hyphens."`
	Role     []workflow.Role `required:"" enum:"${roles}" placeholder:"ROLE" help:"What the person may do; may be repeated: ${enum}."`
	FullName string          `placeholder:"NAME" help:"Name as others see it."`
	JSON     bool            `name:"json" help:"Print a JSON object."`
}

// Run enters the person.
func (c userAddCommand) Run(ctx context.Context, io streams) error {
	return c.atFirstDesk(ctx, c.prefixes, func(d desk) error {
		password := installation.Secret()
		person, err := d.engine.AddPerson(ctx, engine.NewPerson{
			Name: c.Name, FullName: c.FullName, Roles: c.Role, PasswordHash: installation.HashPassword(password),
		})
		var refusal *workflow.Refusal
		switch {
		case errors.As(err, &refusal):
			return &useError{reason: refusal.Message.EN}
		case errors.Is(err, store.ErrExists):
			return fmt.Errorf("a person named %s exists already; choose another name", c.Name)
		case err != nil:
			return err
		}
		if c.JSON {
			return writeJSON(io.out, struct {
				ID       string          `json:"id"`
				Name     string          `json:"name"`
				FullName string          `json:"full_name"`
				Roles    []workflow.Role `json:"roles"`
				Password string          `json:"password"`
			}{person.ID, person.Name, person.FullName, person.Roles, password})
		}
		_, err = fmt.Fprintf(io.out, "name: %s  id: %s  roles: %s  one-time password: %s\n", person.Name, person.ID, list(person.Roles), password)
		return err
	})
}

type userListCommand struct {
	place
	JSON bool `name:"json" help:"Print a JSON array."`
}

// Run lists the people.
func (c userListCommand) Run(ctx context.Context, io streams) error {
	return c.readStore(ctx, func(kept store.Store) error {
		people := []store.Person{}
		for request := (store.PageRequest{Limit: 200}); ; {
			page, err := kept.ListPeople(ctx, "", request)
			if err != nil {
				return err
			}
			people = append(people, page.Items...)
			if request.Cursor = page.Next; page.Next == "" {
				break
			}
		}
		if c.JSON {
			return writeJSON(io.out, people)
		}
		rows := [][]string{{"NAME", "ROLES", "PASSWORD", "ID", "FULL NAME"}}
		for _, p := range people {
			password := "own"
			if p.MustChange {
				password = "one-time"
			}
			rows = append(rows, []string{p.Name, list(p.Roles), password, p.ID, plain(p.FullName)})
		}
		return table(io.out, rows)
	})
}

type userPasswordCommand struct {
	place
	prefixes
	Name string `arg:"" help:"Login of the person."`
}

// Run gives the person a one-time password.
func (c userPasswordCommand) Run(ctx context.Context, io streams) error {
	return c.atDesk(ctx, c.prefixes, func(d desk) error {
		password := installation.Secret()
		person, err := d.engine.ResetPassword(ctx, c.Name, installation.HashPassword(password))
		if errors.Is(err, store.ErrNotFound) {
			return nobody(c.Name)
		}
		if err != nil {
			return err
		}
		if err := d.store.EndSessions(ctx, person.ID, ""); err != nil {
			return fmt.Errorf("sign %s out: %w", person.Name, err)
		}
		_, err = fmt.Fprintf(io.out, "name: %s  id: %s  one-time password: %s\n", person.Name, person.ID, password)
		return err
	})
}

type userDisableCommand struct {
	place
	prefixes
	Name string `arg:"" help:"Login of the person."`
}

// Run disables the person.
func (c userDisableCommand) Run(ctx context.Context, io streams) error {
	return c.atDesk(ctx, c.prefixes, func(d desk) error {
		person, err := d.engine.DisablePerson(ctx, c.Name)
		if errors.Is(err, store.ErrNotFound) {
			return nobody(c.Name)
		}
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(io.out, "%s (%s) cannot sign in any more\n", person.Name, person.ID); err != nil {
			return err
		}
		return tellHeld(ctx, io.out, d.store, person)
	})
}

func nobody(name string) error {
	return fmt.Errorf("nobody is named %s; hejnal user list shows who is", name)
}
