package installation

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// Names in the data directory.
const (
	storeName    = "hejnal.sqlite"
	filesName    = "files"
	instanceName = "instance"
	epochsName   = "epochs"
	lockName     = "serve.lock"
	stagingName  = ".restore"
)

// StoreFile is the file of the embedded store.
func (c Config) StoreFile() string { return filepath.Join(c.Data, storeName) }

// EpochsDir is the folder of the events that were kept when a stream began a new epoch.
func (c Config) EpochsDir() string { return filepath.Join(c.Data, epochsName) }

// StorePart, InstancePart and what begins with FilesPart or EpochsPart are the parts of an archive, by their places in the
// data directory.
const (
	StorePart    = storeName
	InstancePart = instanceName
	FilesPart    = filesName + "/"
	EpochsPart   = epochsName + "/"
)

// DocumentPart is the part of the document with a SHA-256.
func DocumentPart(hash string) string {
	if len(hash) < 4 {
		return FilesPart + hash
	}
	return FilesPart + hash[:2] + "/" + hash[2:4] + "/" + hash
}

// IsPart answers whether an archive may hold a part of the name, with that SHA-256.
func IsPart(name, hash string) bool {
	folder, file := path.Split(name)
	return name == StorePart || name == InstancePart || name == DocumentPart(hash) || folder == EpochsPart && file != ""
}

// restored refuses a data directory in which a restore was broken off, and clears up behind one that came to its end.
func (c Config) restored() error {
	staging := filepath.Join(c.Data, stagingName)
	if _, err := os.Lstat(staging); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if _, err := os.Stat(c.StoreFile()); err != nil {
		return fmt.Errorf("a restore into %s was broken off, so that nothing is in it yet: run hejnal restore again, or remove the directory", c.Data)
	}
	if err := os.RemoveAll(staging); err != nil {
		return fmt.Errorf("clear up behind a restore: %w", err)
	}
	return nil
}

// Staging is a data directory that is being filled: until it is placed the directory is as good as empty.
type Staging struct {
	Config Config // of what is staged, as a data directory of its own
	data   string
	lock   *os.File
}

// Stage begins to fill the data directory, which must be empty but for a folder for documents that holds none. What a stage that was broken off has left is removed.
// Close ends it, and removes what was not placed.
func (c Config) Stage() (*Staging, error) {
	lock, err := c.lock()
	if err != nil {
		return nil, err
	}
	s := &Staging{Config: Config{Data: filepath.Join(c.Data, stagingName)}, data: c.Data, lock: lock}
	if err := s.begin(); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return s, nil
}

func (s *Staging) begin() error {
	entries, err := os.ReadDir(s.data)
	if err != nil {
		return fmt.Errorf("look into data directory: %w", err)
	}
	names := make([]string, 0, len(entries))
	for _, entry := range entries {
		if entry.Name() == filesName && entry.IsDir() && isEmpty(filepath.Join(s.data, filesName)) {
			continue // such as the image of a container brings along
		}
		names = append(names, entry.Name())
	}
	allowed := []string{lockName, stagingName, "lost+found"}
	if slices.Contains(names, stagingName) && !slices.Contains(names, storeName) {
		allowed = append(allowed, placed...)
	}
	for _, name := range names {
		if !slices.Contains(allowed, name) {
			return fmt.Errorf("%s is not empty: it holds %s; name another --data, or move what is there away", s.data, name)
		}
	}
	for _, name := range append([]string{stagingName}, placed...) {
		if err := os.RemoveAll(filepath.Join(s.data, name)); err != nil {
			return fmt.Errorf("remove what a broken off restore left: %w", err)
		}
	}
	if err := os.Mkdir(s.Config.Data, 0o700); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	return syncFolder(s.data)
}

func isEmpty(folder string) bool {
	entries, err := os.ReadDir(folder)
	return err == nil && len(entries) == 0
}

// placed is what is put into place before the store, whose arrival makes the directory whole.
var placed = []string{filesName, epochsName, instanceName}

// Place puts what is staged into place, durably. Broken off at any moment it leaves a directory that is refused, or the whole.
func (s *Staging) Place() error {
	if _, err := os.Lstat(s.Config.StoreFile() + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the store in %s is not whole: what was written last stands beside it still, as when the disk is full; make room, and run hejnal restore again", s.Config.Data)
	}
	for _, name := range append(slices.Clone(placed), storeName) {
		if name == storeName {
			if err := syncFolder(s.data); err != nil {
				return err
			}
		}
		err := os.Rename(filepath.Join(s.Config.Data, name), filepath.Join(s.data, name))
		if err != nil && (name == storeName || !errors.Is(err, fs.ErrNotExist)) {
			return fmt.Errorf("put %s into place: %w", name, err)
		}
	}
	return syncFolder(s.data)
}

// Close removes what was not placed and lets others use the directory.
func (s *Staging) Close() error {
	return errors.Join(os.RemoveAll(s.Config.Data), s.lock.Close())
}

func syncFolder(name string) error {
	folder, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("make %s durable: %w", name, err)
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		return fmt.Errorf("make %s durable: %w", name, err)
	}
	return nil
}
