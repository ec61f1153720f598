package browser

import (
	"strings"
	"sync"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// seen is what the browser told about a visitor's page.
type seen struct {
	main    string // id of the page's frame
	dialogs sync.WaitGroup

	mu         sync.Mutex
	loading    bool
	changed    chan struct{} // closed and made anew when loading changes
	at         string
	status     int64 // of the last page
	errors     []string
	violations []string
	received   int64 // bytes since the last page was asked for
}

func newSeen() *seen { return &seen{changed: make(chan struct{})} }

// begin says which frame is the page.
func (s *seen) begin(frame string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.main = frame
}

// hear takes what the browser tells; it must not wait.
func (s *seen) hear(event any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch e := event.(type) {
	case *page.EventFrameRequestedNavigation:
		s.load(string(e.FrameID), true)
	case *page.EventFrameStartedNavigating:
		s.load(string(e.FrameID), !strings.Contains(string(e.NavigationType), "ameDocument"))
	case *page.EventFrameStartedLoading:
		s.load(string(e.FrameID), true)
	case *page.EventFrameStoppedLoading:
		s.load(string(e.FrameID), false)
	case *page.EventFrameNavigated:
		if string(e.Frame.ID) == s.main {
			s.at = e.Frame.URL
		}
	case *page.EventNavigatedWithinDocument:
		if string(e.FrameID) == s.main {
			s.at = e.URL
		}
	case *network.EventRequestWillBeSent:
		if e.Type == network.ResourceTypeDocument && string(e.FrameID) == s.main && e.RedirectResponse == nil {
			s.received = 0
		}
	case *network.EventResponseReceived:
		s.answered(e)
	case *network.EventLoadingFinished:
		s.received += int64(e.EncodedDataLength)
	default:
		s.complain(event)
	}
}

func (s *seen) load(frame string, loading bool) {
	if frame != s.main || s.loading == loading {
		return
	}
	s.loading = loading
	close(s.changed)
	s.changed = make(chan struct{})
}

func (s *seen) answered(e *network.EventResponseReceived) {
	switch {
	case e.Type == network.ResourceTypeDocument:
		if string(e.FrameID) == s.main {
			s.status = e.Response.Status
		}
	case e.Response.Status >= 400:
		s.errors = append(s.errors, e.Response.URL+" was answered "+e.Response.StatusText)
	}
}

// complain keeps what the browser finds wrong with a page.
func (s *seen) complain(event any) {
	switch e := event.(type) {
	case *log.EventEntryAdded:
		// An address that is answered with an error is told of by network, with its type.
		if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork {
			s.errors = append(s.errors, e.Entry.Text)
		}
	case *runtime.EventExceptionThrown:
		s.errors = append(s.errors, describe(e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			for _, argument := range e.Args {
				s.errors = append(s.errors, "console: "+string(argument.Value)+argument.Description)
			}
		}
	case *audits.EventIssueAdded:
		if policy := e.Issue.Details.ContentSecurityPolicyIssueDetails; policy != nil {
			what := policy.BlockedURL
			if what == "" {
				what = string(policy.ContentSecurityPolicyViolationType)
			}
			s.violations = append(s.violations, policy.ViolatedDirective+": "+what)
		}
	}
}

func describe(thrown *runtime.ExceptionDetails) string {
	if thrown.Exception != nil && thrown.Exception.Description != "" {
		return thrown.Exception.Description
	}
	return thrown.Text
}

func (s *seen) address() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

// state tells whether a page is loading, and a channel that is closed when that changes.
func (s *seen) state() (loading bool, changed <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.loading, s.changed
}

// Errors are what went wrong in the pages since the visitor came: exceptions, errors in the console, files that are missing.
func (v *Visitor) Errors() []string {
	v.seen.mu.Lock()
	defer v.seen.mu.Unlock()
	return append([]string(nil), v.seen.errors...)
}

// Violations are what the pages' content security policy refused since the visitor came.
func (v *Visitor) Violations() []string {
	v.seen.mu.Lock()
	defer v.seen.mu.Unlock()
	return append([]string(nil), v.seen.violations...)
}

// Received is how many bytes the last page took from the network with all that belongs to it, compressed as they came; what
// the browser had kept counts nothing.
func (v *Visitor) Received() int64 {
	v.seen.mu.Lock()
	defer v.seen.mu.Unlock()
	return v.seen.received
}

// Status is the HTTP status of the last page.
func (v *Visitor) Status() int {
	v.seen.mu.Lock()
	defer v.seen.mu.Unlock()
	return int(v.seen.status)
}
