package web_test

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
)

// attempt is a request that must be refused, and what the refusal must say.
type attempt struct {
	name    string
	make    func(h *house, path string) answer
	status  int
	code    string
	pointer string // of the first error
	says    []string
}

// refuse makes the attempts on one case and looks that nothing was changed by them.
func refuse(t *testing.T, h *house, path string, attempts []attempt) {
	t.Helper()
	for _, a := range attempts {
		t.Run(a.name, func(t *testing.T) {
			version, head := h.get(path, "auditor").object["version"], h.head()
			got := a.make(h, path).want(t, a.status)
			if got.str("code") != a.code {
				t.Errorf("code %s, want %s: %s", got.str("code"), a.code, got.text)
			}
			if a.pointer != "" && (len(got.list("errors")) == 0 || got.list("errors")[0]["pointer"] != a.pointer) {
				t.Errorf("errors %v, want one at %s", got.object["errors"], a.pointer)
			}
			for _, text := range a.says {
				if !strings.Contains(string(got.text), text) {
					t.Errorf("the answer does not say %q: %s", text, got.text)
				}
			}
			if h.head() != head || h.get(path, "auditor").object["version"] != version {
				t.Error("a refused request changed something")
			}
		})
	}
}

func (h *house) head() int64 {
	h.t.Helper()
	head, err := h.store.Head(h.t.Context())
	check(h.t, err)
	return head
}

func advancing(token string, body object, headers ...string) func(*house, string) answer {
	return func(h *house, path string) answer { return h.post(path+"/transitions", token, body, headers...) }
}

func proposing(changes object) func(*house, string) answer {
	return func(h *house, _ string) answer {
		body := object{"form": "sector_agreement", "title": "Współpraca", "partner": object{"name": "Lyon", "country": "FR", "kind": "city"}}
		for name, value := range changes {
			body[name] = value
		}
		return h.post("/api/v1/proposals", "official", body)
	}
}

func raw(body string) func(*house, string) answer {
	return func(h *house, _ string) answer {
		return h.ask(http.MethodPost, "/api/v1/proposals", "official", strings.NewReader(body), "Content-Type", "application/json")
	}
}

func TestWhatCannotBeReadIsRefusedBeforeAnythingElse(t *testing.T) {
	h := newHouse(t)
	refuse(t, h, h.begin("sector_agreement"), []attempt{
		{"no JSON", raw("form=x"), 400, "unreadable", "", nil},
		{"two documents", raw(`{} {}`), 400, "unreadable", "", nil},
		{"an empty body", raw(""), 400, "unreadable", "", nil},
		{"invalid UTF-8", raw("{\"title\": \"\xff\xfe\"}"), 400, "unreadable", "", []string{"UTF-8"}},
		{"a NUL character", raw(`{"title": "a\u0000b"}`), 400, "unreadable", "", []string{"NUL"}},
		{"a repeated field", raw(`{"title": "a", "title": "b"}`), 400, "unreadable", "", []string{"title"}},
		{"deep JSON", raw(strings.Repeat(`{"a":`, 100_000) + "1" + strings.Repeat("}", 100_000)), 400, "unreadable", "", []string{"64"}},
		{"deep lists", raw(`{"fields":` + strings.Repeat(`[`, 65) + strings.Repeat("]", 65) + "}"), 400, "unreadable", "", []string{"64"}},
		{"more than 1 MiB", raw(`{"title":"` + strings.Repeat("a", 1<<20) + `"}`), 413, "too_large", "", []string{"1 MiB"}},
		{"a body of 100 MB", func(h *house, _ string) answer {
			return h.ask(http.MethodPost, "/api/v1/proposals", "official", io.LimitReader(zeros{}, 100_000_000))
		}, 413, "too_large", "", []string{"1 MiB"}},
		{"a body of 100 MB and its length", func(h *house, _ string) answer {
			return h.ask(http.MethodPost, "/api/v1/proposals", "official", bytes.NewReader(make([]byte, 100_000_000)))
		}, 413, "too_large", "", []string{"1 MiB"}},
		{"too large and not signed in", func(h *house, _ string) answer {
			return h.ask(http.MethodPost, "/api/v1/proposals", "", strings.NewReader(strings.Repeat(" ", 2<<20)))
		}, 413, "too_large", "", nil},
		{"another type", func(h *house, _ string) answer {
			return h.ask(http.MethodPost, "/api/v1/proposals", "official", strings.NewReader("{}"), "Content-Type", "text/plain")
		}, 415, "unreadable", "", []string{"application/json"}},
		{"not signed in", func(h *house, path string) answer {
			return h.post(path+"/transitions", "", object{"transition": "propose"})
		}, 401, "unauthorized", "", nil},
		{"a token that nobody has", advancing("nobody", object{"transition": "propose"}), 401, "unauthorized", "", nil},
		{"no such proposal", func(h *house, _ string) answer {
			return h.post("/api/v1/proposals/01980000-0000-7000-8000-000000000000/transitions", "official", object{"transition": "propose"})
		}, 404, "not_found", "", nil},
		{"an id that is none", func(h *house, _ string) answer { return h.get("/api/v1/proposals/x%00%ff", "official") }, 404, "not_found", "", nil},
		{"an address that is none", func(h *house, _ string) answer { return h.get("/api/v2/proposals", "official") }, 404, "not_found", "", nil},
		{"a method that is none", func(h *house, path string) answer { return h.send(http.MethodPut, path, "official", object{}) }, 405, "method_not_allowed", "", nil},
		{"an idempotency key that is too long", advancing("official", object{"transition": "propose"}, "Idempotency-Key", strings.Repeat("k", 256)), 400, "unreadable", "", []string{"255"}},
		{"two idempotency keys", advancing("official", object{"transition": "propose"}, "Idempotency-Key", "one", "Idempotency-Key", "two"), 400, "unreadable", "", []string{"Idempotency-Key"}},
		{"an If-Match that is none", advancing("official", object{"transition": "propose"}, "If-Match", "x"), 400, "unreadable", "", []string{"If-Match"}},
		{"a parameter beside an act", func(h *house, path string) answer {
			return h.post(path+"/transitions?dry_run=true", "official", object{"transition": "propose"})
		}, 422, "invalid", "/query/dry_run", nil},
		{"a parameter of a call that has none", func(h *house, path string) answer { return h.get(path+"?expand=partner", "official") }, 422, "invalid", "/query/expand", nil},
		{"a page with a sign before its rows", func(h *house, _ string) answer { return h.get("/api/v1/proposals?limit=%2B1", "official") }, 422, "invalid", "/query/limit", nil},
		{"a page of 201 rows", func(h *house, _ string) answer { return h.get("/api/v1/proposals?limit=201", "official") }, 422, "invalid", "/query/limit", []string{"200"}},
		{"a cursor that is none", func(h *house, _ string) answer { return h.get("/api/v1/proposals?cursor=%20garbage", "official") }, 422, "invalid", "/query/cursor", nil},
		{"a cursor of a history that is none", func(h *house, path string) answer { return h.get(path+"/transitions?cursor=x", "official") }, 422, "invalid", "/query/cursor", nil},
		{"a filter that is none", func(h *house, _ string) answer { return h.get("/api/v1/tasks?role=mayor", "official") }, 422, "invalid", "/query/role", []string{"secretariat"}},
		{"a parameter that is none", asking("/api/v1/proposals?colour=x"), 422, "invalid", "/query/colour", []string{"overdue", "cursor"}},
		{"a parameter of another list", asking("/api/v1/partners?form=twin_city_agreement"), 422, "invalid", "/query/form", []string{"q, country, kind, limit, cursor"}},
		{"a parameter of a list that only has pages", func(h *house, path string) answer { return h.get(path+"/comments?a~/b=1", "official") }, 422, "invalid", "/query/a~0~1b", nil},
		{"a parameter that is repeated", asking("/api/v1/people?role=official&role=lawyer"), 422, "invalid", "/query/role", nil},
		{"a partner's id that is none", asking("/api/v1/proposals?partner=Lyon"), 422, "invalid", "/query/partner", nil},
		{"a state that no form has", asking("/api/v1/proposals?state=in_forse"), 422, "invalid", "/query/state", []string{"in_forse", "/workflows/"}},
		{"a country that is none", asking("/api/v1/partners?country=XX"), 422, "invalid", "/query/country", []string{"ISO 3166-1"}},
		{"a day that is none", asking("/api/v1/tasks?due_before=2026-02-30"), 422, "invalid", "/query/due_before", nil},
		{"a flag that is none", asking("/api/v1/tasks?mine=perhaps"), 422, "invalid", "/query/mine", nil},
		{"a list of a proposal that is not there", asking("/api/v1/proposals/01980000-0000-7000-8000-000000000000/comments?colour=x"), 404, "not_found", "", nil},
		{"a query that is no UTF-8", func(h *house, _ string) answer { return h.get("/api/v1/proposals?q=%ff", "official") }, 400, "unreadable", "", nil},
	})
}

func asking(path string) func(*house, string) answer {
	return func(h *house, _ string) answer { return h.get(path, "official") }
}

type zeros struct{}

func (zeros) Read(buffer []byte) (int, error) {
	clear(buffer)
	return len(buffer), nil
}

func TestWrongDataIsRefusedFieldByField(t *testing.T) {
	h := newHouse(t)
	refuse(t, h, h.begin("sector_agreement"), []attempt{
		{"an unknown form", proposing(object{"form": "marriage"}), 422, "invalid", "/form", []string{"twin_city_agreement"}},
		{"a form that is only imported", proposing(object{"form": "domestic_membership"}), 422, "invalid", "/form", nil},
		{"an unknown JSON field", proposing(object{"colour": "red"}), 422, "invalid", "/colour", []string{"readings_reason"}},
		{"a field that is no code", proposing(object{"fields": []string{"culture", "astrology"}}), 422, "invalid", "/fields/1", nil},
		{"a tool that is no code", proposing(object{"tools": []string{"hammer"}}), 422, "invalid", "/tools/0", nil},
		{"a number in place of a text", proposing(object{"title": 7}), 422, "invalid", "/title", nil},
		{"a text in place of a list", proposing(object{"fields": "culture"}), 422, "invalid", "/fields", nil},
		{"a list in place of an object", raw(`["form"]`), 422, "invalid", "", nil},
		{"null in place of a code", proposing(object{"fields": []any{nil}}), 422, "invalid", "/fields/0", nil},
		{"null in place of a change", func(h *house, path string) answer {
			return h.send(http.MethodPatch, path, "official", object{"title": "Nowy", "description": nil})
		}, 422, "invalid", "/description", nil},
		{"no title", proposing(object{"title": " "}), 422, "invalid", "/title", nil},
		{"three readings", proposing(object{"readings": 3}), 422, "invalid", "/readings", nil},
		{"no readings", proposing(object{"readings": 0}), 422, "invalid", "/readings", nil},
		{"two readings without a reason", proposing(object{"readings": 2}), 422, "invalid", "/readings_reason", nil},
		{"nothing", raw(`{}`), 422, "invalid", "/form", []string{"/title", "/partner_id"}},
		{"no partner", raw(`{"form":"sector_agreement","title":"Współpraca"}`), 422, "invalid", "/partner_id", nil},
		{"two partners", proposing(object{"partner_id": "01980000-0000-7000-8000-000000000000"}), 422, "invalid", "/partner_id", nil},
		{"an unknown country", proposing(object{"partner": object{"name": "Lyon", "country": "XX", "kind": "city"}}), 422, "invalid", "/partner/country", nil},
		{"an unknown field of the partner", proposing(object{"partner": object{"name": "Lyon", "country": "FR", "kind": "city", "mayor": "x"}}), 422, "invalid", "/partner/mayor", nil},
		{"a day that does not exist", proposing(object{"occurred_on": "2026-02-30"}), 422, "invalid", "/occurred_on", nil},
		{"a day to come", proposing(object{"occurred_on": "2027-01-01"}), 422, "invalid", "/occurred_on", nil},
		{"an unknown transition", advancing("official", object{"transition": "marry"}), 422, "unknown_transition", "/transition", nil},
		{"no transition", advancing("official", object{}), 422, "invalid", "/transition", nil},
		{"an unknown input", advancing("official", object{"transition": "propose", "inputs": object{"colour": "red"}}), 422, "invalid", "/inputs/colour", nil},
		{"a day that does not exist for a transition", advancing("official", object{"transition": "propose", "occurred_on": "2026-02-30"}), 422, "invalid", "/occurred_on", nil},
		{"nothing to amend", func(h *house, path string) answer { return h.send(http.MethodPatch, path, "official", object{}) }, 422, "invalid", "", nil},
		{"an empty comment", func(h *house, path string) answer {
			return h.post(path+"/comments", "official", object{"text": " "})
		}, 422, "invalid", "/text", nil},
		{"no comment", func(h *house, path string) answer { return h.post(path+"/comments", "official", object{"txt": "a"}) }, 422, "invalid", "/txt", nil},
	})
}

func TestWhereThereAreNoFieldsIsSaid(t *testing.T) {
	h := newHouse(t)
	path := h.begin("sector_agreement")
	h.post(path+"/transitions", "official", object{"transition": "propose"}).want(t, 201)
	task := h.get("/api/v1/tasks?role=lawyer", "lawyer").want(t, 200).list("items")[0]["id"].(string)
	got := h.post("/api/v1/tasks/"+task+"/claim", "lawyer", object{"x": 1}, "Accept-Language", "en").want(t, 422)
	if message := got.list("errors")[0]["message"]; message != `Unknown field "x". There are no fields here.` {
		t.Errorf("%v", message)
	}
}

func TestTheRoleComesBeforeTheStateAndTheStateBeforeTheInputs(t *testing.T) {
	h := newHouse(t)
	refuse(t, h, h.begin("sector_agreement"), []attempt{
		{"a role that never may", advancing("lawyer", object{"transition": "propose", "inputs": object{"x": 1}}), 403, "forbidden", "", []string{`"who":["official"]`}},
		{"an auditor", advancing("auditor", object{"transition": "record_vote"}), 403, "forbidden", "", []string{"secretariat"}},
		{"an auditor who opens", func(h *house, _ string) answer {
			return h.post("/api/v1/proposals", "auditor", object{"form": "marriage", "colour": "red"})
		}, 403, "forbidden", "", []string{"official"}},
		{"an auditor who comments", func(h *house, path string) answer { return h.post(path+"/comments", "auditor", object{"x": "a"}) }, 403, "forbidden", "", []string{"lawyer"}},
		{"an administrator who comments", func(h *house, path string) answer {
			return h.post(path+"/comments", "admin", object{"text": "a"}, "Accept-Language", "en")
		}, 403, "forbidden", "", []string{"does not comment on cases. Who can: official, lawyer, President, Council secretariat."}},
		{"an auditor who amends", func(h *house, path string) answer {
			return h.send(http.MethodPatch, path, "auditor", object{"x": "a"})
		}, 403, "forbidden", "", []string{"official"}},
		{"an auditor who enters a partner", func(h *house, _ string) answer { return h.post("/api/v1/partners", "auditor", object{"x": "a"}) }, 403, "forbidden", "", []string{"official"}},
		{"a subscriber who reads", func(h *house, path string) answer { return h.get(path, "subscriber") }, 403, "forbidden", "", []string{"auditor"}},
		{"a subscriber who rehearses", advancing("subscriber", object{"transition": "x", "dry_run": true}, "If-Match", `"999"`), 403, "forbidden", "", []string{"auditor"}},
		{"a subscriber who moves", advancing("subscriber", object{"transition": "x"}, "If-Match", `"999"`), 403, "forbidden", "", []string{"auditor"}},
		{"a subscriber who attaches", func(h *house, path string) answer {
			return h.attach(path, "subscriber", "other", "a.pdf", pdf, "If-Match", `"999"`)
		}, 403, "forbidden", "", []string{"auditor"}},
		{"a state that does not offer it", advancing("secretariat", object{"transition": "record_vote", "colour": "red"}), 409, "not_offered", "", []string{"propose", `"code":"not_offered"`}},
		{"inputs once the state offers it", advancing("official", object{"transition": "propose", "colour": "red"}), 422, "invalid", "/colour", nil},
	})
}

func TestRulesAnswerWithEveryBlocker(t *testing.T) {
	h := newHouse(t)
	assessed := h.begin("sector_agreement")
	h.post(assessed+"/transitions", "official", object{"transition": "propose"}).want(t, 201)
	refuse(t, h, assessed, []attempt{{
		"a day before the one it depends on", advancing("official", object{"transition": "complete_draft", "occurred_on": "2026-02-01", "inputs": object{"term": "fixed"}}), 422,
		"invalid", "/occurred_on",
		[]string{"2026-03-02"},
	}, {
		"documents are missing", advancing("official", object{"transition": "complete_draft", "inputs": object{"term": "indefinite"}}), 409, "blocked", "",
		[]string{"draft_resolution", "statement_of_reasons", "legal_opinion", "agreement_text", `"severity":"warn"`, `"basis":"`},
	}})
	refuse(t, h, h.begin("sector_agreement", object{"fields": []string{"culture", "sport"}}), []attempt{{
		"two fields for a sector", advancing("official", object{"transition": "propose"}), 409, "blocked", "", []string{"partnership_agreement"},
	}})
	refuse(t, h, h.begin("honorary_twin_title", object{"partner": object{"name": "Wiedeń", "country": "AT", "kind": "city"}}), []attempt{{
		"a title for a European city", advancing("official", object{"transition": "propose"}), 409, "blocked", "", []string{`"severity":"block"`},
	}})
	refuse(t, h, h.begin("association_membership", object{"partner": object{"name": "Związek Miast Polskich", "country": "PL", "kind": "organisation"}}), []attempt{{
		"a domestic association", advancing("official", object{"transition": "propose", "inputs": object{
			"international_association": "yes", "hands_over_tasks_or_property": "no", "answer_reason": "Statut",
		}}), 409, "blocked", "", []string{`"severity":"block"`},
	}})
}

func TestTheInvertedNameOfTheCityIsRefused(t *testing.T) {
	h := newHouse(t)
	s := stranger{house: h, t: t}
	path := h.begin("sector_agreement")
	for _, transition := range []string{"propose", "complete_draft", "submit_to_council", "register_print", "place_on_agenda", "record_vote", "number_resolution"} {
		s.step(path, transition, "")
	}
	action := s.action(path, "official", "prepare_signing")
	inputs := s.inputs(action, "")
	inputs["city_party"] = "Królewskie Stołeczne Miasto Kraków"
	refuse(t, h, path, []attempt{{
		"inverted", advancing("official", object{"transition": "prepare_signing", "inputs": inputs}), 409, "blocked", "", []string{"Stołeczne Królewskie Miasto Kraków"},
	}})
}
