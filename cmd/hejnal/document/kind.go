package document

import (
	"errors"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// The media types of files that are taken.
const (
	PDF  = "application/pdf"
	DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	ODT  = "application/vnd.oasis.opendocument.text"
	XML  = "application/xml"
	PNG  = "image/png"
	JPEG = "image/jpeg"
	TIFF = "image/tiff"
	Text = "text/plain"
)

// Accepted names what is taken, for people.
const Accepted = "PDF, DOCX, ODT, XML (XAdES), PNG, JPEG, TIFF, TXT (UTF-8)"

// ErrNotAccepted is the answer to a file of any other type.
var ErrNotAccepted = errors.New("the file is of no accepted type")

// HeadSize is how many bytes of a file its type is guessed from.
const HeadSize = 3072

// extensions are those of a type, the one that it is called by first.
var extensions = map[string][]string{
	PDF:  {".pdf"},
	DOCX: {".docx"},
	ODT:  {".odt"},
	XML:  {".xml", ".xades", ".xsig", ".sig"},
	PNG:  {".png"},
	JPEG: {".jpeg", ".jpg"},
	TIFF: {".tiff", ".tif"},
	Text: {".txt", ".text", ".md", ".csv", ".log"},
}

// MediaTypes lists the types that are taken.
func MediaTypes() []string { return slices.Sorted(maps.Keys(extensions)) }

// Fits reports whether the extension of a file's name agrees with its type; a name without one does.
func Fits(name, mediaType string) bool {
	extension := strings.ToLower(path.Ext(name))
	return extension == "" || extension == "." || slices.Contains(extensions[mediaType], extension)
}

// Known reports whether the extension of a file's name is that of any type that is taken; a name without one is.
func Known(name string) bool {
	return slices.ContainsFunc(MediaTypes(), func(mediaType string) bool { return Fits(name, mediaType) })
}

// Short is a media type as people say it: PDF for application/pdf. A type that is not taken is given as it is.
func Short(mediaType string) string {
	known, ok := extensions[mediaType]
	if !ok {
		return mediaType
	}
	return strings.ToUpper(strings.TrimPrefix(known[0], "."))
}

// Guess gives the type that the first bytes of a file suggest, or ErrNotAccepted. An archive is guessed to be a DOCX
// until Inspect has read its table of contents.
func Guess(head []byte) (string, error) {
	found := mimetype.Detect(head)
	switch {
	case found.Is(PDF), found.Is(PNG), found.Is(JPEG), found.Is(TIFF), found.Is(DOCX), found.Is(ODT):
		media, _, _ := strings.Cut(found.String(), ";")
		return media, nil
	case found.Is("application/zip"):
		return DOCX, nil
	case found.Is("text/xml"):
		return XML, nil
	case found.Is("text/plain"), found.Is("text/csv"), found.Is("text/tab-separated-values"):
		return Text, nil
	}
	return "", ErrNotAccepted
}
