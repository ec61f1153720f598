package web_test

import (
	"encoding/csv"
	"maps"
	"slices"
	"strings"
	"testing"
)

// flawed brings a title to its conferral and has its resolution annulled, and an agreement into force and ended by the Council.
func (h *house) flawed(t *testing.T) (title, agreement string) {
	t.Helper()
	walk := func(form string, transitions ...string) string {
		path := h.begin(form)
		for _, transition := range transitions {
			stranger{h, t}.step(path, transition, "")
		}
		return path[strings.LastIndexByte(path, '/')+1:]
	}
	council := []string{"propose", "give_legal_opinion", "complete_draft", "submit_to_council", "register_print", "place_on_agenda", "record_vote", "number_resolution"}
	title = walk("honorary_twin_title", slices.Concat(council, []string{"confer_title", "deliver_to_voivode", "record_annulment"})...)
	agreement = walk("partnership_agreement", slices.Concat(council, []string{"prepare_signing", "sign_agreement", "enter_into_force", "record_ending_resolution"})...)
	return title, agreement
}

func TestTheRegisterTellsWhatBecameOfResolutions(t *testing.T) {
	h := newHouse(t)
	title, agreement := h.flawed(t)
	shown := map[string]object{}
	for _, item := range h.get("/api/v1/register", "").want(t, 200).list("items") {
		id, _ := item["id"].(string)
		shown[id] = item
	}
	if got := shown[title]; got["resolution_flaw"] != "annulled" || got["resolution_flaw_since"] == "" || got["status"] != "current" {
		t.Errorf("the title is listed as %v", got)
	}
	numbers, _ := shown[agreement]["resolutions"].([]any)
	ended, _ := shown[agreement]["ending_resolutions"].([]any)
	if len(numbers) != 2 || len(ended) != 1 || ended[0] != numbers[1] || shown[agreement]["resolution_flaw"] != "" {
		t.Errorf("the agreement is listed as %v", shown[agreement])
	}
	for id, listed := range shown {
		a := h.get("/api/v1/register/"+id, "").want(t, 200)
		for _, name := range []string{"resolution_flaw", "resolution_flaw_since"} {
			if a.str(name) != listed[name] {
				t.Errorf("%s: %s is %q alone and %q in the list", id, name, a.str(name), listed[name])
			}
		}
		var purposes []string
		for _, resolution := range a.list("council_resolutions") {
			purpose, _ := resolution["purpose"].(string)
			purposes = append(purposes, purpose)
			flaw, flawed := resolution["flaw"].(map[string]any)
			if flawed != (id == title) || flawed && (flaw["code"] != "annulled" || flaw["since"] != listed["resolution_flaw_since"]) {
				t.Errorf("%s: the resolution is %v", id, resolution)
			}
		}
		if want := map[string]string{title: "basis", agreement: "basis end"}[id]; strings.Join(purposes, " ") != want {
			t.Errorf("%s: the resolutions are for %v", id, purposes)
		}
	}
}

func TestFilesAndFeedsOfTheRegisterTellItToo(t *testing.T) {
	h := newHouse(t)
	title, agreement := h.flawed(t)
	rows, err := csv.NewReader(strings.NewReader(string(h.get("/api/v1/register.csv", "").want(t, 200).text))).ReadAll()
	check(t, err)
	told := map[string]map[string]string{}
	for _, row := range rows[1:] {
		told[row[0]] = map[string]string{}
		for i, name := range rows[0] {
			told[row[0]][name] = row[i]
		}
	}
	if got := told[title]; got["resolution_flaw"] != "annulled" || got["resolution_flaw_since"] == "" {
		t.Errorf("the title is %v", got)
	}
	if got := told[agreement]; got["ending_resolutions"] == "" || !strings.HasSuffix(got["resolutions"], " "+got["ending_resolutions"]) {
		t.Errorf("the agreement is %v", got)
	}
	lines := string(h.get("/api/v1/register.jsonl", "").want(t, 200).text)
	feed := string(h.get("/api/v1/register.atom", "", "Accept-Language", "pl").want(t, 200).text)
	for place, has := range map[string]bool{
		"the lines":                  strings.Contains(lines, `"resolution_flaw":"annulled"`),
		"the feed, on the title":     strings.Contains(feed, "uchwała: stwierdzono nieważność w całości, wykonanie wstrzymane od "+told[title]["resolution_flaw_since"]),
		"the feed, on the agreement": strings.Contains(feed, "podstawa zakończenia: uchwała nr "+told[agreement]["ending_resolutions"]),
	} {
		if !has {
			t.Errorf("%s do not tell it", place)
		}
	}
	if len(told) != 2 {
		t.Errorf("there are %v", slices.Collect(maps.Keys(told)))
	}
}
