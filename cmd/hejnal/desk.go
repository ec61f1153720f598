package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"unicode"

	"golang.org/x/term"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/installation"
	"hejnal/store"
)

// desk is what a command of whoever runs the installation works at: the store, beside a running server or without one,
// and the engine over it.
type desk struct {
	config installation.Config
	store  store.Store
	engine *engine.Engine
}

// atDesk opens the store, lets the command work and closes the store again. It makes no store where there is none.
func (p place) atDesk(ctx context.Context, names prefixes, work func(desk) error) error {
	if err := p.config(naming{}, nil).CheckStore(); err != nil {
		return err
	}
	return p.atFirstDesk(ctx, names, work)
}

// atFirstDesk is atDesk for what may be the first step of an installation, people or logins: it makes the store where there is none.
func (p place) atFirstDesk(ctx context.Context, names prefixes, work func(desk) error) (err error) {
	d := desk{config: p.config(naming{prefixes: names}, nil)}
	if err := names.subjects().Validate(); err != nil {
		return &useError{reason: err.Error()}
	}
	if d.store, err = d.config.OpenStore(ctx); err != nil {
		return err
	}
	defer func() {
		if closed := d.store.Close(); err == nil {
			err = closed
		}
	}()
	if err := d.config.SameSubjects(ctx, d.store); err != nil {
		return err
	}
	if d.engine, err = d.config.OpenEngine(ctx, d.store, nil); err != nil {
		return err
	}
	return work(d)
}

// table writes rows of cells in columns, the first row being the heading.
func table(out io.Writer, rows [][]string) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

// writeJSON writes a value as indented JSON.
func writeJSON(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

// list puts values in a row with commas.
func list[T ~string](values []T) string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = string(value)
	}
	return strings.Join(texts, ",")
}

// plain is a text of somebody else's on one line of a terminal: control characters become spaces.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, text)
}

// isTerminal reports whether somebody looks on: progress is shown to people, and to nobody else.
func isTerminal(out io.Writer) bool {
	file, ok := out.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
