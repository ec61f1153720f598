package installation

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// snapshotsName is the folder of the snapshots that backups are made from. They hold personal data, so that they lie where
// the store does, and what a backup that was killed has left is found.
const snapshotsName = ".backup"

// Snapshot is a folder of one backup, which nobody but its owner can look into.
type Snapshot struct {
	Dir  string
	lock *os.File // goes with the process, however it ends
}

// NewSnapshot makes a folder for a snapshot of the store in the data directory. What backups that were killed have left
// there is removed. Close removes the folder.
func (c Config) NewSnapshot() (*Snapshot, error) {
	if err := os.Mkdir(filepath.Join(c.Data, snapshotsName), 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("make folder for the snapshot: %w", err)
	}
	var s *Snapshot
	err := c.amongSnapshots(func(folder string) error {
		dir, err := os.MkdirTemp(folder, "")
		if err != nil {
			return fmt.Errorf("make folder for the snapshot: %w", err)
		}
		lock, err := os.Open(dir)
		if err == nil {
			err = syscall.Flock(int(lock.Fd()), syscall.LOCK_EX)
		}
		s = &Snapshot{dir, lock}
		return err
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Close removes the folder with what is in it.
func (s *Snapshot) Close() error {
	return errors.Join(os.RemoveAll(s.Dir), s.lock.Close())
}

// removeSnapshots removes what backups that were killed have left.
func (c Config) removeSnapshots() error {
	err := c.amongSnapshots(func(string) error { return nil })
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// amongSnapshots removes the folders that no process holds and lets do work before anybody else looks at them.
func (c Config) amongSnapshots(do func(folder string) error) (err error) {
	folder, err := os.Open(filepath.Join(c.Data, snapshotsName))
	if err != nil {
		return fmt.Errorf("look for snapshots of backups: %w", err)
	}
	defer func() { err = errors.Join(err, folder.Close()) }()
	if err := syscall.Flock(int(folder.Fd()), syscall.LOCK_EX); err != nil {
		return fmt.Errorf("look for snapshots of backups: %w", err)
	}
	names, err := folder.Readdirnames(-1)
	if err != nil {
		return fmt.Errorf("look for snapshots of backups: %w", err)
	}
	for _, name := range names {
		if err := removeUnheld(filepath.Join(folder.Name(), name)); err != nil {
			return fmt.Errorf("clear up behind a backup: %w", err)
		}
	}
	return do(folder.Name())
}

// removeUnheld removes a folder unless a process holds it.
func removeUnheld(path string) error {
	held, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	err = syscall.Flock(int(held.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	switch {
	case err == nil:
		err = os.RemoveAll(path)
	case errors.Is(err, syscall.EWOULDBLOCK):
		err = nil
	}
	return errors.Join(err, held.Close())
}
