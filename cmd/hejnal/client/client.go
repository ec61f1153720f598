// Package client calls the HTTP API of a Hejnał server, with a token. It decides nothing and keeps nothing: what the server
// refuses comes back as a [Problem].
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Bounds of a call.
const (
	maxAnswer = 64 << 20        // bytes of an answer
	timeout   = 5 * time.Minute // of one attempt, with an upload
	attempts  = 3               // of a call that cannot do harm twice
	pause     = time.Second     // between them
)

// Client calls one server. Its methods may be called at the same time.
type Client struct {
	base     *url.URL
	token    string
	language string
	http     *http.Client
	pause    time.Duration
}

// New makes a client of the server at an address such as http://127.0.0.1:8080. Texts come in the language, pl or en.
func New(server, token, language string) (*Client, error) {
	base, err := url.Parse(strings.TrimSuffix(server, "/"))
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return nil, fmt.Errorf("the server's address %q is none: it begins with http:// or https://", server)
	}
	if base.User != nil {
		return nil, errors.New("the server's address holds a user; the token says who asks")
	}
	return &Client{base: base, token: token, language: language, http: &http.Client{Timeout: timeout}, pause: pause}, nil
}

// call is one request.
type call struct {
	method, path string
	query        url.Values
	body         []byte
	media        string // of the body; JSON when empty
	key          string // idempotency key
	match        string // If-Match
}

// answer is what a call came to.
type answer struct {
	body []byte
}

// do makes a call. One that cannot do harm twice is tried again when the server cannot be reached or is just starting.
func (c *Client) do(ctx context.Context, asked call) (answer, error) {
	for attempt := 1; ; attempt++ {
		got, passing, err := c.once(ctx, asked)
		safe := asked.method == http.MethodGet || asked.key != ""
		if err == nil || !passing || !safe || attempt == attempts || ctx.Err() != nil {
			return got, err
		}
		timer := time.NewTimer(c.pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
		timer.Stop()
	}
}

// once makes a call one time; passing says that the same call may fare better later.
func (c *Client) once(ctx context.Context, asked call) (got answer, passing bool, err error) {
	address := c.base.JoinPath("api/v1", asked.path)
	address.RawQuery = asked.query.Encode()
	request, err := http.NewRequestWithContext(ctx, asked.method, address.String(), bytes.NewReader(asked.body))
	if err != nil {
		return answer{}, false, fmt.Errorf("make request: %w", err)
	}
	c.fill(request, asked)
	response, err := c.http.Do(request)
	if err != nil {
		return answer{}, true, fmt.Errorf("call the server (does it run at %s?): %w", c.base, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return answer{}, true, fmt.Errorf("read the server's answer: %w", err)
	}
	if response.StatusCode/100 != 2 {
		return answer{}, response.StatusCode == http.StatusServiceUnavailable || response.StatusCode == http.StatusBadGateway, problemOf(response, body)
	}
	if kind, _, err := mime.ParseMediaType(response.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return answer{}, false, fmt.Errorf("%s does not answer as a Hejnał server: it sent %q", c.base, response.Header.Get("Content-Type"))
	}
	return answer{body: body}, false, nil
}

func (c *Client) fill(request *http.Request, asked call) {
	header := request.Header
	header.Set("Authorization", "Bearer "+c.token)
	header.Set("Accept", "application/json")
	header.Set("Accept-Language", c.language)
	header.Set("User-Agent", "hejnal")
	if asked.body != nil {
		header.Set("Content-Type", "application/json")
	}
	if asked.media != "" {
		header.Set("Content-Type", asked.media)
	}
	if asked.key != "" {
		header.Set("Idempotency-Key", asked.key)
	}
	if asked.match != "" {
		header.Set("If-Match", asked.match)
	}
}

// read reads a JSON answer.
func read(got answer, into any) error {
	if err := json.Unmarshal(got.body, into); err != nil {
		return fmt.Errorf("read the server's answer: %w", err)
	}
	return nil
}
