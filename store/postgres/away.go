package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"hejnal/store"
)

// away marks an error that says that the database cannot be reached now, so that callers can tell it from a defect. What
// the statement did is then unknown. One that says that the disk is full is marked as that.
func away(err error) error {
	var fault *pgconn.PgError
	if errors.As(err, &fault) && fault.Code == "53100" && !errors.Is(err, store.ErrFull) {
		return fmt.Errorf("%w: %w", store.ErrFull, err)
	}
	if err == nil || errors.Is(err, store.ErrUnavailable) || !isAway(err) {
		return err
	}
	return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
}

func isAway(err error) bool {
	var fault *pgconn.PgError
	if errors.As(err, &fault) {
		// 08: connection; 53300: too many connections; 57P: shut down, crashed, not yet up; 25006: a standby.
		return strings.HasPrefix(fault.Code, "08") || strings.HasPrefix(fault.Code, "57P") || fault.Code == "53300" || fault.Code == "25006"
	}
	var connecting *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connecting) || errors.As(err, &network) && !errors.Is(err, context.Canceled) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}
