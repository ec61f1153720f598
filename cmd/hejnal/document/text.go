package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// textOf reads the running text of an office document. Runs of one paragraph are joined, paragraphs are not.
func textOf(archive *zip.Reader, media string) (string, error) {
	var text strings.Builder
	for _, entry := range archive.File {
		if !bearsText(entry.Name, media) {
			continue
		}
		content, err := unpack(entry)
		if err != nil {
			return "", err
		}
		if err := readXML(content, &text); err != nil {
			return "", err
		}
		if text.Len() > maxText {
			return "", errTooMuch
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

// readXML writes the character data of WordprocessingML and of OpenDocument text.
func readXML(content []byte, text *strings.Builder) error {
	decoder := xml.NewDecoder(bytes.NewReader(content))
	outside := 0 // depth within elements whose character data is no running text
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read document text: %w", err)
		}
		switch token := token.(type) {
		case xml.CharData:
			if outside == 0 {
				text.Write(token)
			}
		case xml.StartElement:
			switch token.Name.Local {
			case "instrText", "delText", "tracked-changes":
				outside++
			case "tab", "br", "s", "line-break", "cr":
				text.WriteByte(' ')
			}
		case xml.EndElement:
			switch token.Name.Local {
			case "instrText", "delText", "tracked-changes":
				outside--
			case "p", "h":
				text.WriteByte('\n')
			}
		}
	}
}

// cityName is the City's party name in any grammatical case, broken over lines or not.
var cityName = regexp.MustCompile(`(?i)stołeczn(?:e|ego|emu|ym)[\s\p{Z}]+królewski(?:e|ego|emu|m)[\s\p{Z}]+(?:miast(?:o|a|u|em)|mieście)[\s\p{Z}]+krak(?:ów|owa|owowi|owem|owie)`)

func namesCity(text string) string {
	if cityName.MatchString(norm.NFC.String(text)) {
		return Yes
	}
	return No
}
