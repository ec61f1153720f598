package council

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"
	"strings"
	"unicode/utf8"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/streamed"
	"hejnal/store"
)

// heaviest is how many bytes of documents one packet holds; what goes beyond it is named in the packet's list.
const heaviest = 500 << 20

// packet answers the papers of a session as one file, written as it is read.
func (p *pages) packet(w http.ResponseWriter, r *http.Request) error {
	c := call.Of(r)
	day, err := dayOf(r)
	if err != nil {
		return err
	}
	agenda, err := p.agendaOf(r.Context(), day, c.By())
	if err != nil {
		return err
	}
	if len(agenda.Items) == 0 {
		return store.ErrNotFound
	}
	words := frame.WordsOf(c.Language)
	name := words.T("sesja-", "session-") + string(day) + ".zip"
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	w.Header().Set("Cache-Control", "private, no-cache")
	if r.Method == http.MethodHead {
		return nil
	}
	w.WriteHeader(http.StatusOK)
	return p.pack(r.Context(), streamed.Begin(w), agenda, words)
}

// pack writes the papers of an agenda, a folder for each item, after a list of what is in them.
func (p *pages) pack(ctx context.Context, w io.Writer, a agenda, words frame.Words) error {
	archive := zip.NewWriter(w)
	list, err := archive.Create(words.T("spis.txt", "contents.txt"))
	if err != nil {
		return fmt.Errorf("begin packet: %w", err)
	}
	var text strings.Builder
	fmt.Fprintf(&text, "%s %s\r\n", words.T("Sesja Rady Miasta Krakowa", "Session of the City Council,"), words.Day(a.Date))
	files := map[string]paper{}
	var order []string
	room := int64(heaviest)
	for _, one := range a.Items {
		folder := folderOf(one)
		fmt.Fprintf(&text, "\r\n%s\r\n%s (%s)\r\n", folder, one.Title, one.Number)
		for i, document := range one.Papers {
			name := path.Join(folder, fmt.Sprintf("%02d-%s", i+1, safeName(document.FileName)))
			note := ""
			if room -= document.Size; room < 0 {
				note = words.T(" – pominięto, paczka byłaby za duża", " – left out, the packet would be too large")
			} else {
				files[name], order = document, append(order, name)
			}
			fmt.Fprintf(&text, "  %s: %s, SHA-256 %s%s\r\n", path.Base(name), words.In(document.Kind), document.SHA256, note)
		}
	}
	if _, err := io.WriteString(list, text.String()); err != nil {
		return fmt.Errorf("write the packet's list: %w", err)
	}
	for _, name := range order {
		if err := p.packFile(ctx, archive, name, files[name]); err != nil {
			return err
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("end packet: %w", err)
	}
	return nil
}

func (p *pages) packFile(ctx context.Context, archive *zip.Writer, name string, document paper) error {
	file, err := p.Blobs.Get(ctx, document.SHA256)
	if err != nil {
		return fmt.Errorf("open document %s: %w", document.ID, err)
	}
	defer file.Close() //nolint:errcheck // Reading is over.
	to, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, Modified: document.AttachedAt})
	if err != nil {
		return fmt.Errorf("add document %s: %w", document.ID, err)
	}
	if _, err := io.Copy(to, file); err != nil {
		return fmt.Errorf("copy document %s: %w", document.ID, err)
	}
	return nil
}

func folderOf(one *item) string {
	label := one.Number
	if one.Print != "" {
		label = "druk-" + one.Print
	}
	return fmt.Sprintf("%02d-%s", one.Position, safeName(label))
}

// safeName keeps of a file's name what every system takes: no folders, no signs that mean something, a length that fits.
func safeName(name string) string {
	name = strings.Map(func(letter rune) rune {
		if letter < ' ' || letter == utf8.RuneError || letter == 0x7f || strings.ContainsRune(`/\:*?"<>|`, letter) {
			return '-'
		}
		return letter
	}, strings.ToValidUTF8(name, "-"))
	name = strings.Trim(name, ". ")
	if name == "" {
		return "dokument"
	}
	ending := path.Ext(name)
	stem := []rune(strings.TrimSuffix(name, ending))
	if len(stem) > 80 {
		stem = stem[:80]
	}
	if len([]rune(ending)) > 12 {
		ending = ""
	}
	return string(stem) + ending
}
