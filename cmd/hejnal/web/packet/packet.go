// Package packet writes a case, or the papers of a session, as one ZIP file: documents, what is told of them, the sums of all of
// them, and what is missing. The same case gives the same bytes. A file is put in whole or not at all: its bytes are compared with their hash
// before the first of them is written, and one that is gone or differs is named in a list of its own.
package packet

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"
	"time"
)

// Names of the files that every packet has beside its own.
const (
	SumsName    = "SHA256SUMS"
	MissingName = "BRAKI.txt"
)

// Blobs gives the bytes of documents by their hash.
type Blobs interface {
	Get(ctx context.Context, sha256 string) (io.ReadSeekCloser, error)
}

// File is a document that goes into a packet.
type File struct {
	Name       string // in the packet
	SHA256     string
	AttachedAt time.Time
}

// ErrDiffers is a file whose bytes are not those that its hash stands for.
var ErrDiffers = errors.New("bytes differ from their hash")

// Writer writes one packet. It is not for use by several at once.
type Writer struct {
	zip     *zip.Writer
	sums    strings.Builder
	missing []Missing
}

// NewWriter begins a packet.
func NewWriter(out io.Writer) *Writer { return &Writer{zip: zip.NewWriter(out)} }

// Missing lists the documents that could not be put in so far.
func (w *Writer) Missing() []Missing { return w.missing }

// Document puts a document in. One whose bytes cannot be had is noted as missing and is no error.
func (w *Writer) Document(ctx context.Context, blobs Blobs, file File) error {
	bytes, err := blobs.Get(ctx, file.SHA256)
	if err != nil {
		return w.miss(ctx, file, err)
	}
	defer bytes.Close() //nolint:errcheck // Reading is over.
	if err := verify(bytes, file.SHA256); err != nil {
		return w.miss(ctx, file, err)
	}
	return w.put(file.Name, file.AttachedAt, zip.Store, func(out io.Writer) error {
		_, err := io.Copy(out, bytes)
		return err
	})
}

// miss notes a document that cannot be had; a caller who has gone is an error.
func (w *Writer) miss(ctx context.Context, file File, err error) error {
	if gone := ctx.Err(); gone != nil {
		return gone
	}
	w.missing = append(w.missing, Missing{File: file, Err: err})
	return nil
}

// verify compares the bytes with their hash and goes back to their beginning.
func verify(bytes io.ReadSeeker, want string) error {
	sum := sha256.New()
	if _, err := io.Copy(sum, bytes); err != nil {
		return fmt.Errorf("read file: %w", err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != want {
		return ErrDiffers
	}
	if _, err := bytes.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("read file again: %w", err)
	}
	return nil
}

// Text puts in what the function writes, packed.
func (w *Writer) Text(name string, modified time.Time, write func(io.Writer) error) error {
	return w.put(name, modified, zip.Deflate, write)
}

func (w *Writer) put(name string, modified time.Time, method uint16, write func(io.Writer) error) error {
	entry, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: modified.UTC().Truncate(time.Second)})
	if err != nil {
		return fmt.Errorf("put %s into packet: %w", name, err)
	}
	summed := &summing{out: entry, sum: sha256.New()}
	if err := write(summed); err != nil {
		return fmt.Errorf("put %s into packet: %w", name, err)
	}
	fmt.Fprintf(&w.sums, "%x  %s\n", summed.sum.Sum(nil), name)
	return nil
}

// Close puts in the list of what is missing, where anything is, in the words of the function, and the sums, and ends the
// packet. A packet that is not closed is no ZIP file.
func (w *Writer) Close(modified time.Time, words func([]Missing) string) error {
	if len(w.missing) > 0 {
		if err := w.Text(MissingName, modified, text(words(w.missing))); err != nil {
			return err
		}
	}
	if err := w.Text(SumsName, modified, text(w.sums.String())); err != nil {
		return err
	}
	if err := w.zip.Close(); err != nil {
		return fmt.Errorf("end packet: %w", err)
	}
	return nil
}

func text(content string) func(io.Writer) error {
	return func(out io.Writer) error {
		_, err := io.WriteString(out, content)
		return err
	}
}

// summing sums what is written.
type summing struct {
	out io.Writer
	sum hash.Hash
}

// Write writes and sums.
func (s *summing) Write(bytes []byte) (int, error) {
	n, err := s.out.Write(bytes)
	s.sum.Write(bytes[:n])
	return n, err
}
