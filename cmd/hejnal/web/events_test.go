package web_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// told reads server-sent events from a position until there are enough; the connection is closed then.
func (h *house) told(token, last string, enough int) []object {
	h.t.Helper()
	ctx, cancel := context.WithCancel(h.t.Context())
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, h.url+"/api/v1/events", nil)
	check(h.t, err)
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Last-Event-ID", last)
	response, err := h.client.Do(request)
	check(h.t, err)
	defer response.Body.Close()
	var events []object
	for lines := bufio.NewScanner(response.Body); len(events) < enough && lines.Scan(); {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var event object
		check(h.t, json.Unmarshal([]byte(data), &event))
		events = append(events, event)
	}
	return events
}

func TestWhatHappensIsToldAsItIsPublished(t *testing.T) {
	h := newHouse(t)
	path := h.begin("informal_cooperation")
	last := h.post(path+"/transitions", "official", object{"transition": "record_contact", "inputs": object{"note": "Rozmowa"}}).want(t, 201)
	head, err := h.store.Head(t.Context())
	check(t, err)
	for name, want := range map[string]string{"official": "pl.krakow.cooperation.transition.v1", "admin": "pl.krakow.cooperation.admin.v1"} {
		first := h.told(name, "0", 1)[0]
		if first["type"] != want {
			t.Errorf("%s hears first of %v, want %s", name, first["type"], want)
		}
	}
	events := h.told("auditor", "0", 2)
	if data, _ := events[1]["data"].(map[string]any); events[1]["id"] != last.str("id") || data["comment"] != "" {
		t.Errorf("the second event is %v", events[1])
	}
	if head == 0 || events[0]["sequence"] == nil || events[0]["specversion"] != "1.0" {
		t.Errorf("the first event is %v", events[0])
	}
}

func TestWhoReadsNoCasesHearsNothing(t *testing.T) {
	h := newHouse(t)
	h.get("/api/v1/events", "").want(t, 401)
	h.get("/api/v1/events", "subscriber").want(t, 403)
	h.get("/api/v1/events", "official", "Last-Event-ID", "yesterday").want(t, 400)
}
