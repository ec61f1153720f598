package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/httprate"
	"github.com/prometheus/client_golang/prometheus"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/health"
	"hejnal/cmd/hejnal/trace"
	"hejnal/store"
	"hejnal/workflow"
)

// Store is what the face reads by itself.
type Store interface {
	Reader
	Directory
	// Health answers nil when the store can commit.
	Health(ctx context.Context) error
}

// Reader reads cases and what belongs to them.
type Reader interface {
	Case(ctx context.Context, id string) (workflow.Proposal, error)
	ListCases(ctx context.Context, filter store.CaseFilter) (store.Page[workflow.Proposal], error)
	History(ctx context.Context, proposalID string, afterSeq int64, limit int) ([]store.Record, error)
	Entry(ctx context.Context, eventID string) (store.Record, error)
	ListComments(ctx context.Context, proposalID string, page store.PageRequest) (store.Page[store.Comment], error)
	Task(ctx context.Context, id string) (workflow.Task, error)
	ListTasks(ctx context.Context, filter store.TaskFilter) (store.Page[workflow.Task], error)
	Answered(ctx context.Context, user, method, path, key string) (store.Answered, error)
}

// Directory reads people and partners.
type Directory interface {
	Partner(ctx context.Context, id string) (store.Partner, error)
	ListPartners(ctx context.Context, filter store.PartnerFilter) (store.Page[store.Partner], error)
	Person(ctx context.Context, id string) (store.Person, error)
	ListPeople(ctx context.Context, role workflow.Role, page store.PageRequest) (store.Page[store.Person], error)
	PersonByToken(ctx context.Context, hash string, now time.Time) (store.Person, error)
}

// Blobs keeps the bytes of documents under their hash.
type Blobs interface {
	// Put keeps at most limit bytes and returns their hex SHA-256 and their number.
	Put(ctx context.Context, bytes io.Reader, limit int64) (sha256 string, size int64, err error)
	Get(ctx context.Context, sha256 string) (io.ReadSeekCloser, error)
}

// Options says what the face works with; Engine, Store, Blobs and Now are required.
type Options struct {
	Engine *engine.Engine
	Store  Store
	Blobs  Blobs
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
	// MetricsElsewhere says that /metrics is served at another address, and so not here.
	MetricsElsewhere bool
}

// Bounds of what is taken from a caller.
const (
	maxBody   = 1 << 20  // bytes of a JSON body
	maxUpload = 25 << 20 // bytes of a file
	maxPage   = 200      // rows of a page
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
	s.routes = s.router(operations)
	return s.routes, nil
}

func (s *server) router(operations []operation) chi.Router {
	routes := chi.NewRouter()
	for _, op := range operations {
		handler := s.adapt(op.chain(s))
		routes.Method(op.Method, op.Path, handler)
		if op.Method == http.MethodGet {
			routes.Method(http.MethodHead, op.Path, handler)
		}
	}
	routes.NotFound(s.adapt(func(http.ResponseWriter, *http.Request) error { return errNoRoute }))
	routes.MethodNotAllowed(s.adapt(s.otherMethod))
	return routes
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
	return errNoMethod
}
