package web_test

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/legacy"
	"hejnal/cmd/hejnal/web/published"
	"hejnal/store"
	"hejnal/workflow"
)

// krakow enters the City's own register.
func (h *house) krakow() {
	h.t.Helper()
	entries, err := legacy.Krakow()
	check(h.t, err)
	official, err := h.store.PersonByName(h.t.Context(), "official")
	check(h.t, err)
	by := engine.Request{By: workflow.Person{ID: official.ID, Roles: official.Roles}}
	for _, entry := range entries {
		_, err := h.engine.ImportLegacy(h.t.Context(), by, entry)
		check(h.t, err)
	}
}

var toForce = []string{
	"record_contact", "propose", "give_legal_opinion", "complete_draft", "submit_to_council", "register_print", "place_on_agenda", "record_vote", "number_resolution",
	"publish", "prepare_signing", "sign_agreement", "enter_into_force",
}

func TestAnybodyReadsTheRegister(t *testing.T) {
	h := newHouse(t)
	if empty := h.get("/api/v1/register", "").want(t, 200); len(empty.list("items")) != 0 || !strings.Contains(string(empty.text), `"items":[]`) {
		t.Errorf("an empty register is %s", empty.text)
	}
	h.krakow()
	seen := map[string]bool{}
	for cursor := ""; ; {
		page := h.get("/api/v1/register?limit=25&cursor="+cursor, "").want(t, 200)
		for _, item := range page.list("items") {
			id, _ := item["id"].(string)
			if seen[id] {
				t.Errorf("%s is listed twice", id)
			}
			seen[id] = true
		}
		if cursor = page.str("next_cursor"); cursor == "" {
			break
		}
	}
	if len(seen) < 50 {
		t.Errorf("there are %d entries", len(seen))
	}
	page := h.get("/api/v1/register?country=de&q=nurnberg", "").want(t, 200)
	items := page.list("items")
	if len(items) != 1 || items[0]["partner_name"] != "Norymberga" || items[0]["since"] != "1991-12-09" || items[0]["status"] != "current" || items[0]["legacy"] != true {
		t.Errorf("Nuremberg is %v", items)
	}
	for header, want := range map[string]string{"Cache-Control": "public, max-age=60", "Access-Control-Allow-Origin": "*"} {
		if got := page.header.Get(header); got != want {
			t.Errorf("%s is %q", header, got)
		}
	}
}

func TestTheRegisterRefusesFiltersThatAreNone(t *testing.T) {
	h := newHouse(t)
	for _, query := range []string{"form=x", "status=x", "country=Niemcy", "continent=x", "field=x", "partner=x", "year_from=19", "year_to=abc", "sort=x", "limit=0", "nosuch=1", "cursor=x"} {
		a := h.get("/api/v1/register?"+query, "").want(t, 422)
		wrong := a.list("errors")
		if name, _, _ := strings.Cut(query, "="); len(wrong) != 1 || wrong[0]["pointer"] != "/query/"+name {
			t.Errorf("%s: %v", query, wrong)
		}
	}
	for _, path := range []string{".csv?limit=3", ".atom?sort=title", ".jsonl?country=Niemcy"} {
		h.get("/api/v1/register"+path, "").want(t, 422)
	}
	h.get("/api/v1/feed.atom?before=0", "").want(t, 422)
	h.get("/api/v1/feed.atom?before=x", "").want(t, 422)
	for _, id := range []string{"x", "0198c0de-0000-7000-8000-000000000001"} {
		h.get("/api/v1/register/"+id, "").want(t, 404)
	}
}

func TestAnEntryIsAnsweredWithWhatIsPublic(t *testing.T) {
	h := newHouse(t)
	path := h.begin("sector_agreement")
	id := path[strings.LastIndexByte(path, '/')+1:]
	h.get("/api/v1/register/"+id, "").want(t, 404)
	for _, transition := range toForce {
		stranger{h, t}.step(path, transition, "")
		if transition == "register_print" {
			a := h.get("/api/v1/register/"+id, "").want(t, 200)
			if a.str("standing") != "under_way" || a.str("status") != "" || len(a.list("history")) != 2 {
				t.Errorf("before the Council it is %s", a.text)
			}
		}
	}
	a := h.get("/api/v1/register/"+id, "").want(t, 200)
	basis := a.list("council_resolutions")
	if a.str("standing") != "agreed" || a.str("status") != "current" || a.str("signed_on") == "" || len(basis) != 1 || basis[0]["url"] == "" || basis[0]["number"] == "" {
		t.Errorf("it is %s", a.text)
	}
	for _, never := range []string{"Nowak", "legal_opinion", "proposal_opened", "city_signatory", "comment"} {
		if bytes.Contains(a.text, []byte(never)) {
			t.Errorf("it tells of %s", never)
		}
	}
	for _, document := range a.list("documents") {
		url, _ := document["url"].(string)
		h.get(strings.TrimPrefix(url, h.url), "").want(t, 200)
	}
	if len(a.list("documents")) == 0 {
		t.Error("it has no documents")
	}
}

func TestWhatEndedWithNothingAgreedStaysAnswered(t *testing.T) {
	h := newHouse(t)
	path := h.begin("sector_agreement")
	for _, transition := range toForce[:7] {
		stranger{h, t}.step(path, transition, "")
	}
	stranger{h, t}.step(path, "record_vote", "resolution_rejected")
	a := h.get("/api/v1/register/"+path[strings.LastIndexByte(path, '/')+1:], "").want(t, 200)
	if a.str("standing") != "ended" || a.str("ended_on") == "" {
		t.Errorf("it is %s", a.text)
	}
	if items := h.get("/api/v1/register", "").want(t, 200).list("items"); len(items) != 0 {
		t.Errorf("the register has %v", items)
	}
}

func TestTheRegisterIsAFile(t *testing.T) {
	h := newHouse(t)
	h.krakow()
	a := h.get("/api/v1/register.csv", "").want(t, 200)
	rows, err := csv.NewReader(bytes.NewReader(a.text)).ReadAll()
	check(t, err)
	count, err := h.store.CountRegister(t.Context(), store.RegisterFilter{}, 1000)
	check(t, err)
	if len(rows) != count+1 || len(rows[0]) != len(published.Columns) || !strings.Contains(a.header.Get("Content-Disposition"), "rejestr.csv") {
		t.Errorf("%d rows of %d columns for %d entries", len(rows), len(rows[0]), count)
	}
	lines := h.get("/api/v1/register.jsonl?country=DE&sort=-since", "").want(t, 200)
	var found []published.Entry
	for scanner := bufio.NewScanner(bytes.NewReader(lines.text)); scanner.Scan(); {
		var entry published.Entry
		check(t, json.Unmarshal(scanner.Bytes(), &entry))
		found = append(found, entry)
	}
	if len(found) != 5 || found[4].PartnerName != "Lipsk" || found[4].URL != h.url+"/rejestr/"+found[4].ID {
		t.Errorf("Germany has %+v", found)
	}
	if head := h.ask(http.MethodHead, "/api/v1/register.csv", "", nil).want(t, 200); len(head.text) != 0 {
		t.Errorf("HEAD answers %q", head.text)
	}
}

func TestTheRegisterAndItsChangesAreFeeds(t *testing.T) {
	h := newHouse(t)
	h.krakow()
	for path, most := range map[string]int{"/api/v1/register.atom": 50, "/api/v1/register.atom?country=DE": 5, "/api/v1/feed.atom": 50, "/api/v1/register.atom?q=nosuchplace": 0} {
		a := h.get(path, "").want(t, 200)
		var feed struct {
			ID      string `xml:"id"`
			Updated string `xml:"updated"`
			Entries []struct {
				ID   string `xml:"id"`
				Link struct {
					Href string `xml:"href,attr"`
				} `xml:"link"`
			} `xml:"entry"`
		}
		check(t, xml.Unmarshal(a.text, &feed))
		if len(feed.Entries) != most || feed.ID == "" || feed.Updated == "" || a.header.Get("ETag") == "" {
			t.Errorf("%s has %d entries, id %q", path, len(feed.Entries), feed.ID)
		}
		for _, entry := range feed.Entries {
			if !strings.HasPrefix(entry.ID, "urn:uuid:") || !strings.HasPrefix(entry.Link.Href, h.url+"/rejestr/") {
				t.Errorf("%s has %+v", path, entry)
			}
		}
	}
	first := h.get("/api/v1/feed.atom", "").want(t, 200)
	h.get("/api/v1/feed.atom", "", "If-None-Match", first.header.Get("ETag")).want(t, 304)
}
