package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"hejnal/store"
	"hejnal/store/postgres"
)

func TestADatabaseThatIsAwayIsToldFromADefect(t *testing.T) {
	for name, test := range map[string]struct {
		err  error
		away bool
	}{
		"shut down by its operator": {&pgconn.PgError{Code: "57P01"}, true},
		"starting up":               {&pgconn.PgError{Code: "57P03"}, true},
		"a lost connection":         {fmt.Errorf("read: %w", &pgconn.PgError{Code: "08006"}), true},
		"too many connections":      {&pgconn.PgError{Code: "53300"}, true},
		"nobody answers":            {&net.OpError{Op: "dial", Err: errors.New("connection refused")}, true},
		"cut in the middle":         {io.ErrUnexpectedEOF, true},
		"a unique value is taken":   {&pgconn.PgError{Code: "23505"}, false},
		"a syntax error":            {&pgconn.PgError{Code: "42601"}, false},
		"the caller went away":      {context.Canceled, false},
		"nothing found":             {store.ErrNotFound, false},
	} {
		t.Run(name, func(t *testing.T) {
			got := postgres.Away(test.err)
			if errors.Is(got, store.ErrUnavailable) != test.away || !errors.Is(got, test.err) {
				t.Errorf("answered %v", got)
			}
		})
	}
	if postgres.Away(nil) != nil {
		t.Error("no error became one")
	}
}
