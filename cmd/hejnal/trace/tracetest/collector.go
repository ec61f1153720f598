// Package tracetest is a collector of traces for tests: it takes OTLP over HTTP on loopback and keeps what comes.
package tracetest

import (
	"compress/gzip"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	collect "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/protobuf/proto"
)

// Span is a span as it was sent. Ids are in hex.
type Span struct {
	Name, Trace, ID, Parent string
	Links                   []string // ids of the spans that it links to
	Text                    string   // all of it, to search for what must not stand there
	Began, Ended            uint64   // nanoseconds since 1970
}

// Collector keeps the spans that it is sent.
type Collector struct {
	URL string

	mu    sync.Mutex
	spans []Span
}

// Start starts a collector that lives as long as the test.
func Start(t testing.TB) *Collector {
	t.Helper()
	c := &Collector{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v1/traces" {
			t.Errorf("traces are sent to %s", r.URL.Path)
		}
		if err := c.take(r); err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", "application/x-protobuf")
	}))
	t.Cleanup(server.Close)
	c.URL = server.URL
	return c
}

func (c *Collector) take(r *http.Request) error {
	body := io.Reader(r.Body)
	if r.Header.Get("Content-Encoding") == "gzip" {
		unpacked, err := gzip.NewReader(r.Body)
		if err != nil {
			return err
		}
		body = unpacked
	}
	text, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	var sent collect.ExportTraceServiceRequest
	if err := proto.Unmarshal(text, &sent); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, resource := range sent.GetResourceSpans() {
		for _, scope := range resource.GetScopeSpans() {
			for _, span := range scope.GetSpans() {
				kept := Span{
					Name: span.GetName(), Trace: hex.EncodeToString(span.GetTraceId()), ID: hex.EncodeToString(span.GetSpanId()),
					Parent: hex.EncodeToString(span.GetParentSpanId()), Text: span.String() + resource.GetResource().String(),
					Began: span.GetStartTimeUnixNano(), Ended: span.GetEndTimeUnixNano(),
				}
				for _, link := range span.GetLinks() {
					kept.Links = append(kept.Links, hex.EncodeToString(link.GetSpanId()))
				}
				c.spans = append(c.spans, kept)
			}
		}
	}
	return nil
}

// Spans are those that have come.
func (c *Collector) Spans() []Span {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Span(nil), c.spans...)
}

// Named are the spans of that name in a trace.
func (c *Collector) Named(trace, name string) []Span {
	var found []Span
	for _, span := range c.Spans() {
		if span.Trace == trace && span.Name == name {
			found = append(found, span)
		}
	}
	return found
}
