package metrics

import (
	"github.com/prometheus/client_golang/prometheus"

	"hejnal/cmd/hejnal/health"
	"hejnal/store"
)

// Sources are what how things stand is read from. All are required.
type Sources struct {
	Pools     func() []store.Pool
	Health    *health.Board
	Connected func() bool           // to NATS
	DataFree  func() (int64, error) // bytes where the data directory lies
	FilesFree func() (int64, error) // and where the documents lie
	Streams   []Stream
}

// Watch exposes how things stand.
func (m *Metrics) Watch(from Sources) error {
	return m.register(poolCollector{from.Pools}, checkCollector{from.Health}, placeCollector{from.Connected, from.DataFree, from.FilesFree}, newRelayCollector(from.Streams))
}

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

func gauge(desc *prometheus.Desc, value float64, labels ...string) prometheus.Metric {
	return prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, labels...)
}

func counter(desc *prometheus.Desc, value float64, labels ...string) prometheus.Metric {
	return prometheus.MustNewConstMetric(desc, prometheus.CounterValue, value, labels...)
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

var (
	connections      = describe("hejnal_store_connections", "Connections to the store.", "pool", "state")
	connectionsLimit = describe("hejnal_store_connections_limit", "How many connections to the store there may be.", "pool")
	waits            = describe("hejnal_store_waits_total", "Times somebody waited for a connection to the store.", "pool")
	waited           = describe("hejnal_store_wait_seconds_total", "How long was waited for connections to the store.", "pool")
)

type poolCollector struct{ pools func() []store.Pool }

// Describe implements [prometheus.Collector].
func (poolCollector) Describe(to chan<- *prometheus.Desc) {
	for _, desc := range []*prometheus.Desc{connections, connectionsLimit, waits, waited} {
		to <- desc
	}
}

// Collect implements [prometheus.Collector].
func (c poolCollector) Collect(to chan<- prometheus.Metric) {
	for _, pool := range c.pools() {
		to <- gauge(connections, float64(pool.Busy), pool.Name, "busy")
		to <- gauge(connections, float64(pool.Idle), pool.Name, "idle")
		to <- gauge(connectionsLimit, float64(pool.Limit), pool.Name)
		to <- counter(waits, float64(pool.Waits), pool.Name)
		to <- counter(waited, pool.Waited.Seconds(), pool.Name)
	}
}

var checkOK = describe("hejnal_check_ok", "1 while the check of /readyz of that name finds nothing wrong.", "check")

type checkCollector struct{ board *health.Board }

// Describe implements [prometheus.Collector].
func (checkCollector) Describe(to chan<- *prometheus.Desc) { to <- checkOK }

// Collect implements [prometheus.Collector].
func (c checkCollector) Collect(to chan<- prometheus.Metric) {
	for _, found := range c.board.Findings() {
		to <- gauge(checkOK, truth(found.OK), found.Name)
	}
}

var (
	connected = describe("hejnal_nats_connected", "1 while NATS is connected.")
	dataFree  = describe("hejnal_data_free_bytes", "Free space for the program where its data directory lies.")
	filesFree = describe("hejnal_files_free_bytes", "Free space for the program where the documents lie.")
)

type placeCollector struct {
	connected           func() bool
	dataFree, filesFree func() (int64, error)
}

// Describe implements [prometheus.Collector].
func (placeCollector) Describe(to chan<- *prometheus.Desc) {
	for _, desc := range []*prometheus.Desc{connected, dataFree, filesFree} {
		to <- desc
	}
}

// Collect implements [prometheus.Collector].
func (c placeCollector) Collect(to chan<- prometheus.Metric) {
	to <- gauge(connected, truth(c.connected()))
	if bytes, err := c.dataFree(); err == nil {
		to <- gauge(dataFree, float64(bytes))
	}
	if bytes, err := c.filesFree(); err == nil {
		to <- gauge(filesFree, float64(bytes))
	}
}
