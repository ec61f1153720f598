package archive

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
)

// largestManifest bounds what is read into memory: some two million documents.
const largestManifest = 256 << 20

// smallestMember is fewer bytes than a member of a written manifest has on average: the digest alone, of three in a part, has
// 64. It keeps a small archive of empty parts from taking many times its manifest's size in memory.
const smallestMember = 32

// Reader reads one archive.
type Reader struct {
	Manifest Manifest
	packed   *tar.Reader
	whole    *gzip.Reader
	below    io.Reader
}

// Read reads the manifest of an archive. Errors: ErrForeign, *DamagedError.
func Read(r io.Reader) (*Reader, error) {
	below := bufio.NewReader(r) // so that the decompressor does not read past its end
	whole, err := gzip.NewReader(below)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForeign, err)
	}
	whole.Multistream(false)
	read := &Reader{packed: tar.NewReader(whole), whole: whole, below: below}
	header, err := read.packed.Next()
	if err != nil || header.Name != manifestName || header.Typeflag != tar.TypeReg {
		return nil, errors.Join(ErrForeign, broken(err))
	}
	if header.Size > largestManifest {
		return nil, damaged("its manifest has %d bytes", header.Size)
	}
	text, err := io.ReadAll(read.packed)
	if err != nil {
		return nil, broken(err)
	}
	if bytes.Count(text, []byte(",")) > 64+len(text)/smallestMember {
		return nil, damaged("its manifest names more than it has room for")
	}
	if err := json.Unmarshal(text, &read.Manifest); err != nil {
		return nil, damaged("its manifest cannot be read: %v", err)
	}
	return read, read.Manifest.check()
}

// broken says of an error of the reader that the archive ends too early or is not what was written.
func broken(err error) error {
	var flaw *os.PathError
	switch {
	case err == nil || errors.As(err, &flaw):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return damaged("it ends too early")
	}
	return damaged("%v", err)
}

// Extract writes every part below the directory, durably and readable by its owner alone, and answers nil when all of
// them are what the manifest says and nothing else was in the archive. After an error what was written is worth nothing.
// wrote is told of every portion of bytes; it may be nil.
func (r *Reader) Extract(dir string, wrote func(bytes int64)) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("extract archive: %w", err)
	}
	defer root.Close() //nolint:errcheck // a folder that was read
	folders := map[string]bool{".": true}
	for _, part := range r.Manifest.Parts {
		header, err := r.packed.Next()
		if err != nil {
			return broken(err)
		}
		if header.Name != part.Name || header.Typeflag != tar.TypeReg || header.Size != part.Size {
			return damaged("%q stands where %q belongs", header.Name, part.Name)
		}
		if folder := path.Dir(part.Name); !folders[folder] {
			if err := root.MkdirAll(folder, 0o700); err != nil {
				return fmt.Errorf("extract archive: %w", err)
			}
			for ; !folders[folder]; folder = path.Dir(folder) {
				folders[folder] = true
			}
		}
		if err := r.extract(root, part, wrote); err != nil {
			return err
		}
	}
	if err := r.end(); err != nil {
		return err
	}
	for folder := range folders {
		if err := syncFolder(root, folder); err != nil {
			return fmt.Errorf("extract archive: %w", err)
		}
	}
	return nil
}

// end sees to it that nothing follows the last part, and that the compressed stream is whole.
func (r *Reader) end() error {
	if header, err := r.packed.Next(); err == nil {
		return damaged("%q is in it, and its manifest does not name it", header.Name)
	} else if !errors.Is(err, io.EOF) {
		return broken(err)
	}
	if _, err := io.Copy(io.Discard, r.whole); err != nil {
		return broken(err)
	}
	if n, err := io.CopyN(io.Discard, r.below, 1); n > 0 || !errors.Is(err, io.EOF) {
		return damaged("something follows its end")
	}
	return nil
}

func (r *Reader) extract(root *os.Root, part Part, wrote func(int64)) error {
	file, err := root.OpenFile(part.Name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("extract %s: %w", part.Name, err)
	}
	digest := sha256.New()
	read := &source{reader: r.packed}
	_, err = io.Copy(io.MultiWriter(file, digest, counter(wrote)), read)
	if err == nil {
		err = file.Sync()
	}
	err = errors.Join(err, file.Close())
	switch {
	case read.err != nil:
		return fmt.Errorf("extract %s: %w", part.Name, broken(read.err))
	case err != nil:
		return fmt.Errorf("extract %s: %w", part.Name, err)
	case hex.EncodeToString(digest.Sum(nil)) != part.SHA256:
		return damaged("%s has another SHA-256 than its manifest says", part.Name)
	}
	return nil
}

// source tells an error of the archive from one of the disk that it is written to.
type source struct {
	reader io.Reader
	err    error
}

// Read implements [io.Reader].
func (s *source) Read(buffer []byte) (int, error) {
	n, err := s.reader.Read(buffer)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// counter tells of every portion that is written; nil tells nobody.
type counter func(int64)

// Write implements [io.Writer].
func (c counter) Write(portion []byte) (int, error) {
	if c != nil {
		c(int64(len(portion)))
	}
	return len(portion), nil
}

func syncFolder(root *os.Root, name string) error {
	folder, err := root.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
