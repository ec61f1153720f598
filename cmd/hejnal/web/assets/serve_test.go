package assets_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/web/assets"
)

var names = []string{"govuk-frontend.min.css", "hejnal.css", "hejnal.js", "favicon.svg", "govuk-frontend.LICENSE.txt"}

// ask serves the asset of this name for a request with these headers, each name before its value.
func ask(t *testing.T, method, name, address string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, address, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	if !assets.Serve(w, r, name) {
		t.Fatalf("there is no %s", name)
	}
	return w.Result()
}

func address(t *testing.T, name string) string {
	t.Helper()
	url, err := assets.URL(name)
	if err != nil {
		t.Fatal(err)
	}
	return url
}

func body(t *testing.T, r io.Reader) string {
	t.Helper()
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestAnAssetIsServedWithItsTypePlainAndPacked(t *testing.T) {
	types := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8"}
	for _, name := range names {
		plain := ask(t, http.MethodGet, name, address(t, name))
		if got, want := plain.Header.Get("Content-Type"), types[name[strings.LastIndex(name, "."):]]; got != want {
			t.Errorf("%s: type %q, want %q", name, got, want)
		}
		packed := ask(t, http.MethodGet, name, address(t, name), "Accept-Encoding", "br, gzip")
		if packed.Header.Get("Content-Encoding") != "gzip" || packed.Header.Get("ETag") == plain.Header.Get("ETag") {
			t.Errorf("%s: packed answer has headers %v", name, packed.Header)
		}
		unpacked, err := gzip.NewReader(packed.Body)
		if err != nil {
			t.Fatal(err)
		}
		if content := body(t, plain.Body); content == "" || content != body(t, unpacked) {
			t.Errorf("%s: unpacked it is not what is served plain", name)
		}
	}
}

func TestOnlyThePresentVersionMayBeKept(t *testing.T) {
	const name = "hejnal.css"
	for asked, want := range map[string]string{
		address(t, name):                "public, max-age=31536000, immutable",
		assets.Prefix + name:            "no-cache",
		assets.Prefix + name + "?v=old": "no-cache",
	} {
		if got := ask(t, http.MethodGet, name, asked).Header.Get("Cache-Control"); got != want {
			t.Errorf("%s: %q, want %q", asked, got, want)
		}
	}
}

func TestWhoHoldsTheVersionGetsNoBody(t *testing.T) {
	const name = "hejnal.js"
	tag := ask(t, http.MethodGet, name, address(t, name), "Accept-Encoding", "gzip").Header.Get("ETag")
	for held, want := range map[string]int{tag: 304, "W/" + tag: 304, `"other", ` + tag: 304, "*": 304, `"other"`: 200, "": 200} {
		answer := ask(t, http.MethodGet, name, address(t, name), "Accept-Encoding", "gzip", "If-None-Match", held)
		if answer.StatusCode != want {
			t.Errorf("%s: %d, want %d", held, answer.StatusCode, want)
		}
		if empty := body(t, answer.Body) == ""; empty != (want == 304) {
			t.Errorf("%s: body empty is %v", held, empty)
		}
	}
}

func TestHeadHasTheLengthAndNoBody(t *testing.T) {
	answer := ask(t, http.MethodHead, "hejnal.css", address(t, "hejnal.css"))
	if answer.Header.Get("Content-Length") == "" || body(t, answer.Body) != "" {
		t.Errorf("headers %v, or a body", answer.Header)
	}
}

func TestGzipIsSentOnlyToWhoTakesIt(t *testing.T) {
	for accepted, want := range map[string]string{
		"gzip": "gzip", "GZIP;q=0.5": "gzip", "deflate, x-gzip": "gzip", "*": "gzip", "br;q=1, *;q=0.1": "gzip",
		"": "", "br": "", "gzip;q=0": "", "gzip; q=0.000": "", "*;q=0": "", "gzip;q=0, *": "", "identity": "",
	} {
		answer := ask(t, http.MethodGet, "hejnal.css", address(t, "hejnal.css"), "Accept-Encoding", accepted)
		if got := answer.Header.Get("Content-Encoding"); got != want {
			t.Errorf("%q: encoding %q, want %q", accepted, got, want)
		}
		if answer.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: no Vary", accepted)
		}
	}
}

func TestAnUnknownNameIsLeftToTheCaller(t *testing.T) {
	for _, name := range []string{"", "nothing.css", "vendored/govuk-frontend.min.css", "../assets.go", "manifest.json"} {
		w := httptest.NewRecorder()
		if assets.Serve(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil), name) || w.Body.Len() > 0 || len(w.Header()) > 0 {
			t.Errorf("%q is answered", name)
		}
		if url, err := assets.URL(name); err == nil {
			t.Errorf("%q has the address %s", name, url)
		}
	}
}

// A first visit to a page may transfer 100 KB; the page needs the rest.
func TestStylesAndScriptsStayLight(t *testing.T) {
	total := 0
	for _, name := range []string{"govuk-frontend.min.css", "hejnal.css", "hejnal.js"} {
		total += len(body(t, ask(t, http.MethodGet, name, address(t, name), "Accept-Encoding", "gzip").Body))
	}
	if total > 60_000 {
		t.Errorf("styles and scripts weigh %d bytes packed", total)
	}
	t.Logf("%d bytes packed", total)
}
