package web_test

import (
	"strings"
	"testing"
)

func TestATaskIsClaimedReleasedAndAssignedByItsRole(t *testing.T) {
	h := newHouse(t)
	path := h.begin("sector_agreement")
	h.post(path+"/transitions", "official", object{"transition": "propose"}).want(t, 201)
	tasks := h.get("/api/v1/tasks?role=lawyer&state=open&form=sector_agreement", "auditor").want(t, 200).list("items")
	if len(tasks) != 1 || tasks[0]["role"] != "lawyer" || texts(tasks[0]["asks_for"])[0] != "give_legal_opinion" || "/api/v1/proposals/"+tasks[0]["proposal_id"].(string) != path {
		t.Fatalf("tasks: %v", tasks)
	}
	task := "/api/v1/tasks/" + tasks[0]["id"].(string)
	me := h.get("/api/v1/me", "lawyer").str("id")
	h.post(task+"/claim", "official", nil).want(t, 403)
	if claimed := h.ask("POST", task+"/claim", "lawyer", nil).want(t, 200); claimed.str("assignee") != me {
		t.Errorf("claimed: %s", claimed.text)
	}
	for language, want := range map[string]string{"pl": "je zwolnij", "en": "release it first"} {
		taken := h.post(task+"/claim", "lawyer-2", object{}, "Accept-Language", language).want(t, 409)
		if !strings.Contains(taken.str("detail"), want) {
			t.Errorf("it does not say what can be done: %s", taken.text)
		}
	}
	if mine := h.get("/api/v1/tasks?mine=true", "lawyer-2").want(t, 200).list("items"); len(mine) != 0 {
		t.Errorf("another's task is mine: %v", mine)
	}
	if mine := h.get("/api/v1/proposals?mine=true", "lawyer").want(t, 200).list("items"); len(mine) != 1 {
		t.Errorf("my proposals: %v", mine)
	}
	h.post(task+"/release", "lawyer-2", object{"why": "x"}).want(t, 422)
	if released := h.post(task+"/release", "lawyer-2", object{}).want(t, 200); released.object["assignee"] != nil {
		t.Errorf("released: %s", released.text)
	}
	h.post(task+"/assign", "lawyer", object{"user": "official"}).want(t, 422)
	h.post(task+"/assign", "lawyer", object{}).want(t, 422)
	if assigned := h.post(task+"/assign", "lawyer", object{"user": "lawyer"}).want(t, 200); assigned.str("assignee") != me {
		t.Errorf("assigned: %s", assigned.text)
	}
	h.post("/api/v1/tasks/01980000-0000-7000-8000-000000000000/claim", "lawyer", object{}).want(t, 404)
	if version := h.get(path, "auditor").object["version"]; version != 2.0 {
		t.Errorf("handing a task over raised the version to %v", version)
	}
}
