package metrics_test

import (
	"context"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.uber.org/goleak"

	"hejnal/cmd/hejnal/health"
	"hejnal/cmd/hejnal/installation"
	"hejnal/cmd/hejnal/metrics"
	"hejnal/cmd/hejnal/web"
	"hejnal/events"
	"hejnal/events/eventstest"
	"hejnal/store"
	"hejnal/workflow"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func newMetrics(t *testing.T) *metrics.Metrics {
	t.Helper()
	m, err := metrics.New(metrics.Build{Version: "1.2.3", Commit: "abc", Go: "go1.26"}, "sqlite")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// watched is everything that is measured, with a stream that is behind.
func watched(t *testing.T) (*metrics.Metrics, *events.Status, *feed) {
	t.Helper()
	m := newMetrics(t)
	status := &events.Status{Stream: "COOPERATION", State: events.StateBehind, Last: 3, Head: 3, Epoch: 2, Leader: true}
	status.Counts = events.Counts{Published: 3, Batches: 1, Failures: 4, Stalls: 1, Remakes: 2}
	source := &feed{}
	for i := range 5 {
		source.Add(events.Message{At: now.Add(time.Duration(i) * time.Second)})
	}
	board := &health.Board{}
	board.Add(health.Check{Name: "store", Look: func(context.Context) health.Finding { return health.Fine() }})
	board.Add(health.Check{Name: "disk", Look: func(context.Context) health.Finding { return health.Finding{State: "low"} }})
	err := m.Watch(metrics.Sources{
		Pools: func() []store.Pool {
			return []store.Pool{{Name: "read", Busy: 2, Idle: 3, Limit: 8, Waits: 4, Waited: 1500 * time.Millisecond}}
		},
		Health: board, Connected: func() bool { return true },
		DataFree: func() (int64, error) { return 1 << 20, nil }, FilesFree: func() (int64, error) { return 1 << 30, nil },
		Streams: []metrics.Stream{{
			Status: func() events.Status { return *status }, Feed: source,
			Now: func() time.Time { return now.Add(time.Minute) },
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	m.Put(metrics.Standing{
		Tasks: map[workflow.Role]metrics.Tasks{workflow.Lawyer: {Open: 7, Overdue: 2}}, CasesOverdue: 5,
		Subscribers: []metrics.Subscriber{{Stream: "COOPERATION", Name: "registry", Lag: 9}},
	})
	m.Asked("sister", "sign", nil)
	m.Repeated()
	m.Group(store.Group{Changes: 3, Took: 2 * time.Millisecond})
	m.Retried()
	return m, status, source
}

// feed is a feed that can be away.
type feed struct {
	eventstest.Feed
	away bool
}

func (f *feed) Head(ctx context.Context) (int64, error) {
	if f.away {
		return 0, store.ErrUnavailable
	}
	return f.Feed.Head(ctx)
}

func (f *feed) After(ctx context.Context, pos int64, limit int) ([]events.Message, error) {
	if f.away {
		return nil, store.ErrUnavailable
	}
	return f.Feed.After(ctx, pos, limit)
}

// exposed are all measurements of ours that have been gathered, by series.
func exposed(t *testing.T, m *metrics.Metrics) map[string]float64 {
	t.Helper()
	families, err := m.Registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]float64{}
	for _, family := range families {
		if !strings.HasPrefix(family.GetName(), "hejnal_") {
			continue
		}
		for _, series := range family.GetMetric() {
			var labels []string
			for _, label := range series.GetLabel() {
				labels = append(labels, label.GetValue())
			}
			value := series.GetGauge().GetValue() + series.GetCounter().GetValue() + series.GetHistogram().GetSampleSum()
			found[strings.Join(append([]string{family.GetName()}, labels...), " ")] = value
		}
	}
	return found
}

func TestHowThingsStandIsExposed(t *testing.T) {
	m, _, _ := watched(t)
	got := exposed(t, m)
	for series, want := range map[string]float64{
		"hejnal_build_info abc go1.26 1.2.3":                1,
		"hejnal_check_ok store":                             1,
		"hejnal_check_ok disk":                              0,
		"hejnal_transitions_total sister accepted sign":     1,
		"hejnal_decisions_repeated_total":                   1,
		"hejnal_commit_group_changes sqlite":                3,
		"hejnal_commit_group_seconds sqlite":                0.002,
		"hejnal_commit_group_failures_total sqlite":         0,
		"hejnal_commit_retries_total sqlite":                1,
		"hejnal_store_connections read busy":                2,
		"hejnal_store_connections read idle":                3,
		"hejnal_store_connections_limit read":               8,
		"hejnal_store_waits_total read":                     4,
		"hejnal_store_wait_seconds_total read":              1.5,
		"hejnal_relay_leader COOPERATION":                   1,
		"hejnal_relay_state behind COOPERATION":             1,
		"hejnal_relay_state healthy COOPERATION":            0,
		"hejnal_relay_journal_position COOPERATION":         5,
		"hejnal_relay_stream_position COOPERATION":          3,
		"hejnal_relay_lag_events COOPERATION":               2,
		"hejnal_relay_lag_seconds COOPERATION":              57,
		"hejnal_relay_ahead COOPERATION":                    0,
		"hejnal_relay_epoch COOPERATION":                    2,
		"hejnal_relay_published_events_total COOPERATION":   3,
		"hejnal_relay_batches_total COOPERATION":            1,
		"hejnal_relay_failures_total COOPERATION":           4,
		"hejnal_relay_stalls_total COOPERATION":             1,
		"hejnal_relay_remakes_total COOPERATION":            2,
		"hejnal_nats_connected":                             1,
		"hejnal_data_free_bytes":                            1 << 20,
		"hejnal_files_free_bytes":                           1 << 30,
		"hejnal_tasks_open lawyer":                          7,
		"hejnal_tasks_overdue lawyer":                       2,
		"hejnal_cases_overdue":                              5,
		"hejnal_subscriber_lag_events COOPERATION registry": 9,
	} {
		if value, there := got[series]; !there || value != want {
			t.Errorf("%s is %v (there: %v), want %v", series, value, there, want)
		}
	}
}

func TestTheLagGrowsWhileTheStoreDoesNotAnswer(t *testing.T) {
	m, status, source := watched(t)
	exposed(t, m)
	source.away = true
	got := exposed(t, m)
	if got["hejnal_relay_lag_events COOPERATION"] != 2 || got["hejnal_relay_lag_seconds COOPERATION"] != 57 {
		t.Errorf("behind by %v events and %v s", got["hejnal_relay_lag_events COOPERATION"], got["hejnal_relay_lag_seconds COOPERATION"])
	}
	status.Last = 5
	got = exposed(t, m)
	if got["hejnal_relay_lag_events COOPERATION"] != 0 || got["hejnal_relay_lag_seconds COOPERATION"] != 0 {
		t.Errorf("up to date and behind by %v events and %v s", got["hejnal_relay_lag_events COOPERATION"], got["hejnal_relay_lag_seconds COOPERATION"])
	}
	status.Last = 6
	if got = exposed(t, m); got["hejnal_relay_ahead COOPERATION"] != 1 {
		t.Error("a stream that holds more than the store is not told of")
	}
}

func TestWhatNobodyKnowsIsOneSeries(t *testing.T) {
	m := newMetrics(t)
	m.Asked("", "", store.ErrNotFound)
	m.Asked("sister", "", &workflow.Refusal{Kind: workflow.Unknown})
	got := exposed(t, m)
	for _, series := range []string{"hejnal_transitions_total - not_found -", "hejnal_transitions_total sister unknown_transition -"} {
		if got[series] != 1 {
			t.Errorf("%s is %v", series, got[series])
		}
	}
	if _, there := got["hejnal_cases_overdue"]; there {
		t.Error("what is counted once a minute is told before the first count")
	}
}

// described are the names of ours that a registry knows, whether there is a series or not.
func described(t *testing.T, m *metrics.Metrics) []string {
	t.Helper()
	descs := make(chan *prometheus.Desc)
	go func() {
		defer close(descs)
		m.Registry.Describe(descs)
	}()
	var names []string
	for desc := range descs {
		found := regexp.MustCompile(`fqName: "(hejnal_[a-z_]+)"`).FindStringSubmatch(desc.String())
		if found != nil {
			names = append(names, found[1])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestNamesKeepTheHabitsOfPrometheusAndAreDocumented(t *testing.T) {
	m := newMetrics(t)
	running, err := installation.Start(t.Context(), installation.Config{Data: t.TempDir(), Metrics: m})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := running.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	if _, err := web.New(web.Options{Engine: running.Engine, Store: running.Store, Now: time.Now, Metrics: m.Registry}); err != nil {
		t.Fatal(err)
	}
	problems, err := testutil.GatherAndLint(m.Registry)
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range problems {
		if strings.HasPrefix(problem.Metric, "hejnal_") {
			t.Errorf("%s: %s", problem.Metric, problem.Text)
		}
	}
	text, err := os.ReadFile("../../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	var documented []string
	for _, found := range regexp.MustCompile("(?m)^\\| `(hejnal_[a-z_]+)` \\| (?:gauge|counter|histogram) \\|").FindAllStringSubmatch(string(text), -1) {
		documented = append(documented, found[1])
	}
	slices.Sort(documented)
	if diff := cmp.Diff(documented, described(t, m)); diff != "" {
		t.Errorf("docs/operations.md and what is exposed (-documented +exposed):\n%s", diff)
	}
}
