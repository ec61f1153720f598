package browser

import (
	"context"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// start is how long a page may take to begin loading after what leads to it was done.
const start = 2 * time.Second

// Open opens a page of the site by its path and waits until it has loaded.
func (v *Visitor) Open(path string) {
	v.t.Helper()
	answer := tell(v, "open "+path, page.Navigate, page.NavigateParams{URL: v.base + path})
	if answer.ErrorText != "" && answer.ErrorText != "net::ERR_ABORTED" {
		v.t.Fatalf("open %s: %s", path, answer.ErrorText)
	}
	v.settle(false)
}

// Reload opens the page anew.
func (v *Visitor) Reload() {
	v.t.Helper()
	tell(v, "reload", page.Reload, page.ReloadParams{})
	v.settle(true)
}

// Back goes to the page before.
func (v *Visitor) Back() {
	v.t.Helper()
	history := tell(v, "go back", page.GetNavigationHistory, cdp.Empty{})
	if history.CurrentIndex == 0 {
		v.t.Fatalf("go back: there is no page before %s", v.seen.address())
	}
	before := history.Entries[history.CurrentIndex-1].ID
	tell(v, "go back", page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: before})
	v.settle(true)
}

// settle waits until no page is loading any more. Where one has to come, it waits first until it begins, for a while: a page
// may be kept by its script.
func (v *Visitor) settle(comes bool) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	if comes {
		begins, stop := context.WithTimeout(ctx, start)
		_ = v.until(begins, true)
		stop()
	} else {
		// What was begun before has been told before both have answered. A page that is just going answers with an error.
		_, _ = ask(v, runtime.Evaluate, runtime.EvaluateParams{Expression: "0"})
		_, _ = ask(v, page.GetNavigationHistory, cdp.Empty{})
	}
	if err := v.until(ctx, false); err != nil {
		v.t.Fatalf("the page does not load: %v (at %s)", err, v.seen.address())
	}
}

// until waits until a page is loading, or is not.
func (v *Visitor) until(ctx context.Context, loads bool) error {
	for {
		loading, changed := v.seen.state()
		if loading == loads {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("wait for the page: %w", ctx.Err())
		}
	}
}
