package main_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"hejnal/cmd/hejnal/trace/tracetest"
)

func TestOneCommandIsOneTraceFromTheRequestToItsEvent(t *testing.T) {
	data, collector := t.TempDir(), tracetest.Start(t)
	hejnal(t, data, "user", "add", "anna.nowak", "--role", "official", "--full-name", "Anna Nowak")
	token := hejnal(t, data, "token", "create", "--user", "anna.nowak")
	s := start(t, data, token, "--trace-endpoint", collector.URL)
	proposal := s.open(t)
	status, text := s.send(t, http.MethodPost, proposal+"/transitions",
		`{"transition":"record_contact","inputs":{"note":"Rozmowa z burmistrzem"},"comment":"uwaga poufna"}`,
		"Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00")
	made := idIn(t, status, text)
	s.send(t, http.MethodGet, "/healthz", "")
	s.stream(t)
	stop(t, s)
	kept := openStore(t, data)
	defer closing(t, kept)
	record, err := kept.Entry(t.Context(), made)
	if err != nil {
		t.Fatal(err)
	}
	var event struct{ TraceParent string }
	if err := json.Unmarshal(record.Text, &event); err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(event.TraceParent, "-")
	if len(parts) != 4 || parts[3] != "01" || parts[1] == "0af7651916cd43dd8448eb211c80319c" {
		t.Fatalf("the event belongs to the trace %q", event.TraceParent)
	}
	for _, name := range []string{"POST /api/v1/proposals/{id}/transitions", "decide", "commit", "commit group", "publish"} {
		if found := collector.Named(parts[1], name); len(found) == 0 {
			t.Errorf("the trace of the event has no span %q", name)
		}
	}
	if root := collector.Named(parts[1], "POST /api/v1/proposals/{id}/transitions"); len(root) == 1 && root[0].ID != parts[2] {
		t.Errorf("the event hangs below %s, the request is %s", parts[2], root[0].ID)
	}
	for _, span := range collector.Spans() {
		for _, secret := range []string{"nowak", "Nowak", "Rozmowa", "burmistrz", "uwaga", "Bergen", token, "healthz"} {
			if strings.Contains(span.Text, secret) {
				t.Errorf("the span %s holds %q: %s", span.Name, secret, span.Text)
			}
		}
	}
}

// stop ends the server as its service manager would.
func stop(t *testing.T, s *server) {
	t.Helper()
	if err := s.command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := s.command.Wait(); err != nil {
		t.Errorf("the server ended with %v", err)
	}
}
