package web

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

// handler answers a request, or returns why not before anything was written.
type handler func(w http.ResponseWriter, r *http.Request) error

// maxDrain is how much of a body that is too large is read and thrown away, so that its sender gets to read the answer.
const maxDrain = 128 << 20

// adapt makes a handler one of net/http: it renders the error, writes the log record and counts.
func (s *server) adapt(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		c := &call{language: languageOf(r), id: s.NewID()}
		r = withCall(r, c)
		answer := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		setSecurity(answer.Header())
		err := guarded(h, answer, r)
		if err != nil && answer.Status() == 0 {
			drain(r, err)
			s.writeProblem(answer, r, err)
		}
		s.record(r, c, answer.Status(), time.Since(begun), err)
	}
}

// panicError is a handler that panicked.
type panicError struct {
	value any
	stack []byte
}

func (p *panicError) Error() string { return fmt.Sprintf("panic: %v", p.value) }

func guarded(h handler, w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		value := recover()
		if value == nil {
			return
		}
		if aborted, ok := value.(error); ok && errors.Is(aborted, http.ErrAbortHandler) {
			panic(value)
		}
		err = &panicError{value: value, stack: debug.Stack()}
	}()
	return h(w, r)
}

func drain(r *http.Request, err error) {
	var tooLarge *tooLargeError
	if !errors.As(err, &tooLarge) || r.Body == nil || r.Header.Get("Expect") != "" {
		return
	}
	// A body that cannot be read to its end changes nothing about the answer.
	_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, maxDrain))
}

func (s *server) record(r *http.Request, c *call, status int, took time.Duration, err error) {
	if status == 0 {
		status = http.StatusOK
	}
	route := chi.RouteContext(r.Context()).RoutePattern()
	if errors.Is(err, errNoRoute) || route == "" {
		route = "-"
	}
	s.metrics.count(r.Method, route, status, took)
	attributes := []slog.Attr{
		slog.String("method", r.Method), slog.String("route", route), slog.Int("status", status), slog.Duration("took", took),
	}
	if c.id != "" {
		attributes = append(attributes, slog.String("request_id", c.id))
	}
	if c.person.ID != "" {
		attributes = append(attributes, slog.String("user", c.person.ID))
	}
	if c.created != "" {
		attributes = append(attributes, slog.String("created", c.created))
	}
	level := slog.LevelInfo
	if status >= http.StatusInternalServerError && err != nil {
		level = slog.LevelError
		attributes = append(attributes, slog.String("error", err.Error()))
		var panicked *panicError
		if errors.As(err, &panicked) {
			attributes = append(attributes, slog.String("stack", string(panicked.stack)))
		}
	}
	s.Log.LogAttrs(r.Context(), level, "request", attributes...)
}
