package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/web"
	"hejnal/store"
	"hejnal/store/sqlite"
	"hejnal/workflow"
)

// halfRegister is a store of which the first page of the register can be read, and no other.
type halfRegister struct {
	*sqlite.Store
	breaks func(context.Context) error
}

// ListRegister gives one page of nothing, and says that there is another.
func (s halfRegister) ListRegister(ctx context.Context, filter store.RegisterFilter) (store.Page[workflow.Proposal], error) {
	if filter.Cursor == "" {
		return store.Page[workflow.Proposal]{Next: "more"}, nil
	}
	return store.Page[workflow.Proposal]{}, s.breaks(ctx)
}

func TestAnAnswerThatBreaksOffIsRecordedAndDoesNotLookWhole(t *testing.T) {
	h := newHouse(t)
	for name, test := range map[string]struct {
		breaks func(context.Context) error
		level  string
	}{
		"the store failed":  {func(context.Context) error { return errors.New("the disk broke") }, "ERROR"},
		"nobody receives":   {func(context.Context) error { return fmt.Errorf("write: %w", os.ErrDeadlineExceeded) }, "INFO"},
		"a handler aborted": {func(context.Context) error { panic(http.ErrAbortHandler) }, "ERROR"},
		"a handler failed":  {func(context.Context) error { panic("out of range") }, "ERROR"},
	} {
		t.Run(name, func(t *testing.T) {
			log := &lines{}
			handler, err := web.New(web.Options{
				Engine: h.engine, Store: halfRegister{h.store, test.breaks}, Now: h.clock, Log: slog.New(slog.NewJSONHandler(log, nil)),
			})
			check(t, err)
			server := httptest.NewServer(handler)
			defer server.Close()
			const path = "/api/v1/register.csv"
			if _, err := fetch(t, server.URL+path); !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
				t.Errorf("it ended with %v", err)
			}
			var record object
			check(t, json.Unmarshal([]byte(log.String()), &record))
			if record["level"] != test.level || record["outcome"] != "broken_off" || record["route"] != path || record["error"] == nil {
				t.Errorf("recorded as %v", record)
			}
			counted, err := fetch(t, server.URL+"/metrics")
			check(t, err)
			for _, line := range []string{`hejnal_http_requests_total{method="GET",route="` + path + `",status="200"} 1`, `hejnal_http_requests_in_flight 1`} {
				if !strings.Contains(counted, line+"\n") {
					t.Errorf("not counted: %s", line)
				}
			}
		})
	}
}

// fetch reads an answer that may break off.
func fetch(t *testing.T, address string) (string, error) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	check(t, err)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return string(text), err
}
