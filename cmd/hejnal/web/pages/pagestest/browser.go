package pagestest

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/textproto"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// Browser is one reader, with cookies of their own. It follows no redirect by itself, see Page.Follow.
type Browser struct {
	// Language is what the reader's browser asks for: pl or en.
	Language string

	house  *House
	client *http.Client
}

// Visitor is a reader who is not signed in.
func (h *House) Visitor() *Browser {
	h.t.Helper()
	jar, err := cookiejar.New(nil)
	h.check(err)
	return &Browser{Language: "pl", house: h, client: &http.Client{
		Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// SignIn is a reader who is signed in.
func (h *House) SignIn(login string) *Browser {
	h.t.Helper()
	b := h.Visitor()
	b.Post("/logowanie", url.Values{"login": {login}, "password": {Password}}).Want(http.StatusSeeOther)
	return b
}

// English is the same reader with a browser that asks for English.
func (b *Browser) English() *Browser {
	other := *b
	other.Language = "en"
	return &other
}

// Get opens an address of the site.
func (b *Browser) Get(address string) *Page {
	b.house.t.Helper()
	return b.do(http.MethodGet, address, nil, "")
}

// Post sends a form without files.
func (b *Browser) Post(address string, values url.Values) *Page {
	b.house.t.Helper()
	return b.do(http.MethodPost, address, strings.NewReader(values.Encode()), "application/x-www-form-urlencoded")
}

// File is a file that is chosen in a field of a form.
type File struct {
	Field, Name string
	Content     string
}

// PDF is a small file that is taken as a document; two with different texts are different files.
func PDF(text string) string {
	return "%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n% " + text + "\n%%EOF\n"
}

// Upload sends a form with files.
func (b *Browser) Upload(address string, values url.Values, files ...File) *Page {
	t := b.house.t
	t.Helper()
	var body bytes.Buffer
	writer := multipart.NewWriter(&body)
	for name, given := range values {
		for _, value := range given {
			b.house.check(writer.WriteField(name, value))
		}
	}
	for _, file := range files {
		part, err := writer.CreatePart(textproto.MIMEHeader{
			"Content-Disposition": {`form-data; name="` + file.Field + `"; filename="` + file.Name + `"`}, "Content-Type": {"application/octet-stream"},
		})
		b.house.check(err)
		_, err = io.WriteString(part, file.Content)
		b.house.check(err)
	}
	b.house.check(writer.Close())
	return b.do(http.MethodPost, address, &body, writer.FormDataContentType())
}

func (b *Browser) do(method, address string, body io.Reader, kind string) *Page {
	t := b.house.t
	t.Helper()
	request, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), method, b.house.URL+address, body)
	b.house.check(err)
	request.Header.Set("Accept", "text/html")
	request.Header.Set("Accept-Language", b.Language)
	if kind != "" {
		request.Header.Set("Content-Type", kind)
	}
	response, err := b.client.Do(request)
	b.house.check(err)
	text, err := io.ReadAll(response.Body)
	b.house.check(err)
	b.house.check(response.Body.Close())
	page := &Page{Status: response.StatusCode, Header: response.Header, Body: string(text), Path: address, t: t, by: b}
	if strings.HasPrefix(response.Header.Get("Content-Type"), "text/html") {
		page.Root, err = html.Parse(bytes.NewReader(text))
		b.house.check(err)
	}
	return page
}
