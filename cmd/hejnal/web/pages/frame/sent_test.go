package frame_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/web/pages/frame"
)

func TestLinesThatAreSentEndWithOneCharacter(t *testing.T) {
	const browsers, want = "pierwszy\r\n\r\ndrugi\r\n", "pierwszy\n\ndrugi\n"
	var parts bytes.Buffer
	form := multipart.NewWriter(&parts)
	if err := form.WriteField("text", browsers); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	for kind, body := range map[string]string{
		"application/x-www-form-urlencoded": url.Values{"text": {browsers}}.Encode(), form.FormDataContentType(): parts.String(),
	} {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(body))
		request.Header.Set("Content-Type", kind)
		sent, err := new(frame.Site).Read(request)
		if got := sent.Values.Get("text"); err != nil || got != want {
			t.Errorf("%s: %q, %v", kind, got, err)
		}
	}
}
