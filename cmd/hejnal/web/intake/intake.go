// Package intake takes files that people send: it judges their names, looks at their first bytes before anything is kept,
// keeps them under their hash, and says what they turned out to be. API and pages take files in the one way.
package intake

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"strings"
	"unicode"
	"unicode/utf8"

	"hejnal/cmd/hejnal/document"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/store/blob"
	"hejnal/workflow"
)

// Most is how large a file may be, in bytes.
const Most = 25 << 20

// maxName is how long a file's name may be, in characters.
const maxName = 200

// TooLarge refuses a file above the bound.
var TooLarge = &fault.TooLargeError{What: workflow.Text{PL: "Plik", EN: "A file"}, Bound: Most}

// Blobs keeps the bytes of documents under their hash.
type Blobs interface {
	// Put keeps at most limit bytes and returns their hex SHA-256 and their number.
	Put(ctx context.Context, bytes io.Reader, limit int64) (sha256 string, size int64, err error)
	Get(ctx context.Context, sha256 string) (io.ReadSeekCloser, error)
}

// File is a file that was taken.
type File struct {
	Name      string
	MediaType string
	Size      int64 // bytes
	SHA256    string
	NamesCity string // yes, no, unknown
}

// Take reads one part of a multipart body as a file. Wrong says why it is refused, and nothing of it counts then; an error is
// one of reading or keeping, a *fault.UnreadableError or a *fault.TooLargeError.
func Take(ctx context.Context, blobs Blobs, part *multipart.Part) (taken File, wrong *workflow.Text, err error) {
	if taken.Name, wrong = nameOf(part); wrong != nil {
		return taken, wrong, nil
	}
	bytes := bufio.NewReaderSize(part, document.HeadSize)
	head, err := bytes.Peek(document.HeadSize)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return taken, nil, Garbled()
	case len(head) == 0:
		return taken, &workflow.Text{PL: "Plik jest pusty.", EN: "The file is empty."}, nil
	}
	if _, err := document.Guess(head); err != nil {
		return taken, refusal(), drain(bytes)
	}
	taken.SHA256, taken.Size, err = blobs.Put(ctx, source{bytes}, Most)
	switch {
	case errors.Is(err, blob.ErrTooLarge):
		return taken, nil, TooLarge
	case errors.Is(err, errBroken):
		return taken, nil, Garbled()
	case err != nil:
		return taken, nil, fmt.Errorf("keep file: %w", err)
	}
	found, err := inspect(ctx, blobs, taken)
	taken.MediaType, taken.NamesCity = found.MediaType, found.NamesCity
	switch {
	case errors.Is(err, document.ErrNotAccepted):
		return taken, refusal(), nil
	case errors.Is(err, document.ErrAmbiguous):
		return taken, &workflow.Text{
			PL: "Plik zawiera dwa razy tę samą część, więc różne programy mogą pokazać różną treść. Otwórz go, zapisz na nowo i wyślij nowy plik.",
			EN: "The file holds a part twice, so that different programs may show different texts. Open it, save it anew and send the new file.",
		}, nil
	case err == nil && !document.Known(taken.Name):
		return taken, refusal(), nil
	case err == nil && !document.Fits(taken.Name, found.MediaType):
		return taken, &workflow.Text{
			PL: "Rozszerzenie pliku nie zgadza się z jego treścią (" + document.Short(found.MediaType) + ").", EN: "The file's extension does not agree with its content (" + document.Short(found.MediaType) + ").",
		}, nil
	}
	return taken, nil, err
}

// Garbled is a multipart body that cannot be read to its end.
func Garbled() error {
	return fault.Unreadable("Treść multipart urywa się albo jest uszkodzona.", "The multipart body ends early or is damaged.")
}

func refusal() *workflow.Text {
	return &workflow.Text{PL: "Plik jest innego typu niż przyjmowane: " + document.Accepted + ".", EN: "The file is of another type than those accepted: " + document.Accepted + "."}
}

// drain reads what is left of a file that is refused anyway: its size is judged first.
func drain(rest io.Reader) error {
	size, err := io.Copy(io.Discard, io.LimitReader(rest, Most+1))
	switch {
	case err != nil:
		return Garbled()
	case size > Most:
		return TooLarge
	}
	return nil
}

// errBroken is an upload that ends in the middle of its file.
var errBroken = errors.New("the upload broke off")

// source tells errors of the caller's bytes from those of keeping them.
type source struct{ reader io.Reader }

// Read reads the caller's bytes.
func (s source) Read(buffer []byte) (int, error) {
	n, err := s.reader.Read(buffer)
	if err != nil && !errors.Is(err, io.EOF) {
		err = errors.Join(errBroken, err)
	}
	return n, err
}

func inspect(ctx context.Context, blobs Blobs, taken File) (document.Found, error) {
	kept, err := blobs.Get(ctx, taken.SHA256)
	if err != nil {
		return document.Found{}, fmt.Errorf("open kept file: %w", err)
	}
	defer kept.Close() //nolint:errcheck // Reading is over.
	bytes, ok := kept.(io.ReaderAt)
	if !ok {
		return document.Found{}, errors.New("kept file cannot be read at a position")
	}
	found, err := document.Inspect(ctx, bytes, taken.Size)
	if err != nil {
		return found, fmt.Errorf("inspect file: %w", err)
	}
	return found, nil
}

// nameOf reads the name of the file as it was sent; package multipart would hide the path that stands before it.
func nameOf(part *multipart.Part) (string, *workflow.Text) {
	_, parameters, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	name := parameters["filename"]
	printable := strings.IndexFunc(name, func(letter rune) bool { return !shows(letter) }) < 0
	switch {
	case err != nil || name == "":
		return "", &workflow.Text{PL: "Podaj plik z nazwą.", EN: "Give a file with a name."}
	case !utf8.ValidString(name) || !printable:
		return "", &workflow.Text{PL: "Nazwa pliku zawiera niedozwolone znaki.", EN: "The file's name holds characters that are not allowed."}
	case strings.ContainsAny(name, `/\`) || name == "." || name == "..":
		return "", &workflow.Text{PL: "Nazwa pliku nie może zawierać ścieżki (/ ani \\).", EN: "The file's name must not hold a path (/ or \\)."}
	case utf8.RuneCountInString(name) > maxName:
		return "", &workflow.Text{PL: fmt.Sprintf("Nazwa pliku może mieć najwyżej %d znaków.", maxName), EN: fmt.Sprintf("The file's name may have %d characters at most.", maxName)}
	}
	return name, nil
}

// shows reports whether a letter is seen where it stands; marks that turn the direction of writing make one name look like another.
func shows(letter rune) bool {
	return !unicode.IsControl(letter) && !unicode.Is(unicode.Bidi_Control, letter) && letter != utf8.RuneError
}
