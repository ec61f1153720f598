package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"
	"github.com/prometheus/client_golang/prometheus"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/health"
	"hejnal/cmd/hejnal/news"
	"hejnal/cmd/hejnal/trace"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/cmd/hejnal/web/intake"
	"hejnal/cmd/hejnal/web/live"
	"hejnal/cmd/hejnal/web/pages"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/publisher"
	"hejnal/events"
	"hejnal/store"
)

// Store is what the face reads by itself.
type Store interface {
	store.Reader
	frame.Answers
	// Health answers nil when the store can commit.
	Health(ctx context.Context) error
}

// Options says what the face works with; Engine, Store, Blobs and Now are required.
type Options struct {
	Engine *engine.Engine
	Store  Store
	Blobs  intake.Blobs
	Now    func() time.Time
	// Log gets one record per request; nil discards them.
	Log *slog.Logger
	// Version is what the OpenAPI document says; "" is "dev".
	Version string
	// Health says how the parts fare; of its checks the one named store decides whether the program is ready. Nil asks the
	// store alone.
	Health *health.Board
	// NewID names requests; nil leaves them without a name.
	NewID func() string
	// Metrics is the registry of this instance; nil makes one.
	Metrics *prometheus.Registry
	// Trace follows requests; nil follows none.
	Trace *trace.Tracer
	// News tells when something was committed; nil: live events come only with the next heartbeat.
	News *news.Board
	// Subjects are those of the events; the zero value is the ordinary ones.
	Subjects events.Subjects
	// Secret draws a secret that names a session; nil lets nobody sign in.
	Secret func() string
	// Passwords keeps the passwords of local accounts; nil lets nobody sign in.
	Passwords frame.Passwords
	// Public is where the installation is reached from outside; nil where nobody said.
	Public *url.URL
	// Publisher answers for what is published; the zero value works.
	Publisher publisher.Publisher
	// MetricsElsewhere says that /metrics is served at another address, and so not here.
	MetricsElsewhere bool
}

// Bounds of what is taken from a caller.
const (
	maxBody = 1 << 20 // bytes of a JSON body
	maxPage = 200     // rows of a page
)

type server struct {
	Options
	metrics  *metrics
	failures *httprate.RateLimiter // of sign-in, by address
	routes   chi.Router
	openAPI  []byte
	// transitions are the ids of those that some definition knows, so that nothing else is written to the log.
	transitions map[string]bool
	forms       formsAnswer
	pages       *pages.Pages
	live        *live.Stream
	workflows   map[string]workflowAnswer
}

// New makes the handler of everything that the program serves over HTTP. Timeouts are the server's own.
func New(options Options) (http.Handler, error) {
	s := &server{Options: options, failures: httprate.NewRateLimiter(failuresAMinute, time.Minute)}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	if s.Version == "" {
		s.Version = "dev"
	}
	if s.Health == nil {
		s.Health = &health.Board{}
		s.Health.Add(health.Store(s.Store.Health))
	}
	if s.NewID == nil {
		s.NewID = func() string { return "" }
	}
	if s.Passwords == nil || s.Secret == nil {
		s.Passwords, s.Secret = nobody{}, func() string { return "" }
	}
	if s.Metrics == nil {
		s.Metrics = prometheus.NewRegistry()
	}
	var err error
	if s.metrics, err = newMetrics(s.Metrics); err != nil {
		return nil, err
	}
	s.transitions = map[string]bool{}
	for _, form := range s.Engine.AllForms() {
		for _, transition := range form.Transitions {
			s.transitions[transition.ID] = true
		}
	}
	s.workflows = workflowAnswers(s.Engine.AllForms())
	s.forms = formsOf(s.Engine.Forms())
	operations := s.operations()
	if s.openAPI, err = openAPI(s.Version, operations); err != nil {
		return nil, err
	}
	if s.News == nil {
		s.News = &news.Board{}
	}
	s.live = live.New(s.Store, s.News)
	s.pages, err = pages.New(frame.Options{
		Log:    s.Log,
		Engine: s.Engine, Store: s.Store, Blobs: s.Blobs, Now: s.Now, NewID: s.NewID, Secret: s.Secret, Passwords: s.Passwords, Public: s.Public,
		Guesses: newGuesses(s), Live: s.live, Subjects: s.Subjects, Publisher: s.Publisher,
	}, func(w http.ResponseWriter, r *http.Request) { s.routes.ServeHTTP(w, r) })
	if err != nil {
		return nil, fmt.Errorf("make pages: %w", err)
	}
	s.routes = s.router(operations)
	return s.routes, nil
}

func (s *server) router(operations []operation) chi.Router {
	routes := chi.NewRouter()
	for _, op := range operations {
		handler := s.adapt(op.chain(s), s.writeProblem)
		routes.Method(op.Method, op.Path, handler)
		if op.Method == http.MethodGet {
			routes.Method(http.MethodHead, op.Path, handler)
		}
	}
	packed := routes.With(middleware.Compress(5, "text/html", "text/csv", "application/atom+xml", "application/jsonl", "image/svg+xml"))
	for _, route := range s.pages.Routes {
		handler := s.adapt(s.pages.Site.Guard(route), s.pages.Site.Fail)
		packed.Method(route.Method, route.Path, handler)
		if route.Method == http.MethodGet {
			packed.Method(http.MethodHead, route.Path, handler)
		}
	}
	routes.NotFound(s.adapt(s.nowhere, s.failHere))
	routes.MethodNotAllowed(s.adapt(s.otherMethod, s.failHere))
	return routes
}

// nowhere answers an address that there is not.
func (s *server) nowhere(w http.ResponseWriter, r *http.Request) error {
	if !forPrograms(r) {
		return s.pages.Site.Guard(frame.Route{Method: r.Method, Handle: func(http.ResponseWriter, *http.Request) error { return fault.ErrNoRoute }})(w, r)
	}
	return fault.ErrNoRoute
}

// failHere renders an error as the address asks for: to programs as a problem document, to people as a page.
func (s *server) failHere(w http.ResponseWriter, r *http.Request, err error) {
	if forPrograms(r) {
		s.writeProblem(w, r, err)
		return
	}
	s.pages.Site.Fail(w, r, err)
}

// forPrograms reports whether an address belongs to the API, or a caller asks for anything but a page.
func forPrograms(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, "/api/") || !strings.Contains(r.Header.Get("Accept"), "text/html")
}

var methods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPatch, http.MethodPut, http.MethodDelete}

// otherMethod answers a method that a path does not have, and OPTIONS.
func (s *server) otherMethod(w http.ResponseWriter, r *http.Request) error {
	for _, method := range methods {
		if s.routes.Match(chi.NewRouteContext(), method, r.URL.Path) {
			w.Header().Add("Allow", method)
		}
	}
	if r.Method == http.MethodOptions {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return fault.ErrNoMethod
}
