package web

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"

	"hejnal/cmd/hejnal/web/fault"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

type metrics struct {
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
	inFlight prometheus.Gauge
	received *prometheus.CounterVec
	sent     *prometheus.CounterVec
}

func newMetrics(registry *prometheus.Registry) (*metrics, error) {
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "hejnal_http_requests_total", Help: "Requests answered, by method, route and status.",
		}, []string{"method", "route", "status"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "hejnal_http_request_seconds", Help: "Time to answer a request; of answers that are streamed none.", Buckets: prometheus.DefBuckets,
		}, []string{"method", "route"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "hejnal_http_requests_in_flight", Help: "Requests that are being answered.",
		}),
		received: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "hejnal_http_request_bytes_total", Help: "Bytes of bodies received, by route.",
		}, []string{"route"}),
		sent: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "hejnal_http_response_bytes_total", Help: "Bytes of bodies sent, by route.",
		}, []string{"route"}),
	}
	for _, collector := range []prometheus.Collector{m.requests, m.took, m.inFlight, m.received, m.sent} {
		if err := registry.Register(collector); err != nil {
			return nil, fmt.Errorf("register metrics: %w", err)
		}
	}
	return m, nil
}

// traffic is how a request came out.
type traffic struct {
	method, route  string
	status         int
	took           time.Duration
	received, sent int64 // bytes of bodies
	broken         bool  // the answer was begun and broke off
	streamed       bool  // it took as long as its receiver did
}

// servedMethod is the method, or - for one that no route has, so that callers cannot make series.
func servedMethod(method string) string {
	if method == http.MethodOptions || slices.Contains(methods, method) {
		return method
	}
	return "-"
}

// count counts a request.
func (m *metrics) count(t traffic) {
	t.method = servedMethod(t.method)
	m.requests.WithLabelValues(t.method, t.route, strconv.Itoa(t.status)).Inc()
	if !t.streamed {
		m.took.WithLabelValues(t.method, t.route).Observe(t.took.Seconds())
	}
	m.received.WithLabelValues(t.route).Add(float64(t.received))
	m.sent.WithLabelValues(t.route).Add(float64(t.sent))
}

// counted counts the bytes of a body as they are read.
type counted struct {
	io.ReadCloser
	read *int64
}

// Read implements [io.Reader].
func (c counted) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	*c.read += int64(n)
	return n, err
}

func (s *server) serveMetrics(w http.ResponseWriter, r *http.Request) error {
	if s.MetricsElsewhere {
		return fault.ErrNoRoute
	}
	MetricsHandler(s.Metrics).ServeHTTP(w, r)
	return nil
}

// MetricsHandler exposes a registry to Prometheus. What cannot be measured is left out.
func MetricsHandler(registry *prometheus.Registry) http.Handler {
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
}
