package web_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web"
	"hejnal/events"
	"hejnal/store/blob"
	"hejnal/store/sqlite"
	"hejnal/workflow"
	"hejnal/workflow/calendar"
	"hejnal/workflow/language"
)

// house is a server over a real store, with one or two people of every role and a clock that moves only when told to.
type house struct {
	t      testing.TB
	url    string
	store  *sqlite.Store
	engine *engine.Engine
	log    *lines
	client *http.Client

	handler http.Handler
	openAPI *described // every answer is held against it

	mu  sync.Mutex
	now time.Time
}

var forms = sync.OnceValue(func() []*workflow.Definition {
	set, err := language.Load(workflow.Definitions)
	if err != nil {
		panic(err)
	}
	var compiled []*workflow.Definition
	for _, source := range set.Forms() {
		definition, findings := workflow.Compile(source)
		if len(findings) > 0 {
			panic(findings[0].Message)
		}
		compiled = append(compiled, definition)
	}
	return compiled
})

func newHouse(t testing.TB) *house {
	t.Helper()
	h := &house{t: t, now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), log: &lines{}}
	dir := t.TempDir()
	var err error
	h.store, err = sqlite.Open(t.Context(), filepath.Join(dir, "hejnal.db"), sqlite.Options{})
	check(t, err)
	t.Cleanup(func() { check(t, h.store.Close()) })
	files, err := blob.Open(filepath.Join(dir, "files"))
	check(t, err)
	newID := func() string { return uuid.Must(uuid.NewV7()).String() }
	h.engine, err = engine.New(t.Context(), engine.Options{
		Store: h.store, Forms: forms(), Subjects: events.Subjects{}, Source: "urn:hejnal:test", Now: h.clock, NewID: newID, Random: rand.Reader,
	})
	check(t, err)
	for _, role := range workflow.Roles() {
		h.person(string(role), role)
		h.person(string(role)+"-2", role)
	}
	handler, err := web.New(web.Options{
		Engine: h.engine, Store: h.store, Blobs: files, Now: h.clock, NewID: newID, Log: slog.New(slog.NewJSONHandler(h.log, nil)),
	})
	check(t, err)
	server := httptest.NewServer(handler)
	h.client = server.Client()
	t.Cleanup(server.Close)
	h.url, h.handler = server.URL, handler
	document := h.get("/openapi.json", "")
	h.openAPI = readOpenAPI(t, document.text)
	return h
}

// lines is a log that many write and one reads.
type lines struct {
	mu      sync.Mutex
	written bytes.Buffer
}

// Write keeps a record.
func (l *lines) Write(record []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.written.Write(record)
}

// String gives everything that was logged.
func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.written.String()
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(time.Millisecond)
	return h.now
}

// wait lets time pass until the day.
func (h *house) wait(until string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if day := calendar.Date(until); day > calendar.Of(h.now, calendar.Zone()) {
		h.now = day.StartOf(time.UTC).Add(10 * time.Hour)
	}
}

// person enters somebody whose token is their name.
func (h *house) person(name string, roles ...workflow.Role) {
	h.t.Helper()
	_, err := h.engine.AddPerson(h.t.Context(), engine.NewPerson{Name: name, FullName: name + " Nowak", Roles: roles})
	check(h.t, err)
	hash := sha256.Sum256([]byte(name))
	_, err = h.engine.CreateToken(h.t.Context(), name, hex.EncodeToString(hash[:]), 0)
	check(h.t, err)
}

// object is a JSON object as a stranger sees it.
type object = map[string]any

// answer is what came back.
type answer struct {
	status int
	header http.Header
	text   []byte
	object object
}

// ask makes a request; headers are pairs.
func (h *house) ask(method, path, token string, body io.Reader, headers ...string) answer {
	h.t.Helper()
	request, err := http.NewRequestWithContext(context.WithoutCancel(h.t.Context()), method, h.url+path, body)
	check(h.t, err)
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Add(headers[i], headers[i+1])
	}
	response, err := h.client.Do(request)
	check(h.t, err)
	text, err := io.ReadAll(response.Body)
	check(h.t, err)
	check(h.t, response.Body.Close())
	a := answer{status: response.StatusCode, header: response.Header, text: text}
	if len(text) > 0 && text[0] == '{' && !strings.HasPrefix(a.header.Get("Content-Type"), "application/jsonl") {
		check(h.t, json.Unmarshal(text, &a.object))
	}
	if h.openAPI != nil {
		h.openAPI.hold(h.t, method, path, a)
	}
	return a
}

func (h *house) get(path, token string, headers ...string) answer {
	h.t.Helper()
	return h.ask(http.MethodGet, path, token, nil, headers...)
}

func (h *house) send(method, path, token string, body any, headers ...string) answer {
	h.t.Helper()
	text, err := json.Marshal(body)
	check(h.t, err)
	return h.ask(method, path, token, bytes.NewReader(text), append([]string{"Content-Type", "application/json"}, headers...)...)
}

func (h *house) post(path, token string, body any, headers ...string) answer {
	h.t.Helper()
	return h.send(http.MethodPost, path, token, body, headers...)
}

// want fails the test unless the answer has the status.
func (a answer) want(t testing.TB, status int) answer {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d: %s", a.status, status, a.text)
	}
	if status >= 400 {
		if kind := a.header.Get("Content-Type"); kind != "application/problem+json" {
			t.Errorf("a refusal is of type %q", kind)
		}
		for _, name := range []string{"type", "title", "status", "detail"} {
			if a.object[name] == nil || a.object[name] == "" {
				t.Errorf("the problem has no %s: %s", name, a.text)
			}
		}
	}
	return a
}

func (a answer) str(name string) string {
	text, _ := a.object[name].(string)
	return text
}

func (a answer) list(name string) []object {
	items, _ := a.object[name].([]any)
	var objects []object
	for _, item := range items {
		one, _ := item.(map[string]any)
		objects = append(objects, one)
	}
	return objects
}

var partners = map[string]object{
	"honorary_twin_title":    {"name": "Cuzco", "country": "PE", "kind": "city"},
	"association_membership": {"name": "Eurocities", "country": "BE", "kind": "organisation"},
}

// begin opens a proposal of the form and returns its path.
func (h *house) begin(form string, changes ...object) string {
	h.t.Helper()
	partner := partners[form]
	if partner == nil {
		partner = object{"name": "Bordeaux", "country": "FR", "kind": "city"}
	}
	body := object{"form": form, "title": "Współpraca", "partner": partner, "fields": []string{"culture"}}
	for _, change := range changes {
		for name, value := range change {
			body[name] = value
			if value == nil {
				delete(body, name)
			}
		}
	}
	return h.post("/api/v1/proposals", "official", body).want(h.t, 201).header.Get("Location")
}

const pdf = "%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n"

// upload writes a multipart body; a part named file becomes one with the name of the file.
func upload(t testing.TB, fileName, content string, fields ...string) (io.Reader, string) {
	t.Helper()
	var body bytes.Buffer
	writer := multipart.NewWriter(&body)
	header := textproto.MIMEHeader{"Content-Disposition": {`form-data; name="file"; filename="` + fileName + `"`}}
	part, err := writer.CreatePart(header)
	check(t, err)
	_, err = io.WriteString(part, content)
	check(t, err)
	for i := 0; i < len(fields); i += 2 {
		check(t, writer.WriteField(fields[i], fields[i+1]))
	}
	check(t, writer.Close())
	return &body, writer.FormDataContentType()
}

func (h *house) attach(path, token, kind, fileName, content string, headers ...string) answer {
	h.t.Helper()
	body, kindOf := upload(h.t, fileName, content, "kind", kind)
	return h.ask(http.MethodPost, path+"/documents", token, body, append([]string{"Content-Type", kindOf}, headers...)...)
}
