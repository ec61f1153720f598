package web_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestEveryAnswerIsGuarded(t *testing.T) {
	h := newHouse(t)
	for path, referrer := range map[string]string{
		"/": "same-origin", "/logowanie": "same-origin", "/healthz": "no-referrer", "/openapi.json": "no-referrer", "/nowhere": "no-referrer", "/api/v1/me": "no-referrer",
	} {
		got := h.get(path, "")
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": referrer} {
			if got.header.Get(name) != want {
				t.Errorf("%s: %s is %q", path, name, got.header.Get(name))
			}
		}
		if !strings.HasPrefix(got.header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: policy %q", path, got.header.Get("Content-Security-Policy"))
		}
	}
	if got := h.get("/api/v1/me", "").want(t, 401).header.Get("WWW-Authenticate"); !strings.HasPrefix(got, "Bearer") {
		t.Errorf("WWW-Authenticate: %q", got)
	}
}

func TestAProblemSpeaksTheLanguageOfItsReader(t *testing.T) {
	h := newHouse(t)
	for asked, want := range map[string]string{"": "pl", "en": "en", "de": "pl", "en-GB,pl;q=0.5": "en", "pl,en": "pl", ";;q=x": "pl"} {
		got := h.get("/api/v1/proposals?limit=0", "official", "Accept-Language", asked).want(t, 422)
		if got.header.Get("Content-Language") != want || !slices.Contains(got.header.Values("Vary"), "Accept-Language") {
			t.Errorf("%q: answered in %q", asked, got.header.Get("Content-Language"))
		}
		if english := strings.Contains(string(got.text), "A page has"); english != (want == "en") {
			t.Errorf("%q: %s", asked, got.text)
		}
	}
}

func TestOtherMethodsAreNamed(t *testing.T) {
	h := newHouse(t)
	path := h.begin("sector_agreement")
	for _, method := range []string{http.MethodPut, http.MethodDelete, "BREW"} {
		if allow := h.ask(method, path, "official", nil).want(t, 405).header.Values("Allow"); !slices.Equal(allow, []string{"GET", "HEAD", "PATCH"}) {
			t.Errorf("%s: Allow %v", method, allow)
		}
	}
	if allow := h.ask(http.MethodOptions, "/api/v1/me", "", nil).want(t, 204).header.Values("Allow"); !slices.Equal(allow, []string{"GET", "HEAD"}) {
		t.Errorf("OPTIONS: Allow %v", allow)
	}
	head := h.ask(http.MethodHead, path, "official", nil).want(t, 200)
	if len(head.text) != 0 || head.header.Get("ETag") != `"1"` {
		t.Errorf("HEAD: ETag %s, %d bytes", head.header.Get("ETag"), len(head.text))
	}
}

func TestARequestIsLoggedAndCountedOnce(t *testing.T) {
	h := newHouse(t)
	serve := func(method, path, token, body string) *httptest.ResponseRecorder {
		request := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
		request.Header.Set("Authorization", "Bearer "+token)
		recorder := httptest.NewRecorder()
		h.handler.ServeHTTP(recorder, request)
		return recorder
	}
	made := serve("POST", "/api/v1/partners", "official", `{"name": "Lyon", "country": "FR", "kind": "city"}`)
	id := strings.TrimPrefix(made.Header().Get("Location"), "/api/v1/partners/")
	var records []object
	for line := range strings.Lines(h.log.String()) {
		var record object
		check(t, json.Unmarshal([]byte(line), &record))
		if record["route"] == "/api/v1/partners" {
			records = append(records, record)
		}
	}
	if len(records) != 1 {
		t.Fatalf("%d records", len(records))
	}
	want := object{"method": "POST", "status": 201.0, "created": id, "user": h.get("/api/v1/me", "official").str("id")}
	for name, value := range want {
		if records[0][name] != value {
			t.Errorf("%s is %v, want %v", name, records[0][name], value)
		}
	}
	if records[0]["took"] == nil || records[0]["request_id"] == "" {
		t.Errorf("record: %v", records[0])
	}
	serve("GET", "/api/v1/partners/"+id+"?q=x", "nobody", "")
	counted := serve("GET", "/metrics", "", "").Body.String()
	for _, line := range []string{
		`hejnal_http_requests_total{method="POST",route="/api/v1/partners",status="201"} 1`,
		`hejnal_http_requests_total{method="GET",route="/api/v1/partners/{id}",status="401"} 1`,
	} {
		if !strings.Contains(counted, line) {
			t.Errorf("not counted: %s\n%s", line, counted)
		}
	}
}

func TestFailuresToSignInAreLimitedAndSuccessIsNot(t *testing.T) {
	h := newHouse(t)
	var last answer
	for range 400 {
		if last = h.get("/api/v1/me", "guess"); last.status != 401 {
			break
		}
	}
	if last.want(t, 429).header.Get("Retry-After") == "" {
		t.Error("it does not say when to try again")
	}
	h.get("/api/v1/me", "official").want(t, 200)
}

func TestThePageSaysInTwoLanguagesWhatThisIs(t *testing.T) {
	h := newHouse(t)
	for _, page := range []struct{ address, asked, language, heading string }{
		{"/", "", "pl", "Współpraca międzynarodowa Miasta Krakowa"},
		{"/", "en", "en", "International cooperation of the City of Kraków"},
		{"/?lang=pl", "en", "pl", "Współpraca międzynarodowa Miasta Krakowa"},
		{"/?lang=xx", "", "pl", "Współpraca międzynarodowa Miasta Krakowa"},
	} {
		got := h.get(page.address, "", "Accept-Language", page.asked).want(t, 200)
		text := string(got.text)
		for _, part := range []string{
			`<html lang="` + page.language + `"`, ">" + page.heading + "</h1>", `<a href="#main" class="govuk-skip-link">`, `<main id="main"`, "<title>", `<th scope="col"`,
		} {
			if !strings.Contains(text, part) {
				t.Errorf("%s in %q lacks %s", page.address, page.asked, part)
			}
		}
		if strings.Contains(text, " style=") || got.header.Get("Content-Language") != page.language {
			t.Errorf("%s: %v", page.address, got.header)
		}
		forms := regexp.MustCompile(`href="(/formy/[^"]+)"`).FindAllStringSubmatch(text, -1)
		if len(forms) != 8 {
			t.Errorf("%d forms", len(forms))
		}
		h.get(forms[0][1], "").want(t, 200)
		h.get(strings.Replace(forms[0][1], "/formy/", "/diagrams/", 1), "").want(t, 200)
	}
	h.get("/assets/hejnal.css", "").want(t, 200)
	if got := h.get("/diagrams/marriage", "", "Accept", "text/html"); got.status != 404 || !strings.Contains(string(got.text), "Nie znaleziono") {
		t.Errorf("a form that there is not: %d", got.status)
	}
}
