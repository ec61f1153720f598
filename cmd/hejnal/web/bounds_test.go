package web_test

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hejnal/cmd/hejnal/health"
	"hejnal/cmd/hejnal/web"
)

func TestABodyOfManyValuesIsRefusedBeforeItIsJudged(t *testing.T) {
	h := newHouse(t)
	path := h.begin("informal_cooperation")
	head := h.head()
	for name, body := range map[string]string{
		"a list of objects": `{"transition":"record_contact","inputs":{"note":"x","participants":[` + strings.Repeat("{},", 200_000) + `{}]}}`,
		"unknown fields":    "{" + fields(50_000) + `"transition":"record_contact"}`,
		"a list of codes":   `{"transition":"record_contact","inputs":{"x":[` + strings.Repeat(`"a",`, 120_000) + `"a"]}}`,
	} {
		got := h.ask("POST", path+"/transitions", "official", strings.NewReader(body), "Content-Type", "application/json")
		if got.status != 400 || len(got.text) > 4_000 {
			t.Errorf("%s: %d in %d bytes", name, got.status, len(got.text))
		}
	}
	some := h.ask("POST", path+"/transitions", "official", strings.NewReader("{"+fields(1_000)+`"transition":"record_contact"}`), "Content-Type", "application/json")
	if some.status != 422 || len(some.text) > 40_000 {
		t.Errorf("a thousand unknown fields: %d in %d bytes", some.status, len(some.text))
	}
	if h.head() != head {
		t.Error("something was journalled")
	}
}

func fields(n int) string {
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, `"f%d":1,`, i)
	}
	return text.String()
}

func TestAnUploadHasFewParts(t *testing.T) {
	h := newHouse(t)
	path := h.begin("informal_cooperation")
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := range 5_000 {
		check(t, form.WriteField(fmt.Sprintf("f%d", i), "x"))
	}
	check(t, form.Close())
	got := h.ask("POST", path+"/documents", "official", &body, "Content-Type", form.FormDataContentType())
	if got.status != 400 || len(got.text) > 4_000 {
		t.Errorf("%d in %d bytes", got.status, len(got.text))
	}
}

func TestWhoOnlyReceivesEventsLearnsNothingOfACase(t *testing.T) {
	h := newHouse(t)
	path := h.begin("informal_cooperation")
	for _, attempt := range [][2]string{
		{"POST", path + "/transitions"},
		{"PATCH", path},
		{"POST", path + "/comments"},
		{"POST", "/api/v1/proposals/01a00000-0000-7000-8000-000000000000/transitions"},
	} {
		got := h.ask(attempt[0], attempt[1], "subscriber", strings.NewReader(`{}`), "Content-Type", "application/json", "If-Match", `"999"`)
		if got.status != 403 || strings.Contains(string(got.text), "version") {
			t.Errorf("%s %s: %d %s", attempt[0], attempt[1], got.status, got.text)
		}
	}
}

func TestAProbeIsAnsweredInTimeAndMakesNoWork(t *testing.T) {
	h := newHouse(t)
	stuck, asked := make(chan struct{}), atomic.Int32{}
	var board health.Board
	board.Add(health.Store(func(ctx context.Context) error {
		if asked.Add(1) == 1 {
			return nil
		}
		select {
		case <-stuck:
		case <-ctx.Done():
		}
		return ctx.Err()
	}))
	handler, err := web.New(web.Options{
		Engine: h.engine, Store: h.store, Now: h.clock, NewID: func() string { return "request-1" }, Health: &board,
	})
	check(t, err)
	probe := func() int {
		got := httptest.NewRecorder()
		handler.ServeHTTP(got, httptest.NewRequestWithContext(t.Context(), "GET", "/readyz", nil))
		return got.Code
	}
	for range 50 {
		if status := probe(); status != 200 {
			t.Fatalf("a good store: %d", status)
		}
	}
	if asked.Load() > 2 {
		t.Errorf("50 probes asked the store %d times", asked.Load())
	}
	time.Sleep(300 * time.Millisecond) // the answer grows old
	if status := probe(); status != 503 {
		t.Errorf("a store that does not answer: %d", status)
	}
	close(stuck)
}

func TestANullLeavesOutWhatMayBeLeftOut(t *testing.T) {
	h := newHouse(t)
	opened := h.post("/api/v1/proposals", "official", object{
		"form": "informal_cooperation", "title": "Bergen", "description": nil, "partner_id": nil, "fields": nil, "tools": nil, "readings": nil,
		"readings_reason": nil, "occurred_on": nil, "comment": nil,
		"partner": object{"name": "Bergen", "native_name": nil, "country": "NO", "kind": "city", "wikidata": nil, "continent": nil},
	}).want(t, 201)
	h.post(opened.header.Get("Location")+"/transitions", "official", object{
		"transition": "record_contact", "inputs": object{"note": "Rozmowa"}, "occurred_on": nil, "comment": nil, "justification": nil, "dry_run": nil,
	}).want(t, 201)
	h.post("/api/v1/proposals", "official", object{"form": "informal_cooperation", "title": nil}).want(t, 422)
}
