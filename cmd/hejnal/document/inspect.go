package document

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Found is what a file turned out to be.
type Found struct {
	MediaType string
	NamesCity string // yes, no; unknown where the text cannot be read
}

// Whether a text shows the City's party name.
const (
	Yes     = "yes"
	No      = "no"
	Unknown = "unknown"
)

// Bounds of what is read of one file.
const (
	maxText    = 32 << 20 // bytes of text
	maxEntries = 5_000    // files in an archive
	maxRatio   = 200      // unpacked bytes for each byte of an entry
)

// Inspect reads a file of the size. Errors: ErrNotAccepted, or one of reading.
func Inspect(file io.ReaderAt, size int64) (Found, error) {
	head := make([]byte, min(size, HeadSize))
	if _, err := file.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return Found{}, fmt.Errorf("read the beginning of the file: %w", err)
	}
	media, err := Guess(head)
	if err != nil {
		return Found{}, err
	}
	switch media {
	case Text:
		return inspectText(io.NewSectionReader(file, 0, size))
	case XML:
		return Found{MediaType: XML, NamesCity: Unknown}, plainXML(io.NewSectionReader(file, 0, size))
	case DOCX, ODT:
		return inspectArchive(file, size)
	}
	return Found{MediaType: media, NamesCity: Unknown}, nil
}

func inspectText(reader io.Reader) (Found, error) {
	text, err := io.ReadAll(io.LimitReader(reader, maxText))
	if err != nil {
		return Found{}, fmt.Errorf("read the text: %w", err)
	}
	if !utf8.Valid(text) {
		return Found{}, ErrNotAccepted
	}
	return Found{MediaType: Text, NamesCity: namesCity(string(text))}, nil
}

// plainXML refuses what a browser would draw or run.
func plainXML(reader io.Reader) error {
	decoder := xml.NewDecoder(io.LimitReader(reader, maxText))
	for {
		token, err := decoder.Token()
		if err != nil {
			return ErrNotAccepted
		}
		if start, ok := token.(xml.StartElement); ok {
			if slices.Contains([]string{"svg", "html"}, strings.ToLower(start.Name.Local)) {
				return ErrNotAccepted
			}
			return nil
		}
	}
}

func inspectArchive(file io.ReaderAt, size int64) (Found, error) {
	archive, err := zip.NewReader(file, size)
	if err != nil || len(archive.File) > maxEntries {
		return Found{}, ErrNotAccepted
	}
	found := Found{MediaType: mediaOf(archive), NamesCity: Unknown}
	if found.MediaType == "" {
		return Found{}, ErrNotAccepted
	}
	text, err := textOf(archive, found.MediaType)
	switch {
	case err != nil:
		return found, nil //nolint:nilerr // The file is kept as it is; that its text cannot be read is what unknown says.
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
	if text, err := unpack(kind); err == nil && strings.TrimSpace(string(text)) == ODT {
		return ODT
	}
	return ""
}

var errTooMuch = errors.New("the archive unpacks to too much")

func unpack(entry *zip.File) ([]byte, error) {
	if entry.UncompressedSize64 > maxText || entry.UncompressedSize64 > (entry.CompressedSize64+1024)*maxRatio {
		return nil, errTooMuch
	}
	opened, err := entry.Open()
	if err != nil {
		return nil, fmt.Errorf("open entry: %w", err)
	}
	text, err := io.ReadAll(io.LimitReader(opened, maxText+1))
	if err == nil && len(text) > maxText {
		err = errTooMuch
	}
	return text, errors.Join(err, opened.Close())
}
