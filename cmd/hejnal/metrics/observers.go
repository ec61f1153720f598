package metrics

import (
	"hejnal/cmd/hejnal/engine"
	"hejnal/store"
)

// Asked counts a transition that was asked for; form and transition are "" where no definition knows them.
func (m *Metrics) Asked(form, transition string, refused error) {
	m.transitions.WithLabelValues(orUnknown(form), orUnknown(transition), engine.Outcome(refused)).Inc()
}

// Repeated counts a decision that is made again.
func (m *Metrics) Repeated() { m.repeated.Inc() }

// Group counts a commit group.
func (m *Metrics) Group(group store.Group) {
	m.changes.Observe(float64(group.Changes))
	m.took.Observe(group.Took.Seconds())
	if group.Failed != nil {
		m.failures.Inc()
	}
}

// Retried counts a statement that is tried again.
func (m *Metrics) Retried() { m.retries.Inc() }

func orUnknown(label string) string {
	if label == "" {
		return unknown
	}
	return label
}
