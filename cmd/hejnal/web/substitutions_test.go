package web_test

import (
	"slices"
	"testing"
)

func TestASubstituteIsSetActsAndIsEnded(t *testing.T) {
	h := newHouse(t)
	absent, substitute := h.get("/api/v1/me", "lawyer").str("id"), h.get("/api/v1/me", "official-2").str("id")
	body := object{"substitute": "official-2", "from": "2026-03-02", "until": "2026-03-05", "reason": "urlop"}
	set := h.post("/api/v1/substitutions", "lawyer", body, "Idempotency-Key", "one").want(t, 201)
	if set.str("absent") != absent || set.str("substitute") != substitute || set.object["active"] != true || set.str("by") != absent {
		t.Fatalf("set: %s", set.text)
	}
	if again := h.post("/api/v1/substitutions", "lawyer", body, "Idempotency-Key", "one").want(t, 201); again.str("id") != set.str("id") {
		t.Errorf("set again: %s", again.text)
	}
	h.post("/api/v1/substitutions", "lawyer", body).want(t, 409)

	me := h.get("/api/v1/me", "official-2").want(t, 200)
	steads := me.list("stands_in_for")
	if len(steads) != 1 || steads[0]["user"] != absent || texts(steads[0]["roles"])[0] != "lawyer" || steads[0]["until"] != "2026-03-05" {
		t.Errorf("me: %s", me.text)
	}
	path := h.begin("sector_agreement")
	h.post(path+"/transitions", "official", object{"transition": "propose"}).want(t, 201)
	if mine := h.get("/api/v1/tasks?on_behalf_of="+absent, "official-2").want(t, 200).list("items"); len(mine) != 1 || mine[0]["role"] != "lawyer" {
		t.Errorf("tasks of the absent: %v", mine)
	}
	if mine := h.get("/api/v1/tasks?on_behalf_of=lawyer", "official-2").want(t, 200).list("items"); len(mine) != 1 || mine[0]["role"] != "lawyer" {
		t.Errorf("tasks of the absent, by login: %v", mine)
	}
	for _, other := range []string{"president", "nobody"} {
		h.get("/api/v1/tasks?on_behalf_of="+other, "official-2").want(t, 422)
	}
	h.get("/api/v1/tasks?on_behalf_of="+absent, "official").want(t, 422)
	task := "/api/v1/tasks/" + h.get("/api/v1/tasks?role=lawyer", "auditor").list("items")[0]["id"].(string)
	if claimed := h.post(task+"/claim", "official-2", object{}).want(t, 200); claimed.str("assignee") != substitute {
		t.Errorf("claimed: %s", claimed.text)
	}
	h.post(task+"/claim", "official", object{}).want(t, 403)

	address := "/api/v1/substitutions/" + set.str("id")
	h.post("/api/v1/substitutions", "lawyer", body, "If-Match", `"1"`).want(t, 412)
	h.send("DELETE", address, "admin", nil, "If-Match", `"1"`).want(t, 412)
	h.send("DELETE", "/api/v1/substitutions/none", "admin", nil, "If-Match", `"1"`).want(t, 404)
	h.send("DELETE", address, "official-2", nil).want(t, 403)
	if ended := h.send("DELETE", address, "admin", nil).want(t, 200); ended.object["active"] != false || ended.str("ended_at") == "" {
		t.Errorf("ended: %s", ended.text)
	}
	h.send("DELETE", address, "admin", nil).want(t, 409)
	h.send("DELETE", "/api/v1/substitutions/none", "admin", nil).want(t, 404)
	if steads := h.get("/api/v1/me", "official-2").list("stands_in_for"); len(steads) != 0 {
		t.Errorf("after the end: %v", steads)
	}
}

func TestWhoStandsInForAnOfficialOpensProposals(t *testing.T) {
	h := newHouse(t)
	body := object{"form": "sector_agreement", "title": "Współpraca", "partner": object{"name": "Lyon", "country": "FR", "kind": "city"}, "fields": []string{"culture"}}
	h.post("/api/v1/proposals", "auditor", body).want(t, 403)
	h.post("/api/v1/substitutions", "official", object{"substitute": "auditor", "from": "2026-03-02", "until": "2026-03-05", "reason": "urlop"}).want(t, 201)
	if may := texts(h.get("/api/v1/me", "auditor").want(t, 200).object["may"]); !slices.Contains(may, "open_proposals") {
		t.Errorf("a substitute may %v", may)
	}
	opened := h.post("/api/v1/proposals", "auditor", body).want(t, 201)
	actor, _ := h.get("/api/v1/proposals/"+opened.str("id")+"/transitions", "auditor").want(t, 200).list("items")[0]["actor"].(map[string]any)
	if actor["user"] != h.get("/api/v1/me", "auditor").str("id") || actor["on_behalf_of"] != h.get("/api/v1/me", "official").str("id") || actor["role"] != "official" {
		t.Errorf("opened by %v", actor)
	}
	h.post("/api/v1/proposals", "auditor", object{"form": "sector_agreement", "titel": "x"}).want(t, 422)
	h.post("/api/v1/proposals", "lawyer", object{"form": "sector_agreement", "titel": "x"}).want(t, 403)
}

func TestSubstitutionsAreListedForThoseWhomTheyConcern(t *testing.T) {
	h := newHouse(t)
	for _, absent := range []string{"lawyer", "president"} {
		h.post("/api/v1/substitutions", "admin", object{
			"absent": absent, "substitute": "official", "from": "2026-03-04", "until": "2026-03-05", "roles": []string{absent}, "reason": "delegacja",
		}).want(t, 201)
	}
	for token, want := range map[string]int{"admin": 2, "auditor": 2, "official": 2, "lawyer": 1, "secretariat": 0} {
		if items := h.get("/api/v1/substitutions", token).want(t, 200).list("items"); len(items) != want {
			t.Errorf("%s sees %d", token, len(items))
		}
	}
	page := h.get("/api/v1/substitutions?limit=1", "admin").want(t, 200)
	if items := h.get("/api/v1/substitutions?limit=1&cursor="+page.str("next_cursor"), "admin").want(t, 200).list("items"); len(items) != 1 || items[0]["id"] == page.list("items")[0]["id"] {
		t.Errorf("second page: %v", items)
	}
	h.get("/api/v1/substitutions?limit=0", "admin").want(t, 422)
	h.get("/api/v1/substitutions?cursor=x", "admin").want(t, 422)
}

func TestASubstitutionThatIsWrongIsExplained(t *testing.T) {
	h := newHouse(t)
	for name, test := range map[string]struct {
		token  string
		body   object
		status int
	}{
		"for another":      {"lawyer", object{"absent": "president", "substitute": "official", "from": "2026-03-04", "until": "2026-03-05", "reason": "x"}, 403},
		"an unknown field": {"lawyer", object{"substitute": "official", "from": "2026-03-04", "until": "2026-03-05", "reason": "x", "why": "y"}, 422},
		"no days":          {"lawyer", object{"substitute": "official", "reason": "x"}, 422},
		"by a subscriber":  {"lawyer", object{"substitute": "subscriber", "from": "2026-03-04", "until": "2026-03-05", "reason": "x"}, 422},
		"of a subscriber":  {"subscriber", object{"substitute": "official", "from": "2026-03-04", "until": "2026-03-05", "reason": "x"}, 403},
	} {
		if got := h.post("/api/v1/substitutions", test.token, test.body); got.status != test.status {
			t.Errorf("%s: %d %s", name, got.status, got.text)
		}
	}
}
