package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"hejnal/cmd/hejnal/installation"
	"hejnal/store"
)

type tokenCommand struct {
	Create tokenCreateCommand `cmd:"" help:"Print a token for the API, and nothing else. It is shown this once."`
}

type tokenCreateCommand struct {
	place
	prefixes
	User    string `required:"" placeholder:"NAME" help:"Whose token it is."`
	Expires span   `default:"90d" placeholder:"SPAN" help:"How long it lasts, such as 90d or 12h, or never (${default})."`
}

// Run makes the token.
func (c tokenCreateCommand) Run(ctx context.Context, io streams) error {
	return c.atDesk(ctx, c.prefixes, func(d desk) error {
		secret := installation.Secret()
		_, err := d.engine.CreateToken(ctx, c.User, installation.HashToken(secret), time.Duration(c.Expires))
		if errors.Is(err, store.ErrNotFound) {
			return nobody(c.User)
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(io.out, secret)
		return err
	})
}

// span is a length of time in days (90d), or as Go writes it (12h); 0 is for ever.
type span time.Duration

// longest is above any span that makes sense, and below what a time.Duration can hold.
const longest = 100 * 365 * 24 * time.Hour

// UnmarshalText reads a span.
func (s *span) UnmarshalText(text []byte) error {
	written := string(text)
	if written == "never" {
		*s = 0
		return nil
	}
	length, err := time.ParseDuration(written)
	if number, ok := strings.CutSuffix(written, "d"); ok {
		var days int
		if days, err = strconv.Atoi(number); err == nil && days <= int(longest/(24*time.Hour)) {
			length = time.Duration(days) * 24 * time.Hour
		}
	}
	if err != nil || length <= 0 || length > longest {
		return fmt.Errorf("%q is no length of time: write 90d, 12h or never", written)
	}
	*s = span(length)
	return nil
}
