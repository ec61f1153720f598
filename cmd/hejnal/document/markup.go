package document

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Bounds of XML. A decoder keeps a token whole in memory, a tag at many times its length, and every element that is open.
const (
	maxToken = 1 << 20 // bytes of a tag with its attributes, a comment or text; word processors put pictures into attributes
	maxDepth = 256     // elements within one another; tables within tables take five each
)

var errTooDeep = errors.New("elements stand too deep within one another")

// bounded hands bytes to a decoder, which takes them one by one.
type bounded struct {
	*bufio.Reader
	left int
}

func boundedBy(reader io.Reader) *bounded { return &bounded{bufio.NewReader(reader), maxToken} }

// ReadByte gives the next byte.
func (b *bounded) ReadByte() (byte, error) {
	if b.left == 0 {
		return 0, errTooMuch
	}
	b.left--
	return b.Reader.ReadByte()
}

// readXML writes the character data of WordprocessingML and of OpenDocument text.
func readXML(content io.Reader, text *strings.Builder) error {
	bytes := boundedBy(content)
	decoder := xml.NewDecoder(bytes)
	running := running{text: text}
	for {
		bytes.left = maxToken
		// Namespaces are not asked for, so that those of a tag are not kept for what is within it.
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) && len(running.open) == 0 {
			return nil
		}
		if err == nil {
			err = running.take(token)
		}
		if err != nil {
			return fmt.Errorf("read document text: %w", err)
		}
	}
}

// running gathers running text.
type running struct {
	text    *strings.Builder
	open    []xml.Name
	outside int // depth within elements whose character data is no running text
}

func (r *running) take(token xml.Token) error {
	switch token := token.(type) {
	case xml.CharData:
		if r.outside == 0 {
			r.text.Write(token)
		}
	case xml.StartElement:
		if len(r.open) == maxDepth {
			return errTooDeep
		}
		r.open = append(r.open, token.Name)
		switch token.Name.Local {
		case "instrText", "delText", "tracked-changes":
			r.outside++
		case "tab", "br", "s", "line-break", "cr":
			r.text.WriteByte(' ')
		}
	case xml.EndElement:
		last := len(r.open) - 1
		if last < 0 || r.open[last] != token.Name {
			return fmt.Errorf("</%s> ends what is not open", token.Name.Local)
		}
		r.open = r.open[:last]
		switch token.Name.Local {
		case "instrText", "delText", "tracked-changes":
			r.outside--
		case "p", "h":
			r.text.WriteByte('\n')
		}
	}
	return nil
}
