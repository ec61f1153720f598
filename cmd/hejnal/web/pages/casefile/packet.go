package casefile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strings"
	"time"

	"hejnal/cmd/hejnal/web/acts"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/fault"
	"hejnal/cmd/hejnal/web/packet"
	"hejnal/cmd/hejnal/web/streamed"
	"hejnal/store"
)

const (
	// packetsAtOnce is how many packets are written at a time, one for each person; further ones wait their turn for so long.
	packetsAtOnce  = 4
	packetPatience = 30 * time.Second
	// actsAtOnce is how many acts are read at a time.
	actsAtOnce = 200
)

// packet gives a case as one ZIP file. It is written while it is read, so that it costs little memory however large the case.
func (p *pages) packet(w http.ResponseWriter, r *http.Request) error {
	s, err := p.subject(r)
	if err != nil {
		return err
	}
	if _, under := p.packing.LoadOrStore(s.Reader.ID, true); under {
		return fault.ErrBusy
	}
	defer p.packing.Delete(s.Reader.ID)
	patience := time.NewTimer(packetPatience)
	defer patience.Stop()
	select {
	case p.packets <- struct{}{}:
		defer func() { <-p.packets }()
	case <-patience.C:
		return fault.ErrBusy
	case <-r.Context().Done():
		return r.Context().Err()
	}
	out := &begun{to: streamed.Begin(w), fileName: packet.Plain(s.Proposal.Number) + ".zip"}
	if r.Method == http.MethodHead {
		out.head()
		return nil
	}
	call.Of(r).Page = packetTemplate
	missing, err := p.writePacket(r, s, out)
	for _, one := range missing {
		p.Log.ErrorContext(r.Context(), "document missing from packet",
			slog.String("proposal", s.Proposal.ID), slog.String("sha256", one.SHA256), slog.String("error", one.Err.Error()))
	}
	if err != nil {
		return fmt.Errorf("write packet of case %s: %w", s.Proposal.ID, err)
	}
	return nil
}

func (p *pages) writePacket(r *http.Request, s *subject, out io.Writer) ([]packet.Missing, error) {
	w, names, proposal := packet.NewWriter(out), s.fileNames(), &s.Proposal
	for i := range proposal.Documents {
		d := &proposal.Documents[i]
		if err := w.Document(r.Context(), p.Blobs, packet.File{Name: names[d.ID], SHA256: d.SHA256, AttachedAt: d.AttachedAt}); err != nil {
			return w.Missing(), err
		}
	}
	page, err := p.caseOnPaper(r.Context(), s, names, w.Missing())
	if err != nil {
		return w.Missing(), err
	}
	err = errors.Join(
		w.Text("sprawa.html", proposal.UpdatedAt, func(out io.Writer) error {
			_, err := out.Write(page)
			return err
		}),
		w.Text("historia.jsonl", proposal.UpdatedAt, func(out io.Writer) error { return p.writeHistory(r, s, out) }),
	)
	if err == nil {
		err = w.Close(proposal.UpdatedAt, s.missingWords)
	}
	return w.Missing(), err
}

// fileNames are the names of the case's documents in its packet, by their ids.
func (s *subject) fileNames() map[string]string {
	names := map[string]string{}
	for i := range s.Proposal.Documents {
		d := &s.Proposal.Documents[i]
		names[d.ID] = "dokumenty/" + packet.Name(i+1, len(s.Proposal.Documents), d.Kind, d.Title, d.FileName)
	}
	return names
}

// writeHistory writes the acts of the case one a line, as the API gives them to this reader.
func (p *pages) writeHistory(r *http.Request, s *subject, out io.Writer) error {
	lines := json.NewEncoder(out)
	return p.eachAct(r.Context(), s, s.Proposal.Seq, func(record store.Record) error {
		entry, err := acts.Read(record, call.Of(r).Person.Roles)
		if err != nil {
			return err
		}
		return lines.Encode(entry)
	})
}

// eachAct reads the history up to an entry, part by part, oldest first.
func (p *pages) eachAct(ctx context.Context, s *subject, last int64, act func(store.Record) error) error {
	for after := int64(0); after < last; {
		records, err := p.Store.History(ctx, s.Proposal.ID, after, actsAtOnce)
		if err != nil {
			return fmt.Errorf("read history: %w", err)
		}
		if len(records) == 0 {
			return nil
		}
		for _, record := range records {
			if record.Seq > last {
				return nil
			}
			if err := act(record); err != nil {
				return err
			}
			after = record.Seq
		}
	}
	return nil
}

// missingWords tell which documents the packet lacks.
func (s *subject) missingWords(missing []packet.Missing) string {
	var text strings.Builder
	text.WriteString(s.words.T(
		"Ten pakiet jest niekompletny. Poniższych plików nie udało się dołączyć: nie ma ich w magazynie plików albo ich treść nie zgadza się ze skrótem SHA-256 zapisanym w sprawie. Zgłoś to administratorowi i podaj numer sprawy.",
		"This packet is not complete. The files below could not be put in: they are not in the store of files, or their bytes do not agree with the SHA-256 that the case holds. Tell the administrator, with the number of the case."))
	fmt.Fprintf(&text, "\n\n%s\n\n", s.Proposal.Number)
	for _, one := range missing {
		fmt.Fprintf(&text, "%s  %s\n", one.SHA256, one.Name)
	}
	return text.String()
}

// begun tells whether an answer was begun; until then another one can be given.
type begun struct {
	to       http.ResponseWriter
	fileName string
	is       bool
}

// Write begins the answer with its first bytes.
func (b *begun) Write(bytes []byte) (int, error) {
	if !b.is {
		b.head()
	}
	return b.to.Write(bytes)
}

func (b *begun) head() {
	b.is = true
	header := b.to.Header()
	header.Set("Content-Type", "application/zip")
	header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": b.fileName}))
	header.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	header.Set("Cache-Control", "private, no-cache")
	b.to.WriteHeader(http.StatusOK)
}
