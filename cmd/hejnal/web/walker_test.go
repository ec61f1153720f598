package web_test

import (
	"net/http"
	"slices"
	"testing"
)

// A stranger moves proposals knowing nothing but what the API answers.
type stranger struct {
	*house
	t *testing.T
}

// special are inputs that lead to an event which the first examples do not lead to, or that make a later one possible.
var special = map[string]object{
	"resolution_rejected":          {"for": 5, "against": 30, "abstained": 0, "present": 35},
	"quorum_not_reached":           {"for": 1, "against": 0, "abstained": 0, "present": 5},
	"majority_not_reached":         {"for": 20, "against": 5, "abstained": 0, "present": 30},
	"ending_resolution_rejected":   {"for": 5, "against": 30, "abstained": 0, "present": 35},
	"refusal_upheld":               {"result": "upheld"},
	"ruling_upheld":                {"result": "upheld"},
	"agreement_entered_into_force": {"valid_until": "2027-03-01"},
}

// step makes a transition so that the event happens, and before it whatever the answer says would unblock it.
func (s stranger) step(path, transition, event string) object {
	s.t.Helper()
	for range 5 {
		clearing, made := s.attempt(path, transition, event)
		if clearing == "" {
			return made
		}
		s.step(path, clearing, "")
	}
	s.t.Fatalf("%s stays blocked", transition)
	return nil
}

func (s stranger) action(path, token, transition string) object {
	s.t.Helper()
	shown := s.get(path, token).want(s.t, http.StatusOK)
	for _, action := range shown.list("actions") {
		if action["transition"] == transition {
			return action
		}
	}
	s.t.Fatalf("%s is not offered in %s: %v", transition, shown.str("state"), names(shown.list("actions"), "transition"))
	return nil
}

// attempt makes the transition, or names one that would unblock it.
func (s stranger) attempt(path, transition, event string) (clearing string, made object) {
	s.t.Helper()
	action := s.action(path, "auditor", transition)
	if day, ok := action["earliest_on"].(string); ok {
		s.wait(day)
	}
	roles := texts(action["roles"])
	for _, asked := range objects(action["required_documents"]) {
		if asked["present"] == true {
			continue
		}
		kind, by := texts(asked["any_of"])[0], append(texts(asked["by"]), roles...)[0]
		s.house.attach(path, by, kind, kind+".pdf", pdf+path).want(s.t, http.StatusCreated)
	}
	token := roles[0]
	action = s.action(path, token, transition)
	body := object{"transition": transition, "inputs": s.inputs(action, event)}
	for _, blocker := range objects(action["blocked_by"]) {
		switch {
		case blocker["code"] == "four_eyes":
			token += "-2"
		case blocker["severity"] == "warn":
			body["justification"] = "Okoliczności sprawy uzasadniają odstępstwo."
		default:
			return s.clearing(path, blocker), nil
		}
	}
	answer := s.post(path+"/transitions", token, body)
	if answer.status == http.StatusConflict {
		return s.clearing(path, answer.list("blocked_by")[0]), nil
	}
	made = answer.want(s.t, http.StatusCreated).object
	if event != "" && made["event"] != event {
		s.t.Fatalf("%s led to %s, want %s", transition, made["event"], event)
	}
	return "", made
}

func (s stranger) inputs(action object, event string) object {
	inputs := object{}
	schema, _ := action["inputs"].(map[string]any)
	properties, _ := schema["properties"].(map[string]any)
	for _, name := range texts(schema["required"]) {
		property, _ := properties[name].(map[string]any)
		examples, _ := property["examples"].([]any)
		if len(examples) == 0 {
			s.t.Fatalf("%s: no example of the required input %s", action["transition"], name)
		}
		inputs[name] = examples[0]
	}
	if event == "" {
		return inputs
	}
	for name, value := range special[event] {
		if properties[name] != nil {
			inputs[name] = value
		}
	}
	return inputs
}

func (s stranger) clearing(path string, blocker object) string {
	s.t.Helper()
	offered := names(s.get(path, "auditor").list("actions"), "transition")
	for _, transition := range texts(blocker["cleared_by"]) {
		if slices.Contains(offered, transition) {
			return transition
		}
	}
	s.t.Fatalf("nothing offered clears %v", blocker)
	return ""
}

func texts(value any) []string {
	items, _ := value.([]any)
	var found []string
	for _, item := range items {
		text, _ := item.(string)
		found = append(found, text)
	}
	return found
}

func objects(value any) []object {
	items, _ := value.([]any)
	var found []object
	for _, item := range items {
		one, _ := item.(map[string]any)
		found = append(found, one)
	}
	return found
}

func names(items []object, field string) []string {
	var found []string
	for _, item := range items {
		text, _ := item[field].(string)
		found = append(found, text)
	}
	return found
}
