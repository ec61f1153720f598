package web

import (
	"net/http"
)

// status is what a probe is told.
type status struct {
	Status string `json:"status" enum:"ok"`
}

func (s *server) healthz(w http.ResponseWriter, r *http.Request) error {
	return writeJSON(w, r, status{Status: "ok"})
}

func (s *server) readyz(w http.ResponseWriter, r *http.Request) error {
	if err := s.Ready(r.Context()); err != nil {
		return &unavailableError{cause: err}
	}
	return writeJSON(w, r, status{Status: "ok"})
}
