package main

import (
	"context"
	"log/slog"

	"hejnal/cmd/hejnal/installation"
	"hejnal/events"
	"hejnal/store"
)

// place are the flags of every command that touches the store: where it is.
type place struct {
	Data     string `default:"hejnal-data" placeholder:"DIR" help:"Directory of the embedded store, the streams and the files (${default})."`
	Database string `placeholder:"URL" help:"postgres://… in place of the embedded store."`
}

// ordinaryData is the data directory of whoever names none.
const ordinaryData = "hejnal-data"

// prefixes are the flags that say which subjects events have.
type prefixes struct {
	SubjectPrefix       string `placeholder:"PREFIX" help:"NATS subjects of the events (krakow.cooperation)."`
	PublicSubjectPrefix string `placeholder:"PREFIX" help:"NATS subjects of the public events (krakow.public.cooperation)."`
}

func (p prefixes) subjects() events.Subjects {
	return events.Subjects{Prefix: p.SubjectPrefix, PublicPrefix: p.PublicSubjectPrefix}
}

// naming are the flags that say how events are named, and which definitions hold.
type naming struct {
	Definitions string `placeholder:"DIR" help:"Directory that adds definitions or replaces built-in ones."`
	prefixes
	CaseUnit   string `placeholder:"UNIT" help:"Unit of case numbers <unit>.<symbol>.<n>.<year>."`
	CaseSymbol string `placeholder:"SYMBOL" help:"Filing-plan symbol of case numbers."`
}

func (p place) config(n naming, log *slog.Logger) installation.Config {
	return installation.Config{
		Data: p.Data, Database: p.Database, Definitions: n.Definitions, SubjectPrefix: n.SubjectPrefix,
		PublicSubjectPrefix: n.PublicSubjectPrefix, Unit: n.CaseUnit, Symbol: n.CaseSymbol, Log: log,
	}
}

// readStore opens the store for a command that only reads it, and so makes none where there is none.
func (p place) readStore(ctx context.Context, read func(store.Store) error) error {
	config := p.config(naming{}, nil)
	if err := config.CheckStore(); err != nil {
		return err
	}
	kept, err := config.OpenStore(ctx)
	if err != nil {
		return err
	}
	err = read(kept)
	if closed := kept.Close(); err == nil {
		err = closed
	}
	return err
}
