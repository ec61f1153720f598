package installation

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"hejnal/store"
	"hejnal/store/blob"
	"hejnal/store/postgres"
	"hejnal/store/sqlite"
)

// OpenStore opens the store of the installation: the database when one is named, else the file in the data directory,
// which is made when it is missing.
func (c Config) OpenStore(ctx context.Context) (store.Store, error) {
	if c.Database != "" {
		if err := CheckDatabase(c.Database); err != nil {
			return nil, err
		}
		opened, err := postgres.Open(ctx, c.Database, postgres.Options{Observer: c.storeObserver()})
		if err != nil {
			return nil, storeAdvice(err, func() error { return databaseAdvice(c.Database, err) })
		}
		return opened, nil
	}
	if err := c.makeData(); err != nil {
		return nil, err
	}
	if err := c.restored(); err != nil {
		return nil, err
	}
	opened, err := sqlite.Open(ctx, c.StoreFile(), sqlite.Options{Observer: c.storeObserver()})
	if err != nil {
		return nil, storeAdvice(err, func() error { return FileAdvice(c.StoreFile(), err) })
	}
	return opened, nil
}

// CheckStore refuses a data directory that holds no embedded store, for whoever must not make one there. What stands in the way
// of one that may be there is told by OpenStore.
func (c Config) CheckStore() error {
	if c.Database != "" {
		return nil
	}
	_, store := os.Stat(c.StoreFile())
	_, broken := os.Lstat(filepath.Join(c.Data, stagingName))
	if errors.Is(store, fs.ErrNotExist) && errors.Is(broken, fs.ErrNotExist) {
		return fmt.Errorf("there is no store in %s: name the --data of hejnal serve, or its --database; hejnal user add, hejnal subscriber add and hejnal serve make one", c.Data)
	}
	return nil
}

// storeAdvice leaves alone what is advice already: that the program is too old for the schema.
func storeAdvice(err error, advice func() error) error {
	var tooOld *store.SchemaError
	if errors.As(err, &tooOld) || errors.Is(err, context.Canceled) {
		return fmt.Errorf("open store: %w", err)
	}
	return advice()
}

// OpenBlobs opens the files of the installation.
func (c Config) OpenBlobs() (*blob.Store, error) {
	if err := c.makeData(); err != nil {
		return nil, err
	}
	files, err := blob.Open(c.FilesDir())
	if err != nil {
		return nil, fmt.Errorf("open files: %w", err)
	}
	return files, nil
}

// makeData makes the data directory, readable by its owner alone.
func (c Config) makeData() error {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return fmt.Errorf("make data directory %s: name another --data, or make it for the user that runs hejnal: %w", c.Data, err)
	}
	return c.CheckData()
}

// readWriteSearch is what hejnal must be allowed in the data directory.
const readWriteSearch = 7

// CheckData refuses a data directory that is there and cannot be read and written.
func (c Config) CheckData() error {
	err := syscall.Access(c.Data, readWriteSearch)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return fmt.Errorf("data directory %s cannot be read and written: see who owns it, as whom hejnal runs, and whether the disk is mounted read-only: %w", c.Data, err)
}
