package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"hejnal/store/postgres/internal/pgdb"
)

// news carries the word of commits to other processes, outside of any transaction.
type news struct {
	due chan struct{}
}

// pause is the least time between two notifications, and patience between two attempts to reach the database.
const (
	pause    = 10 * time.Millisecond
	patience = time.Second
)

// spread asks for a notification soon; it never waits.
func (n news) spread() {
	select {
	case n.due <- struct{}{}:
	default:
	}
}

// signal tells this process that there are new entries; it never waits.
func (s *Store) signal() {
	select {
	case s.committed <- struct{}{}:
	default:
	}
}

// tell sends a notification when one is due, with a pause after each. One that is lost does no harm: whoever waits for
// it looks by itself now and then.
func (s *Store) tell(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.news.due:
		}
		if err := pgdb.New(s.pool).Tell(ctx); err != nil {
			s.news.spread()
			rest(ctx, patience)
		}
		rest(ctx, pause)
	}
}

// listen turns notifications into signals, and reaches for the database again when it is lost.
func (s *Store) listen(ctx context.Context, way *pgx.ConnConfig) {
	for ctx.Err() == nil {
		if connection, err := pgx.ConnectConfig(ctx, way); err == nil {
			s.hear(ctx, connection)
		}
		rest(ctx, patience)
	}
}

// hear listens until the connection ends. What was committed while nobody listened is signalled at once.
func (s *Store) hear(ctx context.Context, connection *pgx.Conn) {
	defer connection.Close(context.WithoutCancel(ctx)) //nolint:errcheck // it is over, or was lost before
	_, err := connection.Exec(ctx, "LISTEN hejnal_committed")
	for err == nil {
		s.signal()
		_, err = connection.WaitForNotification(ctx)
	}
}

func rest(ctx context.Context, period time.Duration) {
	timer := time.NewTimer(period)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
