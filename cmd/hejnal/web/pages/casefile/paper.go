package casefile

import (
	"context"
	_ "embed"
	"html/template"
	"time"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/packet"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/store"
	"hejnal/workflow"
)

//go:embed packet.css
var packetStyle string

// mostOnPaper is how many acts the page of a packet tells in words; the file of the history has them all.
const mostOnPaper = 1000

// paper is what the page of a packet shows: a case as a whole, for reading without the program.
type paper struct {
	Language  string
	Style     template.CSS
	Head      head
	Proposal  workflow.Proposal
	Result    workflow.Text
	Basis     string
	Fields    []workflow.Text
	Tools     []workflow.Text
	At        time.Time // of the last change: what is told here is as it was then
	Path      []step
	Tracks    []strand
	Links     []link
	Entries   []paperEntry
	Left      int64 // older acts that are not told
	Documents []paperDocument
	Missing   int
}

// paperEntry is an act with the files that it was decided on.
type paperEntry struct {
	entry
	Papers []paperDocument
}

// packetTemplate is the template of the page that a packet holds.
const packetTemplate = "casefile/packet"

// paperDocument is a document of the packet. File is empty where the packet lacks it.
type paperDocument struct {
	workflow.Document
	KindTitle workflow.Text
	File      string
	Who       string
}

// caseOnPaper writes the page of a packet.
func (p *pages) caseOnPaper(ctx context.Context, s *subject, names map[string]string, missing []packet.Missing) ([]byte, error) {
	shown := paper{
		Language: s.words.Language, Style: template.CSS(packetStyle), //nolint:gosec // It is the program's own.
		Head: s.head(ctx, ""), Proposal: s.Proposal, Result: s.Definition.Source.Result, Basis: s.Definition.Source.Basis, At: s.Proposal.UpdatedAt,
		Missing: len(missing), Left: max(s.Proposal.Seq-mostOnPaper, 0),
	}
	city := s.Definition.Source.City
	for _, id := range s.Proposal.Fields {
		shown.Fields = append(shown.Fields, frame.TitleOf(city.Fields, id))
	}
	for _, id := range s.Proposal.Tools {
		shown.Tools = append(shown.Tools, frame.TitleOf(city.Tools, id))
	}
	for _, track := range s.Definition.Tracks {
		shown.Tracks = append(shown.Tracks, strand{Title: track.Title, State: s.state(track.ID, s.Proposal.Tracks[track.ID])})
	}
	lacking := map[string]bool{}
	for _, one := range missing {
		lacking[one.Name] = true
	}
	papers := map[string]paperDocument{}
	for _, d := range s.Proposal.Documents {
		one := paperDocument{Document: d, KindTitle: s.kind(d.Kind), File: names[d.ID], Who: s.actor(ctx, workflow.Actor{User: d.By, OnBehalfOf: d.OnBehalfOf})}
		if lacking[one.File] {
			one.File = ""
		}
		papers[d.ID] = one
		shown.Documents = append(shown.Documents, one)
	}
	var err error
	if shown.Links, err = p.links(ctx, s); err != nil {
		return nil, err
	}
	moves, err := p.told(ctx, s, papers, &shown)
	if err != nil {
		return nil, err
	}
	shown.Path = s.steps(ctx, moves)
	return p.Execute(s.words.Language, packetTemplate, shown)
}

// told puts the acts of the case into words, and gives those that moved it along its route.
func (p *pages) told(ctx context.Context, s *subject, papers map[string]paperDocument, shown *paper) ([]workflow.Act, error) {
	var moves, acts []workflow.Act
	err := p.eachAct(ctx, s, s.Proposal.Seq, func(record store.Record) error {
		if !s.personal() {
			record.Personal = nil
		}
		act, err := engine.ReadAct(record)
		if err != nil {
			return err
		}
		if act.Seq > shown.Left {
			acts = append(acts, act)
		} else if moved(act) {
			moves = append(moves, act)
		}
		return nil
	})
	s.noteCorrections(ctx, acts)
	for _, act := range acts {
		if right := s.told[act.ID].Act; moved(right) {
			moves = append(moves, right)
		}
		one := paperEntry{entry: s.entry(ctx, act)}
		one.Public = act.PublicID != ""
		for _, used := range act.Documents {
			document, ok := papers[used.ID]
			if !ok {
				document = paperDocument{Document: workflow.Document{SHA256: used.SHA256}, KindTitle: s.kind(used.Kind)}
			}
			one.Papers = append(one.Papers, document)
		}
		shown.Entries = append(shown.Entries, one)
	}
	return moves, err
}

// moved reports whether an act moved its case along the route.
func moved(act workflow.Act) bool { return act.Track == workflow.Route && act.From != act.To }
