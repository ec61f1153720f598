package live

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"hejnal/cmd/hejnal/news"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/cmd/hejnal/web/streamed"
	"hejnal/store"
)

// Bounds of listeners.
const (
	maxListeners = 2_000
	// heartbeat keeps proxies from taking a silent connection for a dead one.
	heartbeat = 20 * time.Second
	// whole is how long a listener is told things before it has to come again, and say again who it is.
	whole = time.Hour
	// trusted is how long a listener is believed to be signed in before it is looked at again.
	trusted = 250 * time.Millisecond
)

// Stream tells listeners what is committed.
type Stream struct {
	tail      tail
	board     *news.Board
	listeners atomic.Int64
}

// New makes a stream of the journal that looks whenever the board tells.
func New(journal Journal, board *news.Board) *Stream {
	return &Stream{tail: tail{journal: journal}, board: board}
}

// Listener says what is told to one of them.
type Listener struct {
	// Tells gives what is told of an entry; nil tells nothing of it.
	Tells func(store.Record) []byte
	// Still reports whether the listener may be told anything any more; nil says always.
	Still func(context.Context) bool
	// Beat is the time between two signs of life; 0 means 20 seconds.
	Beat time.Duration
}

// Serve tells a listener what happens until it goes, from the position in Last-Event-ID on, or from now on where there is none or
// it lies beyond the journal. It says the position at the beginning and with each sign of life too, without data: whoever was told
// nothing yet goes on from there. Errors come before anything was written: *fault.UnreadableError, store.ErrUnavailable.
func (s *Stream) Serve(w http.ResponseWriter, r *http.Request, to Listener) error {
	pos, err := s.begin(r)
	if err != nil {
		return err
	}
	if s.listeners.Add(1) > maxListeners {
		s.listeners.Add(-1)
		return store.ErrUnavailable
	}
	defer s.listeners.Add(-1)
	w = streamed.Begin(w, r)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	if to.Beat == 0 {
		to.Beat = heartbeat
	}
	beat := time.NewTicker(to.Beat)
	defer beat.Stop()
	ended := time.NewTimer(whole)
	defer ended.Stop()
	line := &line{w: w, control: http.NewResponseController(w)}
	var looked time.Time
	gone := func() bool {
		if to.Still == nil || time.Since(looked) < trusted {
			return false
		}
		looked = time.Now()
		return !to.Still(r.Context())
	}
	line.send(fmt.Sprintf("retry: 3000\nid: %d\n\n", pos))
	for line.err == nil && !s.board.Closed() {
		changed := s.board.Changed()
		records, err := s.tail.after(r.Context(), pos)
		if err != nil {
			return nil // The listener comes again from where it was; the store is watched elsewhere.
		}
		if len(records) > 0 && gone() {
			return nil
		}
		pos = line.tell(records, pos, to)
		if len(records) > 0 {
			continue
		}
		select {
		case <-r.Context().Done():
			return nil
		case <-ended.C:
			return nil
		case <-changed:
		case <-beat.C:
			if gone() {
				return nil
			}
			line.send(fmt.Sprintf(": %[1]d\nid: %[1]d\n\n", pos))
		}
	}
	return nil
}

// begin is the position after which a listener is told: the head of the journal for whoever names none, and for whoever was told
// of entries that it does not have, as after the restoring of an older backup.
func (s *Stream) begin(r *http.Request) (int64, error) {
	last := r.Header.Get("Last-Event-ID")
	pos, err := strconv.ParseInt(last, 10, 64)
	if last != "" && (err != nil || pos < 0) {
		return 0, fault.Unreadable("Last-Event-ID to pozycja w dzienniku: liczba od 0.", "Last-Event-ID is a position in the journal: a number from 0.")
	}
	head, err := s.tail.journal.Head(r.Context())
	if err != nil {
		return 0, fmt.Errorf("read head of journal: %w", err)
	}
	if last == "" {
		return head, nil
	}
	return min(pos, head), nil
}

// line is the connection to one listener.
type line struct {
	w       http.ResponseWriter
	control *http.ResponseController
	err     error // that ended it
}

// tell sends what is to be told of the entries, and returns the position that the listener has then.
func (l *line) tell(records []store.Record, pos int64, to Listener) int64 {
	for _, record := range records {
		pos = record.Pos
		if told := to.Tells(record); told != nil && l.err == nil {
			l.send(fmt.Sprintf("id: %d\ndata: %s\n\n", record.Pos, told))
		}
	}
	return pos
}

func (l *line) send(text string) {
	if _, l.err = l.w.Write([]byte(text)); l.err == nil {
		l.err = l.control.Flush()
	}
}
