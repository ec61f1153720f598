package bench

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"hejnal/cmd/hejnal/installation"
	"hejnal/cmd/hejnal/web"
	"hejnal/store/blob"
)

// api measures transitions through the HTTP API against transactions written by hand.
var api = Measurement{
	Name: "api", Title: "transitions through the HTTP API against transactions by hand", Database: true, Run: measureAPI,
}

var overAPI = Target{AtLeast: 1}

func measureAPI(ctx context.Context, s Setting) (found Outcome, err error) {
	seeded, err := s.seed(ctx)
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, seeded.drop()) }()
	sides := []side{seeded.throughAPI("API"), seeded.throughServer("API and relay"), seeded.sixTrips(bySequence)}
	turns, err := s.alternate(ctx, s.Clients, sides)
	if err != nil {
		return found, err
	}
	limit := sides[2].name
	what := fmt.Sprintf("transitions over HTTP by %d clients", s.Clients)
	found.Rows = append(found.Rows, against(limit, what, turns[0], turns[2], overAPI, Target{})...)
	found.Rows = append(found.Rows, against(limit, what+", relay publishing", turns[1], turns[2], Target{}, Target{})...)
	found.Notes = []string{"clients, server and PostgreSQL share this machine; every request has a token, its connection stays open and the log of requests is written"}
	return found, err
}

// throughAPI is the engine behind its HTTP face, in a process that does not lead the relay.
func (d *seeded) throughAPI(name string) side {
	return side{name: name, open: func(ctx context.Context) (func(context.Context, int) error, func() error, error) {
		copied, err := d.copyFor(ctx, name)
		if err != nil {
			return nil, nil, err
		}
		o, err := openOffice(ctx, d.config(copied))
		if err != nil {
			return nil, nil, err
		}
		files, err := d.config(copied).OpenBlobs()
		if err != nil {
			return nil, nil, errors.Join(err, o.store.Close())
		}
		work, end, err := d.serve(ctx, o, files)
		if err != nil {
			return nil, nil, errors.Join(err, o.store.Close())
		}
		return work, func() error { return errors.Join(end(), o.store.Close()) }, nil
	}}
}

// throughServer is everything that a server runs on, with its streams and relays, each time in a new directory.
func (d *seeded) throughServer(name string) side {
	return side{name: name, open: func(ctx context.Context) (func(context.Context, int) error, func() error, error) {
		copied, err := d.copyFor(ctx, name)
		if err != nil {
			return nil, nil, err
		}
		config := d.config(copied)
		if config.Data, err = os.MkdirTemp(d.setting.Dir, "api-"); err != nil {
			return nil, nil, fmt.Errorf("make data directory: %w", err)
		}
		running, err := installation.Start(ctx, config)
		if err != nil {
			return nil, nil, err
		}
		stop := func() error { return running.Close(context.WithoutCancel(ctx)) }
		o := &office{store: running.Store, engine: running.Engine}
		if err := o.enter(ctx); err != nil {
			return nil, nil, errors.Join(err, stop())
		}
		work, end, err := d.serve(ctx, o, running.Blobs)
		if err != nil {
			return nil, nil, errors.Join(err, stop())
		}
		return work, func() error { return errors.Join(end(), stop()) }, nil
	}}
}

// serve serves an office over HTTP, and answers the work of its clients and what ends it.
func (d *seeded) serve(ctx context.Context, o *office, files *blob.Store) (work func(context.Context, int) error, end func() error, err error) {
	log, err := os.OpenFile(filepath.Join(d.setting.Dir, "requests.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("open log: %w", err)
	}
	address, stop, err := listenFor(ctx, web.Options{
		Engine: o.engine, Store: o.store, Blobs: files, Now: time.Now, NewID: installation.NewID, Log: slog.New(slog.NewJSONHandler(log, nil)),
	})
	if err != nil {
		return nil, nil, errors.Join(err, log.Close())
	}
	token := installation.Secret()
	_, err = o.engine.CreateToken(ctx, official, installation.HashToken(token), 0)
	var clients []*caller
	if err == nil {
		clients, err = callers(ctx, address, d.setting.Clients)
	}
	if err != nil {
		return nil, nil, errors.Join(err, stop(), log.Close())
	}
	requests := make([][]byte, len(d.ids))
	for i, id := range d.ids {
		requests[i] = postContact(address, token, id)
	}
	work = recording(len(requests), len(clients), func(ctx context.Context, client, n int) error { return clients[client].call(ctx, requests[n]) })
	return work, func() error { return errors.Join(hangUp(clients), stop(), log.Close()) }, nil
}

// listenFor serves the API on a free port, and answers where and what ends it.
func listenFor(ctx context.Context, options web.Options) (address string, stop func() error, err error) {
	handler, err := web.New(options)
	if err != nil {
		return "", nil, err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("listen: %w", err)
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: time.Minute}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	return listener.Addr().String(), func() error {
		err := server.Close()
		if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
			err = errors.Join(err, served)
		}
		return err
	}, nil
}
