package installation

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// ErrInUse says that another server runs on the data directory.
var ErrInUse = errors.New("another hejnal serve runs on this data directory; stop it first, or name another --data")

// lock makes sure that one server at a time runs on a data directory. The lock goes with the process, however it ends.
func (c Config) lock() (*os.File, error) {
	if err := c.makeData(); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(filepath.Join(c.Data, lockName), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open lock: %w", err)
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return file, nil
	}
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = ErrInUse
	}
	return nil, errors.Join(fmt.Errorf("lock %s: %w", c.Data, err), file.Close())
}
