package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"hejnal/cmd/hejnal/installation"
	"hejnal/cmd/hejnal/metrics"
	"hejnal/cmd/hejnal/web"
)

type serveCommand struct {
	place
	naming
	Listen          string   `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where to serve pages and API (${default})."`
	NATSListen      string   `name:"nats-listen" default:"127.0.0.1:4222" placeholder:"HOST:PORT" help:"Where the embedded NATS server listens (${default})."`
	NATS            string   `name:"nats" placeholder:"URL" help:"nats://… in place of the embedded NATS server."`
	NATSCredentials string   `name:"nats-credentials" type:"path" placeholder:"FILE" help:"Credentials file for --nats."`
	PublicURL       *url.URL `name:"public-url" placeholder:"URL" help:"Where people reach the pages, such as https://umowy.example.pl. With https, sessions travel over https alone."`
	NATSReplicas    int      `name:"nats-replicas" default:"1" placeholder:"N" help:"Replicas of the streams with --nats (${default})."`
	publishing
	observing
}

// Run serves until the context ends.
func (c serveCommand) Run(ctx context.Context, io streams, command *kong.Context) error {
	if err := c.check(); err != nil {
		return err
	}
	settings := configuration(command)
	if c.PrintConfig {
		return printConfiguration(io, settings)
	}
	collectAt(collectAtStart)
	log := c.log(io.err)
	log.LogAttrs(ctx, slog.LevelInfo, "starting", slog.String("version", version), logged(settings))
	config := c.config(c.naming, log)
	config.NATSListen, config.NATS, config.NATSCredentials, config.NATSReplicas = c.NATSListen, c.NATS, c.NATSCredentials, c.NATSReplicas
	measured, err := metrics.New(metrics.Build{Version: version, Commit: commit, Go: runtime.Version()}, config.Backend())
	if err != nil {
		return err
	}
	config.Metrics = measured
	if config.Trace, err = c.trace(ctx, log); err != nil {
		return err
	}
	defer func() {
		if err := config.Trace.Close(context.WithoutCancel(ctx)); err != nil {
			log.Warn("traces are lost", "error", err)
		}
	}()
	answers, err := c.publisher()
	if err != nil {
		return err
	}
	listener, err := listen(ctx, "--listen", c.Listen)
	if err != nil {
		return err
	}
	aside, err := c.serveMetrics(ctx, measured, log)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	running, err := installation.Start(ctx, config)
	if err != nil {
		return errors.Join(err, listener.Close(), aside.close())
	}
	options := facing(running, log)
	options.Public, options.Publisher = c.PublicURL, answers
	options.Trace, options.Metrics, options.MetricsElsewhere = config.Trace, measured.Registry, c.MetricsListen != ""
	err = serve(ctx, options, listener, func() {
		fmt.Fprintf(io.out, "hejnal ready on http://%s, NATS on %s\n", listener.Addr(), running.NATSURL())
		settle()
	})
	return errors.Join(err, running.Close(context.WithoutCancel(ctx)), aside.close())
}

// check refuses settings that cannot be right, before anything is started or printed.
func (c serveCommand) check() error {
	if err := c.subjects().Validate(); err != nil {
		return &useError{reason: err.Error()}
	}
	if c.NATSCredentials != "" && c.NATS == "" {
		return &useError{reason: credentialsAlone}
	}
	if err := c.checkShare(); err != nil {
		return err
	}
	if _, err := c.publisher(); err != nil {
		return err
	}
	return checkPublic(c.PublicURL)
}

// checkPublic refuses an address at which nobody could reach pages.
func checkPublic(address *url.URL) error {
	if address == nil {
		return nil
	}
	web := address.Scheme == "https" || address.Scheme == "http"
	if !web || address.Host == "" || address.User != nil || strings.Trim(address.Path, "/") != "" || address.RawQuery != "" {
		return &useError{reason: "--public-url is an address such as https://umowy.example.pl, without a path"}
	}
	return nil
}

// listen takes the address before anything is opened, so that a server that cannot be reached does not start.
func listen(ctx context.Context, flag, address string) (net.Listener, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen (another address is given by %s): %w", flag, err)
	}
	return listener, nil
}

// facing is the HTTP face of an installation.
func facing(running *installation.Installation, log *slog.Logger) web.Options {
	return web.Options{
		Engine: running.Engine, Store: running.Store, Blobs: running.Blobs, Now: time.Now, NewID: installation.NewID, Log: log, Version: version,
		Health: running.Health, News: running.News, Subjects: running.Config.Subjects(), Secret: installation.Secret, Passwords: newPasswords(),
	}
}

// serve answers HTTP until the context ends, then lets what runs finish, and closes the listener. ready is told when
// requests are answered.
func serve(ctx context.Context, options web.Options, listener net.Listener, ready func()) error {
	limitMemory()
	log := options.Log
	handler, err := web.New(options)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute, WriteTimeout: 5 * time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	if options.News != nil {
		server.RegisterOnShutdown(options.News.Close) // who listens would keep it open
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	ready()
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
