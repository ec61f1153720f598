package main_test

import (
	"bytes"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	main "hejnal/cmd/hejnal"
)

func TestNoSecretOfAnAddressIsShown(t *testing.T) {
	for value, want := range map[string]string{
		"":               "",
		"127.0.0.1:8080": "127.0.0.1:8080",
		"postgres://hejnal:s3cret@db1,db2:5432/hejnal?sslmode=verify-full":    "postgres://hejnal:***@db1,db2:5432/hejnal?sslmode=verify-full",
		"postgres://hejnal:s3c@ret@db/hejnal":                                 "postgres://hejnal:***@db/hejnal",
		"postgres://db/hejnal?user=hejnal&password=s3cret&sslpassword=s3cret": "postgres://db/hejnal?user=hejnal&password=***&sslpassword=***",
		"host=db user=hejnal password=s3cret dbname=x":                        "host=db user=hejnal password=*** dbname=x",
		"host=db password='s3 cret' dbname=x":                                 "host=db password=*** dbname=x",
		"nats://s3cret@nats1:4222, nats://u:s3cret@nats2:4222":                "nats://***@nats1:4222,nats://u:***@nats2:4222",
		"nats://[s3cret":            "nats://***",
		"http://user:s3cret@c:4318": "http://user:***@c:4318",
	} {
		if got := main.Masked(value); got != want || strings.Contains(got, "s3c") {
			t.Errorf("%q is shown as %q, want %q", value, got, want)
		}
	}
}

func TestTheConfigurationThatHoldsIsPrinted(t *testing.T) {
	var out, told bytes.Buffer
	command := exec.CommandContext(t.Context(), "hejnal", "serve", "--listen", "127.0.0.1:1", "--print-config")
	command.Env = append(command.Environ(), "HEJNAL_DATABASE=postgres://u:s3cret@db/x", "HEJNAL_NATS_REPLICAS=3", "OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318")
	command.Stdout, command.Stderr = &out, &told
	if err := command.Run(); err != nil || told.Len() > 0 {
		t.Fatalf("%v\n%s", err, &told)
	}
	for _, line := range []string{
		"HEJNAL_LISTEN=127.0.0.1:1", "HEJNAL_DATABASE=postgres://u:***@db/x", "HEJNAL_NATS_REPLICAS=3", "HEJNAL_TRACE_ENDPOINT=http://c:4318",
		"HEJNAL_TRACE_SHARE=1", "HEJNAL_LOG_LEVEL=info", "HEJNAL_METRICS_LISTEN=", "HEJNAL_PUBLIC_URL=",
	} {
		if !strings.Contains(out.String(), line+"\n") {
			t.Errorf("it does not print %q:\n%s", line, &out)
		}
	}
}

func TestSettingsThatCannotHoldAreNotPrinted(t *testing.T) {
	for _, c := range []struct {
		flags []string
		says  string
	}{
		{[]string{"--trace-share", "7"}, "--trace-share"},
		{[]string{"--trace-share", "-0.1"}, "--trace-share"},
		{[]string{"--trace-share", "NaN"}, "--trace-share"},
		{[]string{"--subject-prefix", "a.>"}, "a.>"},
		{[]string{"--public-subject-prefix", "a b"}, "a b"},
		{[]string{"--subject-prefix", "a", "--public-subject-prefix", "a.b"}, "overlap"},
		{[]string{"--data-licence", "foo"}, "--data-licence"},
		{[]string{"--publisher-site", "www.krakow.pl"}, "--publisher-site"},
		{[]string{"--building-access", "javascript:alert(1)"}, "--building-access"},
		{[]string{"--pages-published", "2026-02-30"}, "YYYY-MM-DD"},
		{[]string{"--public-url", "ftp://umowy.example.pl"}, "--public-url"},
	} {
		wantLine(t, refusedWith(t, 2, t.TempDir(), append(c.flags, "--print-config")...), c.says)
	}
}

func TestFilesInPlaceOfStreamsAreNoMatterOfTheAddress(t *testing.T) {
	data := t.TempDir()
	if err := os.WriteFile(filepath.Join(data, "streams"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if told := refusedWith(t, 1, data); strings.Contains(told, "another address") {
		t.Errorf("it advises another address:\n%s", told)
	}
}

func TestMeasurementsHaveAnAddressOfTheirOwn(t *testing.T) {
	reserved, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := reserved.Addr().String()
	if err := reserved.Close(); err != nil {
		t.Fatal(err)
	}
	s := start(t, t.TempDir(), "", "--metrics-listen", address)
	if status, text := s.send(t, http.MethodGet, "/metrics", ""); status != http.StatusNotFound {
		t.Errorf("with the API it answers %d %s", status, text)
	}
	aside := &server{url: "http://" + address}
	if status, text := aside.send(t, http.MethodGet, "/metrics", ""); status != http.StatusOK || !strings.Contains(text, "hejnal_relay_leader{") {
		t.Errorf("at its own address it answers %d %s", status, text)
	}
	if status, _ := aside.send(t, http.MethodGet, "/readyz", ""); status != http.StatusNotFound {
		t.Errorf("something else is answered there: %d", status)
	}
	stop(t, s)
}
