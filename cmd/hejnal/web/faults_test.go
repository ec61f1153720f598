package web_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"hejnal/cmd/hejnal/web"
	"hejnal/store"
	"hejnal/store/sqlite"
	"hejnal/workflow"
)

// faulty is a store whose lists fail.
type faulty struct {
	*sqlite.Store
	fault func() error
}

// ListCases fails.
func (f faulty) ListCases(context.Context, store.CaseFilter) (store.Page[workflow.Proposal], error) {
	return store.Page[workflow.Proposal]{}, f.fault()
}

func TestAFaultIsToldNeutrallyAndLoggedWhole(t *testing.T) {
	for name, c := range map[string]struct {
		fault  func() error
		status int
		logged bool
	}{
		"an unknown error": {func() error { return errors.New("disk on fire at /secret/path") }, 500, true},
		"a panic":          {func() error { panic("index out of /secret/path") }, 500, true},
		"a stale write":    {func() error { return store.ErrStale }, 409, false},
		"a closed store":   {func() error { return store.ErrClosed }, 503, true},
		"a full disk":      {func() error { return store.ErrFull }, 507, true},
		"a late answer":    {func() error { return context.DeadlineExceeded }, 503, true},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			var log bytes.Buffer
			handler, err := web.New(web.Options{
				Engine: h.engine, Store: faulty{h.store, c.fault}, Now: h.clock, NewID: func() string { return "request-1" }, Log: slog.New(slog.NewJSONHandler(&log, nil)),
			})
			check(t, err)
			request := httptest.NewRequestWithContext(t.Context(), "GET", "/api/v1/proposals", nil)
			request.Header.Set("Authorization", "Bearer auditor")
			got := httptest.NewRecorder()
			handler.ServeHTTP(got, request)
			if got.Code != c.status || strings.Contains(got.Body.String(), "secret") || got.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("answer %d: %s", got.Code, got.Body)
			}
			if c.status < 500 && got.Header().Get("Retry-After") == "" {
				t.Error("it does not say when to try again")
			}
			if c.status == 500 && (!strings.Contains(log.String(), "/secret/path") || !strings.Contains(got.Body.String(), "request-1")) {
				t.Errorf("answer %s\nlog %s", got.Body, log.String())
			}
			if strings.Contains(log.String(), `"error"`) != c.logged {
				t.Errorf("log %s", log.String())
			}
		})
	}
}

func TestOneOfManyWithTheSameKeyActsAndAllGetItsAnswer(t *testing.T) {
	h := newHouse(t)
	path := h.begin("sector_agreement")
	head := h.head()
	answers := make([]answer, 8)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			answers[i] = h.post(path+"/comments", "official", object{"text": "raz"}, "Idempotency-Key", "once")
		})
	}
	all.Wait()
	for _, got := range answers {
		if got.status != 201 || !bytes.Equal(got.text, answers[0].text) {
			t.Errorf("answer %d: %s, want %s", got.status, got.text, answers[0].text)
		}
	}
	if comments := h.get(path+"/comments", "auditor").list("items"); len(comments) != 1 || h.head() != head {
		t.Errorf("comments: %v", comments)
	}
}

func TestOfTwoWhoMakeTheSameTransitionOneIsToldThatItIsNoLongerOffered(t *testing.T) {
	h := newHouse(t)
	path := h.begin("sector_agreement")
	answers := make([]answer, 6)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() { answers[i] = h.post(path+"/transitions", "official", object{"transition": "propose"}) })
	}
	all.Wait()
	made := 0
	for _, got := range answers {
		switch {
		case got.status == 201:
			made++
		case got.status != 409 || got.str("code") != "not_offered" && got.str("code") != "busy":
			t.Errorf("answer %d: %s", got.status, got.text)
		}
	}
	if seq := h.get(path, "auditor").object["seq"]; made != 1 || seq != 2.0 {
		t.Errorf("made %d times, seq %v", made, seq)
	}
}

func FuzzNoBodyIsAFault(f *testing.F) {
	for _, seed := range []string{
		`{"form":"sector_agreement","title":"a","partner":{"name":"Lyon","country":"FR","kind":"city"}}`, `{"transition":"propose","inputs":{"x":[{}]}}`,
		`{"transition":"record_contact","inputs":{"note":"\ud800"}}`, `{"transition":"correct_entry","inputs":{"corrects":"01980000-0000-7000-8000-000000000000","field":"/","value":null,"reason":"x"}}`,
		`[]`, `null`, `{"dry_run":true,"transition":"open"}`, `{"title":1e999}`, `{"readings":99999999999999999999}`, `{"occurred_on":"-2026-01-01"}`, `{"text":"\u0007"}`, `{"name":"\u00a0"}`,
	} {
		f.Add([]byte(seed))
	}
	h := newHouse(f)
	path := h.begin("sector_agreement")
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, target := range [][2]string{
			{"POST", "/api/v1/proposals"}, {"POST", path + "/transitions"}, {"PATCH", path}, {"POST", path + "/comments"}, {"POST", "/api/v1/partners"},
		} {
			request := httptest.NewRequestWithContext(context.WithoutCancel(t.Context()), target[0], target[1], bytes.NewReader(body))
			request.Header.Set("Authorization", "Bearer official")
			got := httptest.NewRecorder()
			h.handler.ServeHTTP(got, request)
			if got.Code >= 500 {
				t.Errorf("%s %s with %q: %d %s", target[0], target[1], body, got.Code, got.Body)
			}
		}
	})
}
