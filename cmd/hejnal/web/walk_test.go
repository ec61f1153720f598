package web_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
)

// leg is one transition of a way, with the event that it is to lead to.
type leg struct{ transition, event, to string }

// afterAdmission are transitions that are offered early too, to a City that is a member already, and the state in which
// a first episode makes them.
var afterAdmission = map[string]string{"confirm_membership": "", "withdraw_membership": "member", "record_exclusion": "member", "record_dissolution": "member"}

// waysToEnds plans from the served definition a shortest way to every end of the route.
func waysToEnds(definition answer) map[string][]leg {
	ways := map[string][]leg{definition.str("start"): nil}
	queue := []string{definition.str("start")}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, transition := range definition.list("transitions") {
			if from, ok := afterAdmission[fmt.Sprint(transition["transition"])]; ok && from != at {
				continue
			}
			if transition["track"] != "route" || transition["call"] != nil || !slices.Contains(texts(transition["from"]), at) {
				continue
			}
			for _, outcome := range objects(transition["outcomes"]) {
				to, _ := outcome["to"].(string)
				if _, known := ways[to]; known || to == "=" {
					continue
				}
				ways[to] = append(slices.Clone(ways[at]), leg{fmt.Sprint(transition["transition"]), fmt.Sprint(outcome["event"]), to})
				queue = append(queue, to)
			}
		}
	}
	ends := map[string][]leg{}
	for _, state := range definition.list("states") {
		id, _ := state["id"].(string)
		if state["kind"] == "end" && state["strand"] == "route" {
			ends[id] = ways[id]
		}
	}
	return ends
}

func TestEveryFormIsWalkedToEachOfItsEndsByItsActionsAlone(t *testing.T) {
	for _, form := range eight(t) {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			s := stranger{house: h, t: t}
			ends := waysToEnds(h.get("/api/v1/workflows/"+form, "auditor").want(t, http.StatusOK))
			if len(ends) < 2 {
				t.Fatalf("only %d ends", len(ends))
			}
			for end, way := range ends {
				if len(way) == 0 {
					t.Errorf("no way leads to %s", end)
					continue
				}
				s.walk(form, end, way)
			}
		})
	}
}

// walk opens a proposal with a partner of its own, goes the way and looks at what is left behind.
func (s stranger) walk(form, end string, way []leg) {
	s.t.Helper()
	partner := object{"name": "Bordeaux " + end, "country": "FR", "kind": "city"}
	if known := partners[form]; known != nil {
		partner = object{"name": fmt.Sprint(known["name"], " ", end), "country": known["country"], "kind": known["kind"]}
	}
	path := s.begin(form, object{"partner": partner, "title": "Do stanu " + end})
	for _, leg := range way {
		s.step(path, leg.transition, leg.event)
		if at := s.get(path, "auditor").want(s.t, http.StatusOK).str("state"); at != leg.to {
			s.t.Fatalf("%s led to %s, want %s", leg.transition, at, leg.to)
		}
	}
	shown := s.get(path, "auditor").want(s.t, http.StatusOK)
	if shown.str("state") != end || shown.str("stage") != "ended" {
		s.t.Errorf("stands in %s, stage %s, want %s", shown.str("state"), shown.str("stage"), end)
	}
	for i, act := range s.get(path+"/transitions?limit=200", "auditor").want(s.t, http.StatusOK).list("items") {
		if act["seq"] != float64(i+1) || act["pos"].(float64) < 1 {
			s.t.Errorf("entry %d of the history: seq %v, pos %v", i, act["seq"], act["pos"])
		}
	}
}

// eight lists the forms as a stranger finds them.
func eight(t *testing.T) []string {
	t.Helper()
	found := names(newHouse(t).get("/api/v1/forms", "auditor").want(t, http.StatusOK).list("items"), "id")
	if len(found) != 8 {
		t.Fatalf("%d forms are served: %v", len(found), found)
	}
	return found
}
