package web_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestTheRecordOfARequestTellsItsOutcomeAndNothingPersonal(t *testing.T) {
	h := newHouse(t)
	path := h.begin("sector_agreement")
	id := path[strings.LastIndex(path, "/")+1:]
	for _, test := range []struct {
		name, token, path, body string
		want                    object
	}{
		{
			"accepted", "official", path + "/transitions", `{"transition":"record_contact","inputs":{"note":"sekret-1"},"comment":"sekret-2"}`,
			object{"outcome": "ok", "status": 201.0, "proposal": id, "transition": "record_contact", "trace_id": "0af7651916cd43dd8448eb211c80319c"},
		},
		{
			"refused", "auditor", path + "/transitions", `{"transition":"record_contact","inputs":{"note":"sekret-1"}}`,
			object{"outcome": "forbidden", "status": 403.0, "proposal": id, "transition": "record_contact"},
		},
		{
			"made up", "official", path + "/transitions", `{"transition":"sekret-3"}`,
			object{"outcome": "unknown_transition", "status": 422.0, "proposal": id, "transition": nil},
		},
		{"nowhere", "official", "/api/v1/proposals/sekret-4/transitions", `{"transition":"record_contact"}`, object{"outcome": "not_found", "proposal": nil}},
		{"not signed in", "sekret-5", path + "/transitions?x=sekret-6", `{}`, object{"outcome": "unauthorized", "status": 401.0, "user": nil}},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := len(h.log.String())
			request := httptest.NewRequestWithContext(t.Context(), "POST", test.path, strings.NewReader(test.body))
			request.Header.Set("Authorization", "Bearer "+test.token)
			request.Header.Set("Content-Type", "application/json")
			request.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
			answer := httptest.NewRecorder()
			h.handler.ServeHTTP(answer, request)
			written := h.log.String()[before:]
			var record object
			check(t, json.Unmarshal([]byte(written), &record))
			test.want["received"], test.want["sent"] = float64(len(test.body)), float64(answer.Body.Len())
			for name, value := range test.want {
				if record[name] != value {
					t.Errorf("%s is %v, want %v: %s", name, record[name], value, written)
				}
			}
			if strings.Contains(written, "sekret") {
				t.Errorf("the record holds what the caller wrote: %s", written)
			}
		})
	}
	counted := string(h.get("/metrics", "").text)
	for _, line := range []string{
		`hejnal_http_requests_in_flight 1`, `hejnal_http_request_bytes_total{route="/api/v1/proposals/{id}/transitions"}`,
		`hejnal_http_response_bytes_total{route="/api/v1/proposals/{id}/transitions"}`,
	} {
		if !strings.Contains(counted, line) {
			t.Errorf("not counted: %s", line)
		}
	}
	if strings.Contains(counted, "sekret") {
		t.Error("what a caller made up is a label")
	}
}

func TestWhatLastsAsLongAsItIsReceivedIsCountedAndNotTimed(t *testing.T) {
	h := newHouse(t)
	h.begin("sector_agreement")
	h.told("official", "0", 1)
	h.get("/api/v1/register.csv", "").want(t, 200)
	h.get("/api/v1/register.atom", "").want(t, 200)
	var counted string
	for until := time.Now().Add(10 * time.Second); !strings.Contains(counted, `route="/api/v1/events",status="200"`) && time.Now().Before(until); {
		counted = string(h.get("/metrics", "").text) // a listener that went is counted once the server sees it
	}
	for route, timed := range map[string]bool{"/api/v1/events": false, "/api/v1/register.csv": false, "/api/v1/register.atom": true} {
		if !strings.Contains(counted, `hejnal_http_requests_total{method="GET",route="`+route+`",status="200"} 1`) {
			t.Errorf("%s is not counted", route)
		}
		if strings.Contains(counted, `hejnal_http_request_seconds_count{method="GET",route="`+route+`"}`) != timed {
			t.Errorf("%s is timed: %v", route, !timed)
		}
	}
}
