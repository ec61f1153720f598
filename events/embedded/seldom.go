package embedded

import (
	"context"
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

// warn writes a warning whose kind is its message and who is behind it.
func (s *seldom) warn(user, message string, attributes ...any) {
	s.write(slog.LevelWarn, message+" "+user, message, append(attributes, "user", user)...)
}

func (s *seldom) write(level slog.Level, kind, message string, attributes ...any) {
	more, now := s.due(kind)
	if !now {
		return
	}
	if more > 0 {
		attributes = append(attributes, "more", more)
	}
	s.log.Log(context.Background(), level, message, attributes...)
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
