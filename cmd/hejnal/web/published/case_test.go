package published_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hejnal/cmd/hejnal/web/published"
	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/language"
)

var form = sync.OnceValue(func() *workflow.Definition {
	set, err := language.Load(workflow.Definitions)
	if err != nil {
		panic(err)
	}
	for _, source := range set.Forms() {
		if definition, findings := workflow.Compile(source); len(findings) == 0 && definition.Form == "sector_agreement" {
			return definition
		}
	}
	panic("there is no such form")
})

// kept is one case with its history.
type kept struct {
	proposal workflow.Proposal
	records  []store.Record
}

func (k kept) Case(_ context.Context, id string) (workflow.Proposal, error) {
	if id != k.proposal.ID {
		return workflow.Proposal{}, store.ErrNotFound
	}
	return k.proposal, nil
}

func (k kept) History(context.Context, string, int64, int) ([]store.Record, error) {
	return k.records, nil
}

func (kept) DefinitionOf(context.Context, workflow.Proposal) (*workflow.Definition, error) {
	return form(), nil
}

func (kept) Form(string) (*workflow.Definition, bool) { return form(), true }

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// act adds an act to the history, an hour after the one before; what it was decided on are documents by their ids.
func (k *kept) act(public bool, stage, state string, inputs map[string]any, documents ...string) {
	at := noon.Add(time.Duration(len(k.records)) * time.Hour)
	var used []workflow.DocumentRef
	for _, id := range documents {
		used = append(used, workflow.DocumentRef{ID: id})
	}
	text := func(data map[string]any) []byte {
		written, err := json.Marshal(map[string]any{"data": data})
		if err != nil {
			panic(err)
		}
		return written
	}
	record := store.Record{At: at, Entry: store.Entry{ID: fmt.Sprint(len(k.records)), Text: text(map[string]any{"stage": stage, "recorded_at": at, "documents": used})}}
	if public {
		record.PublicPos = int64(len(k.records) + 1)
		record.Public = &store.PublicEntry{ID: "p" + record.ID, Text: text(map[string]any{
			"proposal_id": k.proposal.ID, "title": "Tytuł wtedy", "stage": stage, "state": state, "occurred_on": "2026-03-02", "inputs": inputs, "transition": inputs["transition"], "event": inputs["event"],
		})}
	}
	k.records = append(k.records, record)
}

func (k kept) find(t *testing.T) published.Case {
	t.Helper()
	found, err := published.Find(t.Context(), k, k, k.proposal.ID)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestOnlyDocumentsThatThePublicMayReadAreAmongThem(t *testing.T) {
	k := kept{proposal: workflow.Proposal{ID: "1", Form: "sector_agreement", State: "assessment", Stage: "preparation"}}
	at := func(hours float64) time.Time { return noon.Add(time.Duration(hours * float64(time.Hour))) }
	k.proposal.Documents = []workflow.Document{
		{ID: "early draft", Kind: "draft_resolution", AttachedAt: at(0.5)},
		{ID: "draft", Kind: "draft_resolution", AttachedAt: at(0.6)},
		{ID: "opinion", Kind: "legal_opinion", AttachedAt: at(0.7)},
		{ID: "roll call", Kind: "roll_call", AttachedAt: at(1.5)},
		{ID: "letter", Kind: "partner_letter", AttachedAt: at(1.6)},
		{ID: "new draft", Kind: "draft_resolution", AttachedAt: at(2.5)},
	}
	k.act(false, "preparation", "assessment", nil, "early draft")
	k.act(true, "council", "submitted_to_council", nil, "draft", "opinion")
	k.act(false, "preparation", "assessment", nil)
	var ids []string
	found := k.find(t)
	for _, document := range found.Documents {
		ids = append(ids, document.ID)
	}
	if got := strings.Join(ids, ", "); got != "draft, roll call" {
		t.Errorf("they are %s", got)
	}
	if _, ok := found.Document("opinion"); ok {
		t.Error("an opinion that is nobody's business is found")
	}
}

func TestACaseIsShownAsThePublicLastHeardOfIt(t *testing.T) {
	k := kept{proposal: workflow.Proposal{ID: "1", Form: "sector_agreement", Title: "Tytuł teraz", State: "assessment", Stage: "preparation", Fields: []string{"sport"}}}
	if _, err := published.Find(t.Context(), k, k, "1"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a case of which nothing is public is found: %v", err)
	}
	k.act(true, "council", "submitted_to_council", nil)
	k.act(false, "preparation", "assessment", nil)
	found := k.find(t)
	if found.Title != "Tytuł wtedy" || found.State.PL != "Przekazany Radzie" || found.Standing != published.UnderWay || len(found.Acts) != 1 || found.Fields != nil {
		t.Errorf("%+v", found)
	}
	if entry := found.Entry("https://example.pl"); entry.Status != "" || len(entry.Fields) != 0 || entry.Since != "" || entry.Title != "Tytuł wtedy" {
		t.Errorf("%+v", entry)
	}
	k.proposal.Register = workflow.Register{Status: workflow.RegisterCurrent, Since: "2026-03-02"}
	if found := k.find(t); found.Title != "Tytuł teraz" || found.Standing != published.Agreed || found.Since() != "2026-03-02" || len(found.FieldTitles()) != 1 {
		t.Errorf("%+v", found)
	}
	k.proposal.Register, k.proposal.State = workflow.Register{}, "draft_withdrawn"
	for _, state := range form().States {
		if state.Strand == workflow.Route && state.Kind == workflow.End && state.Register == "" {
			k.proposal.State = state.ID
		}
	}
	if found := k.find(t); found.Standing != published.Ended || found.State.IsZero() {
		t.Errorf("%+v", found)
	}
}

func TestTheBasisIsReadFromPublicActs(t *testing.T) {
	k := kept{proposal: workflow.Proposal{ID: "1", Form: "sector_agreement"}}
	k.act(true, "council", "resolution_adopted", map[string]any{
		"transition": "record_vote", "event": "resolution_adopted", "for": 30, "against": 5, "abstained": 3, "present": 38,
	})
	k.act(true, "council", "resolution_adopted", map[string]any{
		"transition": "number_resolution", "event": "resolution_numbered", "resolution_number": "CXXI/1934/14",
	})
	k.act(true, "council", "resolution_adopted", map[string]any{
		"transition": "publish", "event": "resolution_published", "bip_url": "https://www.bip.krakow.pl/?dok_id=1",
	})
	k.act(true, "life", "in_force", map[string]any{"event": "agreement_signed", "valid_until": "2027-03-01"})
	found := k.find(t)
	basis := found.Resolutions()
	if len(basis) != 1 || basis[0].Number != "CXXI/1934/14" || basis[0].AdoptedOn != "2026-03-02" || basis[0].Vote == nil || *basis[0].Vote != (published.Vote{For: 30, Against: 5, Abstained: 3, Present: 38}) ||
		basis[0].URL != "https://www.bip.krakow.pl/?dok_id=1" {
		t.Errorf("%+v", basis)
	}
	if found.SignedOn() != "2026-03-02" || found.ValidUntil() != "2027-03-01" || found.Consent() != nil || !found.Signs() {
		t.Errorf("signed %q, valid %q", found.SignedOn(), found.ValidUntil())
	}
}

// unmarked is a case that began under a definition of before, which does not say what is done to a resolution.
type unmarked struct{ kept }

func (unmarked) DefinitionOf(context.Context, workflow.Proposal) (*workflow.Definition, error) {
	source := form().Source
	source.Transitions, source.Tracks = bare(source.Transitions), slices.Clone(source.Tracks)
	for i, track := range source.Tracks {
		source.Tracks[i].Transitions = bare(track.Transitions)
	}
	definition, findings := workflow.Compile(source)
	if len(findings) > 0 {
		return nil, errors.New(findings[0].Message)
	}
	return definition, nil
}

func bare(transitions []workflow.TransitionSource) []workflow.TransitionSource {
	transitions = slices.Clone(transitions)
	for i := range transitions {
		transitions[i].Resolution, transitions[i].Outcomes = "", slices.Clone(transitions[i].Outcomes)
		for j := range transitions[i].Outcomes {
			transitions[i].Outcomes[j].Resolution = ""
		}
	}
	return transitions
}

func TestACaseOfBeforeIsReadByTheDefinitionInForce(t *testing.T) {
	k := unmarked{kept{proposal: workflow.Proposal{ID: "1", Form: "sector_agreement", Register: workflow.Register{Status: workflow.RegisterCurrent}}}}
	k.act(true, "council", "resolution_adopted", map[string]any{"transition": "record_vote", "event": "resolution_adopted"})
	k.act(true, "council", "resolution_adopted", map[string]any{"transition": "number_resolution", "event": "resolution_numbered", "resolution_number": "I/1/26"})
	k.act(true, "life", "in_force", map[string]any{"transition": "enter_into_force", "event": "agreement_entered_into_force"})
	k.act(true, "life", "in_force", map[string]any{"transition": "record_ending_resolution", "event": "ending_resolution_rejected", "resolution_number": "II/2/26"})
	k.act(true, "life", "in_force", map[string]any{"transition": "record_suspension", "event": "resolution_suspended"})
	found, err := published.Find(t.Context(), k, k, "1")
	if err != nil {
		t.Fatal(err)
	}
	if got := found.Resolutions(); len(got) != 1 || got[0].Number != "I/1/26" || got[0].Purpose != published.Basis || got[0].Flaw == nil || got[0].Flaw.Since != "2026-03-02" {
		t.Errorf("%+v", got)
	}
}

func TestHowSureAnEntryIsStandsInWords(t *testing.T) {
	for mark, want := range map[string]string{
		"": "", "S": "potwierdzone w źródle", "S-form_G-year": "forma: potwierdzone w źródle; rok: podawane bez źródła", "S_gap-I": "potwierdzone w źródle; przerwa: wywnioskowane ze źródeł",
		"S-joined_state-open": "przystąpienie: potwierdzone w źródle; obecny stan: nieustalone", "pewne": "pewne", "S-x": "x: potwierdzone w źródle",
	} {
		if got := published.Words(mark); got.PL != want {
			t.Errorf("%q is %q", mark, got.PL)
		}
	}
}

func TestAPublicEventThatIsNoneIsAnError(t *testing.T) {
	for name, record := range map[string]store.Record{
		"none":    {},
		"garbled": {Entry: store.Entry{Public: &store.PublicEntry{Text: []byte("{")}}},
	} {
		if _, err := published.Read(record); err == nil {
			t.Errorf("%s is read", name)
		}
	}
}
