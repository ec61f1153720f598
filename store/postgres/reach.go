package postgres

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// reaching is how long a server may take to let us in, where the URL does not say, before the next one that it names is
// tried. It is shorter than a lease lasts, so that a server that is gone does not keep us from all leases.
const reaching = 2 * time.Second

// mostConnections is how many connections a URL may ask for: far more than a server has for everybody.
const mostConnections = 10_000

// ParseURL tells whom a database's URL names, and refuses one that cannot be used.
func ParseURL(url string) (*pgconn.Config, error) {
	config, err := way(url)
	if err != nil {
		return nil, err
	}
	return &config.Config, nil
}

// way is how the database that the URL names is reached by a connection of its own.
func way(url string) (*pgx.ConnConfig, error) {
	config, err := ways(url)
	if err != nil {
		return nil, err
	}
	return config.ConnConfig, nil
}

// ways reads the database's URL, and fills in how connections to servers that are gone are given up, and how many reads and
// small writes have. What the URL says of pools is for this program: no server knows it.
func ways(url string) (*pgxpool.Config, error) {
	plain, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("read the database's URL: %w", err)
	}
	most := int64(connections)
	if text, named := plain.RuntimeParams["pool_max_conns"]; named {
		if most, err = strconv.ParseInt(text, 10, 32); err != nil || most < 1 || most > mostConnections {
			return nil, fmt.Errorf("read the database's URL: pool_max_conns is a number from 1 to %d, and not %q", mostConnections, text)
		}
	}
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("read the database's URL: %w", err)
	}
	config.MaxConns = int32(most)
	hurry(config.ConnConfig)
	return config, nil
}

func hurry(config *pgx.ConnConfig) {
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = reaching
	}
	dialer := net.Dialer{KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 5 * time.Second, Interval: 2 * time.Second, Count: 3}}
	config.DialFunc = dialer.DialContext
}

var errNotCancelled = errors.New("a commit is never cancelled")

// uncancelled makes a connection one whose statements go on when nobody waits for them any more. A commit that waits for a
// standby must not be cancelled: PostgreSQL would stop waiting and show it to everybody, also to whoever asks again under the
// same key, and a promotion of the standby would undo it.
func uncancelled(_ context.Context, config *pgx.ConnConfig) error {
	var connected atomic.Bool
	dial := config.DialFunc
	config.DialFunc = func(ctx context.Context, network, address string) (net.Conn, error) {
		if connected.Load() { // what is dialled after that is the request to cancel
			return nil, errNotCancelled
		}
		return dial(ctx, network, address)
	}
	config.AfterConnect = func(context.Context, *pgconn.PgConn) error {
		connected.Store(true)
		return nil
	}
	return nil
}
