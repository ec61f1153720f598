package embedded

import (
	"log/slog"
	"sync"
	"time"
)

const (
	seldomStep = time.Second
	seldomMost = 1024 // kinds that are remembered
)

// seldom writes at most one record a second of a kind, so that a log is not
// filled by whoever repeats what is refused. The next record of a kind says how
// many more there were since the last.
type seldom struct {
	log *slog.Logger

	mu    sync.Mutex
	kinds map[string]*spell
}

// spell is the time after a record in which others of its kind are counted.
type spell struct {
	until time.Time
	more  int
}

func newSeldom(log *slog.Logger) *seldom {
	return &seldom{log: log, kinds: make(map[string]*spell)}
}

// of is the log for one record of a kind. Where it is not due yet, nobody reads
// it.
func (s *seldom) of(kind string) *slog.Logger {
	more, now := s.due(kind)
	switch {
	case !now:
		return slog.New(slog.DiscardHandler)
	case more > 0:
		return s.log.With("more", more)
	}
	return s.log
}

// due reports whether a record of the kind may be written now, and how many
// were not.
func (s *seldom) due(kind string) (more int, now bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := time.Now()
	known := s.kinds[kind]
	if known == nil {
		if len(s.kinds) >= seldomMost {
			clear(s.kinds)
		}
		known = &spell{}
		s.kinds[kind] = known
	}
	if at.Before(known.until) {
		known.more++
		return 0, false
	}
	more = known.more
	*known = spell{until: at.Add(seldomStep)}
	return more, true
}
