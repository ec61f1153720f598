package web

import (
	"errors"
	"net/http"

	"hejnal/cmd/hejnal/health"
)

// status is what a probe is told.
type status struct {
	Status string `json:"status" enum:"ok"`
}

// readiness is what a probe of readiness is told: whether requests are taken, and how each part fares.
type readiness struct {
	Status string             `json:"status" enum:"ok,degraded" doc:"degraded: requests are taken, and a check found something wrong"`
	Checks map[string]checked `json:"checks" doc:"by name: store, relay, stream, nats, disk, clock"`
}

// checked is what a check found, in the caller's language.
type checked struct {
	OK      bool   `json:"ok"`
	State   string `json:"state" doc:"one word"`
	Message string `json:"message,omitempty" doc:"what is wrong"`
	Action  string `json:"action,omitempty" doc:"what an operator can do"`
}

func (s *server) healthz(w http.ResponseWriter, r *http.Request) error {
	return writeJSON(w, r, status{Status: "ok"})
}

// readyz answers how the parts fare. The store alone decides whether the program is ready: what cannot be published now is
// published later, what cannot be committed is refused.
func (s *server) readyz(w http.ResponseWriter, r *http.Request) error {
	c := callOf(r)
	answer := readiness{Status: "ok", Checks: map[string]checked{}}
	var unready *unavailableError
	for _, found := range s.Health.Findings() {
		answer.Checks[found.Name] = checked{
			OK: found.OK, State: found.State, Message: found.Message.In(c.Language), Action: found.Action.In(c.Language),
		}
		if found.OK {
			continue
		}
		answer.Status = "degraded"
		if found.Name == health.StoreName {
			unready = &unavailableError{cause: found.Cause, checks: answer.Checks}
			if unready.cause == nil {
				unready.cause = errors.New(found.Message.EN)
			}
		}
	}
	if unready != nil {
		return unready
	}
	setLanguage(w.Header(), c.Language)
	return writeJSON(w, r, answer)
}
