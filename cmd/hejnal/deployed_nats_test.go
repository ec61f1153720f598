package main_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"golang.org/x/crypto/bcrypt"
)

// certify writes ca.crt, and server.crt and server.key into the folder, for localhost and, as cluster.conf asks, a name that all
// servers have.
func certify(t *testing.T, folder string) {
	t.Helper()
	authority := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "City"}, NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	server := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "localhost"}, NotAfter: time.Now().Add(time.Hour),
		DNSNames: []string{"localhost", "nats.example"}, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	var keys [2]*ecdsa.PrivateKey
	for i := range keys {
		var err error
		if keys[i], err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
			t.Fatal(err)
		}
	}
	write := func(name, kind string, der []byte, err error) {
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, name), pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, authority, authority, &keys[0].PublicKey, keys[0])
	write("ca.crt", "CERTIFICATE", der, err)
	der, err = x509.CreateCertificate(rand.Reader, server, authority, &keys[1].PublicKey, keys[0])
	write("server.crt", "CERTIFICATE", der, err)
	der, err = x509.MarshalPKCS8PrivateKey(keys[1])
	write("server.key", "PRIVATE KEY", der, err)
}

func hashed(t *testing.T, password string) string {
	t.Helper()
	hash, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	return string(hash)
}

// startNATS starts a server of the name from a file that says this, with these variables besides those of the test.
func startNATS(t *testing.T, file, name, text string, environment ...string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.Command("nats-node", file, name)
	command.Env, command.Stderr = append(os.Environ(), environment...), os.Stderr
	said, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = errors.Join(command.Process.Kill(), command.Wait()) })
	if _, err := bufio.NewReader(said).ReadString('\n'); err != nil {
		t.Fatalf("%s does not start: %v", name, err)
	}
}

// configured starts three servers from deploy/nats/cluster.conf, with ports, folders and names of this machine in place of the
// file's, and answers where they are.
func configured(t *testing.T, folder string) (hosts []string) {
	t.Helper()
	certify(t, folder)
	var routes []string
	for range 3 {
		hosts, routes = append(hosts, "localhost:"+freePort(t)), append(routes, "localhost:"+freePort(t))
	}
	for i := range hosts {
		name := fmt.Sprintf("nats-%d", i+1)
		file := filepath.Join(folder, name+".conf")
		text := strings.NewReplacer(
			"0.0.0.0:4222", strings.Replace(hosts[i], "localhost", "127.0.0.1", 1), "0.0.0.0:6222", strings.Replace(routes[i], "localhost", "127.0.0.1", 1),
			"nats-1:6222", routes[0], "nats-2:6222", routes[1], "nats-3:6222", routes[2],
			"/etc/nats/tls", folder, "/var/lib/nats", filepath.Join(folder, name),
		).Replace(readDeployed(t, "nats/cluster.conf"))
		startNATS(t, file, name, text, "HEJNAL_PASSWORD="+hashed(t, "program"), "REGISTRY_PASSWORD="+hashed(t, "subscriber"))
	}
	return hosts
}

// lost is a way to NATS servers on which nats.example is one of them until that is lost.
type lost struct {
	host string
	away atomic.Bool
}

// Dial implements [nats.CustomDialer].
func (l *lost) Dial(network, address string) (net.Conn, error) {
	_, asked, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if _, port, _ := net.SplitHostPort(l.host); port == asked && l.away.Load() {
		return nil, syscall.ECONNREFUSED
	}
	return net.Dial(network, net.JoinHostPort("127.0.0.1", asked))
}

// SkipTLSHandshake keeps the handshake where it is.
func (l *lost) SkipTLSHandshake() bool { return false }

// reachesTheOthers holds that a client that was given one server by the name that all have finds another one when that is lost.
func reachesTheOthers(t *testing.T, hosts []string, authorities string) {
	t.Helper()
	way := &lost{host: hosts[0]}
	back := make(chan struct{}, 1)
	client, err := nats.Connect("tls://"+strings.Replace(hosts[0], "localhost", "nats.example", 1), nats.UserInfo("registry", "subscriber"), nats.RootCAs(authorities),
		nats.SetCustomDialer(way), nats.SkipHostLookup(), nats.ReconnectWait(100*time.Millisecond), nats.ReconnectHandler(func(*nats.Conn) { back <- struct{}{} }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	way.away.Store(true)
	if err := client.ForceReconnect(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-back:
	case <-time.After(15 * time.Second):
		t.Errorf("of the servers %v that it learned it reaches none: %v", client.DiscoveredServers(), client.LastError())
	}
}

func TestThreeNATSServersStartFromTheirFileAndServeTheProgramOverTLS(t *testing.T) {
	long(t)
	folder := t.TempDir()
	hosts := configured(t, folder)
	authorities := filepath.Join(folder, "ca.crt")
	url := "tls://hejnal:program@" + strings.Join(hosts, ",tls://hejnal:program@")
	data := t.TempDir()
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official")
	command := exec.Command("hejnal", "serve", "--data", data, "--listen", "127.0.0.1:0", "--nats-replicas", "3")
	command.Env = append(os.Environ(), "HEJNAL_NATS="+url, "SSL_CERT_FILE="+authorities)
	s := started(t, command)
	s.token = hejnal(t, data, "token", "create", "--user", "anna.nowak")

	registry, err := nats.Connect("tls://"+strings.Join(hosts, ",tls://"), nats.UserInfo("registry", "subscriber"), nats.RootCAs(authorities))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(registry.Close)
	heard, err := registry.SubscribeSync("krakow.cooperation.transition.>")
	if err != nil {
		t.Fatal(err)
	}
	if err := registry.Flush(); err != nil {
		t.Fatal(err)
	}
	proposal := s.open(t)
	act := s.contact(t, proposal)
	for {
		event, err := heard.NextMsg(20 * time.Second)
		if err != nil {
			t.Fatalf("the subscriber did not hear of the contact: %v", err)
		}
		if strings.Contains(string(event.Data), act) {
			break
		}
	}
	if _, err := nats.Connect("nats://"+hosts[0], nats.UserInfo("registry", "subscriber")); err == nil {
		t.Error("a connection without the authority of the servers was made")
	}
	reachesTheOthers(t, hosts, authorities)
	kept, err := nats.Connect(url, nats.RootCAs(authorities))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(kept.Close)
	answer, err := kept.Request("$JS.API.STREAM.INFO.COOPERATION", nil, 5*time.Second)
	if err != nil || !strings.Contains(string(answer.Data), `"num_replicas":3`) {
		t.Errorf("the stream is not kept three times: %s, %v", answer.Data, err)
	}
}
