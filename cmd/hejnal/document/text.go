package document

import (
	"archive/zip"
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// textOf reads the running text of an office document. Runs of one paragraph are joined, paragraphs are not.
func textOf(archive *zip.Reader, media string) (string, error) {
	var entries []*zip.File
	left := uint64(maxText) // of all that is unpacked; an entry that unpacks to more than it says is an error of archive/zip
	for _, entry := range archive.File {
		if !bearsText(entry.Name, media) {
			continue
		}
		size := entry.UncompressedSize64
		if size > left || size > (entry.CompressedSize64+1024)*maxRatio {
			return "", errTooMuch
		}
		entries, left = append(entries, entry), left-size
	}
	var text strings.Builder
	for _, entry := range entries {
		opened, err := entry.Open()
		if err != nil {
			return "", fmt.Errorf("open entry: %w", err)
		}
		if err := errors.Join(readXML(opened, &text), opened.Close()); err != nil {
			return "", err
		}
	}
	return text.String(), nil
}

func bearsText(name, media string) bool {
	if media == ODT {
		return name == "content.xml"
	}
	for _, pattern := range []string{"word/document.xml", "word/header*.xml", "word/footer*.xml", "word/footnotes.xml"} {
		if fits, err := path.Match(pattern, name); fits && err == nil {
			return true
		}
	}
	return false
}

// cityName is the City's party name in any grammatical case, broken over lines or not.
var cityName = regexp.MustCompile(`(?i)stołeczn(?:e|ego|emu|ym)[\s\p{Z}]+królewski(?:e|ego|emu|m)[\s\p{Z}]+(?:miast(?:o|a|u|em)|mieście)[\s\p{Z}]+krak(?:ów|owa|owowi|owem|owie)`)

func namesCity(text string) string {
	if cityName.MatchString(norm.NFC.String(text)) {
		return Yes
	}
	return No
}
