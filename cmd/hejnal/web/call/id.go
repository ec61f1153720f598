package call

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"hejnal/store"
)

// ID gives an id from the path. What is no id is not there: store.ErrNotFound.
func ID(r *http.Request, name string) (string, error) {
	id := chi.URLParam(r, name)
	if !IsID(id) {
		return "", store.ErrNotFound
	}
	return id, nil
}

// IsID reports whether a text is written as ids are.
func IsID(text string) bool { return len(text) == 36 && uuid.Validate(text) == nil }
