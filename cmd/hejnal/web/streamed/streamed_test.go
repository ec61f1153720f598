package streamed_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"go.uber.org/goleak"

	"hejnal/cmd/hejnal/web/streamed"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// An answer is written in pieces that no buffer holds, one for each time that the server gives a whole answer.
const (
	bound  = 50 * time.Millisecond
	pieces = 5
	size   = 64 << 10
)

// receive asks for an answer that is begun in one way or another behind what the face puts around every one, and counts its bytes.
func receive(t *testing.T, begin func(http.ResponseWriter, *http.Request) http.ResponseWriter) (int64, error) {
	t.Helper()
	server := httptest.NewUnstartedServer(middleware.Compress(5)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w = begin(middleware.NewWrapResponseWriter(w, r.ProtoMajor), r)
		w.Header().Set("Content-Type", "application/zip")
		tick := time.NewTicker(bound)
		defer tick.Stop()
		for range pieces {
			<-tick.C
			if _, err := io.WriteString(w, strings.Repeat("x", size)); err != nil || r.Context().Err() != nil {
				panic(http.ErrAbortHandler)
			}
		}
	})))
	server.Config.ReadTimeout, server.Config.WriteTimeout = bound, bound
	server.Start()
	t.Cleanup(server.Close)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := server.Client().Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	return io.Copy(io.Discard, response.Body)
}

func TestAnAnswerThatIsStreamedOutlivesTheServersBounds(t *testing.T) {
	received, err := receive(t, func(w http.ResponseWriter, r *http.Request) http.ResponseWriter { return streamed.Begin(w, r) })
	if err != nil || received != pieces*size {
		t.Errorf("received %d bytes, %v", received, err)
	}
}

func TestAnOrdinaryAnswerIsEndedByThem(t *testing.T) {
	if received, err := receive(t, func(w http.ResponseWriter, _ *http.Request) http.ResponseWriter { return w }); err == nil {
		t.Errorf("received %d bytes", received)
	}
}

// dated is a connection that keeps its deadline.
type dated struct {
	http.ResponseWriter
	until time.Time
}

// SetWriteDeadline keeps it.
func (d *dated) SetWriteDeadline(until time.Time) error {
	d.until = until
	return nil
}

func TestNobodyHoldsAnAnswerForGood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		connection := &dated{ResponseWriter: httptest.NewRecorder()}
		answer := streamed.Begin(connection, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil))
		begun := time.Now()
		for time.Since(begun) < 3*time.Hour {
			if _, err := io.WriteString(answer, "x"); err != nil {
				t.Fatal(err)
			}
			if left := time.Until(connection.until); time.Since(begun) < time.Hour && (left < 30*time.Second || left > 40*time.Second) {
				t.Fatalf("%v to receive what was written after %v", left, time.Since(begun))
			}
			time.Sleep(700 * time.Millisecond)
		}
		if whole := connection.until.Sub(begun); whole != 2*time.Hour {
			t.Errorf("an answer lasts %v", whole)
		}
	})
}
