package casefile_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web"
	"hejnal/cmd/hejnal/web/intake"
	"hejnal/cmd/hejnal/web/pages/pagestest"
)

// unpack reads a packet: its names in their order, and what they hold.
func unpack(t *testing.T, body string) (names []string, held map[string]string) {
	t.Helper()
	reader, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	held = map[string]string{}
	for _, entry := range reader.File {
		file, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, entry.Name)
		held[entry.Name] = string(content)
	}
	return names, held
}

func packetOf(t *testing.T, browser *pagestest.Browser, id string) (names []string, held map[string]string) {
	t.Helper()
	answer := browser.Get("/sprawy/" + id + "/pakiet.zip").Want(http.StatusOK)
	if kind := answer.Header.Get("Content-Type"); kind != "application/zip" || !strings.Contains(answer.Header.Get("Content-Disposition"), ".zip") {
		t.Errorf("answer of type %s, %s", kind, answer.Header.Get("Content-Disposition"))
	}
	return unpack(t, answer.Body)
}

func TestAPacketHoldsTheWholeCase(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("twin_city_agreement", "in_force")
	official := house.SignIn("official")
	names, held := packetOf(t, official, id)
	proposal := house.Case(id)
	for i, d := range proposal.Documents {
		if !strings.HasPrefix(names[i], fmt.Sprintf("dokumenty/%02d-", i+1)) {
			t.Errorf("document %d is %s", i, names[i])
		}
		if sum := sha256.Sum256([]byte(held[names[i]])); hex.EncodeToString(sum[:]) != d.SHA256 {
			t.Errorf("%s is another file", names[i])
		}
	}
	if rest := names[len(proposal.Documents):]; !slices.Equal(rest, []string{"sprawa.html", "historia.jsonl", "SHA256SUMS"}) {
		t.Errorf("beside the documents: %v", rest)
	}
	for _, name := range names[:len(names)-1] {
		if line := fmt.Sprintf("%x  %s\n", sha256.Sum256([]byte(held[name])), name); !strings.Contains(held["SHA256SUMS"], line) {
			t.Errorf("no sum of %s", name)
		}
	}
	if again := official.Get("/sprawy/" + id + "/pakiet.zip"); again.Body != official.Get("/sprawy/"+id+"/pakiet.zip").Body {
		t.Error("the same case gives two packets")
	}
}

func TestThePageOfAPacketTellsTheCaseInWords(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "on_agenda")
	proposal := house.Case(id)
	for language, browser := range map[string]*pagestest.Browser{"pl": house.SignIn("official"), "en": house.SignIn("official").English()} {
		names, held := packetOf(t, browser, id)
		page := pagestest.Parse(t, held["sprawa.html"])
		words := map[string][]string{
			"pl": {"Data zdarzenia: 2 marca 2026", "Zapisano: 2 marca 2026", "Projekt uchwały", "official Nowak", "W porządku obrad"},
			"en": {"Happened on: 2 March 2026", "Recorded: 2 March 2026", "Draft resolution", "official Nowak", "On the agenda"},
		}
		page.Says(append(words[language], proposal.Number, proposal.Title, proposal.Partner.Name)...)
		for i, d := range proposal.Documents {
			page.Says(d.SHA256)
			if !strings.Contains(held["sprawa.html"], `href="`+names[i]+`"`) {
				t.Errorf("no link to %s", names[i])
			}
		}
		if strings.Contains(held["sprawa.html"], "src=") || strings.Contains(held["sprawa.html"], `rel="stylesheet"`) {
			t.Error("the page needs other files to be shown")
		}
	}
}

func TestThePageOfAPacketTellsWhatWasCorrected(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "print_registered")
	house.Do(id, "place_on_agenda")
	house.Do(id, "correct_entry", pagestest.Inputs{"field": "/inputs/session_date", "value": "2026-03-05"})
	_, held := packetOf(t, house.SignIn("official"), id)
	pagestest.Parse(t, held["sprawa.html"]).Says("Data sesji 5 marca 2026 (po sprostowaniu; wpisano: 2 marca 2026)", "Sprostowano wpisem")
}

func TestTheHistoryInAPacketIsTheOneThatTheAPIGives(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("twin_city_agreement", "agreement_signed")
	for _, login := range []string{"official", "auditor", "admin"} {
		_, held := packetOf(t, house.SignIn(login), id)
		var lines []json.RawMessage
		for line := range strings.Lines(held["historia.jsonl"]) {
			lines = append(lines, json.RawMessage(strings.TrimSpace(line)))
		}
		got, err := json.Marshal(lines)
		if err != nil {
			t.Fatal(err)
		}
		if want := transitionsOf(t, house, login, id); string(got) != want {
			t.Errorf("%s reads\n%s\nand by the API\n%s", login, got, want)
		}
	}
}

func transitionsOf(t *testing.T, house *pagestest.House, login, id string) string {
	t.Helper()
	hash := sha256.Sum256([]byte(login))
	if _, err := house.Engine.CreateToken(t.Context(), login, hex.EncodeToString(hash[:]), 0); err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, house.URL+"/api/v1/proposals/"+id+"/transitions", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+login)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var list struct{ Items json.RawMessage }
	if err := json.NewDecoder(response.Body).Decode(&list); err != nil {
		t.Fatal(err)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, list.Items); err != nil {
		t.Fatal(err)
	}
	return compact.String()
}

// losing keeps files, and loses or breaks those that it is told to.
type losing struct {
	intake.Blobs
	mu    sync.Mutex
	wrong map[string]func(io.ReadSeekCloser) (io.ReadSeekCloser, error)
}

// Get gives a file, or what is left of it.
func (l *losing) Get(ctx context.Context, sum string) (io.ReadSeekCloser, error) {
	file, err := l.Blobs.Get(ctx, sum)
	l.mu.Lock()
	defer l.mu.Unlock()
	if wrong := l.wrong[sum]; wrong != nil && err == nil {
		return wrong(file)
	}
	return file, err
}

// breaking is a file that can be read once.
type breaking struct {
	io.ReadSeekCloser
	again bool
}

// Seek goes back, and breaks.
func (b *breaking) Seek(offset int64, whence int) (int64, error) {
	b.again = true
	return b.ReadSeekCloser.Seek(offset, whence)
}

// Read reads the first time.
func (b *breaking) Read(bytes []byte) (int, error) {
	if b.again {
		return 0, errors.New("the disk broke")
	}
	return b.ReadSeekCloser.Read(bytes)
}

// lines is a log that many write and one reads.
type lines struct {
	mu      sync.Mutex
	written strings.Builder
}

// Write keeps a record.
func (l *lines) Write(record []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.written.Write(record)
}

// String is everything that was logged.
func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.written.String()
}

func losingHouse(t *testing.T) (*pagestest.House, *losing, *lines) {
	t.Helper()
	blobs, log := &losing{wrong: map[string]func(io.ReadSeekCloser) (io.ReadSeekCloser, error){}}, &lines{}
	house := pagestest.New(t, func(options *web.Options) {
		blobs.Blobs, options.Blobs = options.Blobs, blobs
		options.Log = slog.New(slog.NewJSONHandler(log, nil))
	})
	return house, blobs, log
}

func TestAPacketNamesTheFilesThatAreGone(t *testing.T) {
	house, blobs, log := losingHouse(t)
	id := house.Bring("sector_agreement", "on_agenda")
	gone := house.Case(id).Documents[1]
	blobs.wrong[gone.SHA256] = func(file io.ReadSeekCloser) (io.ReadSeekCloser, error) {
		return nil, errors.Join(errors.New("gone"), file.Close())
	}
	names, held := packetOf(t, house.SignIn("auditor"), id)
	if !slices.Contains(names, "BRAKI.txt") || !strings.Contains(held["BRAKI.txt"], gone.SHA256) || strings.Contains(held["BRAKI.txt"], house.Case(id).Documents[0].SHA256) {
		t.Errorf("%v: %s", names, held["BRAKI.txt"])
	}
	pagestest.Parse(t, held["sprawa.html"]).Says("Pakiet jest niekompletny", "brak pliku")
	if !strings.Contains(log.String(), gone.SHA256) {
		t.Errorf("nothing is logged of it: %s", log)
	}
}

func TestAPacketThatBreaksOffIsNoZIP(t *testing.T) {
	house, blobs, log := losingHouse(t)
	id := house.Begin("sector_agreement")
	broken := house.Attach(id, "partner_letter", "official")
	blobs.wrong[broken.SHA256] = func(file io.ReadSeekCloser) (io.ReadSeekCloser, error) { return &breaking{ReadSeekCloser: file}, nil }
	// Nothing was sent yet: the reader is told.
	house.SignIn("auditor").Get("/sprawy/" + id + "/pakiet.zip").Want(http.StatusInternalServerError)

	id = house.Begin("sector_agreement")
	content := strings.Repeat("x", 1<<20) // more than any buffer holds
	hash, size, err := house.Blobs.Put(t.Context(), strings.NewReader(content), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	_, err = house.Engine.Attach(t.Context(), engine.Request{By: house.By("official")}, id, engine.File{
		Kind: "partner_letter", FileName: "a.txt", MediaType: "text/plain", Size: size, SHA256: hash, NamesCity: "unknown",
	})
	if err != nil {
		t.Fatal(err)
	}
	second := house.Attach(id, "partner_letter", "official")
	blobs.wrong[second.SHA256] = blobs.wrong[broken.SHA256]
	body, err := read(t, house, "auditor", "/sprawy/"+id+"/pakiet.zip")
	if _, unzipped := zip.NewReader(bytes.NewReader(body), int64(len(body))); err == nil || unzipped == nil {
		t.Errorf("half a packet ends as if it were whole: %v, %v", err, unzipped)
	}
	if !strings.Contains(log.String(), `"error":"write packet of case `+id+`: `) {
		t.Errorf("nothing is logged of it: %s", log)
	}
}

// read reads an answer that may break off.
func read(t *testing.T, house *pagestest.House, login, path string) ([]byte, error) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := http.Client{Jar: jar}
	signed, err := client.PostForm(house.URL+"/logowanie", url.Values{"login": {login}, "password": {pagestest.Password}})
	if err != nil {
		t.Fatal(err)
	}
	if err := signed.Body.Close(); err != nil {
		t.Fatal(err)
	}
	response, err := client.Get(house.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	return io.ReadAll(response.Body)
}

func TestAPacketIsForThoseWhoReadCases(t *testing.T) {
	house := pagestest.New(t)
	path := "/sprawy/" + house.Begin("sector_agreement") + "/pakiet.zip"
	house.SignIn("subscriber").Get(path).Want(http.StatusForbidden)
	house.Visitor().Get(path).Want(http.StatusSeeOther)
	house.SignIn("official").Get("/sprawy/nie-ma/pakiet.zip").Want(http.StatusNotFound)
	_, held := packetOf(t, house.SignIn("official"), strings.Split(path, "/")[2])
	pagestest.Parse(t, held["sprawa.html"]).Says("W sprawie nie ma dokumentów")
}
