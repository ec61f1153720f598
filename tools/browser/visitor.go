package browser

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Widths of windows, in CSS pixels.
const (
	Desk   = 1280
	Tablet = 768
	Phone  = 320
)

// patience is how long a visitor waits for what has to come.
const patience = 20 * time.Second

// Visitor is one person with a browser: one page, and cookies of their own. Whatever does not work fails the test at once.
type Visitor struct {
	t    testing.TB
	base string
	ctx  context.Context //nolint:containedctx // chromedp keeps the tab in it
	seen *seen
	// scripts tells whether the pages may run theirs.
	scripts bool
}

// Option changes how a visitor is equipped.
type Option func(*equipment)

type equipment struct {
	width    int64
	language string
	scripts  bool
}

// Width gives a window of a width in CSS pixels; without it, it is Desk.
func Width(pixels int64) Option { return func(e *equipment) { e.width = pixels } }

// Language is what the browser asks for; without it, it is Polish.
func Language(tag string) Option { return func(e *equipment) { e.language = tag } }

// WithoutScript switches JavaScript off.
func WithoutScript() Option { return func(e *equipment) { e.scripts = false } }

// New gives a visitor of the site at base, http://127.0.0.1:port. The test is skipped or fails without a browser. Their page
// is closed when the test has ended.
func New(t testing.TB, base string, options ...Option) *Visitor {
	t.Helper()
	name := program(t)
	if !strings.HasPrefix(base, "http://127.0.0.1:") {
		t.Fatalf("a visitor of %s: only 127.0.0.1 is reached", base)
	}
	e := equipment{width: Desk, language: "pl", scripts: true}
	for _, option := range options {
		option(&e)
	}
	running, err := shared.start(name)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(running, chromedp.WithNewBrowserContext())
	v := &Visitor{t: t, base: base, ctx: ctx, seen: newSeen(), scripts: e.scripts}
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Errorf("close the page: %v", err)
		}
		cancel()
		v.seen.dialogs.Wait()
	})
	if err := chromedp.Listen(ctx, v.seen.hear); err != nil {
		t.Fatalf("open a page: %v", err)
	}
	tab := chromedp.FromContext(ctx)
	v.seen.begin(string(tab.Target.TargetID))
	if err := chromedp.Listen(ctx, v.answerDialogs); err != nil {
		t.Fatalf("open a page: %v", err)
	}
	v.equip(e, tab.BrowserContextID)
	return v
}

func (v *Visitor) equip(e equipment, cookies cdp.BrowserContextID) {
	v.t.Helper()
	const what = "equip the browser"
	tell(v, what, network.Enable, network.EnableParams{})
	tell(v, what, page.Enable, page.EnableParams{})
	tell(v, what, log.Enable, cdp.Empty{})
	tell(v, what, audits.Enable, cdp.Empty{})
	tell(v, what, accessibility.Enable, cdp.Empty{})
	tell(v, what, emulation.SetEmulatedMedia, screen)
	tell(v, what, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": e.language}})
	v.allow(e.scripts)
	tell(v, what, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorDeny, BrowserContextID: cookies})
	v.Resize(e.width)
}

// screen is how pages are shown: nothing moves.
var screen = emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}}

// In is the same visitor, whose failures are those of another test, a part of the one that the visitor was made for.
func (v *Visitor) In(t testing.TB) *Visitor {
	t.Helper()
	same := *v
	same.t = t
	return &same
}

// Resize gives the window another width in CSS pixels.
func (v *Visitor) Resize(width int64) {
	v.t.Helper()
	tell(v, "resize the window", emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1})
}

// ask gives the browser a command and waits for its answer within patience.
func ask[P, R any](v *Visitor, command cdp.Command[P, R], parameters P) (R, error) {
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	return chromedp.Call(ctx, command, parameters)
}

// tell is ask whose failure is the test's.
func tell[P, R any](v *Visitor, what string, command cdp.Command[P, R], parameters P) R {
	v.t.Helper()
	answer, err := ask(v, command, parameters)
	v.must(what, err)
	return answer
}

// run does something in the page within patience, or fails the test.
func (v *Visitor) run(what string, action chromedp.Action[chromedp.Void]) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	v.must(what, chromedp.Do(ctx, action))
}

func (v *Visitor) must(what string, err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatalf("%s: %v (at %s)", what, err, v.seen.address())
	}
}

// answerDialogs leaves a page that asks whether it may be left.
func (v *Visitor) answerDialogs(event any) {
	if _, ok := event.(*page.EventJavascriptDialogOpening); !ok {
		return
	}
	v.seen.dialogs.Go(func() {
		// When the page is closed by now, nobody asks any more.
		_, _ = ask(v, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
	})
}
