// Package blob keeps files under the SHA-256 of their bytes. A file is there whole or not at all, and never changes.
package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"hejnal/store"
)

// ErrTooLarge is the answer to a file that is longer than allowed.
var ErrTooLarge = errors.New("file is too large")

// incoming is the folder of files that are not whole yet.
const incoming = "incoming"

// Store keeps files in one folder. The file with the hash aabbcc… lies at aa/bb/aabbcc….
type Store struct {
	dir string
}

// abandoned is how long a file that is not whole has been left alone when nobody writes it any more.
const abandoned = time.Hour

// Open opens the folder, makes it if there is none, and removes what processes that ended left unfinished: files that
// nothing was written to for an hour, since other processes may have the folder open.
func Open(dir string) (*Store, error) {
	temporary := filepath.Join(dir, incoming)
	if err := os.MkdirAll(temporary, 0o700); err != nil {
		return nil, fmt.Errorf("make blob folder: %w", err)
	}
	if err := clearAbandoned(temporary, time.Now().Add(-abandoned)); err != nil {
		return nil, fmt.Errorf("clear unfinished files: %w", err)
	}
	return &Store{dir: dir}, nil
}

func clearAbandoned(folder string, before time.Time) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if info.ModTime().Before(before) {
			if err := discard(filepath.Join(folder, entry.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// Put stores the bytes of the reader and returns their SHA-256 in hex and their number. Bytes beyond the limit answer
// ErrTooLarge and leave nothing behind. The same bytes put twice are one file.
func (s *Store) Put(ctx context.Context, reader io.Reader, limit int64) (hash string, size int64, err error) {
	file, err := os.CreateTemp(filepath.Join(s.dir, incoming), "*")
	if err != nil {
		return "", 0, fmt.Errorf("put file: %w", full(err))
	}
	hash, size, err = receive(ctx, file, reader, limit)
	if err == nil {
		err = s.keep(file.Name(), hash)
	}
	if err != nil {
		return "", 0, fmt.Errorf("put file: %w", errors.Join(full(err), discard(file.Name())))
	}
	return hash, size, nil
}

// receive writes the reader's bytes to the file, durably, and closes it.
func receive(ctx context.Context, file *os.File, reader io.Reader, limit int64) (string, int64, error) {
	digest := sha256.New()
	size, err := io.Copy(io.MultiWriter(file, digest), io.LimitReader(whileWanted{ctx, reader}, limit+1))
	if err == nil && size > limit {
		err = ErrTooLarge
	}
	if err == nil {
		err = file.Sync()
	}
	return hex.EncodeToString(digest.Sum(nil)), size, errors.Join(err, file.Close())
}

// keep moves a whole file to its place, durably.
func (s *Store) keep(name, hash string) error {
	place := s.path(hash)
	folder := filepath.Dir(place)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	if err := os.Rename(name, place); err != nil {
		return err
	}
	for range 3 {
		if err := syncFolder(folder); err != nil {
			return err
		}
		folder = filepath.Dir(folder)
	}
	return nil
}

// Get opens the file with the hash, or answers store.ErrNotFound; so does anything that is no hash.
func (s *Store) Get(ctx context.Context, hash string) (io.ReadSeekCloser, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !isHash(hash) {
		return nil, fmt.Errorf("get file %q: %w", hash, store.ErrNotFound)
	}
	file, err := os.Open(s.path(hash))
	if errors.Is(err, os.ErrNotExist) {
		err = store.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("get file %s: %w", hash, err)
	}
	return file, nil
}

func (s *Store) path(hash string) string {
	return filepath.Join(s.dir, hash[:2], hash[2:4], hash)
}

// isHash tells the hashes that Put gives from anything else, paths above all.
func isHash(text string) bool {
	if len(text) != hex.EncodedLen(sha256.Size) {
		return false
	}
	for _, letter := range []byte(text) {
		if (letter < '0' || letter > '9') && (letter < 'a' || letter > 'f') {
			return false
		}
	}
	return true
}

func syncFolder(name string) error {
	folder, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// discard removes an unfinished file, if it is still there.
func discard(name string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// whileWanted reads until the context ends.
type whileWanted struct {
	ctx    context.Context //nolint:containedctx // it lives as long as one call of Put
	reader io.Reader
}

// Read reads from the reader.
func (w whileWanted) Read(buffer []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.reader.Read(buffer)
}
