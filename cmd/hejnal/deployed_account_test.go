package main_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
)

// configuredAlone starts a server from deploy/nats/hejnal.conf and answers its address.
func configuredAlone(t *testing.T) string {
	t.Helper()
	folder, port := t.TempDir(), freePort(t)
	file := filepath.Join(folder, "hejnal.conf")
	const unset = "$2a$11$replace.this.by.a.hash.made.with.nats.server.passwd"
	text := readDeployed(t, "nats/hejnal.conf")
	text = strings.Replace(text, unset, hashed(t, "program"), 1)
	text = strings.NewReplacer(unset, hashed(t, "subscriber"), "127.0.0.1:4222", "127.0.0.1:"+port, "/var/lib/nats", folder).Replace(text)
	startNATS(t, file, "hejnal-1", text)
	return "127.0.0.1:" + port
}

func TestASubscriberReadsItsDurableFromItsOwnAccountAndForgesNothing(t *testing.T) {
	long(t)
	host, data := configuredAlone(t), t.TempDir()
	program := "nats://hejnal:program@" + host
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official")
	hejnal(t, data, "subscriber", "add", "registry", "--allow", "krakow.cooperation.transition.>")
	s := start(t, data, hejnal(t, data, "token", "create", "--user", "anna.nowak"), "--nats", program)
	act := s.contact(t, s.open(t))

	// The login that is named holds, whatever stands in the address.
	login := []string{"HEJNAL_NATS=" + program, "HEJNAL_NATS_USER=registry", "HEJNAL_NATS_PASSWORD=subscriber"}
	reader := follow(t, login, "--durable", "registry", "--json", "krakow.cooperation.transition.>")
	for !strings.Contains(reader.next(), act) {
	}
	reader.interrupt()
	follow(t, login, "krakow.cooperation.transition.>").mustFail("--durable")
	follow(t, login, "--durable", "other", "krakow.cooperation.transition.>").mustFail("other")

	registry, err := nats.Connect("nats://"+host, nats.UserInfo("registry", "subscriber"), nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(registry.Close)
	before := lastOf(t, program)
	for _, reply := range []string{"krakow.cooperation.transition.forged", "$JS.API.STREAM.DELETE.COOPERATION", "$JS.API.STREAM.PURGE.COOPERATION"} {
		for subject, body := range map[string]string{
			"$JS.API.CONSUMER.INFO.COOPERATION.registry":     "",
			"$JS.API.CONSUMER.MSG.NEXT.COOPERATION.registry": "{nonsense",
			"$JS.ACK.COOPERATION.registry.1.1.1.1.0":         "+NXT",
			"krakow.cooperation.transition.forged":           "{}",
			"$JS.API.STREAM.DELETE.COOPERATION":              "",
		} {
			message := &nats.Msg{Subject: subject, Reply: reply, Data: []byte(body), Header: nats.Header{"Nats-Trace-Dest": {reply}}}
			if err := registry.PublishMsg(message); err != nil {
				t.Fatal(err)
			}
			message.Header = nil
			if err := registry.PublishMsg(message); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := registry.Request("$JS.API.CONSUMER.INFO.COOPERATION.registry", nil, 5*time.Second); err != nil {
		t.Errorf("an ordinary request after them: %v", err)
	}
	if last := lastOf(t, program); last != before {
		t.Errorf("the stream ended with %d and ends with %d", before, last)
	}
}
