package web_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"hejnal/cmd/hejnal/document"
)

// described is the OpenAPI document of a server, ready to hold answers against.
type described struct {
	document map[string]any
	compiler *jsonschema.Compiler
	mu       sync.Mutex
	schemas  map[string]*jsonschema.Schema
	paths    map[string]*regexp.Regexp
}

func readOpenAPI(t testing.TB, text []byte) *described {
	t.Helper()
	d := &described{compiler: jsonschema.NewCompiler(), schemas: map[string]*jsonschema.Schema{}, paths: map[string]*regexp.Regexp{}}
	check(t, json.Unmarshal(text, &d.document))
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	check(t, err)
	d.compiler.AssertFormat()
	check(t, d.compiler.AddResource("urn:openapi", document))
	for path := range d.document["paths"].(map[string]any) {
		pattern := regexp.MustCompile(`\\\{[a-z]+\\\}`).ReplaceAllString(regexp.QuoteMeta(path), `[^/]+`)
		d.paths[path] = regexp.MustCompile("^" + pattern + "$")
	}
	return d
}

// hold fails the test when an answer is not as the document says.
func (d *described) hold(t testing.TB, method, address string, got answer) {
	t.Helper()
	address, _, _ = strings.Cut(address, "?")
	for path, pattern := range d.paths {
		operation, ok := d.document["paths"].(map[string]any)[path].(map[string]any)[strings.ToLower(method)].(map[string]any)
		if !pattern.MatchString(address) || !ok {
			continue
		}
		responses, _ := operation["responses"].(map[string]any)
		at := "#/paths/" + strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(path) + "/" + strings.ToLower(method)
		status := strconv.Itoa(got.status)
		switch {
		case got.status == http.StatusPartialContent || got.status == http.StatusNotModified:
			return
		case got.status >= 400:
			at = "#/components/responses/Problem/content/application~1problem+json/schema"
		case responses[status] == nil:
			t.Errorf("%s %s: the document does not know the status %s", method, path, status)
			return
		default:
			at += "/responses/" + status + "/content/application~1json/schema"
		}
		d.holdJSON(t, at, got)
		return
	}
}

func (d *described) holdJSON(t testing.TB, at string, got answer) {
	t.Helper()
	if kind := got.header.Get("Content-Type"); kind != "application/json" && kind != "application/problem+json" {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	schema := d.schemas[at]
	if schema == nil {
		var err error
		if schema, err = d.compiler.Compile("urn:openapi" + at); err != nil {
			t.Errorf("compile schema at %s: %v", at, err)
			return
		}
		d.schemas[at] = schema
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(got.text))
	check(t, err)
	if err := schema.Validate(value); err != nil {
		t.Errorf("the answer is not as %s says: %v\n%s", at, err, got.text)
	}
}

// forProgramsOutside are the addresses for programs outside /api; every other one is a page, or a file that pages load.
var forProgramsOutside = []string{"/healthz", "/readyz", "/metrics", "/openapi.json", "/asyncapi.json"}

func TestEveryRouteIsDescribedAndEveryDescriptionIsARoute(t *testing.T) {
	h := newHouse(t)
	var described, routed []string
	for path, item := range h.openAPI.document["paths"].(map[string]any) {
		for method := range item.(map[string]any) {
			described = append(described, strings.ToUpper(method)+" "+path)
		}
	}
	check(t, chi.Walk(h.handler.(chi.Routes), func(method, route string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if method != http.MethodHead && (strings.HasPrefix(route, "/api/") || slices.Contains(forProgramsOutside, route)) {
			routed = append(routed, method+" "+route)
		}
		return nil
	}))
	slices.Sort(described)
	slices.Sort(routed)
	if !slices.Equal(described, routed) {
		t.Errorf("described %v\nrouted %v", described, routed)
	}
}

func TestTheDocumentSaysOfEveryOperationWhoMayWhatComesAndWhatIsRefused(t *testing.T) {
	h := newHouse(t)
	if servers := objects(h.openAPI.document["servers"]); len(servers) != 1 || servers[0]["url"] != "/" {
		t.Errorf("servers %v", servers)
	}
	for path, item := range h.openAPI.document["paths"].(map[string]any) {
		for method, described := range item.(map[string]any) {
			operation := described.(map[string]any)
			open := !strings.HasPrefix(path, "/api/") || strings.HasPrefix(path, "/api/v1/register") || path == "/api/v1/feed.atom"
			if security, ok := operation["security"].([]any); !ok || (len(security) == 0) != open {
				t.Errorf("%s %s: security %v", method, path, operation["security"])
			}
			refused := func(status string) bool { return strings.HasPrefix(status, "4") }
			if !slices.ContainsFunc(slices.Collect(maps.Keys(operation["responses"].(map[string]any))), refused) {
				t.Errorf("%s %s: no 4XX", method, path)
			}
		}
	}
	for body, field := range map[string]string{"ProposalPatch": "title", "PartnerPatch": "name"} {
		schema, err := h.openAPI.compiler.Compile("urn:openapi#/components/schemas/" + body)
		check(t, err)
		if err := schema.Validate(object{field: "x"}); err != nil || schema.Validate(object{}) == nil {
			t.Errorf("%s takes an empty object, or does not take a %s: %v", body, field, err)
		}
	}
	upload := at(h.openAPI.document, "paths", "/api/v1/proposals/{id}/documents", "post", "requestBody", "content", "multipart/form-data")
	for _, media := range document.MediaTypes() {
		if !strings.Contains(at(upload, "encoding", "file")["contentType"].(string), media) {
			t.Errorf("it does not say that a file of type %s is taken", media)
		}
	}
}

// at follows names into an object.
func at(value object, names ...string) object {
	for _, name := range names {
		value, _ = value[name].(object)
	}
	return value
}

func TestTheDocumentIsWhole(t *testing.T) {
	h := newHouse(t)
	text := h.get("/openapi.json", "").want(t, 200).text
	if h.openAPI.document["openapi"] != "3.1.0" {
		t.Errorf("openapi: %v", h.openAPI.document["openapi"])
	}
	ids := map[string]bool{}
	for _, found := range regexp.MustCompile(`"operationId":"([^"]+)"`).FindAllStringSubmatch(string(text), -1) {
		if ids[found[1]] {
			t.Errorf("two operations are called %s", found[1])
		}
		ids[found[1]] = true
	}
	components := h.openAPI.document["components"].(map[string]any)["schemas"].(map[string]any)
	for _, found := range regexp.MustCompile(`"#/components/schemas/([^"]+)"`).FindAllStringSubmatch(string(text), -1) {
		if components[found[1]] == nil {
			t.Errorf("there is no schema %s", found[1])
		}
	}
	for name := range components {
		if _, err := h.openAPI.compiler.Compile("urn:openapi#/components/schemas/" + name); err != nil {
			t.Errorf("schema %s: %v", name, err)
		}
	}
}
