package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestFormsSayWhatTheyNeed(t *testing.T) {
	h := newHouse(t)
	shown := h.get("/api/v1/forms", "subscriber").want(t, 200)
	needs := map[string]any{}
	for _, form := range shown.list("items") {
		needs[form["id"].(string)] = form["needs"]
	}
	for form, want := range map[string]object{
		"twin_city_agreement":    {"council": true, "majority": "simple", "minister": false, "president_alone": false},
		"association_membership": {"council": true, "majority": "statutory", "minister": true, "president_alone": false},
		"eu_programme":           {"council": false, "majority": "", "minister": false, "president_alone": true},
	} {
		for name, value := range want {
			if got := needs[form].(map[string]any)[name]; got != value {
				t.Errorf("%s: %s is %v, want %v", form, name, got, value)
			}
		}
	}
	if fields, tools := len(shown.list("fields")), len(shown.list("tools")); fields != 16 || tools != 15 {
		t.Errorf("%d fields and %d tools", fields, tools)
	}
	if shown.object["next_cursor"] != "" {
		t.Error("forms are one page")
	}
}

func TestADefinitionIsServedAsDataAndAsAPicture(t *testing.T) {
	h := newHouse(t)
	shown := h.get("/api/v1/workflows/sector_agreement", "auditor").want(t, 200)
	var votes []string
	for _, transition := range shown.list("transitions") {
		if transition["transition"] == "record_vote" {
			votes = names(objects(transition["outcomes"]), "event")
			if transition["inputs"].(map[string]any)["properties"] == nil || len(objects(transition["rules"])) == 0 {
				t.Errorf("record_vote: %v", transition)
			}
		}
	}
	if want := []string{"quorum_not_reached", "resolution_adopted", "majority_not_reached", "resolution_rejected"}; !slices.Equal(votes, want) {
		t.Errorf("outcomes of a vote: %v", votes)
	}
	h.get("/api/v1/workflows/sector_agreement", "auditor", "If-None-Match", shown.header.Get("ETag")).want(t, http.StatusNotModified)
	picture := h.get("/api/v1/workflows/sector_agreement/diagram.svg", "auditor", "Accept-Language", "en").want(t, 200)
	if kind := picture.header.Get("Content-Type"); kind != "image/svg+xml" || !strings.Contains(string(picture.text), "Sector agreement") {
		t.Errorf("picture: %s", kind)
	}
	h.get("/api/v1/workflows/marriage", "auditor").want(t, 404)
	h.get("/api/v1/workflows/marriage/diagram.svg", "auditor").want(t, 404)
}

func TestEverybodyMayAskWhoTheyAre(t *testing.T) {
	h := newHouse(t)
	for token, want := range map[string][]string{
		"official":   {"read_proposals", "enter_partners", "open_proposals", "make_transitions"},
		"lawyer":     {"read_proposals", "make_transitions"},
		"auditor":    {"read_proposals"},
		"admin":      {"read_proposals", "administer"},
		"subscriber": {"receive_events"},
	} {
		shown := h.get("/api/v1/me", token, "Accept-Language", "en-GB, de").want(t, 200)
		may := texts(shown.object["may"])
		for _, right := range want {
			if !slices.Contains(may, right) {
				t.Errorf("%s may not %s: %v", token, right, may)
			}
		}
		if slices.Contains(may, "open_proposals") != (token == "official") || slices.Contains(may, "make_transitions") && token == "auditor" {
			t.Errorf("%s may %v", token, may)
		}
		if shown.str("name") != token || shown.str("language") != "en" {
			t.Errorf("me: %s", shown.text)
		}
	}
}

func TestPeopleAreFoundByRoleWithoutWhatIsTheirsAlone(t *testing.T) {
	h := newHouse(t)
	shown := h.get("/api/v1/people?role=lawyer", "official").want(t, 200)
	if found := names(shown.list("items"), "name"); !slices.Equal(found, []string{"lawyer", "lawyer-2"}) {
		t.Errorf("lawyers: %v", found)
	}
	if strings.Contains(string(shown.text), "password") {
		t.Errorf("people: %s", shown.text)
	}
	h.get("/api/v1/people", "subscriber").want(t, 403)
	_, err := h.engine.DisablePerson(t.Context(), "lawyer")
	check(t, err)
	h.get("/api/v1/me", "lawyer").want(t, 401)
	if found := h.get("/api/v1/people?role=lawyer", "official").list("items"); len(found) != 1 {
		t.Errorf("lawyers: %v", found)
	}
}
