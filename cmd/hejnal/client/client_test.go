package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hejnal/cmd/hejnal/client"
)

// serving makes a client of a server that answers by the handler.
func serving(t *testing.T, handler http.HandlerFunc) *client.Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	t.Cleanup(http.DefaultTransport.(*http.Transport).CloseIdleConnections)
	made, err := client.New(server.URL, "secret", "en")
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func answer(w http.ResponseWriter, status int, body string) {
	kind := "application/json"
	if status >= http.StatusBadRequest {
		kind = "application/problem+json"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Language", "en")
	w.WriteHeader(status)
	fmt.Fprint(w, body)
}

func TestAddressesThatAreNoneAreRefused(t *testing.T) {
	for _, address := range []string{"", "example.org", "ftp://example.org", "http://", "http://user:password@example.org", "http://a b"} {
		if _, err := client.New(address, "secret", "pl"); err == nil {
			t.Errorf("%q was taken", address)
		} else if strings.Contains(err.Error(), "password") {
			t.Errorf("the refusal of %q tells the password: %v", address, err)
		}
	}
}

func TestACallSaysWhoAsksAndInWhichLanguage(t *testing.T) {
	c := serving(t, func(w http.ResponseWriter, r *http.Request) {
		want := map[string]string{
			"Authorization": "Bearer secret", "Accept-Language": "en", "Idempotency-Key": "k", "If-Match": `"7"`, "Content-Type": "application/json",
		}
		for name, value := range want {
			if got := r.Header.Get(name); got != value {
				t.Errorf("%s is %q, want %q", name, got, value)
			}
		}
		body, _ := io.ReadAll(r.Body)
		if diff := cmp.Diff(`{"transition":"propose","inputs":{"n":1}}`, string(body)); diff != "" {
			t.Error(diff)
		}
		answer(w, http.StatusCreated, `{"transition":"propose","from":"a","to":"b","pos":9}`)
	})
	made, err := c.Advance(t.Context(), "id", client.Command{
		Transition: "propose", Inputs: map[string]json.RawMessage{"n": json.RawMessage("1")},
	}, client.Condition{Key: "k", Version: 7})
	if err != nil || made.Pos != 9 || made.To != "b" {
		t.Errorf("made %+v: %v", made, err)
	}
}

func TestOnlyWhatCannotDoHarmTwiceIsTriedAgain(t *testing.T) {
	for name, c := range map[string]struct {
		key    string
		status int
		want   int
	}{
		"with a key, the server starts":    {"k", http.StatusServiceUnavailable, 3},
		"without a key, the server starts": {"", http.StatusServiceUnavailable, 1},
		"with a key, refused":              {"k", http.StatusConflict, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			keys := []string{}
			api := serving(t, func(w http.ResponseWriter, r *http.Request) {
				keys = append(keys, r.Header.Get("Idempotency-Key"))
				answer(w, c.status, `{"title":"No"}`)
			})
			if _, err := api.Propose(t.Context(), client.NewProposal{}, c.key); err == nil {
				t.Error("it was accepted")
			}
			if len(keys) != c.want {
				t.Errorf("%d attempts, want %d", len(keys), c.want)
			}
			for _, key := range keys {
				if key != c.key {
					t.Errorf("key %q became %q", c.key, key)
				}
			}
		})
	}
}

func TestAnEndedContextEndsTheAttempts(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	attempts := 0
	api := serving(t, func(w http.ResponseWriter, _ *http.Request) {
		attempts++
		cancel()
		answer(w, http.StatusServiceUnavailable, `{"title":"Starting"}`)
	})
	if _, err := api.Proposal(ctx, "id"); err == nil || attempts != 1 {
		t.Errorf("%d attempts: %v", attempts, err)
	}
}

// pages serves so many proposals, numbered from 1, by cursors.
func pages(t *testing.T, total int, sizes *[]string) http.HandlerFunc {
	t.Helper()
	return func(w http.ResponseWriter, r *http.Request) {
		begin, _ := strconv.Atoi(r.URL.Query().Get("cursor"))
		size, err := strconv.Atoi(r.URL.Query().Get("limit"))
		if err != nil {
			t.Error(err)
		}
		*sizes = append(*sizes, r.URL.Query().Get("limit")+" of "+r.URL.Query().Get("form"))
		items := []string{}
		for n := begin + 1; n <= min(begin+size, total); n++ {
			items = append(items, fmt.Sprintf(`{"id":"id%d","number":"%d/2026","new":true}`, n, n))
		}
		next := ""
		if begin+size < total {
			next = fmt.Sprint(begin + size)
		}
		answer(w, http.StatusOK, fmt.Sprintf(`{"items":[%s],"next_cursor":%q}`, strings.Join(items, ","), next))
	}
}

func TestAListFollowsThePages(t *testing.T) {
	for _, c := range []struct {
		total, limit, want int
		sizes              []string
	}{
		{450, 0, 450, []string{"200 of f", "200 of f", "200 of f"}},
		{450, 250, 250, []string{"200 of f", "50 of f"}},
		{3, 50, 3, []string{"50 of f"}},
		{0, 0, 0, []string{"200 of f"}},
	} {
		var sizes []string
		found, err := serving(t, pages(t, c.total, &sizes)).List(t.Context(), url.Values{"form": {"f"}}, c.limit)
		if err != nil || len(found) != c.want {
			t.Fatalf("%d of %d: %v", len(found), c.total, err)
		}
		if diff := cmp.Diff(c.sizes, sizes); diff != "" {
			t.Error(diff)
		}
		if c.want > 0 && !strings.Contains(string(found[0].Raw), `"new":true`) {
			t.Error("what is not known is lost")
		}
	}
}

func TestACaseIsFoundByItsNumberAloneOrItsID(t *testing.T) {
	var sizes []string
	api := serving(t, pages(t, 30, &sizes))
	if id, err := api.Find(t.Context(), "3/2026"); err != nil || id != "id3" {
		t.Errorf("found %q: %v", id, err)
	}
	if id, err := api.Find(t.Context(), "31/2026"); err == nil {
		t.Errorf("found %q", id)
	}
	calls := len(sizes)
	const id = "01998f6e-0000-7000-8000-000000000001"
	if got, err := api.Find(t.Context(), id); err != nil || got != id || len(sizes) != calls {
		t.Errorf("found %q: %v", got, err)
	}
}

func TestARefusalTellsEveryReason(t *testing.T) {
	api := serving(t, func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusConflict, `{"title":"Blocked","status":409,"detail":"The partner has a title already.","blocked_by":[
			{"code":"title","message":{"pl":"Tytuł","en":"The partner has a title already."},"basis":"art. 1","severity":"block","who":["official","president"],"cleared_by":["redraft"]},
			{"code":"likeness","message":{"pl":"Podobieństwo","en":"Likeness is not shown."},"severity":"warn"}]}`)
	})
	_, err := api.Advance(t.Context(), "id", client.Command{}, client.Condition{})
	var problem *client.Problem
	if !errors.As(err, &problem) || problem.Status != http.StatusConflict || len(problem.BlockedBy) != 2 {
		t.Fatalf("answered %v", err)
	}
	want := "Blocked (409)\n" +
		"  - The partner has a title already. [art. 1] → official, president by redraft\n" +
		"  - Likeness is not shown. [warning: passes with --justification]"
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Error(diff)
	}
}

func TestWrongInputsAreToldByTheirPlace(t *testing.T) {
	api := serving(t, func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusUnprocessableEntity, `{"title":"Invalid","detail":"Correct the data.","errors":[{"pointer":"/inputs/n","message":"Give a whole number."}]}`)
	})
	_, err := api.Proposal(t.Context(), "id")
	if want := "Invalid (422): Correct the data.\n  - /inputs/n: Give a whole number."; err == nil || err.Error() != want {
		t.Errorf("answered %v", err)
	}
}

func TestAnAnswerOfSomethingElseIsToldAsSuch(t *testing.T) {
	page := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(status)
			fmt.Fprint(w, "<h1>It works</h1>")
		}
	}
	if _, err := serving(t, page(http.StatusOK)).Proposal(t.Context(), "id"); err == nil || !strings.Contains(err.Error(), "does not answer as a Hejnał server") {
		t.Errorf("answered %v", err)
	}
	if _, err := serving(t, page(http.StatusForbidden)).Proposal(t.Context(), "id"); err == nil || err.Error() != "Forbidden (403): <h1>It works</h1>" {
		t.Errorf("answered %v", err)
	}
	half := func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, `{"id":`) }
	if _, err := serving(t, half).Proposal(t.Context(), "id"); err == nil {
		t.Error("half an answer was taken")
	}
}

func TestAnUploadHasTheSameBytesEveryTime(t *testing.T) {
	var bodies [][]byte
	api := serving(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		bodies = append(bodies, body)
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			t.Error(err)
		}
		file, header, err := r.FormFile("file")
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(file)
		if r.FormValue("kind") != "agreement" || r.FormValue("title") != "Umowa" || header.Filename != "umowa.pdf" || string(text) != "bytes" {
			t.Errorf("got %v, %s, %q", r.MultipartForm.Value, header.Filename, text)
		}
		answer(w, http.StatusCreated, `{"id":"d","proposal_version":4}`)
	})
	for range 2 {
		attached, err := api.Attach(t.Context(), "id", client.Attachment{Kind: "agreement", Title: "Umowa", FileName: "umowa.pdf", Bytes: []byte("bytes")}, client.Condition{Key: "k"})
		if err != nil || attached.ProposalVersion != 4 {
			t.Fatalf("%+v: %v", attached, err)
		}
	}
	if diff := cmp.Diff(bodies[0], bodies[1]); diff != "" {
		t.Error(diff)
	}
}
