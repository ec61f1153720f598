package council

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/packet"
	"hejnal/cmd/hejnal/web/pages/frame"
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
	end, err := p.Packets.Take(r.Context(), c.Person.ID)
	if err != nil {
		return err
	}
	defer end()
	words := frame.WordsOf(c.Language)
	out := packet.NewAnswer(w, r, words.T("sesja-", "session-")+string(day)+".zip")
	if r.Method == http.MethodHead {
		out.Begin()
		return nil
	}
	missing, err := p.pack(r.Context(), out, agenda, words)
	packet.Log(r.Context(), p.Log, slog.String("session", string(day)), missing)
	if err != nil {
		return fmt.Errorf("write packet of the session of %s: %w", day, err)
	}
	return nil
}

// pack writes the papers of an agenda, a folder for each item, and a list of them.
func (p *pages) pack(ctx context.Context, out io.Writer, a agenda, words frame.Words) ([]packet.Missing, error) {
	w := packet.NewWriter(out)
	title := words.T("Sesja Rady Miasta Krakowa", "Session of the City Council,") + " " + words.Day(a.Date)
	var list strings.Builder
	list.WriteString(title + "\r\n")
	var changed time.Time // the last of the cases
	room := int64(heaviest)
	for _, one := range a.Items {
		if one.of.UpdatedAt.After(changed) {
			changed = one.of.UpdatedAt
		}
		folder := folderOf(one)
		fmt.Fprintf(&list, "\r\n%s\r\n%s (%s)\r\n", folder, one.Title, one.Number)
		for i, document := range one.Papers {
			file := packet.File{
				Name: path.Join(folder, fmt.Sprintf("%02d-%s", i+1, safeName(document.FileName))), SHA256: document.SHA256, AttachedAt: document.AttachedAt,
			}
			note := ""
			if room -= document.Size; room < 0 {
				note = words.T(" – pominięto, paczka byłaby za duża", " – left out, the packet would be too large")
			} else if whole, err := putIn(ctx, w, p.Blobs, file); err != nil {
				return w.Missing(), err
			} else if !whole {
				note = words.T(" – brak pliku", " – the file is missing")
			}
			fmt.Fprintf(&list, "  %s: %s, SHA-256 %s%s\r\n", path.Base(file.Name), words.In(document.Kind), document.SHA256, note)
		}
	}
	err := w.Text(words.T("spis.txt", "contents.txt"), changed, func(out io.Writer) error {
		_, err := io.WriteString(out, list.String())
		return err
	})
	if err == nil {
		err = w.Close(changed, func(missing []packet.Missing) string { return words.In(packet.Lacking(title, missing)) })
	}
	return w.Missing(), err
}

// putIn puts a file into a packet, and reports whether it could be had.
func putIn(ctx context.Context, w *packet.Writer, blobs packet.Blobs, file packet.File) (bool, error) {
	before := len(w.Missing())
	err := w.Document(ctx, blobs, file)
	return len(w.Missing()) == before, err
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
