package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// The environment variables that are read.
const (
	// ProgramVariable names the browser's program; without it chromium is looked for on the PATH.
	ProgramVariable = "HEJNAL_BROWSER"
	// RequireVariable makes a missing browser a failure when it is "1".
	RequireVariable = "HEJNAL_REQUIRE_BROWSER"
	// FullVariable asks for every state of every page when it is "1".
	FullVariable = "HEJNAL_PAGES_FULL"
	// PicturesVariable names a folder for pictures of pages, which people look at.
	PicturesVariable = "HEJNAL_SCREENSHOTS"
)

// What Lookup answers when there is no browser, or none is wanted.
var (
	ErrMissing  = errors.New("there is no browser: run make deps, or set " + ProgramVariable)
	ErrRequired = errors.New("there is no browser, and this run requires one: run make deps, or set " + ProgramVariable)
	ErrShort    = errors.New("a short run opens no browser")
)

// Lookup finds the browser's program. Without one the answer is ErrMissing, and the test may be skipped; when RequireVariable
// is "1", or CI is "true", it is ErrRequired, and the test has failed. Short runs open no browser: ErrShort.
func Lookup(getenv func(string) string, find func(string) (string, error), short bool) (string, error) {
	if short {
		return "", ErrShort
	}
	names := []string{"chromium", "chromium-browser", "google-chrome"}
	if named := getenv(ProgramVariable); named != "" {
		names = []string{named}
	}
	for _, name := range names {
		if program, err := find(name); err == nil {
			return program, nil
		}
	}
	if getenv(RequireVariable) == "1" || getenv("CI") == "true" {
		return "", ErrRequired
	}
	return "", ErrMissing
}

// Full reports whether every state of every page is asked for.
func Full() bool { return os.Getenv(FullVariable) == "1" }

// chromium is the one process of a test binary.
type chromium struct {
	mu  sync.Mutex
	ctx context.Context //nolint:containedctx // chromedp keeps the process in it
	end func() error
}

var shared chromium

// start gives the context of the running browser, which it starts at first.
func (c *chromium) start(program string) (context.Context, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ctx != nil {
		return c.ctx, nil
	}
	allocator, release := chromedp.NewExecAllocator(context.Background(), flags(program, os.Geteuid())...)
	ctx, cancel := chromedp.NewContext(allocator)
	if err := chromedp.Do(ctx); err != nil {
		cancel()
		release()
		return nil, fmt.Errorf("start %s: %w", program, err)
	}
	c.ctx = ctx
	c.end = func() error {
		err := chromedp.Cancel(ctx)
		release()
		return err
	}
	return ctx, nil
}

// stop ends the browser, if it runs.
func (c *chromium) stop() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ctx == nil {
		return nil
	}
	err := c.end()
	c.ctx, c.end = nil, nil
	return err
}

// flags are how the browser is started: without a window, without traffic of its own, and reaching 127.0.0.1 alone, by name
// (nothing else resolves) and by number (everything else goes to a proxy that is not there).
func flags(program string, user int) []chromedp.ExecAllocatorOption {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program),
		chromedp.DisableGPU,
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		chromedp.Flag("proxy-server", "http://127.0.0.1:9"),
		chromedp.Flag("proxy-bypass-list", "127.0.0.1"),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("no-pings", true),
		chromedp.Flag("force-prefers-reduced-motion", true),
	)
	if user == 0 {
		// Root has no sandbox in a container; only pages of the tests, on 127.0.0.1, are ever opened.
		options = append(options, chromedp.NoSandbox)
	}
	return options
}

// tests runs the tests of a package and ends the browser after them.
type tests struct{ m *testing.M }

// Main wraps what runs the tests of a package, so that the browser has ended before anybody looks for what was left behind:
// goleak.VerifyTestMain(browser.Main(m)).
func Main(m *testing.M) interface{ Run() int } { return tests{m} }

// Run runs the tests; a browser that cannot be ended fails them.
func (t tests) Run() int {
	code := t.m.Run()
	if err := shared.stop(); err != nil {
		fmt.Fprintln(os.Stderr, "end the browser:", err)
		return max(code, 1)
	}
	return code
}

// program finds the browser for a test, or skips or fails it.
func program(t testing.TB) string {
	t.Helper()
	found, err := Lookup(os.Getenv, exec.LookPath, testing.Short())
	switch {
	case errors.Is(err, ErrMissing), errors.Is(err, ErrShort):
		t.Skip(err)
	case err != nil:
		t.Fatal(err)
	}
	return found
}
