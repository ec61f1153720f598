package web_test

import "testing"

func TestAProposalIsOpenedReadAndListed(t *testing.T) {
	h := newHouse(t)
	path := h.begin("twin_city_agreement")
	shown := h.get(path, "auditor").want(t, 200)
	if shown.header.Get("ETag") != `"1"` || shown.str("state") != "contacts" || shown.str("stage") != "contacts" {
		t.Errorf("proposal: ETag %s, %s", shown.header.Get("ETag"), shown.text)
	}
	if len(shown.list("actions")) == 0 {
		t.Error("nothing is offered")
	}
	listed := h.get("/api/v1/proposals?form=twin_city_agreement&q=bordeaux", "auditor").want(t, 200)
	if len(listed.list("items")) != 1 {
		t.Errorf("list: %s", listed.text)
	}
}
