package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"hejnal/cmd/hejnal/installation"
	"hejnal/cmd/hejnal/web"
)

type serveCommand struct {
	place
	naming
	Listen          string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where to serve pages and API."`
	NATSListen      string `name:"nats-listen" default:"127.0.0.1:4222" placeholder:"HOST:PORT" help:"Where the embedded NATS server listens."`
	NATS            string `name:"nats" placeholder:"URL" help:"nats://… in place of the embedded NATS server."`
	NATSCredentials string `name:"nats-credentials" type:"path" placeholder:"FILE" help:"Credentials file for --nats."`
	NATSReplicas    int    `name:"nats-replicas" default:"1" placeholder:"N" help:"Replicas of the streams with --nats."`
}

// Run serves until the context ends.
func (c serveCommand) Run(ctx context.Context, io streams) error {
	log := slog.New(slog.NewJSONHandler(io.err, nil))
	config := c.config(c.naming, log)
	config.NATSListen, config.NATS, config.NATSCredentials, config.NATSReplicas = c.NATSListen, c.NATS, c.NATSCredentials, c.NATSReplicas
	running, err := installation.Start(ctx, config)
	if err != nil {
		return err
	}
	err = serve(ctx, running, c.Listen, log, func(address string) {
		fmt.Fprintf(io.out, "hejnal ready on http://%s, NATS on %s\n", address, running.NATSURL())
	})
	return errors.Join(err, running.Close(context.WithoutCancel(ctx)))
}

// serve answers HTTP on the address until the context ends, then lets what runs finish. ready is told the address.
func serve(ctx context.Context, running *installation.Installation, address string, log *slog.Logger, ready func(address string)) error {
	handler, err := web.New(web.Options{
		Engine: running.Engine, Store: running.Store, Blobs: running.Blobs, Now: time.Now, NewID: installation.NewID, Log: log, Version: version,
	})
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute, WriteTimeout: 5 * time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	ready(listener.Addr().String())
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Second)
	defer cancel()
	if err := server.Shutdown(closing); err != nil {
		return fmt.Errorf("stop serving: %w", err)
	}
	return nil
}
