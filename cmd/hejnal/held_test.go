package main_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

func TestWhoDisablesSomebodyIsToldOfTheirOpenTasks(t *testing.T) {
	s := start(t, t.TempDir(), "")
	for _, name := range []string{"anna.nowak", "jan"} {
		hejnal(t, s.data, "user", "add", name, "--role", "official", "--role", "lawyer")
	}
	s.token = hejnal(t, s.data, "token", "create", "--user", "anna.nowak")
	status, text := s.send(t, http.MethodPost, "/api/v1/proposals",
		`{"form":"sector_agreement","title":"Lyon","partner":{"name":"Lyon","country":"FR","kind":"city"},"fields":["culture"]}`)
	proposal := "/api/v1/proposals/" + idIn(t, status, text)
	if status, text := s.send(t, http.MethodPost, proposal+"/transitions", `{"transition":"propose"}`); status != http.StatusCreated {
		t.Fatalf("it answered %d %s", status, text)
	}
	_, text = s.send(t, http.MethodGet, "/api/v1/tasks?role=lawyer&state=open", "")
	var open struct{ Items []struct{ ID string } }
	if err := json.Unmarshal([]byte(text), &open); err != nil || len(open.Items) != 1 {
		t.Fatalf("%v: %s", err, text)
	}
	if status, text := s.send(t, http.MethodPost, "/api/v1/tasks/"+open.Items[0].ID+"/claim", ""); status != http.StatusOK {
		t.Fatalf("it answered %d %s", status, text)
	}
	if told := hejnal(t, s.data, "user", "disable", "jan"); strings.Contains(told, "task") {
		t.Errorf("it told of tasks of somebody who has none: %s", told)
	}
	told := hejnal(t, s.data, "user", "disable", "anna.nowak")
	if !strings.Contains(told, "open tasks still assigned to anna.nowak: 1 (lawyer)") || !strings.Contains(told, "/zadania/grupa") {
		t.Errorf("it says %s", told)
	}
	s.stop(t)
}
