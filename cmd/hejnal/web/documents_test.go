package web_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

func TestADocumentIsAttachedListedAndRead(t *testing.T) {
	h := newHouse(t)
	path := h.begin("sector_agreement")
	content := "Stołecznego Królewskiego Miasta Krakowa dotyczy ta umowa."
	made := h.attach(path, "official", "agreement_text", "umowa ż.txt", content).want(t, 201)
	if made.str("names_city") != "yes" || made.str("media_type") != "text/plain" || made.header.Get("ETag") != `"2"` || made.object["size"] != float64(len(content)) {
		t.Errorf("document: %s", made.text)
	}
	listed := h.get(path+"/documents", "auditor").want(t, 200).list("items")
	if len(listed) != 1 || listed[0]["id"] != made.object["id"] {
		t.Errorf("list: %v", listed)
	}
	read := h.get(made.header.Get("Location"), "auditor").want(t, 200)
	if string(read.text) != content {
		t.Errorf("content: %s", read.text)
	}
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'",
		"Content-Disposition": "attachment; filename*=utf-8''umowa%20%C5%BC.txt", "ETag": `"` + made.str("sha256") + `"`,
	} {
		if got := read.header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	part := h.get(made.header.Get("Location"), "auditor", "Range", "bytes=0-9").want(t, http.StatusPartialContent)
	if string(part.text) != content[:10] {
		t.Errorf("range: %q", part.text)
	}
	beyond := h.get(made.header.Get("Location"), "auditor", "Range", "bytes=1000-", "Accept-Language", "en").want(t, http.StatusRequestedRangeNotSatisfiable)
	if beyond.str("code") != "no_range" || beyond.header.Get("Content-Range") != "bytes */"+strconv.Itoa(len(content)) || beyond.header.Get("Cache-Control") == "public, max-age=3600" {
		t.Errorf("a part beyond the end: %s %v", beyond.text, beyond.header)
	}
	if other := h.get(made.header.Get("Location"), "auditor", "If-Match", `"x"`).want(t, http.StatusPreconditionFailed); other.str("code") != "stale" {
		t.Errorf("another file: %s", other.text)
	}
	h.get(made.header.Get("Location"), "").want(t, 401)
}

func TestAnUploadIsRefusedWithAReason(t *testing.T) {
	h := newHouse(t)
	attaching := func(token, kind, name, content string) func(*house, string) answer {
		return func(h *house, path string) answer { return h.attach(path, token, kind, name, content) }
	}
	large := pdf + strings.Repeat("x", 26<<20)
	refuse(t, h, h.begin("sector_agreement"), []attempt{
		{"no bytes", attaching("official", "other", "a.pdf", ""), 422, "invalid", "/file", nil},
		{"26 MiB", attaching("official", "other", "a.pdf", large), 413, "too_large", "", []string{"25 MiB"}},
		{"26 MiB of another type", attaching("official", "other", "a.exe", "MZ"+large), 413, "too_large", "", []string{"25 MiB"}},
		{"26 MiB without its length", func(h *house, path string) answer {
			body, kind := upload(t, "a.pdf", large, "kind", "other")
			return h.ask(http.MethodPost, path+"/documents", "official", struct{ io.Reader }{body}, "Content-Type", kind)
		}, 413, "too_large", "", []string{"25 MiB"}},
		{"a program", attaching("official", "other", "a.exe", "MZ\x90\x00"+strings.Repeat("\x00", 200)), 422, "invalid", "/file", []string{"PDF, DOCX, ODT"}},
		{"a page", attaching("official", "other", "a.html", "<!DOCTYPE html><html><script>alert(1)</script></html>"), 422, "invalid", "/file", []string{"PDF"}},
		{"a drawing", attaching("official", "other", "a.svg", `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`), 422, "invalid", "/file", nil},
		{"a drawing that hides", attaching("official", "other", "a.xml", `<?xml version="1.0"?><!--`+strings.Repeat("x", 5000)+`--><svg xmlns="http://www.w3.org/2000/svg"/>`), 422, "invalid", "/file", nil},
		{"an archive", attaching("official", "other", "a.zip", zipped(t, "a.txt", "a")), 422, "invalid", "/file", nil},
		{"a document with its text twice", attaching("official", "other", "a.docx", zipped(t, "[Content_Types].xml", "<Types/>", "word/document.xml", "<a/>", "word/document.xml", "<b/>")), 422, "invalid", "/file", []string{"zapisz na nowo"}},
		{"a page that says it is a PDF", attaching("official", "other", "a.pdf", "<html><body>x</body></html>"), 422, "invalid", "/file", nil},
		{"a PDF that says it is a text", attaching("official", "other", "a.txt", pdf), 422, "invalid", "/file", []string{"z jego treścią (PDF)"}},
		{"text that is no UTF-8", attaching("official", "other", "a.txt", "za\xbf\xf3\xb3\xe6 i co\xb6"), 422, "invalid", "/file", nil},
		{"a path in its name", attaching("official", "other", "../../etc/passwd", pdf), 422, "invalid", "/file", nil},
		{"a name that turns its writing round", attaching("official", "other", "umowa\u202efdp.exe.pdf", pdf), 422, "invalid", "/file", nil},
		{"a drive in its name", attaching("official", "other", `C:\umowa.pdf`, pdf), 422, "invalid", "/file", nil},
		{"an unknown kind", attaching("official", "recipe", "a.pdf", pdf), 422, "invalid", "/kind", []string{"agreement_text"}},
		{"no kind", func(h *house, path string) answer {
			body, kind := upload(t, "a.pdf", pdf)
			return h.ask(http.MethodPost, path+"/documents", "official", body, "Content-Type", kind)
		}, 422, "invalid", "/kind", nil},
		{"an unknown part", func(h *house, path string) answer {
			body, kind := upload(t, "a.pdf", pdf, "kind", "other", "colour", "red")
			return h.ask(http.MethodPost, path+"/documents", "official", body, "Content-Type", kind)
		}, 422, "invalid", "/colour", nil},
		{"a day that does not exist", func(h *house, path string) answer {
			body, kind := upload(t, "a.pdf", pdf, "kind", "other", "date", "2026-02-30")
			return h.ask(http.MethodPost, path+"/documents", "official", body, "Content-Type", kind)
		}, 422, "invalid", "/date", nil},
		{"a title that is no UTF-8", func(h *house, path string) answer {
			body, kind := upload(t, "a.pdf", pdf, "kind", "other", "title", "\xff")
			return h.ask(http.MethodPost, path+"/documents", "official", body, "Content-Type", kind)
		}, 400, "unreadable", "", nil},
		{"a body that breaks off", func(h *house, path string) answer {
			body, kind := upload(t, "a.pdf", pdf, "kind", "other")
			whole := body.(*bytes.Buffer).Bytes()
			return h.ask(http.MethodPost, path+"/documents", "official", bytes.NewReader(whole[:len(whole)/2]), "Content-Type", kind)
		}, 400, "unreadable", "", nil},
		{"no parts", func(h *house, path string) answer { return h.post(path+"/documents", "official", object{}) }, 415, "unreadable", "", nil},
		{"an auditor", attaching("auditor", "other", "a.pdf", pdf), 403, "forbidden", "", []string{"official"}},
		{"nobody", attaching("", "other", "a.pdf", pdf), 401, "unauthorized", "", nil},
	})
}

func zipped(t *testing.T, entries ...string) string {
	t.Helper()
	var file bytes.Buffer
	writer := zip.NewWriter(&file)
	for i := 0; i < len(entries); i += 2 {
		entry, err := writer.Create(entries[i])
		check(t, err)
		_, err = entry.Write([]byte(entries[i+1]))
		check(t, err)
	}
	check(t, writer.Close())
	return file.String()
}
