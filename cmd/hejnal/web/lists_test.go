package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/workflow"
)

// all follows the cursors of a list as the auditor reads it and fails the test when a page is longer than asked for.
func (h *house) all(path string, limit int) []object {
	h.t.Helper()
	var found []object
	for cursor := ""; ; {
		page := h.get(fmt.Sprintf("%s&limit=%d&cursor=%s", path, limit, url.QueryEscape(cursor)), "auditor").want(h.t, 200)
		if len(page.list("items")) > limit {
			h.t.Fatalf("a page of %d rows has %d", limit, len(page.list("items")))
		}
		found = append(found, page.list("items")...)
		if cursor = page.str("next_cursor"); cursor == "" {
			return found
		}
	}
}

func TestListsAreReadPageByPageAndWhole(t *testing.T) {
	h := newHouse(t)
	path := h.begin("sector_agreement", object{"title": "Żubr"})
	for _, title := range []string{"Łoś", "Lis", "Ćma", "Cietrzew"} {
		h.begin("sector_agreement", object{"title": title})
	}
	titles := names(h.all("/api/v1/proposals?sort=title", 2), "title")
	if !slices.Equal(titles, []string{"Cietrzew", "Ćma", "Lis", "Łoś", "Żubr"}) {
		t.Errorf("proposals by title: %v", titles)
	}
	if found := h.all("/api/v1/proposals?q=zubr", 50); len(found) != 1 {
		t.Errorf("found %v", found)
	}
	for i := range 5 {
		h.post(path+"/transitions", "official", object{"transition": "record_contact", "inputs": object{"note": fmt.Sprint(i)}}).want(t, 201)
		h.attach(path, "official", "other", "a.pdf", pdf+fmt.Sprint(i)).want(t, 201)
		h.post(path+"/comments", "official", object{"text": fmt.Sprint(i)}).want(t, 201)
	}
	history := h.all(path+"/transitions?", 2)
	if len(history) != 6 || history[0]["transition"] != "open" || history[5]["seq"] != 6.0 {
		t.Errorf("history: %v", history)
	}
	if documents := h.all(path+"/documents?kind=other", 2); len(documents) != 5 || documents[4]["version"] != 5.0 {
		t.Errorf("documents: %v", documents)
	}
	if remarks := names(h.all(path+"/comments?", 2), "text"); !slices.Equal(remarks, []string{"0", "1", "2", "3", "4"}) {
		t.Errorf("comments: %v", remarks)
	}
	if people := h.all("/api/v1/people?", 3); len(people) != 14 {
		t.Errorf("%d people", len(people))
	}
	if partners := h.all("/api/v1/partners?q=bord&country=fr&kind=city", 2); len(partners) != 1 {
		t.Errorf("partners: %v", partners)
	}
	h.get(path+"/transitions?cursor=99", "auditor").want(t, 200)
}

func TestWhatRulesJudgedIsFrozenAndTheRestIsNot(t *testing.T) {
	h := newHouse(t)
	path := h.begin("sector_agreement")
	h.send(http.MethodPatch, path, "official", object{"fields": []string{"sport"}}, "If-Match", `"1"`).want(t, 200)
	h.post(path+"/transitions", "official", object{"transition": "propose"}).want(t, 201)
	amended := h.send(http.MethodPatch, path, "official", object{"title": "Nowy tytuł", "description": "opis"}).want(t, 200)
	if amended.str("title") != "Nowy tytuł" || amended.header.Get("ETag") != `"4"` || len(amended.list("actions")) == 0 {
		t.Errorf("amended: %s", amended.text)
	}
	refuse(t, h, path, []attempt{{
		"frozen", func(h *house, path string) answer {
			return h.send(http.MethodPatch, path, "official", object{"fields": []string{"culture"}})
		}, 409, "blocked", "", []string{"frozen_fields"},
	}, {
		"a partner who is not there", func(h *house, path string) answer {
			return h.send(http.MethodPatch, path, "official", object{"partner_id": "01980000-0000-7000-8000-000000000000"})
		}, 422, "invalid", "/partner_id", nil,
	}})
}

func TestRemarksAreForThoseWhoHandleOrControlCases(t *testing.T) {
	h := newHouse(t)
	path := h.begin("sector_agreement")
	h.post(path+"/transitions", "official", object{"transition": "propose", "comment": "Pani Anna dzwoniła", "justification": "zbędne"}).want(t, 201)
	h.post(path+"/comments", "lawyer", object{"text": "Pani Anna jest chora"}).want(t, 201)
	for token, open := range map[string]bool{"official": true, "auditor": true, "admin": false} {
		act := h.get(path+"/transitions", token).want(t, 200).list("items")[1]
		if shown := act["comment"] == "Pani Anna dzwoniła" && act["justification"] == "zbędne"; shown != open {
			t.Errorf("%s reads %v", token, act)
		}
		status := map[bool]int{true: 200, false: 403}[open]
		h.get(path+"/comments", token).want(t, status)
	}
}

func TestALinkedProposalIsNamedByTheActThatOpensIt(t *testing.T) {
	h := newHouse(t)
	s := stranger{house: h, t: t}
	path := h.begin("informal_cooperation")
	made := s.step(path, "formalise", "")
	opened := objects(made["opened"])
	if len(opened) != 1 || opened[0]["rel"] != "formalised_as" {
		t.Fatalf("opened: %v", opened)
	}
	linked := h.get("/api/v1/proposals/"+opened[0]["proposal_id"].(string), "auditor").want(t, 200)
	if back := linked.list("links"); linked.str("form") != "partnership_agreement" || "/api/v1/proposals/"+back[0]["proposal_id"].(string) != path {
		t.Errorf("linked: %s", linked.text)
	}
}

func TestWhatIsNotKnownIsNull(t *testing.T) {
	h := newHouse(t)
	official, err := h.store.PersonByName(t.Context(), "official")
	check(t, err)
	imported, err := h.engine.ImportLegacy(t.Context(), engine.Request{By: workflow.Person{ID: official.ID, Roles: official.Roles}}, engine.Legacy{
		State: "in_force",
		NewProposal: engine.NewProposal{
			Form: "twin_city_agreement", Title: "Norymberga", Partner: &engine.NewPartner{Name: "Norymberga", Country: "DE", Kind: "city"},
		},
		Command: workflow.Command{Inputs: map[string]json.RawMessage{"source": []byte(`"BIP"`), "confidence": []byte(`"S"`)}},
	})
	check(t, err)
	act := h.get("/api/v1/proposals/"+imported.Proposal.ID+"/transitions", "auditor").want(t, 200).list("items")[0]
	if day, ok := act["occurred_on"]; !ok || day != nil || act["legacy"] != true {
		t.Errorf("act: %v", act)
	}
	path := h.begin("sector_agreement")
	h.post(path+"/transitions", "official", object{"transition": "propose"}).want(t, 201)
	task := h.get(path, "official").want(t, 200).list("tasks")[0]
	for _, name := range []string{"assignee", "due_on"} {
		if value, ok := task[name]; !ok || value != nil {
			t.Errorf("%s: %v", name, value)
		}
	}
}
