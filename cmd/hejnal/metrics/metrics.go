package metrics

import (
	"fmt"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// unknown is the label of what no definition knows.
const unknown = "-"

// Build says which program measures.
type Build struct{ Version, Commit, Go string }

// Metrics counts what happens. Its observers may be used by many at once.
type Metrics struct {
	// Registry is what is exposed; others may register what they measure.
	Registry *prometheus.Registry

	transitions *prometheus.CounterVec
	repeated    prometheus.Counter
	changes     prometheus.Observer
	took        prometheus.Observer
	failures    prometheus.Counter
	retries     prometheus.Counter
	minutes     minutes
}

// Put replaces what is counted once a minute.
func (m *Metrics) Put(now Standing) { m.minutes.put(now) }

// New makes a registry of its own, with the measurements of the Go runtime, the process, the engine and the commits to a
// backend, postgres or sqlite.
func New(build Build, backend string) (*Metrics, error) {
	m := &Metrics{Registry: prometheus.NewRegistry()}
	m.transitions = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "hejnal_transitions_total", Help: "Transitions asked for, by form, transition and outcome.",
	}, []string{"form", "transition", "outcome"})
	m.repeated = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "hejnal_decisions_repeated_total", Help: "Decisions made again because another change came first.",
	})
	about := prometheus.Labels{"backend": backend}
	changes := prometheus.NewHistogram(prometheus.HistogramOpts{
		Name: "hejnal_commit_group_changes", Help: "Changes in a commit group.", ConstLabels: about,
		Buckets: []float64{1, 2, 4, 8, 16, 32, 64, 128, 256},
	})
	took := prometheus.NewHistogram(prometheus.HistogramOpts{
		Name: "hejnal_commit_group_seconds", Help: "Time to commit a group.", ConstLabels: about,
		Buckets: []float64{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30},
	})
	m.failures = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "hejnal_commit_group_failures_total", Help: "Groups that could not be committed.", ConstLabels: about,
	})
	m.retries = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "hejnal_commit_retries_total", Help: "Statements tried again because another process got in the way.", ConstLabels: about,
	})
	program := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "hejnal_build_info", Help: "Which program this is.",
		ConstLabels: prometheus.Labels{"version": build.Version, "commit": build.Commit, "go_version": build.Go},
	})
	program.Set(1)
	m.changes, m.took = changes, took
	if err := m.register(
		m.transitions, m.repeated, changes, took, m.failures, m.retries, program, &m.minutes,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	); err != nil {
		return nil, err
	}
	return m, nil
}

func (m *Metrics) register(all ...prometheus.Collector) error {
	for _, collector := range all {
		if err := m.Registry.Register(collector); err != nil {
			return fmt.Errorf("register measurements: %w", err)
		}
	}
	return nil
}
