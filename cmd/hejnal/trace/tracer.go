package trace

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// Options say whereto spans are sent. Endpoint is required.
type Options struct {
	Endpoint    string  // http(s)://host:port of a collector that takes OTLP over HTTP; /v1/traces where it has no path
	Share       float64 // of the requests that are followed, 0 to 1
	TrustParent bool    // a caller's trace is continued, and its sampling followed
	Version     string
	Log         *slog.Logger // told of spans that cannot be sent; nil: nobody
}

// Tracer follows requests. It may be used by many at once; nil follows none.
type Tracer struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
	trust    bool
}

// Start makes a tracer that sends its spans in the background. What it cannot send it drops.
func Start(ctx context.Context, options Options) (*Tracer, error) {
	address, err := endpoint(options.Endpoint)
	if err != nil {
		return nil, err
	}
	if options.Share < 0 || options.Share > 1 {
		return nil, fmt.Errorf("the share of requests that are followed is %v; it goes from 0 to 1", options.Share)
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(address))
	if err != nil {
		return nil, fmt.Errorf("prepare to send traces: %w", err)
	}
	about, err := resource.New(ctx, resource.WithAttributes(
		attribute.String("service.name", "hejnal"), attribute.String("service.version", options.Version),
	), resource.WithFromEnv())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read OTEL_RESOURCE_ATTRIBUTES: %w", err), exporter.Shutdown(ctx))
	}
	if options.Log != nil {
		otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { options.Log.Warn("send traces", "error", err) }))
	}
	provider := sdk.NewTracerProvider(
		sdk.WithBatcher(exporter), sdk.WithResource(about), sdk.WithSampler(sdk.ParentBased(sdk.TraceIDRatioBased(options.Share))),
	)
	return &Tracer{provider: provider, tracer: provider.Tracer("hejnal"), trust: options.TrustParent}, nil
}

// endpoint is the address of a collector with its path.
func endpoint(given string) (string, error) {
	found, err := url.Parse(given)
	if err != nil || found.Host == "" || found.Scheme != "http" && found.Scheme != "https" {
		return "", errors.New("--trace-endpoint is not understood: give http://HOST:PORT or https://HOST:PORT of a collector that takes OTLP over HTTP")
	}
	if strings.Trim(found.Path, "/") == "" {
		found.Path = "/v1/traces"
	}
	return found.String(), nil
}

// closing is how long spans that wait may take to be sent when the program ends.
const closing = 5 * time.Second

// Close sends what waits, for a while.
func (t *Tracer) Close(ctx context.Context) error {
	if t == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, closing)
	defer cancel()
	if err := t.provider.Shutdown(ctx); err != nil {
		return fmt.Errorf("send the last traces: %w", err)
	}
	return nil
}
