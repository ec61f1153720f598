package remote_test

import (
	"math/rand/v2"
	"net"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
	"hejnal/events/eventstest"
)

// vacant finds a port that nobody listens on, below those that are lent to
// clients, so that it still is when a server comes to it.
func vacant(t *testing.T) int {
	t.Helper()
	for range 200 {
		port := 20000 + rand.IntN(12000)
		if found, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port))); err == nil {
			if err := found.Close(); err != nil {
				t.Fatal(err)
			}
			return port
		}
	}
	t.Fatal("no port is free")
	return 0
}

// cluster starts three servers and connects to one of them.
func cluster(t *testing.T) *nats.Conn {
	t.Helper()
	var ports []int
	var routes []*url.URL
	for range 3 {
		ports = append(ports, vacant(t))
		routes = append(routes, &url.URL{Scheme: "nats", Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(ports[len(ports)-1]))})
	}
	var address string
	for i, port := range ports {
		s, err := server.NewServer(&server.Options{
			ServerName: "member-" + strconv.Itoa(i), Host: "127.0.0.1", Port: server.RANDOM_PORT, NoSigs: true, NoLog: true,
			JetStream: true, StoreDir: t.TempDir(),
			Cluster: server.ClusterOpts{Name: "members", Host: "127.0.0.1", Port: port}, Routes: routes,
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Start()
		t.Cleanup(func() {
			s.Shutdown()
			s.WaitForShutdown()
		})
		if !s.ReadyForConnections(10 * time.Second) {
			t.Fatal("a member is not ready")
		}
		address = s.ClientURL()
	}
	conn, err := nats.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	return conn
}

// relay makes one that keeps its stream on three servers, and fills it.
func relay(t *testing.T, conn *nats.Conn, feed events.Feed) *events.Relay {
	t.Helper()
	stream, _ := events.Streams(events.Subjects{}, 3)
	made, err := events.NewRelay(events.RelayOptions{
		Conn: conn, Stream: stream, Feed: feed, Lease: &eventstest.Lease{}, Holder: "one", NewID: nats.NewInbox,
	})
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		err := made.CatchUp(t.Context())
		if err == nil {
			return made
		}
		if time.Now().After(deadline) { // the members have not found together
			t.Fatal(err)
		}
	}
}

// A cluster tells no floor of a consumer that was made inside the stream and has
// acknowledged nothing yet.
func TestAReaderInAClusterKeepsItsPlaceThroughEveryRepair(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for servers to find together")
	}
	conn, feed := cluster(t), &eventstest.Feed{}
	feed.Append("krakow.cooperation", 20)
	repaired := relay(t, conn, feed)
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	reader, err := js.CreateConsumer(t.Context(), events.StreamInternal, jetstream.ConsumerConfig{Durable: "reader", AckPolicy: jetstream.AckExplicitPolicy})
	if err != nil {
		t.Fatal(err)
	}
	expect(t, reader, 1, 2, 3)
	for range 2 {
		if err := repaired.Repair(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if reader, err = js.Consumer(t.Context(), events.StreamInternal, "reader"); err != nil {
		t.Fatal(err)
	}
	expect(t, reader, 4)
}

// expect reads sequences one after another and acknowledges them.
func expect(t *testing.T, reader jetstream.Consumer, sequences ...uint64) {
	t.Helper()
	for _, want := range sequences {
		msg, err := reader.Next(jetstream.FetchMaxWait(10 * time.Second))
		if err != nil {
			t.Fatal(err)
		}
		meta, err := msg.Metadata()
		if err != nil {
			t.Fatal(err)
		}
		if meta.Sequence.Stream != want {
			t.Fatalf("it reads %d, not %d", meta.Sequence.Stream, want)
		}
		if err := msg.DoubleAck(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
