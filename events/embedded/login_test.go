package embedded_test

import (
	"sync/atomic"
	"testing"
	"time"

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
