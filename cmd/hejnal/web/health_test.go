package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hejnal/cmd/hejnal/health"
	"hejnal/cmd/hejnal/web"
	"hejnal/workflow"
)

func TestHealthAndReadiness(t *testing.T) {
	h := newHouse(t)
	h.get("/healthz", "").want(t, 200)
	h.get("/readyz", "").want(t, 200)
	check(t, h.store.Close())
	h.get("/healthz", "").want(t, 200)
	time.Sleep(300 * time.Millisecond) // an answer stays good for a moment
	if got := h.get("/readyz", "").want(t, 503); got.header.Get("Retry-After") == "" {
		t.Error("it does not say when to ask again")
	}
	h.get("/api/v1/me", "official").want(t, 503)
}

func TestReadinessTellsWhatIsWrongInBothLanguages(t *testing.T) {
	h := newHouse(t)
	storeErr := error(nil)
	var board health.Board
	board.Add(health.Store(func(context.Context) error { return storeErr }))
	board.Add(health.Check{Name: "relay", Look: func(context.Context) health.Finding {
		return health.Finding{
			State: "behind", Cause: errors.New("secret"),
			Message: workflow.Text{PL: "Zdarzenia czekają.", EN: "Events wait."}, Action: workflow.Text{PL: "Uruchom NATS.", EN: "Start NATS."},
		}
	}})
	handler, err := web.New(web.Options{Engine: h.engine, Store: h.store, Now: h.clock, Health: &board})
	check(t, err)
	ask := func(language string, status int) object {
		t.Helper()
		got, request := httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), "GET", "/readyz", nil)
		request.Header.Set("Accept-Language", language)
		handler.ServeHTTP(got, request)
		if got.Code != status || got.Header().Get("Content-Language") != language {
			t.Errorf("%d in %q, want %d in %q: %s", got.Code, got.Header().Get("Content-Language"), status, language, got.Body)
		}
		var body object
		check(t, json.Unmarshal(got.Body.Bytes(), &body))
		return body
	}
	behind := func(message, action string) object {
		return object{"ok": false, "state": "behind", "message": message, "action": action}
	}
	fine := object{"ok": true, "state": "ok"}
	want := object{"status": "degraded", "checks": object{"store": fine, "relay": behind("Events wait.", "Start NATS.")}}
	if diff := cmp.Diff(want, ask("en", 200)); diff != "" {
		t.Errorf("ready (-want +got):\n%s", diff)
	}
	want["checks"] = object{"store": fine, "relay": behind("Zdarzenia czekają.", "Uruchom NATS.")}
	if diff := cmp.Diff(want, ask("pl", 200)); diff != "" {
		t.Errorf("ready (-want +got):\n%s", diff)
	}
	storeErr = errors.New("no room")
	time.Sleep(300 * time.Millisecond) // a good finding stays good for a moment
	problem := ask("en", 503)
	checks, _ := problem["checks"].(object)
	kept, _ := checks["store"].(object)
	if problem["code"] != "unavailable" || kept["ok"] != false || kept["action"] == "" {
		t.Errorf("not ready: %v", problem)
	}
	if diff := cmp.Diff(behind("Events wait.", "Start NATS."), checks["relay"]); diff != "" {
		t.Errorf("the relay beside it (-want +got):\n%s", diff)
	}
}
