package frame

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/intake"
	"hejnal/cmd/hejnal/web/live"
	"hejnal/cmd/hejnal/web/packet"
	"hejnal/cmd/hejnal/web/publisher"
	"hejnal/events"
	"hejnal/store"
	"hejnal/workflow"
)

// Store is what pages read by themselves, and where sessions are kept.
type Store interface {
	store.Reader
	Answers
}

// Options says what a site works with; every field but Public and Guesses is required.
type Options struct {
	// Log gets what a page cannot tell its reader.
	Log    *slog.Logger
	Engine *engine.Engine
	Store  Store
	Blobs  intake.Blobs
	Now    func() time.Time
	NewID  func() string
	// Secret draws a secret that names a session.
	Secret func() string
	// Passwords keeps and compares passwords.
	Passwords Passwords
	// Live tells what happens while it happens.
	Live *live.Stream
	// Subjects are those of the events.
	Subjects events.Subjects
	// Public is where the installation is reached from outside, such as https://umowy.krakow.pl; nil where nobody said.
	// With https the session's cookie travels over https alone.
	Public *url.URL
	// Publisher answers for what is published; the zero value works.
	Publisher publisher.Publisher
	// Guesses bounds how often passwords may be guessed; nil bounds nothing.
	Guesses Guesses
}

// Passwords keeps passwords as hashes. Both take long, and are refused with fault.ErrCrowded where too many wait for them.
type Passwords interface {
	Hash(ctx context.Context, password string) (string, error)
	Verify(ctx context.Context, hash, password string) (bool, error)
}

// Guesses counts wrong passwords.
type Guesses interface {
	// Begin refuses where no password may be tried for the login now; end is to be called after it was tried and counted.
	Begin(r *http.Request, login string) (end func(), err error)
	// Wrong counts a wrong password against the login and the address that it came from; true is one too many.
	Wrong(w http.ResponseWriter, r *http.Request, login string) bool
}

// Site renders pages and knows who asks.
type Site struct {
	Options
	// Packets bounds how many packets are written at once, of whatever kind.
	Packets   *packet.Turns
	templates map[string]func() (pageTemplates, error) // by language, read when the first page is asked for in it
	refuse    *http.CrossOriginProtection
}

// Feature is one kind of work: its templates, and the pages that it adds.
type Feature struct {
	Name      string // of its package; its templates are named <Name>/<file>
	Templates fs.FS  // *.html, and _*.html for parts that they share
}

// New makes a site of the features, or says which template is wrong.
func New(options Options, features ...Feature) (*Site, error) {
	s := &Site{Options: options, Packets: packet.NewTurns(), refuse: http.NewCrossOriginProtection(), templates: map[string]func() (pageTemplates, error){}}
	if options.Public != nil {
		if err := s.refuse.AddTrustedOrigin(options.Public.Scheme + "://" + options.Public.Host); err != nil {
			return nil, err
		}
	}
	if s.Guesses == nil {
		s.Guesses = unbounded{}
	}
	var forms []*workflow.Definition
	if s.Engine != nil {
		forms = s.Engine.Forms()
	}
	for _, language := range []string{call.Polish, call.English} {
		// What is wrong with a template is found at the start. What is read then is not kept: a server that nobody asks for pages
		// does without it.
		if _, err := parse(language, features, forms); err != nil {
			return nil, err
		}
		s.templates[language] = sync.OnceValues(func() (pageTemplates, error) { return parse(language, features, forms) })
	}
	return s, nil
}

// unbounded lets passwords be guessed.
type unbounded struct{}

// Begin lets everybody try.
func (unbounded) Begin(*http.Request, string) (end func(), err error) { return func() {}, nil }

// Wrong counts nothing.
func (unbounded) Wrong(http.ResponseWriter, *http.Request, string) bool { return false }
