package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/cmd/hejnal/web/intake"
	"hejnal/workflow"
)

const (
	maxForm  = 64 << 10 // bytes of an upload beside its file
	maxPart  = 8 << 10  // bytes of one field of it
	maxParts = 20       // parts of an upload, known or not
)

// receive reads an upload part by part, in any order. The bytes of the file go straight to where they are kept.
func (s *server) receive(r *http.Request) (engine.File, error) {
	body := r.Body
	limited := &io.LimitedReader{R: body, N: intake.Most + maxForm}
	r.Body = io.NopCloser(limited)
	defer func() { r.Body = body }()
	reader, err := r.MultipartReader()
	if err != nil {
		return engine.File{}, fault.Unreadable("Nie da się odczytać części żądania.", "The parts of the request cannot be read.")
	}
	u := &upload{blobs: s.Blobs}
	for parts := 1; ; parts++ {
		if parts > maxParts {
			return engine.File{}, fault.Unreadable(fmt.Sprintf("Najwyżej %d części.", maxParts), fmt.Sprintf("At most %d parts.", maxParts))
		}
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return u.file, u.err()
		}
		if err == nil {
			err = u.take(r.Context(), part)
		} else {
			err = intake.Garbled()
		}
		switch {
		case err == nil:
		case limited.N <= 0:
			return engine.File{}, intake.TooLarge
		default:
			return engine.File{}, err
		}
	}
}

// upload gathers the parts of an upload and what is wrong with them.
type upload struct {
	blobs intake.Blobs
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
			return fault.Unreadable("Treść nie jest poprawnym tekstem UTF-8.", "The body is not valid UTF-8.")
		}
		u.add(name, "Nieznana część „"+name+"”. Dostępne części: "+list+".", "Unknown part “"+name+"”. Parts that exist: "+list+".")
		return nil
	case slices.Contains(u.seen, name):
		return fault.Unreadable("Część „"+name+"” się powtarza.", "The part “"+name+"” is repeated.")
	}
	u.seen = append(u.seen, name)
	if name == "file" {
		return u.takeFile(ctx, part)
	}
	text, err := io.ReadAll(io.LimitReader(part, maxPart+1))
	switch {
	case err != nil:
		return intake.Garbled()
	case !utf8.Valid(text) || strings.ContainsRune(string(text), 0):
		return fault.Unreadable("Część „"+name+"” nie jest poprawnym tekstem UTF-8 albo zawiera znak NUL.", "The part “"+name+"” is not valid UTF-8, or holds a NUL character.")
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
	taken, wrong, err := intake.Take(ctx, u.blobs, part)
	if wrong != nil {
		u.add("file", wrong.PL, wrong.EN)
	}
	u.file.FileName, u.file.MediaType, u.file.Size, u.file.SHA256, u.file.NamesCity = taken.Name, taken.MediaType, taken.Size, taken.SHA256, taken.NamesCity
	return err
}

// err refuses an upload that lacks a part or has a wrong one.
func (u *upload) err() error {
	for _, field := range []string{"kind", "file"} {
		if !slices.Contains(u.seen, field) {
			u.add(field, "Ta część jest wymagana.", "This part is required.")
		}
	}
	return fault.Misfit(u.wrong)
}
