package frame

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"hejnal/cmd/hejnal/web/fault"
	"hejnal/cmd/hejnal/web/intake"
	"hejnal/workflow"
)

// Bounds of a form that is sent.
const (
	maxFields = 2_000
	maxFiles  = 12
	maxAll    = maxFiles*intake.Most + maxForm
)

// Sent is a form as it came: its values, the files that were kept from it, and the names of those that were not.
type Sent struct {
	Values  url.Values
	Files   []SentFile
	Dropped []string
	// Restored says that this form was sent when nobody was signed in any more: it is to be shown again, and nothing is to be
	// done.
	Restored bool
}

// SentFile is one file of a form. Wrong says why it was not taken; the zero value is none.
type SentFile struct {
	Field string
	intake.File
	Wrong workflow.Text
}

// Read reads a form. Files that came with it are dropped.
func (s *Site) Read(r *http.Request) (Sent, error) {
	return s.ReadFiles(r, func(string) bool { return false })
}

// ReadFiles reads a form, and keeps the files of the fields that take some under their hashes. It is for readers of whom it is
// known that they may attach what they send.
func (s *Site) ReadFiles(r *http.Request, takes func(field string) bool) (Sent, error) {
	if again, ok := restoredOf(r); ok {
		return Sent{Values: again.values, Restored: true}, nil
	}
	if inParts(r) {
		return s.readParts(r, takes)
	}
	if err := r.ParseForm(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return Sent{}, &fault.TooLargeError{What: workflow.Text{PL: "Formularz", EN: "A form"}, Bound: maxForm}
		}
		return Sent{}, fault.Unreadable("Nie da się odczytać formularza. Wróć i wyślij go ponownie.", "The form cannot be read. Go back and send it again.")
	}
	return sentOf(r.PostForm)
}

// inParts reports whether a form came in parts, as one with files does. Such are bounded as they are read.
func inParts(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && kind == "multipart/form-data"
}

// lines are the ends of lines as texts have them; browsers send two characters for each.
var lines = strings.NewReplacer("\r\n", "\n")

// Typed is a text as it is read from a form that showed it and was sent.
func Typed(text string) string { return strings.TrimSpace(lines.Replace(text)) }

func sentOf(values url.Values) (Sent, error) {
	count := 0
	for name, given := range values {
		count += len(given)
		for i := range given {
			given[i] = lines.Replace(given[i])
		}
		for _, text := range append(given, name) {
			if !isText(text) {
				return Sent{}, fault.Unreadable("Formularz zawiera znaki, których nie da się odczytać.", "The form holds characters that cannot be read.")
			}
		}
	}
	if count > maxFields {
		return Sent{}, fault.Unreadable(fmt.Sprintf("Formularz ma więcej niż %d pól.", maxFields), fmt.Sprintf("The form has more than %d fields.", maxFields))
	}
	return Sent{Values: values}, nil
}

func (s *Site) readParts(r *http.Request, takes func(field string) bool) (Sent, error) {
	limited := &io.LimitedReader{R: r.Body, N: maxAll}
	r.Body = io.NopCloser(limited)
	reader, err := r.MultipartReader()
	if err != nil {
		return Sent{}, intake.Garbled()
	}
	values, room := url.Values{}, int64(maxForm)
	var files []SentFile
	var dropped []string
	for parts := 0; ; parts++ {
		part, err := reader.NextRawPart()
		switch {
		case errors.Is(err, io.EOF):
			sent, err := sentOf(values)
			sent.Files, sent.Dropped = files, dropped
			return sent, err
		case err != nil || parts > maxFields:
			return Sent{}, intake.Garbled()
		case named(part) && !takes(part.FormName()):
			if name := fileName(part); name != "" && utf8.ValidString(name) && len(dropped) < maxFiles {
				dropped = append(dropped, name)
			}
			if _, err := io.Copy(io.Discard, part); err != nil {
				return Sent{}, intake.Garbled()
			}
		case named(part):
			file, taken, err := s.take(r.Context(), part, fileName(part))
			if err != nil {
				return Sent{}, err
			}
			if taken {
				files = append(files, file)
			}
			if len(files) > maxFiles {
				return Sent{}, fault.Unreadable(fmt.Sprintf("Najwyżej %d plików naraz.", maxFiles), fmt.Sprintf("At most %d files at once.", maxFiles))
			}
		default:
			text, err := io.ReadAll(io.LimitReader(part, room+1))
			if err != nil {
				return Sent{}, intake.Garbled()
			}
			if room -= int64(len(text)); room < 0 {
				return Sent{}, &fault.TooLargeError{What: workflow.Text{PL: "Formularz", EN: "A form"}, Bound: maxForm}
			}
			values.Add(part.FormName(), string(text))
		}
	}
}

// named reports whether a part is a file, chosen or not.
func named(part *multipart.Part) bool {
	_, parameters, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	_, file := parameters["filename"]
	return err == nil && file
}

// fileName is the name of a part's file as it was sent; empty where none was chosen.
func fileName(part *multipart.Part) string {
	_, parameters, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return ""
	}
	return parameters["filename"]
}

// take keeps a file; a field of a file in which none was chosen is none. A file that is too large is refused by itself, so that
// what else was typed is not lost.
func (s *Site) take(ctx context.Context, part *multipart.Part, name string) (SentFile, bool, error) {
	if name == "" {
		return SentFile{}, false, nil
	}
	taken, wrong, err := intake.Take(ctx, s.Blobs, part)
	file := SentFile{Field: part.FormName(), File: taken}
	if file.Name == "" {
		file.Name = name
	}
	var large *fault.TooLargeError
	if errors.As(err, &large) {
		if _, err := io.Copy(io.Discard, part); err != nil {
			return SentFile{}, false, intake.Garbled()
		}
		wrong, err = &workflow.Text{
			PL: fmt.Sprintf("Plik %s jest za duży. Plik może mieć najwyżej %d MB.", file.Name, intake.Most>>20),
			EN: fmt.Sprintf("The file %s is too large. A file may have %d MB at most.", file.Name, intake.Most>>20),
		}, nil
	}
	if wrong != nil {
		file.Wrong = *wrong
	}
	return file, true, err
}
