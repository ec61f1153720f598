package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"regexp"
)

// ErrListen says that the server cannot listen at its address.
var ErrListen = errors.New("the address cannot be listened at")

// serverLog passes the warnings and errors of the NATS server on, and keeps the
// first fatal one, after which the server does not run.
type serverLog struct {
	log   *seldom
	fatal chan error
}

func (l serverLog) Noticef(string, ...any) {}
func (l serverLog) Debugf(string, ...any)  {}
func (l serverLog) Tracef(string, ...any)  {}

func (l serverLog) Warnf(format string, v ...any) { l.pass(slog.LevelWarn, format, v) }

func (l serverLog) Errorf(format string, v ...any) { l.pass(slog.LevelError, format, v) }

// ofClient begins what the server says of a connection from outside: its
// address and its number.
var ofClient = regexp.MustCompile(`^\S+:\d+ - [cwm]id\w*:\d+`)

// pass writes what the server says. What a client does wrong is no error of
// this program, and is one kind, however it is worded: a client chooses words
// of it.
func (l serverLog) pass(level slog.Level, format string, v []any) {
	said, kind := fmt.Sprintf(format, v...), level.String()+" "+format
	if ofClient.MatchString(said) {
		level, kind = slog.LevelWarn, "client"
	}
	l.log.of(kind).Log(context.Background(), level, "NATS server", "says", said)
}

func (l serverLog) Fatalf(format string, v ...any) {
	err := fmt.Errorf(format, v...)
	for _, value := range v {
		var taken *net.OpError
		if cause, ok := value.(error); ok && errors.As(cause, &taken) && taken.Op == "listen" {
			err = fmt.Errorf("%w: %w", ErrListen, cause)
		}
	}
	select {
	case l.fatal <- err:
	default:
		l.Errorf(format, v...)
	}
}
