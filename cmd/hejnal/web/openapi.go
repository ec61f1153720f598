package web

import "net/http"

func openAPI(string, []operation) ([]byte, error) { return []byte("{}"), nil }

func (s *server) serveOpenAPI(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Type", "application/json")
	write(w, r, http.StatusOK, s.openAPI)
	return nil
}

func pageOperations(*server) []operation { return nil }
