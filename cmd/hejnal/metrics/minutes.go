package metrics

import (
	"sync"

	"github.com/prometheus/client_golang/prometheus"

	"hejnal/workflow"
)

// CountLimit is how far tasks and cases are counted.
const CountLimit = 100_000

// Standing is what is counted once a minute.
type Standing struct {
	Tasks        map[workflow.Role]Tasks
	CasesOverdue int
	Subscribers  []Subscriber // of the streams that this instance leads
}

// Tasks are those of a role, each number up to CountLimit.
type Tasks struct{ Open, Overdue int }

// Subscriber is the durable consumer of a subscriber.
type Subscriber struct {
	Stream string `json:"stream"`
	Name   string `json:"name"`
	Lag    int64  `json:"lag"` // events not acknowledged yet
}

var (
	tasksOpen     = describe("hejnal_tasks_open", "Open tasks, counted once a minute up to 100,000.", "role")
	tasksOverdue  = describe("hejnal_tasks_overdue", "Open tasks whose day has passed, counted likewise.", "role")
	casesOverdue  = describe("hejnal_cases_overdue", "Cases with a deadline whose day has passed, counted likewise.")
	subscriberLag = describe("hejnal_subscriber_lag_events", "Events that a subscriber's durable consumer has not acknowledged.", "stream", "subscriber")
)

// minutes exposes what is counted once a minute: nothing before the first count.
type minutes struct {
	mu  sync.Mutex
	now *Standing
}

func (m *minutes) put(now Standing) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = &now
}

// Describe implements [prometheus.Collector].
func (m *minutes) Describe(to chan<- *prometheus.Desc) {
	for _, desc := range []*prometheus.Desc{tasksOpen, tasksOverdue, casesOverdue, subscriberLag} {
		to <- desc
	}
}

// Collect implements [prometheus.Collector].
func (m *minutes) Collect(to chan<- prometheus.Metric) {
	m.mu.Lock()
	now := m.now
	m.mu.Unlock()
	if now == nil {
		return
	}
	for role, tasks := range now.Tasks {
		to <- gauge(tasksOpen, float64(tasks.Open), string(role))
		to <- gauge(tasksOverdue, float64(tasks.Overdue), string(role))
	}
	to <- gauge(casesOverdue, float64(now.CasesOverdue))
	for _, s := range now.Subscribers {
		to <- gauge(subscriberLag, float64(s.Lag), s.Stream, s.Name)
	}
}
