package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// Format is the version of the archive's own form that this program writes, and the newest that it reads.
const Format = 1

// Manifest says what an archive holds.
type Manifest struct {
	Format     int       `json:"format"`
	Program    string    `json:"program"` // release that made it
	Commit     string    `json:"commit"`
	MadeAt     time.Time `json:"made_at"`
	Schema     int64     `json:"schema"`      // version of the store's schema
	Needs      int64     `json:"needs"`       // version that a program must know to use the store
	Release    string    `json:"release"`     // first release that does
	Head       int64     `json:"head"`        // last position of the journal
	PublicHead int64     `json:"public_head"` // last position of its public part
	Settings   Settings  `json:"settings"`
	Missing    []string  `json:"missing,omitempty"` // SHA-256 of documents that the store names and that were not there
	Parts      []Part    `json:"parts"`
}

// Settings are what an installation was run with and its data cannot do without.
type Settings struct {
	SubjectPrefix       string `json:"subject_prefix,omitempty"`
	PublicSubjectPrefix string `json:"public_subject_prefix,omitempty"`
}

// Part is one file of the data directory.
type Part struct {
	Name   string `json:"name"` // slash-separated, below the data directory
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"` // hex
}

// Size is the number of bytes of all parts.
func (m Manifest) Size() int64 {
	var size int64
	for _, part := range m.Parts {
		size += part.Size
	}
	return size
}

// DamagedError says why a file is not the archive that was written.
type DamagedError struct{ Reason string }

// Error gives the reason.
func (e *DamagedError) Error() string { return "the archive is damaged or not whole: " + e.Reason }

func damaged(format string, args ...any) error {
	return &DamagedError{fmt.Sprintf(format, args...)}
}

// ErrForeign is the answer to a file that hejnal backup did not write.
var ErrForeign = errors.New("this is no archive of hejnal backup")

func (m Manifest) check() error {
	switch {
	case m.Format > Format:
		return fmt.Errorf("the archive was written by hejnal %s in a newer form (%d; this program reads up to %d): restore it with that release", m.Program, m.Format, Format)
	case m.Format < 1:
		return ErrForeign
	}
	seen := map[string]bool{manifestName: true}
	for _, hash := range m.Missing {
		if !isDigest(hash) {
			return damaged("the document %q that it misses has no proper digest", hash)
		}
	}
	for _, part := range m.Parts {
		switch {
		case !filepath.IsLocal(filepath.FromSlash(part.Name)) || path.Clean(part.Name) != part.Name:
			return damaged("the part %q leads out of the data directory", part.Name)
		case seen[part.Name]:
			return damaged("the part %q is named twice", part.Name)
		case !isDigest(part.SHA256) || part.Size < 0:
			return damaged("the part %q has no proper digest and size", part.Name)
		}
		seen[part.Name] = true
	}
	return nil
}

func isDigest(text string) bool {
	digest, err := hex.DecodeString(text)
	return err == nil && len(digest) == sha256.Size && text == strings.ToLower(text)
}
