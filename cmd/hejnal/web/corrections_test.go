package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// made is the id of the last act of a case that was made by the transition.
func (h *house) made(path, transition string) string {
	h.t.Helper()
	id := ""
	for _, act := range h.get(path+"/transitions?limit=200", "auditor").want(h.t, http.StatusOK).list("items") {
		if act["transition"] == transition {
			id, _ = act["id"].(string)
		}
	}
	return id
}

// correct corrects a field of the last entry of a transition.
func (h *house) correct(path, transition, field string, value any) answer {
	h.t.Helper()
	return h.post(path+"/transitions", "official", object{"transition": "correct_entry", "inputs": object{
		"corrects": h.made(path, transition), "field": field, "value": value, "reason": "Oczywista omyłka pisarska",
	}})
}

func (h *house) force(path string) {
	h.t.Helper()
	test, _ := h.t.(*testing.T)
	for _, transition := range toForce {
		event := ""
		if transition == "enter_into_force" {
			event = "agreement_entered_into_force"
		}
		stranger{h, test}.step(path, transition, event)
	}
}

func TestTheRegisterTellsWhatWasCorrected(t *testing.T) {
	h := newHouse(t)
	path := h.begin("sector_agreement")
	id := path[strings.LastIndexByte(path, '/')+1:]
	h.wait("2026-03-10")
	h.force(path)
	h.wait("2026-03-12")
	const number, until, since = "XLII/777/26", "2031-03-01", "2026-03-11"
	h.correct(path, "number_resolution", "/inputs/resolution_number", number).want(t, http.StatusCreated)
	h.correct(path, "enter_into_force", "/inputs/valid_until", until).want(t, http.StatusCreated)
	h.correct(path, "enter_into_force", "/occurred_on", since).want(t, http.StatusCreated)
	h.correct(path, "sign_agreement", "/inputs/city_signatory", "Zofia Tajna").want(t, http.StatusCreated)

	a := h.get("/api/v1/register/"+id, "").want(t, http.StatusOK)
	basis := a.list("council_resolutions")
	if a.str("valid_until") != until || a.str("since") != since || len(basis) != 1 || basis[0]["number"] != number || a.object["corrected"] != true {
		t.Errorf("the entry is %s", a.text)
	}
	history := a.list("history")
	events := map[string]object{}
	for _, act := range history {
		name, _ := act["event"].(string)
		events[name] = act
	}
	numbered := events["resolution_numbered"]
	inputs, _ := numbered["inputs"].(map[string]any)
	corrections := objects(numbered["corrections"])
	if inputs["resolution_number"] == number || len(corrections) != 1 || corrections[0]["field"] != "/inputs/resolution_number" || corrections[0]["value"] != number {
		t.Errorf("the numbering is told as %v", numbered)
	}
	if got := events["agreement_entered_into_force"]; got["occurred_on"] == since || len(objects(got["corrections"])) != 2 {
		t.Errorf("the entry into force is told as %v", got)
	}
	first, last := history[len(history)-4], history[len(history)-1]
	told, _ := first["inputs"].(map[string]any)
	if first["id"] != corrections[0]["id"] || told["corrects"] != numbered["id"] || told["field"] != "/inputs/resolution_number" || told["value"] != number || len(told) != 3 {
		t.Errorf("the correction is told as %v", first)
	}
	if told, _ = last["inputs"].(map[string]any); len(told) != 1 || told["corrects"] != events["agreement_signed"]["id"] || strings.Contains(string(a.text), "Zofia Tajna") {
		t.Errorf("the correction of a name is told as %v", last)
	}

	listed := h.get("/api/v1/register?q="+fmt.Sprint(a.str("number")), "").want(t, http.StatusOK).list("items")
	if len(listed) != 1 || listed[0]["valid_until"] != until || listed[0]["since"] != since || texts(listed[0]["resolutions"])[0] != number {
		t.Errorf("it is listed as %v", listed)
	}
	for file, told := range map[string]string{"/api/v1/register.csv": until, "/api/v1/register.jsonl": until, "/rejestr/" + id + ".jsonld": since} {
		text := string(h.get(file, "").want(t, http.StatusOK).text)
		if !strings.Contains(text, told) || !strings.Contains(text, since) {
			t.Errorf("%s holds %s", file, text)
		}
	}
	feed := string(h.get("/api/v1/feed.atom", "").want(t, http.StatusOK).text)
	for _, says := range []string{"Numer uchwały: " + number, "Obowiązuje do: " + until, fmt.Sprintf(`rel="related" href="urn:uuid:%s"`, numbered["id"])} {
		if !strings.Contains(feed, says) {
			t.Errorf("the feed does not say %q", says)
		}
	}
	if strings.Contains(feed, "Zofia Tajna") {
		t.Error("the feed tells a name")
	}
	page := string(h.get("/rejestr/"+id, "").want(t, http.StatusOK).text)
	for _, says := range []string{number, "Dane podano po sprostowaniu:", "po sprostowaniu; wpisano:", "Numer uchwały, po sprostowaniu"} {
		if !strings.Contains(page, says) {
			t.Errorf("the page does not say %q", says)
		}
	}
}

func TestACorrectedNumberTakesThePlaceOfTheWrongOne(t *testing.T) {
	h := newHouse(t)
	numbered := func(number string) string {
		path := h.begin("sector_agreement")
		for _, transition := range toForce[:8] {
			stranger{h, t}.step(path, transition, "")
		}
		h.attach(path, "secretariat", "resolution", "uchwala.pdf", pdf+path).want(t, http.StatusCreated)
		h.number(path, number).want(t, http.StatusCreated)
		return path
	}
	numbered("XLII/921/26")
	path := numbered("XLII/922/26")
	taken := h.correct(path, "number_resolution", "/inputs/resolution_number", "XLII/921/26").want(t, http.StatusConflict).list("blocked_by")
	if len(taken) != 1 || taken[0]["code"] != "resolution_number_taken" {
		t.Errorf("refused by %v", taken)
	}
	h.correct(path, "number_resolution", "/inputs/resolution_number", "XLII/0/26/1").want(t, http.StatusUnprocessableEntity)
	h.correct(path, "number_resolution", "/inputs/resolution_number", "XLII/923/26").want(t, http.StatusCreated)
	numbered("XLII/922/26")
	other := h.begin("sector_agreement")
	for _, transition := range toForce[:8] {
		stranger{h, t}.step(other, transition, "")
	}
	h.attach(other, "secretariat", "resolution", "uchwala.pdf", pdf+other).want(t, http.StatusCreated)
	h.number(other, "XLII/923/26").want(t, http.StatusConflict)
}

func (h *house) number(path, number string) answer {
	h.t.Helper()
	return h.post(path+"/transitions", "secretariat", object{"transition": "number_resolution", "inputs": object{"resolution_number": number}})
}

func TestAMistypedEndIsCured(t *testing.T) {
	h := newHouse(t)
	path := h.begin("sector_agreement")
	h.force(path)
	h.attach(path, "official", "notice", "wypowiedzenie.pdf", pdf).want(t, http.StatusCreated)
	h.post(path+"/transitions", "official", object{"transition": "record_partner_notice", "inputs": object{"ends_on": "2027-06-30"}}).want(t, http.StatusCreated)
	h.post(path+"/transitions", "official", object{"transition": "terminate"}).want(t, http.StatusConflict)
	h.correct(path, "record_partner_notice", "/inputs/ends_on", "1999-01-01").want(t, http.StatusUnprocessableEntity)
	h.correct(path, "record_partner_notice", "/inputs/ends_on", "2026-03-02").want(t, http.StatusCreated)
	h.post(path+"/transitions", "official", object{"transition": "terminate"}).want(t, http.StatusCreated)
}
