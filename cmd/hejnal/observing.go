package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"hejnal/cmd/hejnal/metrics"
	"hejnal/cmd/hejnal/trace"
	"hejnal/cmd/hejnal/web"
)

// observing are the flags that say how a server is watched.
type observing struct {
	MetricsListen    string  `placeholder:"HOST:PORT" help:"Serve /metrics there, over plain HTTP, and not with the API."`
	TraceEndpoint    string  `env:"HEJNAL_TRACE_ENDPOINT,OTEL_EXPORTER_OTLP_ENDPOINT" placeholder:"URL" help:"Follow requests, and send traces there by OTLP over HTTP; OTEL_EXPORTER_OTLP_HEADERS and the like hold too."`
	TraceShare       float64 `default:"1" placeholder:"0…1" help:"Share of the requests that are followed (${default})."`
	TraceTrustCaller bool    `help:"Continue the traces of callers and follow what they sample; otherwise they are only linked to."`
	LogLevel         string  `enum:"debug,info,warn,error" default:"info" placeholder:"LEVEL" help:"What is logged: ${enum} (${default})."`
	PrintConfig      bool    `help:"Print the settings that hold, secrets masked, and stop."`
	LogFormat        string  `enum:"json,text" default:"json" placeholder:"FORMAT" help:"How: ${enum} (${default})."`
}

// log makes the program's log.
func (o observing) log(to io.Writer) *slog.Logger {
	var level slog.Level
	// The flag allows only names that there are.
	_ = level.UnmarshalText([]byte(o.LogLevel))
	options := &slog.HandlerOptions{Level: level}
	if o.LogFormat == "text" {
		return slog.New(slog.NewTextHandler(to, options))
	}
	return slog.New(slog.NewJSONHandler(to, options))
}

// checkShare refuses a share that is none, which NaN is too.
func (o observing) checkShare() error {
	if o.TraceShare >= 0 && o.TraceShare <= 1 {
		return nil
	}
	return &useError{reason: fmt.Sprintf("--trace-share is a share of the requests, from 0 to 1, and not %v", o.TraceShare)}
}

// trace makes what follows requests; nil where none is followed.
func (o observing) trace(ctx context.Context, log *slog.Logger) (*trace.Tracer, error) {
	if o.TraceEndpoint == "" {
		return nil, nil //nolint:nilnil // none is a working value
	}
	return trace.Start(ctx, trace.Options{
		Endpoint: o.TraceEndpoint, Share: o.TraceShare, TrustParent: o.TraceTrustCaller, Version: version, Log: log,
	})
}

// aside is a server of its own for measurements; nil is none.
type aside struct {
	server *http.Server
	ended  chan error
}

// serveMetrics serves the measurements at their own address, where one is given.
func (o observing) serveMetrics(ctx context.Context, measured *metrics.Metrics, log *slog.Logger) (*aside, error) {
	if o.MetricsListen == "" {
		return nil, nil //nolint:nilnil // none is a working value
	}
	listener, err := listen(ctx, "--metrics-listen", o.MetricsListen)
	if err != nil {
		return nil, err
	}
	routes := http.NewServeMux()
	routes.Handle("GET /metrics", web.MetricsHandler(measured.Registry))
	a := &aside{ended: make(chan error, 1), server: &http.Server{
		Handler: routes, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}}
	go func() { a.ended <- a.server.Serve(listener) }()
	return a, nil
}

// close ends the server at once: a scrape is worth no waiting.
func (a *aside) close() error {
	if a == nil {
		return nil
	}
	err := a.server.Close()
	if ended := <-a.ended; !errors.Is(ended, http.ErrServerClosed) {
		err = errors.Join(err, ended)
	}
	if err != nil {
		return fmt.Errorf("stop serving measurements: %w", err)
	}
	return nil
}
