package main_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	natsserver "github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hejnal/events"
	"hejnal/tools/pgtest"
)

// refusal is a wrong input and what is said of it: how the program ends, and what its sentence names.
type refusal struct {
	name string
	args []string
	code int
	says []string
}

// hold runs each and holds the answer against what it should be. The secret stands in no answer.
func hold(t *testing.T, dir string, refusals []refusal) {
	t.Helper()
	for _, r := range refusals {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			var errs, out bytes.Buffer
			command := exec.CommandContext(ctx, "hejnal", r.args...)
			command.Dir, command.Stderr, command.Stdout = dir, &errs, &out
			if err := command.Run(); command.ProcessState == nil {
				t.Fatal(err)
			}
			told := errs.String()
			if code := command.ProcessState.ExitCode(); code != r.code {
				t.Errorf("it ends with %d, not %d", code, r.code)
			}
			if strings.Contains(told, "s3cret") || strings.Contains(told, "panic") || out.Len() > 0 {
				t.Errorf("it tells too much: %s%s", told, out.String())
			}
			for _, says := range r.says {
				if !strings.Contains(told, says) {
					t.Errorf("it does not speak of %q", says)
				}
			}
			if t.Failed() {
				t.Logf("it says: %s", told)
			}
		})
	}
}

func serving(more ...string) []string {
	return append([]string{"serve", "--listen", "127.0.0.1:0", "--nats-listen", "127.0.0.1:0"}, more...)
}

func users(database string) []string { return []string{"user", "list", "--database", database} }

func TestWrongAddressesAndFilesAreToldInASentence(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"file": "text", "broken (13)/hejnal.sqlite": strings.Repeat("no store ", 200), "taken/hejnal.sqlite": "", "torn.hejnal": "\x1f\x8b\x08\x00torn", "filed/streams": ""} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		writeText(t, filepath.Join(dir, name), text, 0o600)
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closing(t, taken) })
	address := taken.Addr().String()
	hold(t, dir, []refusal{
		{"another kind of database", users("mysql://u:s3cret@h/x"), 2, []string{"postgres://USER@HOST:PORT/NAME"}},
		{"a database without a scheme", users("h/x"), 2, []string{"postgres://USER@HOST:PORT/NAME"}},
		{"a port that is no number", users("postgres://u:s3cret@h:port/x"), 2, []string{"invalid port"}},
		{"a number of connections that is none", users("postgres://u:s3cret@h/x?pool_max_conns=many"), 2, []string{"pool_max_conns is a number from 1 to"}},
		{"no name of a database", users("postgres://u:s3cret@h:1"), 2, []string{"names no database"}},
		{"nobody at the port", users("postgres://u:s3cret@127.0.0.1:1/x"), 1, []string{"database x at 127.0.0.1:1 as u", "nobody answers there"}},
		{"no such host", users("postgres://u:s3cret@nowhere.invalid/x"), 1, []string{"nowhere.invalid", "correct"}},
		{"a server whose database is away", serving("--data", "d1", "--database", "postgres://u:s3cret@127.0.0.1:1/x"), 1, []string{"nobody answers there"}},
		{"another kind of NATS", serving("--data", "d2", "--nats", "http://u:s3cret@127.0.0.1:4222"), 2, []string{"nats://HOST:PORT", "http://127.0.0.1:4222"}},
		{"a port of NATS that is no number", serving("--data", "d3", "--nats", "nats://u:s3cret@127.0.0.1:port"), 2, []string{"nats://HOST:PORT", "port"}},
		{"a second NATS that is none", serving("--data", "d4", "--nats", "nats://127.0.0.1:4222, ftp://h"), 2, []string{"ftp://h"}},
		{"nobody at NATS", []string{"subscribe", "--nats", "nats://u:s3cret@127.0.0.1:1"}, 1, []string{"nats://127.0.0.1:1", "nobody answers"}},
		{"no NATS at the port", []string{"subscribe", "--nats", "nats://" + address}, 1, []string{address, "no NATS server"}},
		{"a listener that is none", serving("--data", "d5", "--nats-listen", "nonsense"), 2, []string{"--nats-listen", "nonsense"}},
		{"a port that is taken", []string{"serve", "--data", "d6", "--listen", address, "--nats-listen", "127.0.0.1:0"}, 1, []string{address, "--listen"}},
		{"a port of NATS that is taken", []string{"serve", "--data", "d7", "--listen", "127.0.0.1:0", "--nats-listen", address}, 1, []string{address, "--nats-listen"}},
		{"NATS for everybody", serving("--data", "d8", "--nats-listen", "0.0.0.0:0"), 1, []string{"needs TLS", "--nats-listen"}},
		{"a file for the streams", serving("--data", "filed"), 1, []string{"start NATS server", "filed/streams"}},
		{"a file for a directory", serving("--data", "file"), 1, []string{"make data directory file", "--data"}},
		{"a directory below a file", []string{"user", "add", "anna", "--role", "official", "--data", "file/data"}, 1, []string{"file/data"}},
		{"a damaged store", []string{"user", "list", "--data", "broken (13)"}, 1, []string{"hejnal.sqlite", "damaged", "hejnal restore"}},
		{"a server with a damaged store", serving("--data", "broken (13)"), 1, []string{"damaged", "hejnal restore"}},
		{"a backup of a damaged store", []string{"backup", "--data", "broken (13)", "b.hejnal"}, 1, []string{"hejnal.sqlite", "damaged", "hejnal restore"}},
		{"an archive that is none", []string{"restore", "--data", "d9", "file"}, 1, []string{"file", "no archive of hejnal backup"}},
		{"an archive that is torn", []string{"restore", "--data", "d9", "torn.hejnal"}, 1, []string{"torn.hejnal"}},
		{"a directory that is not empty", []string{"restore", "--data", "taken", "torn.hejnal"}, 1, []string{"torn.hejnal"}},
		{"definitions that are not there", []string{"workflow", "verify", "--definitions", "nowhere"}, 1, []string{"nowhere"}},
		{"no installation", []string{"user", "list", "--data", "none"}, 1, []string{"none", "--data"}},
	})
	t.Cleanup(func() {
		if text := readText(t, filepath.Join(dir, "broken (13)", "hejnal.sqlite")); text != strings.Repeat("no store ", 200) {
			t.Error("the damaged store was changed")
		}
	})
}

func TestADatabaseThatCannotBeUsedIsToldInASentence(t *testing.T) {
	url := pgtest.Database(t)
	with := func(old, replacement string) string {
		if !strings.Contains(url, old) {
			t.Fatalf("the test's URL has no %q", old)
		}
		return strings.Replace(url, old, replacement, 1)
	}
	name := url[strings.LastIndex(url, "/")+1 : strings.LastIndex(url, "?")]
	login, _, _ := strings.Cut(url, "@")
	password := login[strings.LastIndex(login, ":")+1:]
	hejnal(t, t.TempDir(), "user", "add", "anna", "--role", "official", "--database", url)
	hold(t, t.TempDir(), []refusal{
		{"a wrong password", users(with(password, "s3cret")), 1, []string{"login is not accepted", "HEJNAL_DATABASE"}},
		{"a wrong user", users(with("postgres:"+password, "nobody:s3cret")), 1, []string{"as nobody", "login is not accepted"}},
		{"no such database", users(with(name, "none")), 1, []string{"database none", "no such database", "createdb"}},
		{"a server without TLS", users(with("sslmode=disable", "sslmode=verify-full")), 1, []string{"takes no TLS", "sslmode"}},
		{"standbys alone", users(with("sslmode=disable", "sslmode=disable&target_session_attrs=standby")), 1, []string{"open database"}},
	})
	bin, err := exec.CommandContext(t.Context(), "../../tools/postgres/bindir").Output()
	if err != nil {
		t.Skip(err)
	}
	c := cluster{url: url, bin: strings.TrimSpace(string(bin))}
	c.ask(t, "UPDATE schema_needs SET version = 900, release = '9.1.0'")
	t.Run("newer", func(t *testing.T) {
		hold(t, t.TempDir(), []refusal{
			{"a schema of the future", users(url), 1, []string{"release 9.1.0 or newer", "nothing was changed"}},
			{"a server over a schema of the future", serving("--data", "d1", "--database", url), 1, []string{"release 9.1.0 or newer"}},
		})
	})
}

// natsWith starts a NATS server in the test's process.
func natsWith(t *testing.T, options *natsserver.Options) string {
	t.Helper()
	options.Host, options.Port, options.NoSigs, options.NoLog = "127.0.0.1", -1, true, true
	server, err := natsserver.NewServer(options)
	if err != nil {
		t.Fatal(err)
	}
	server.Start()
	t.Cleanup(server.Shutdown)
	if !server.ReadyForConnections(10 * time.Second) {
		t.Fatal("NATS is not ready")
	}
	return server.ClientURL()
}

// ownCertificate is a certificate for this machine that no authority signed.
func ownCertificate(t *testing.T) *tls.Config {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
}

// saying starts a server and waits until its log speaks of all that is asked for; it serves meanwhile.
func saying(t *testing.T, data string, flags []string, says ...string) {
	t.Helper()
	command := exec.Command("hejnal", serving(append(flags, "--data", data)...)...)
	log := &lines{said: make(chan struct{}, 1)}
	command.Stderr = log
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	for late := time.After(20 * time.Second); ; {
		text, missing := log.text(), ""
		for _, wanted := range says {
			if !strings.Contains(text, wanted) {
				missing = wanted
			}
		}
		if missing == "" {
			return
		}
		select {
		case <-log.said:
		case <-late:
			t.Fatalf("the log does not speak of %q:\n%s", missing, text)
		}
	}
}

func TestANATSThatCannotCarryTheEventsIsToldInTheLogWhileTheServerServes(t *testing.T) {
	long(t)
	bare := natsWith(t, &natsserver.Options{})
	saying(t, t.TempDir(), []string{"--nats", bare}, "has no JetStream", "switch it on")
	alone := natsWith(t, &natsserver.Options{JetStream: true, StoreDir: t.TempDir()})
	saying(t, t.TempDir(), []string{"--nats", alone, "--nats-replicas", "3"}, "stands alone", "--nats-replicas 1")
	_, three := threeNodes(t)
	saying(t, t.TempDir(), []string{"--nats", three, "--nats-replicas", "5"}, "too few servers up", "for 5 replicas", "err_code=10005")
	unknown := natsWith(t, &natsserver.Options{TLSConfig: ownCertificate(t)})
	closed := natsWith(t, &natsserver.Options{Username: "hejnal", Password: "right"})
	hold(t, t.TempDir(), []refusal{
		{"a wrong password of NATS", serving("--data", "d1", "--nats", strings.Replace(closed, "nats://", "nats://hejnal:s3cret@", 1)), 1, []string{"login is not accepted"}},
		{"a certificate of an unknown authority", serving("--data", "d3", "--nats", strings.Replace(unknown, "nats://", "tls://", 1)), 1, []string{"certificate is not accepted", "its authority"}},
		{"a NATS without TLS", serving("--data", "d2", "--nats", strings.Replace(bare, "nats://", "tls://", 1)), 1, []string{"speaks no TLS"}},
	})
	for name, change := range map[string]struct {
		config func(*jetstream.StreamConfig)
		says   string
	}{
		"retention": {func(c *jetstream.StreamConfig) { c.Retention = jetstream.InterestPolicy }, "retention is"},
		"subjects":  {func(c *jetstream.StreamConfig) { c.Subjects = []string{"krakow.>"} }, "subjects are krakow.>"},
		"storage":   {func(c *jetstream.StreamConfig) { c.Storage = jetstream.MemoryStorage }, "storage is"},
		"deletion":  {func(c *jetstream.StreamConfig) { c.DenyDelete = false }, "messages can be deleted"},
	} {
		t.Run(name, func(t *testing.T) {
			url := natsWith(t, &natsserver.Options{JetStream: true, StoreDir: t.TempDir()})
			config := jetstream.StreamConfig{Name: events.StreamInternal, Subjects: []string{"krakow.cooperation.>"}, DenyDelete: true, DenyPurge: true, AllowAtomicPublish: true}
			change.config(&config)
			js := jetStream(t, url)
			if _, err := js.CreateStream(t.Context(), config); err != nil {
				t.Fatal(err)
			}
			saying(t, t.TempDir(), []string{"--nats", url}, "not fit for events", change.says)
			if found, err := js.Stream(t.Context(), events.StreamInternal); err != nil || found.CachedInfo().State.Msgs != 0 {
				t.Errorf("the stream was touched: %v", err)
			}
		})
	}
}

func jetStream(t *testing.T, url string, options ...nats.Option) jetstream.JetStream {
	t.Helper()
	conn, err := nats.Connect(url, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	return js
}

func TestAForeignMessageInTheStreamStopsPublishingAndIsKeptByANewEpoch(t *testing.T) {
	long(t)
	p := newSite(t, true, "")
	p.token = p.people(t)
	s := p.start(t)
	proposal := s.open(t)
	url, _ := p.nats(t)
	readStream(t, url, p.head(t))
	js := jetStream(t, url)
	if _, err := js.Publish(t.Context(), "krakow.cooperation.foreign", []byte("not ours")); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		s.contact(t, proposal)
	}
	p.tells(t, s, "not those of the store")
	p.run(t, "events", "repair", "--new-epoch")
	kept := p.journal(t)
	defer closing(t, kept)
	compare(t, kept, readStream(t, url, p.head(t)))
	files, err := filepath.Glob(filepath.Join(p.data, "epochs", "*.jsonl"))
	if err != nil || len(files) != 1 || !strings.Contains(readText(t, files[0]), `"subject":"krakow.cooperation.foreign"`) {
		t.Errorf("the foreign message is kept in %v, %v", files, err)
	}
	s.stop(t)
}
