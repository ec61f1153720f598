package casefile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"

	"hejnal/cmd/hejnal/web/acts"
	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/packet"
	"hejnal/store"
)

// actsAtOnce is how many acts are read at a time.
const actsAtOnce = 200

// packet gives a case as one ZIP file. It is written while it is read, so that it costs little memory however large the case.
func (p *pages) packet(w http.ResponseWriter, r *http.Request) error {
	s, err := p.subject(r)
	if err != nil {
		return err
	}
	end, err := p.Packets.Take(r.Context(), s.Reader.ID)
	if err != nil {
		return err
	}
	defer end()
	out := packet.NewAnswer(w, r, packet.Plain(s.Proposal.Number)+".zip")
	if r.Method == http.MethodHead {
		out.Begin()
		return nil
	}
	call.Of(r).Page = packetTemplate
	missing, err := p.writePacket(r, s, out)
	packet.Log(r.Context(), p.Log, slog.String("proposal", s.Proposal.ID), missing)
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
		err = w.Close(proposal.UpdatedAt, func(missing []packet.Missing) string { return s.words.In(packet.Lacking(proposal.Number, missing)) })
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
