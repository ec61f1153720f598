package web_test

import (
	"bytes"
	"net/http"
	"strings"
	"sync"
	"testing"
)

func TestAStaleVersionSaysWhoMovedTheCase(t *testing.T) {
	h := newHouse(t)
	path := h.begin("sector_agreement")
	h.post(path+"/transitions", "official", object{"transition": "propose"}, "If-Match", `"1"`).want(t, 201)
	stale := func(ask func() answer) answer {
		t.Helper()
		head := h.head()
		got := ask().want(t, 412)
		if h.head() != head {
			t.Error("a stale request changed something")
		}
		return got
	}
	got := stale(func() answer {
		return h.post(path+"/transitions", "auditor", object{"transition": "let_lapse"}, "If-Match", `"1"`, "Accept-Language", "en")
	})
	moved, _ := got.object["moved"].(map[string]any)
	if moved["by"] != "propose" || moved["name"] != "official Nowak" || moved["version"] != 2.0 || moved["recorded_at"] == nil {
		t.Errorf("moved: %v", moved)
	}
	stale(func() answer {
		return h.send(http.MethodPatch, path, "official", object{"title": "x"}, "If-Match", `W/"1"`)
	})
	stale(func() answer { return h.post(path+"/comments", "official", object{"text": "x"}, "If-Match", `"0"`) })
	stale(func() answer { return h.attach(path, "auditor", "other", "a.pdf", pdf, "If-Match", `"1"`) })
	stale(func() answer { return h.post("/api/v1/proposals", "official", object{"form": "x"}, "If-Match", `"1"`) })
	stale(func() answer {
		task := h.get("/api/v1/tasks?role=lawyer", "lawyer").want(t, 200).list("items")[0]["id"].(string)
		return h.post("/api/v1/tasks/"+task+"/claim", "lawyer", object{}, "If-Match", `"1"`)
	})
	h.attach(path, "official", "other", "a.pdf", pdf, "If-Match", `"2"`).want(t, 201)
	got = stale(func() answer {
		return h.post(path+"/transitions", "official", object{"transition": "x"}, "If-Match", `"2"`)
	})
	if moved, _ := got.object["moved"].(map[string]any); moved["by"] != "attach_document" {
		t.Errorf("moved: %v", moved)
	}
	h.post(path+"/comments", "official", object{"text": "ok"}, "If-Match", "*").want(t, 201)
}

func TestAPartnerIsChangedOnlyAtTheVersionSeen(t *testing.T) {
	h := newHouse(t)
	lyon := object{"name": "Lyon", "country": "FR", "kind": "city"}
	path := h.post("/api/v1/partners", "official", lyon).want(t, 201).header.Get("Location")
	again := h.post("/api/v1/partners", "official", object{"name": "LYON", "country": "FR", "kind": "city"}).want(t, 200)
	if again.header.Get("Location") != path {
		t.Error("the same partner was entered twice")
	}
	changed := h.send(http.MethodPatch, path, "official", object{"native_name": "Lyon"}, "If-Match", `"1"`).want(t, 200)
	if changed.header.Get("ETag") != `"2"` {
		t.Errorf("ETag %s", changed.header.Get("ETag"))
	}
	h.send(http.MethodPatch, path, "auditor", object{"native_name": "x"}, "If-Match", `"1"`).want(t, 412)
	h.send(http.MethodPatch, path, "auditor", object{"native_name": "x"}).want(t, 403)
	h.send(http.MethodPatch, path, "official", object{"country": "DE"}).want(t, 422)
	h.send(http.MethodPatch, path, "official", object{}).want(t, 422)
	h.send(http.MethodPatch, path, "auditor", object{}).want(t, 403)
	h.post("/api/v1/partners", "official", object{"name": "Lille", "country": "FR", "kind": "city"}).want(t, 201)
	taken := h.send(http.MethodPatch, path, "official", object{"name": "LILLE"}, "Accept-Language", "en").want(t, 422)
	if wrong := taken.list("errors")[0]; wrong["pointer"] != "/name" || !strings.Contains(string(taken.text), "Lille") {
		t.Errorf("a name that is taken: %s", taken.text)
	}
	if got := h.get(path, "auditor").want(t, 200); got.object["version"] != 2.0 {
		t.Errorf("partner: %s", got.text)
	}
}

func TestARepeatedKeyGivesTheFirstAnswerAgain(t *testing.T) {
	h := newHouse(t)
	path := h.begin("sector_agreement")
	requests := map[string]func(changed bool, key string) answer{
		"propose": func(changed bool, key string) answer {
			body := object{"form": "sector_agreement", "title": "A", "partner": object{"name": "Nowe", "country": "FR", "kind": "city"}}
			if changed {
				body["title"] = "B"
			}
			return h.post("/api/v1/proposals", "official", body, "Idempotency-Key", key)
		},
		"advance": func(changed bool, key string) answer {
			return h.post(path+"/transitions", "official", object{
				"transition": "record_contact", "inputs": object{"note": map[bool]string{true: "a", false: "b"}[changed]},
			}, "Idempotency-Key", key)
		},
		"amend": func(changed bool, key string) answer {
			return h.send(http.MethodPatch, path, "official", object{"title": map[bool]string{true: "a", false: "b"}[changed]}, "Idempotency-Key", key)
		},
		"attach": func(changed bool, key string) answer {
			return h.attach(path, "official", "other", "a.pdf", pdf+map[bool]string{true: "a", false: "b"}[changed], "Idempotency-Key", key)
		},
		"comment": func(changed bool, key string) answer {
			return h.post(path+"/comments", "official", object{"text": map[bool]string{true: "a", false: "b"}[changed]}, "Idempotency-Key", key)
		},
		"partner": func(changed bool, key string) answer {
			return h.post("/api/v1/partners", "official", object{"name": map[bool]string{true: "a", false: "b"}[changed], "country": "FR", "kind": "city"}, "Idempotency-Key", key)
		},
	}
	for name, request := range requests {
		t.Run(name, func(t *testing.T) {
			first := request(false, "key-"+name)
			if first.status >= 300 {
				t.Fatalf("refused: %s", first.text)
			}
			head := h.head()
			again := request(false, "key-"+name).want(t, first.status)
			if !bytes.Equal(first.text, again.text) {
				t.Errorf("first %s\nagain %s", first.text, again.text)
			}
			for _, header := range []string{"Location", "ETag", "Content-Type"} {
				if first.header.Get(header) != again.header.Get(header) {
					t.Errorf("%s: first %q, again %q", header, first.header.Get(header), again.header.Get(header))
				}
			}
			if again.header.Get("Idempotency-Replayed") != "true" || first.header.Get("Idempotency-Replayed") != "" {
				t.Error("it does not say which answer is repeated")
			}
			if code := request(true, "key-"+name).want(t, 422).str("code"); code != "key_reused" {
				t.Errorf("another body: %s", code)
			}
			if h.head() != head {
				t.Error("a repeated request changed something")
			}
		})
	}
}

func TestAKnownKeyComesBeforeAStaleVersionAndARefusalIsNotKept(t *testing.T) {
	h := newHouse(t)
	path := h.begin("sector_agreement")
	body := object{"transition": "propose"}
	h.post(path+"/transitions", "lawyer", body, "Idempotency-Key", "k").want(t, 403)
	first := h.post(path+"/transitions", "official", body, "Idempotency-Key", "k", "If-Match", `"1"`).want(t, 201)
	again := h.post(path+"/transitions", "official", body, "Idempotency-Key", "k", "If-Match", `"1"`).want(t, 201)
	if !bytes.Equal(first.text, again.text) || first.object["pos"] == 0.0 {
		t.Errorf("first %s\nagain %s", first.text, again.text)
	}
	entry := h.get(first.header.Get("Location"), "auditor").want(t, 200)
	if entry.object["pos"] != first.object["pos"] || entry.str("transition") != "propose" {
		t.Errorf("the entry at Location: %s", entry.text)
	}
}

func TestOneKeyAtOnceIsDoneOnceAndAnsweredAlike(t *testing.T) {
	h := newHouse(t)
	path := h.begin("sector_agreement")
	body := object{"transition": "record_contact", "inputs": object{"note": "Rozmowa"}}
	head := h.head()
	answers := make([]answer, 10)
	var together sync.WaitGroup
	for i := range answers {
		together.Go(func() {
			answers[i] = h.post(path+"/transitions", "official", body, "Idempotency-Key", "k", "If-Match", `"1"`)
		})
	}
	together.Wait()
	for _, one := range answers {
		if !bytes.Equal(one.want(t, 201).text, answers[0].text) {
			t.Errorf("one is answered %s, another %s", answers[0].text, one.text)
		}
	}
	if h.head() != head+1 {
		t.Errorf("%d entries were written", h.head()-head)
	}
}
