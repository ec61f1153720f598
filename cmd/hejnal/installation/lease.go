package installation

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hejnal/events"
	"hejnal/store"
)

// lease gives the leases of the relays. Streams outside are filled by all processes together, one at a time; embedded
// ones belong to a data directory, so that several servers over one database fill each its own.
func (c Config) lease(kept store.Leases) (events.Lease, error) {
	if c.NATS != "" {
		return kept, nil
	}
	id, err := c.instance()
	return ownLease{kept, id}, err
}

// EpochName is the name that the store keeps the epochs of a stream under: that of the stream for one outside, which all
// processes share, and with the data directory's own for an embedded one.
func (c Config) EpochName(stream string) (string, error) {
	if c.NATS != "" {
		return stream, nil
	}
	id, err := c.instance()
	return stream + "@" + id, err
}

// instance names the data directory, the same for as long as it lives.
func (c Config) instance() (string, error) {
	if err := c.makeData(); err != nil {
		return "", err
	}
	name := filepath.Join(c.Data, instanceName)
	file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case err == nil:
		_, err = file.WriteString(NewID())
		if err := errors.Join(err, file.Close()); err != nil {
			return "", fmt.Errorf("name data directory: %w", err)
		}
	case !errors.Is(err, fs.ErrExist):
		return "", fmt.Errorf("name data directory: %w", err)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("read name of data directory: %w", err)
	}
	return strings.TrimSpace(string(text)), nil
}

// ownLease keeps the leases of one data directory apart from those of others.
type ownLease struct {
	store.Leases
	id string
}

func (l ownLease) Acquire(ctx context.Context, name, holder string, ttl time.Duration) (bool, error) {
	return l.Leases.Acquire(ctx, name+"@"+l.id, holder, ttl)
}

func (l ownLease) Release(ctx context.Context, name, holder string) error {
	return l.Leases.Release(ctx, name+"@"+l.id, holder)
}
