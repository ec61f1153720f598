package document

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// Bounds of what is read of an archive.
const (
	maxEntries   = 5_000   // files in it
	maxDirectory = 2 << 20 // bytes of its table of contents
	maxRatio     = 200     // unpacked bytes for each byte of an entry
)

// ErrAmbiguous is the answer to an archive that holds a part twice, or two parts in the same bytes: what one program shows is
// not what another one does, and no office program writes such a document.
var ErrAmbiguous = errors.New("the archive holds a part twice")

var errTooMuch = errors.New("the file has more than is read")

func inspectArchive(file *source, size int64) (Found, error) {
	archive, err := zip.NewReader(file, size)
	if err != nil || len(archive.File) > maxEntries {
		return Found{}, ErrNotAccepted
	}
	file.left = math.MaxInt64 // of entries what they unpack to is bounded
	found := Found{MediaType: mediaOf(archive), NamesCity: Unknown}
	if found.MediaType == "" {
		return Found{}, ErrNotAccepted
	}
	if !unambiguous(archive) {
		return Found{}, ErrAmbiguous
	}
	text, err := textOf(archive, found.MediaType)
	switch {
	case err != nil:
		// The file is kept as it is, and unknown says that its text was not read: an honest one may be larger, hold a picture
		// within an attribute or be damaged in a part that nobody misses. Whoever approves it reads it, as a scan.
		return found, nil //nolint:nilerr // see above
	case strings.TrimSpace(text) != "":
		found.NamesCity = namesCity(text)
	}
	return found, nil
}

// mediaOf tells by its contents which office document an archive is.
func mediaOf(archive *zip.Reader) string {
	entry := func(name string) *zip.File {
		i := slices.IndexFunc(archive.File, func(f *zip.File) bool { return f.Name == name })
		if i < 0 {
			return nil
		}
		return archive.File[i]
	}
	if entry("[Content_Types].xml") != nil && entry("word/document.xml") != nil && entry("word/vbaProject.bin") == nil {
		return DOCX
	}
	kind := entry("mimetype")
	if kind == nil || entry("content.xml") == nil {
		return ""
	}
	text, err := readBeginning(kind, 2*len(ODT))
	if err == nil && strings.TrimSpace(text) == ODT {
		return ODT
	}
	return ""
}

func readBeginning(entry *zip.File, most int) (string, error) {
	opened, err := entry.Open()
	if err != nil {
		return "", fmt.Errorf("open entry: %w", err)
	}
	text, err := io.ReadAll(io.LimitReader(opened, int64(most)))
	return string(text), errors.Join(err, opened.Close())
}

// unambiguous reports whether every entry has a name and bytes of its own.
func unambiguous(archive *zip.Reader) bool {
	type span struct{ from, to uint64 }
	names, spans := make(map[string]bool, len(archive.File)), make([]span, 0, len(archive.File))
	for _, entry := range archive.File {
		from, err := entry.DataOffset()
		if err != nil || names[entry.Name] {
			return false
		}
		names[entry.Name] = true
		if entry.CompressedSize64 > 0 {
			spans = append(spans, span{uint64(from), uint64(from) + entry.CompressedSize64})
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return false
		}
	}
	return true
}
