package web

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"hejnal/cmd/hejnal/trace"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/fault"
)

// handler answers a request, or returns why not. An error that comes after the answer was begun breaks it off, so that nobody
// takes it for the whole.
type handler func(w http.ResponseWriter, r *http.Request) error

// maxDrain is how much of a body that is too large is read and thrown away, so that its sender gets to read the answer.
const maxDrain = 128 << 20

// adapt makes a handler one of net/http: it lets fail render the error, writes the log record and counts.
func (s *server) adapt(h handler, fail func(w http.ResponseWriter, r *http.Request, err error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		s.metrics.inFlight.Inc()
		defer s.metrics.inFlight.Dec()
		c := &call.Call{Language: languageOf(r), ID: s.NewID()}
		r = call.With(r, c)
		r, end := s.follow(r, c)
		if r.Body != nil && r.Body != http.NoBody {
			r.Body = counted{r.Body, &c.Received}
		}
		answer := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		setSecurity(answer.Header())
		err := guarded(h, answer, r)
		broken := err != nil && (answer.Status() != 0 || errors.Is(err, http.ErrAbortHandler))
		switch {
		case broken:
			c.Code = "broken_off"
		case err != nil:
			drain(r, err)
			fail(answer, r, err)
		}
		end(s.record(r, c, traffic{
			method: r.Method, status: answer.Status(), took: time.Since(begun), received: c.Received, sent: int64(answer.BytesWritten()),
			broken: broken, streamed: c.Streamed,
		}, err))
		if broken {
			panic(http.ErrAbortHandler) // the server closes the connection before the answer's end
		}
	}
}

// follow begins to follow a request, where requests are followed; probes are not. The call gets the trace that its changes
// belong to: that of the request, or its caller's where nothing is followed here.
func (s *server) follow(r *http.Request, c *call.Call) (*http.Request, func(trace.Answered)) {
	c.Trace = traceParent(r)
	if s.Trace == nil || !strings.HasPrefix(r.URL.Path, api+"/") {
		return r, func(trace.Answered) {}
	}
	ctx, followed := s.Trace.Request(r.Context(), c.Trace)
	c.Trace = followed.Parent
	return r.WithContext(ctx), followed.End
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
			err = aborted
			return
		}
		err = &panicError{value: value, stack: debug.Stack()}
	}()
	return h(w, r)
}

func drain(r *http.Request, err error) {
	var tooLarge *fault.TooLargeError
	if !errors.As(err, &tooLarge) || r.Body == nil || r.Header.Get("Expect") != "" {
		return
	}
	// A body that cannot be read to its end changes nothing about the answer.
	_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, maxDrain))
}

// left reports whether an answer broke off because whoever asked went away, or takes nothing any more.
func left(r *http.Request, err error) bool {
	return r.Context().Err() != nil || errors.Is(err, os.ErrDeadlineExceeded)
}

// proposalOf is the id of the case that a request is about, where its path has one.
func proposalOf(r *http.Request, route string) string {
	if id := chi.URLParam(r, "id"); strings.HasPrefix(route, proposed) && call.IsID(id) {
		return id
	}
	return ""
}

// record writes the one log record of a request and counts it. Neither holds personal data: a person is an opaque id, and
// of a case its id alone is told.
func (s *server) record(r *http.Request, c *call.Call, t traffic, err error) trace.Answered {
	if t.status == 0 {
		t.status = http.StatusOK
	}
	t.route = chi.RouteContext(r.Context()).RoutePattern()
	if errors.Is(err, fault.ErrNoRoute) || t.route == "" {
		t.route = "-"
	}
	s.metrics.count(t)
	attributes := []slog.Attr{
		slog.String("method", t.method), slog.String("route", t.route), slog.Int("status", t.status), slog.Duration("took", t.took),
		slog.Int64("received", t.received), slog.Int64("sent", t.sent),
	}
	if c.ID != "" {
		attributes = append(attributes, slog.String("request_id", c.ID))
	}
	if c.Person.ID != "" {
		attributes = append(attributes, slog.String("user", c.Person.ID))
	}
	proposal, outcome := proposalOf(r, t.route), "ok"
	if c.Code != "" {
		outcome = c.Code
	}
	for _, known := range []struct{ name, value string }{
		{"outcome", outcome}, {"page", c.Page}, {"proposal", proposal}, {"transition", c.Transition}, {"created", c.Created}, {"trace_id", trace.ID(c.Trace)},
	} {
		if known.value != "" {
			attributes = append(attributes, slog.String(known.name, known.value))
		}
	}
	level := slog.LevelInfo
	if err != nil && (t.status >= http.StatusInternalServerError || t.broken) {
		if level = slog.LevelError; t.broken && left(r, err) {
			level = slog.LevelInfo
		}
		attributes = append(attributes, slog.String("error", err.Error()))
		var panicked *panicError
		if errors.As(err, &panicked) {
			attributes = append(attributes, slog.String("stack", string(panicked.stack)))
		}
	}
	s.Log.LogAttrs(r.Context(), level, "request", attributes...)
	return trace.Answered{
		Method: servedMethod(t.method), Route: t.route, Status: t.status, Outcome: outcome, Proposal: proposal, Transition: c.Transition,
	}
}
