package document

import (
	"context"
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

// maxText is how many bytes of text, or of the XML around it, are read of one file. A thousand pages have a fifth of it.
const maxText = 32 << 20

// Inspect reads a file of the size while the context lasts; a few are read at a time, others wait. Errors: ErrNotAccepted,
// ErrAmbiguous, or one of reading.
func Inspect(ctx context.Context, file io.ReaderAt, size int64) (Found, error) {
	head := make([]byte, min(size, HeadSize))
	if _, err := file.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return Found{}, fmt.Errorf("read the beginning of the file: %w", err)
	}
	media, err := Guess(head)
	if err != nil {
		return Found{}, err
	}
	if !slices.Contains([]string{Text, XML, DOCX, ODT}, media) {
		return Found{MediaType: media, NamesCity: Unknown}, nil
	}
	end, err := turn(ctx)
	if err != nil {
		return Found{}, err
	}
	defer end()
	found, err := inspectText(media, &source{ctx: ctx, file: file, left: maxDirectory}, size)
	if ctx.Err() != nil { // whatever it was taken for
		return Found{}, fmt.Errorf("inspect while it is wanted: %w", ctx.Err())
	}
	return found, err
}

func inspectText(media string, file *source, size int64) (Found, error) {
	switch media {
	case Text:
		file.left = size
		return inspectPlain(io.NewSectionReader(file, 0, size))
	case XML:
		return Found{MediaType: XML, NamesCity: Unknown}, plainXML(io.NewSectionReader(file, 0, size))
	default:
		return inspectArchive(file, size)
	}
}

func inspectPlain(reader io.Reader) (Found, error) {
	text, err := io.ReadAll(io.LimitReader(reader, maxText))
	if err != nil {
		return Found{}, fmt.Errorf("read the text: %w", err)
	}
	if !utf8.Valid(text) {
		return Found{}, ErrNotAccepted
	}
	return Found{MediaType: Text, NamesCity: namesCity(string(text))}, nil
}

// plainXML refuses what a browser would draw or run. It reads to the first element, which must come before long.
func plainXML(reader io.Reader) error {
	decoder := xml.NewDecoder(boundedBy(reader))
	for {
		token, err := decoder.RawToken()
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
