package web

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hejnal/cmd/hejnal/document"
	"hejnal/cmd/hejnal/engine"
	"hejnal/store/blob"
	"hejnal/workflow"
)

const (
	maxForm     = 64 << 10 // bytes of an upload beside its file
	maxPart     = 8 << 10  // bytes of one field of it
	maxParts    = 20       // parts of an upload, known or not
	maxFileName = 200      // characters
)

var fileTooLarge = &tooLargeError{what: workflow.Text{PL: "Plik", EN: "A file"}, bound: maxUpload}

// receive reads an upload part by part, in any order. The bytes of the file go straight to where they are kept.
func (s *server) receive(r *http.Request) (engine.File, error) {
	body := r.Body
	limited := &io.LimitedReader{R: body, N: maxUpload + maxForm}
	r.Body = io.NopCloser(limited)
	defer func() { r.Body = body }()
	reader, err := r.MultipartReader()
	if err != nil {
		return engine.File{}, unreadable("Nie da się odczytać części żądania.", "The parts of the request cannot be read.")
	}
	u := &upload{blobs: s.Blobs}
	for parts := 1; ; parts++ {
		if parts > maxParts {
			return engine.File{}, unreadable(fmt.Sprintf("Najwyżej %d części.", maxParts), fmt.Sprintf("At most %d parts.", maxParts))
		}
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return u.file, u.err()
		}
		if err == nil {
			err = u.take(r.Context(), part)
		} else {
			err = garbledPart()
		}
		switch {
		case err == nil:
		case limited.N <= 0:
			return engine.File{}, fileTooLarge
		default:
			return engine.File{}, err
		}
	}
}

func garbledPart() error {
	return unreadable("Treść multipart urywa się albo jest uszkodzona.", "The multipart body ends early or is damaged.")
}

// upload gathers the parts of an upload and what is wrong with them.
type upload struct {
	blobs Blobs
	seen  []string
	file  engine.File
	wrong []workflow.FieldError
}

var uploadFields = []string{"kind", "title", "language", "date", "file"}

func (u *upload) add(field, pl, en string) {
	u.wrong = append(u.wrong, workflow.FieldError{Pointer: "/" + field, Message: workflow.Text{PL: pl, EN: en}})
}

// take reads one part.
func (u *upload) take(ctx context.Context, part *multipart.Part) error {
	name := part.FormName()
	switch {
	case !slices.Contains(uploadFields, name):
		list := strings.Join(uploadFields, ", ")
		if !utf8.ValidString(name) {
			return unreadable("Treść nie jest poprawnym tekstem UTF-8.", "The body is not valid UTF-8.")
		}
		u.add(name, "Nieznana część „"+name+"”. Dostępne części: "+list+".", "Unknown part “"+name+"”. Parts that exist: "+list+".")
		return nil
	case slices.Contains(u.seen, name):
		return unreadable("Część „"+name+"” się powtarza.", "The part “"+name+"” is repeated.")
	}
	u.seen = append(u.seen, name)
	if name == "file" {
		return u.takeFile(ctx, part)
	}
	text, err := io.ReadAll(io.LimitReader(part, maxPart+1))
	switch {
	case err != nil:
		return garbledPart()
	case !utf8.Valid(text) || strings.ContainsRune(string(text), 0):
		return unreadable("Część „"+name+"” nie jest poprawnym tekstem UTF-8.", "The part “"+name+"” is not valid UTF-8.")
	case len(text) > maxPart:
		u.add(name, fmt.Sprintf("Najwyżej %d bajtów.", maxPart), fmt.Sprintf("At most %d bytes.", maxPart))
		return nil
	}
	field := map[string]*string{"kind": &u.file.Kind, "title": &u.file.Title, "language": &u.file.Language, "date": &u.file.Date}[name]
	*field = strings.TrimSpace(string(text))
	return nil
}

// takeFile keeps the bytes of the file, unless its name or its first bytes already refuse it.
func (u *upload) takeFile(ctx context.Context, part *multipart.Part) error {
	if !u.name(part) {
		return nil
	}
	bytes := bufio.NewReaderSize(part, document.HeadSize)
	head, err := bytes.Peek(document.HeadSize)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return garbledPart()
	case len(head) == 0:
		u.add("file", "Plik jest pusty.", "The file is empty.")
		return nil
	}
	if _, err := document.Guess(head); err != nil {
		u.refuse()
		return u.tooLarge(bytes)
	}
	hash, size, err := u.blobs.Put(ctx, source{bytes}, maxUpload)
	switch {
	case errors.Is(err, blob.ErrTooLarge):
		return fileTooLarge
	case errors.Is(err, errBroken):
		return garbledPart()
	case err != nil:
		return fmt.Errorf("keep file: %w", err)
	}
	u.file.SHA256, u.file.Size = hash, size
	return u.inspect(ctx)
}

// tooLarge reads what is left of a file that is refused anyway: its size is judged first.
func (u *upload) tooLarge(rest io.Reader) error {
	size, err := io.Copy(io.Discard, io.LimitReader(rest, maxUpload+1))
	switch {
	case err != nil:
		return garbledPart()
	case size > maxUpload:
		return fileTooLarge
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

func (u *upload) inspect(ctx context.Context) error {
	kept, err := u.blobs.Get(ctx, u.file.SHA256)
	if err != nil {
		return fmt.Errorf("open kept file: %w", err)
	}
	defer kept.Close() //nolint:errcheck // Reading is over.
	bytes, ok := kept.(io.ReaderAt)
	if !ok {
		return errors.New("kept file cannot be read at a position")
	}
	found, err := document.Inspect(bytes, u.file.Size)
	switch {
	case errors.Is(err, document.ErrNotAccepted):
		u.refuse()
	case err != nil:
		return fmt.Errorf("inspect file: %w", err)
	case !document.Fits(u.file.FileName, found.MediaType):
		u.add("file", "Rozszerzenie pliku nie zgadza się z jego treścią ("+found.MediaType+").", "The file's extension does not agree with its content ("+found.MediaType+").")
	}
	u.file.MediaType, u.file.NamesCity = found.MediaType, found.NamesCity
	return nil
}

func (u *upload) refuse() {
	u.add("file", "Plik jest innego typu niż przyjmowane: "+document.Accepted+".", "The file is of another type than those accepted: "+document.Accepted+".")
}

// name reads the name of the file as it was sent; package multipart would hide the path that stands before it.
func (u *upload) name(part *multipart.Part) bool {
	_, parameters, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	name := parameters["filename"]
	printable := strings.IndexFunc(name, func(letter rune) bool { return unicode.IsControl(letter) || letter == utf8.RuneError }) < 0
	switch {
	case err != nil || name == "":
		u.add("file", "Podaj plik z nazwą.", "Give a file with a name.")
	case !utf8.ValidString(name) || !printable:
		u.add("file", "Nazwa pliku zawiera niedozwolone znaki.", "The file's name holds characters that are not allowed.")
	case strings.ContainsAny(name, `/\`) || name == "." || name == "..":
		u.add("file", "Nazwa pliku nie może zawierać ścieżki (/ ani \\).", "The file's name must not hold a path (/ or \\).")
	case utf8.RuneCountInString(name) > maxFileName:
		u.add("file", fmt.Sprintf("Nazwa pliku może mieć najwyżej %d znaków.", maxFileName), fmt.Sprintf("The file's name may have %d characters at most.", maxFileName))
	default:
		u.file.FileName = name
		return true
	}
	return false
}

// err refuses an upload that lacks a part or has a wrong one.
func (u *upload) err() error {
	for _, field := range []string{"kind", "file"} {
		if !slices.Contains(u.seen, field) {
			u.add(field, "Ta część jest wymagana.", "This part is required.")
		}
	}
	return misfit(u.wrong)
}
