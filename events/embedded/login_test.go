package embedded_test

import (
	"crypto/tls"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
	"hejnal/events/embedded"
)

func TestALoginHoldsAtOnce(t *testing.T) {
	h := open(t)
	if conn, err := nats.Connect(h.URL(), nats.UserInfo("council", "council")); err == nil {
		conn.Close()
		t.Fatal("nobody has this login yet")
	}
	h.admit(t, "council", tasks)
	h.enter(t, "council")
}

func TestWrongCredentialsAreRefused(t *testing.T) {
	h := open(t)
	h.admit(t, "council", tasks)
	h.logins.put(embedded.Login{User: "gone", PasswordHash: "hash of gone", Allow: []string{tasks}, Disabled: true})
	h.logins.put(embedded.Login{User: "a.b", PasswordHash: "hash of a.b", Allow: []string{tasks}})
	h.logins.put(embedded.Login{User: "outside", PasswordHash: "hash of outside", Allow: []string{"other.>"}})
	for name, login := range map[string][2]string{
		"wrong password":                {"council", "wrong"},
		"no password":                   {"council", ""},
		"no user":                       {"", ""},
		"unknown user":                  {"nobody", "nobody"},
		"disabled user":                 {"gone", "gone"},
		"a name that is no token":       {"a.b", "a.b"},
		"allowed subjects out of reach": {"outside", "outside"},
		"the internal user":             {"$hejnal", "wrong"},
		"the internal user by no password": {
			"$hejnal", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			conn, err := nats.Connect(h.URL(), nats.UserInfo(login[0], login[1]))
			if err == nil {
				conn.Close()
				t.Error("it connected")
			}
		})
	}
}

func TestADisabledLoginIsClosedAndStaysOut(t *testing.T) {
	h := open(t)
	h.admit(t, "council", tasks)
	h.admit(t, "archive", tasks)
	closed := make(chan struct{})
	conn, err := nats.Connect(h.URL(), nats.UserInfo("council", "council"), nats.MaxReconnects(1), nats.ReconnectWait(time.Millisecond),
		nats.ClosedHandler(func(*nats.Conn) { close(closed) }))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	other := h.enter(t, "archive")
	h.logins.put(embedded.Login{User: "council", PasswordHash: "hash of council", Allow: []string{tasks}, Disabled: true})
	if err := h.Disconnect("council"); err != nil {
		t.Fatal(err)
	}
	select {
	case <-closed:
	case <-time.After(10 * time.Second):
		t.Fatal("the connection is still open")
	}
	if err := other.Flush(); err != nil {
		t.Errorf("another login was disconnected too: %v", err)
	}
}

func TestAChangedPasswordAndChangedRightsHold(t *testing.T) {
	h := open(t)
	h.admit(t, "council", tasks)
	h.enter(t, "council")
	h.logins.put(embedded.Login{User: "council", PasswordHash: "hash of new", Allow: []string{"krakow.cooperation.document.>"}})
	if conn, err := nats.Connect(h.URL(), nats.UserInfo("council", "council")); err == nil {
		conn.Close()
		t.Error("the old password still opens")
	}
	h.logins.put(embedded.Login{User: "council", PasswordHash: "hash of council", Allow: []string{"krakow.cooperation.document.>"}})
	if err := embedded.EnsureDurable(t.Context(), h.js, events.Subjects{}, "council", []string{"krakow.cooperation.document.>"}); err != nil {
		t.Fatal(err)
	}
	g := h.enter(t, "council")
	h.commit(t, "task.secretariat.opened.f.p1", "document.attached.f.p1")
	consumer, err := g.js.Consumer(t.Context(), streamS, "council")
	if err != nil {
		t.Fatal(err)
	}
	expect(t, consumer, 2)
	if _, err := g.js.OrderedConsumer(t.Context(), streamS, jetstream.OrderedConsumerConfig{FilterSubjects: []string{tasks}}); err == nil {
		t.Error("what was allowed before is still read")
	}
}

func TestAPasswordIsVerifiedOnceForComingBack(t *testing.T) {
	var verified atomic.Int64
	logins := &directory{}
	logins.put(embedded.Login{User: "council", PasswordHash: "h", Allow: []string{tasks}})
	server, err := embedded.Start(embedded.Options{
		Dir: t.TempDir(), Password: "internal", Logins: logins,
		Verify: func(_, password string) bool { verified.Add(1); return password == "right" },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(t, server) })
	connect := func(password string) error {
		conn, err := nats.Connect(server.URL(), nats.UserInfo("council", password))
		if err == nil {
			conn.Close()
		}
		return err
	}
	for range 5 {
		if err := connect("right"); err != nil {
			t.Fatal(err)
		}
	}
	if n := verified.Load(); n != 1 {
		t.Errorf("verified %d times, want 1", n)
	}
	if connect("wrong") == nil {
		t.Error("a wrong password passed after a right one")
	}
	logins.put(embedded.Login{User: "council", PasswordHash: "another", Allow: []string{tasks}})
	if err := connect("right"); err != nil {
		t.Fatal(err)
	}
	if n := verified.Load(); n != 3 {
		t.Errorf("verified %d times, want 3: a new hash is verified anew", n)
	}
}

func TestStartRefusesWhatIsUnsafeOrIncomplete(t *testing.T) {
	good := embedded.Options{Dir: t.TempDir(), Password: "internal"}
	for name, c := range map[string]struct {
		spoil func(*embedded.Options)
		says  string
	}{
		"open to others without TLS": {func(o *embedded.Options) { o.Host = "0.0.0.0" }, "TLS"},
		"open by name without TLS":   {func(o *embedded.Options) { o.Host = "example.org" }, "TLS"},
		"no directory":               {func(o *embedded.Options) { o.Dir = "" }, "directory"},
		"no password":                {func(o *embedded.Options) { o.Password = "" }, "password"},
		"logins nobody verifies":     {func(o *embedded.Options) { o.Logins = &directory{} }, "verify"},
		"overlapping prefixes":       {func(o *embedded.Options) { o.Subjects.PublicPrefix = "krakow.cooperation.public" }, "overlap"},
	} {
		t.Run(name, func(t *testing.T) {
			options := good
			c.spoil(&options)
			server, err := embedded.Start(options)
			if err == nil {
				shut(t, server)
				t.Fatal("it started")
			}
			if !strings.Contains(err.Error(), c.says) {
				t.Errorf("the error does not tell of %q: %v", c.says, err)
			}
		})
	}
}

func TestATakenPortIsAnError(t *testing.T) {
	h := open(t)
	server, err := embedded.Start(embedded.Options{Dir: t.TempDir(), Password: "internal", Port: portOf(t, h.URL())})
	if err == nil {
		shut(t, server)
		t.Fatal("it started")
	}
	if !strings.Contains(err.Error(), "in use") {
		t.Errorf("the error does not say why: %v", err)
	}
}

func TestWithTLSOthersAndTheProcessItselfConnect(t *testing.T) {
	certificate, pool := selfSigned(t)
	logins := &directory{}
	logins.put(embedded.Login{User: "council", PasswordHash: "council", Allow: []string{tasks}})
	server, err := embedded.Start(embedded.Options{
		Dir: t.TempDir(), Password: "internal", Logins: logins, Verify: func(hash, password string) bool { return hash == password },
		TLS: &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS13},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(t, server) })
	inside, err := server.Connect()
	if err != nil {
		t.Fatal(err)
	}
	inside.Close()
	secure, err := nats.Connect(server.URL(), nats.UserInfo("council", "council"),
		nats.Secure(&tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS13}))
	if err != nil {
		t.Fatal(err)
	}
	secure.Close()
}

func TestADurableFollowsItsRights(t *testing.T) {
	h := open(t)
	filters := func(streamName string) []string {
		consumer, err := h.js.Consumer(t.Context(), streamName, "council")
		if err != nil {
			return []string{err.Error()}
		}
		config := consumer.CachedInfo().Config
		return append(config.FilterSubjects, config.FilterSubject)
	}
	const public = "krakow.public.cooperation.>"
	none := []string{jetstream.ErrConsumerNotFound.Error()}
	for _, c := range []struct {
		name               string
		allow              []string
		internal, publicly []string
	}{
		{"one", []string{tasks}, []string{tasks, ""}, none},
		{"both streams", []string{tasks, public}, []string{tasks, ""}, []string{public, ""}},
		{"two of one stream", []string{tasks, "krakow.cooperation.admin.>"}, []string{tasks, "krakow.cooperation.admin.>", ""}, none},
		{"one inside another", []string{tasks, "krakow.cooperation.>"}, []string{"krakow.cooperation.>", ""}, none},
		{"the same twice", []string{tasks, tasks}, []string{tasks, ""}, none},
		{"nothing", nil, none, none},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := embedded.EnsureDurable(t.Context(), h.js, events.Subjects{}, "council", c.allow); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.internal, filters(events.StreamInternal)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.publicly, filters(events.StreamPublic)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLoginsThatCannotBeServedAreNamed(t *testing.T) {
	for name, c := range map[string]struct {
		user  string
		allow []string
	}{
		"a name with a dot":        {"a.b", []string{tasks}},
		"a name with a place mark": {"a~1", []string{tasks}},
		"a subject outside":        {"a", []string{"other.>"}},
		"a subject around":         {"a", []string{"krakow.>"}},
		"the API":                  {"a", []string{"$JS.API.>"}},
		"subjects that cross":      {"a", []string{"krakow.cooperation.transition.*.agreement_signed.*", "krakow.cooperation.transition.eu_programme.>"}},
	} {
		if err := embedded.CheckLogin(events.Subjects{}, c.user, c.allow); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if err := embedded.CheckLogin(events.Subjects{}, "council", []string{tasks, "krakow.public.cooperation.>"}); err != nil {
		t.Error(err)
	}
}

func TestARepairKeepsWhereADurableStands(t *testing.T) {
	h := open(t)
	h.admit(t, "archive", "krakow.cooperation.>")
	h.commit(t, twoTasksAndOther...)
	g := h.enter(t, "archive")
	consumer, err := g.js.Consumer(t.Context(), streamS, "archive")
	if err != nil {
		t.Fatal(err)
	}
	expect(t, consumer, 1, 2)
	if err := h.relay.Repair(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.admit(t, "archive", "krakow.cooperation.>") // still fits
	if consumer, err = g.js.Consumer(t.Context(), streamS, "archive"); err != nil {
		t.Fatal(err)
	}
	expect(t, consumer, 3, 4)
}

func TestASubscriberHasAFixedNumberOfConsumers(t *testing.T) {
	h := open(t)
	h.admit(t, "council", tasks)
	g := h.enter(t, "council")
	var last jetstream.Consumer
	for i := range 17 {
		consumer, err := g.js.CreateConsumer(t.Context(), streamS, jetstream.ConsumerConfig{FilterSubject: tasks})
		if (err == nil) != (i < 16) {
			t.Fatalf("consumer %d: %v", i+1, err)
		}
		if err == nil {
			last = consumer
		}
	}
	if err := g.js.DeleteConsumer(t.Context(), streamS, last.CachedInfo().Name); err != nil {
		t.Fatal(err)
	}
	if _, err := g.js.CreateConsumer(t.Context(), streamS, jetstream.ConsumerConfig{FilterSubject: tasks}); err != nil {
		t.Errorf("a place that was given back is not free: %v", err)
	}
}
