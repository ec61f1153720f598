package engine_test

import (
	"crypto/rand"
	"testing"
	"time"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/installation"
	"hejnal/workflow"
)

func TestACaseIsDecidedByTheDefinitionThatItBeganUnder(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "informal_cooperation", "Bergen", "NO", "city")

	var forms []*workflow.Definition
	for _, form := range h.Forms() {
		source := form.Source
		if source.Form == p.Form {
			source.Version++
			source.Title = workflow.Text{PL: "Nowa nazwa", EN: "New name"}
		}
		definition, findings := workflow.Compile(source)
		if len(findings) > 0 {
			t.Fatal(findings)
		}
		forms = append(forms, definition)
	}
	next, err := engine.New(t.Context(), engine.Options{
		Store: h.store, Forms: forms, Source: "urn:hejnal:test", NewID: installation.NewID, Now: time.Now, Random: rand.Reader,
	})
	if err != nil {
		t.Fatal(err)
	}
	result, err := next.Advance(t.Context(), as(h.official), p.ID, workflow.Command{
		Transition: "record_contact", Inputs: input(t, map[string]any{"note": "Rozmowa"}),
	})
	if err != nil {
		t.Fatal(err)
	}
	if result.Act.Definition != p.Definition {
		t.Errorf("decided by version %d of digest %s", result.Act.Definition.Version, result.Act.Definition.Digest)
	}
	fresh, err := next.Propose(t.Context(), as(h.official), engine.NewProposal{
		Form: p.Form, Title: "Oslo", Partner: &engine.NewPartner{Name: "Oslo", Country: "NO", Kind: "city"},
	})
	if err != nil || fresh.Proposal.Definition.Version != p.Definition.Version+1 {
		t.Errorf("%v: a new case begins under version %d", err, fresh.Proposal.Definition.Version)
	}
}

func TestRegisterEntriesOutsideTheFormsAreImportedOnly(t *testing.T) {
	h := open(t)
	for _, form := range h.Forms() {
		if form.Source.OnlyImported {
			t.Errorf("%s is offered", form.Form)
		}
	}
	_, err := h.Propose(t.Context(), as(h.official), engine.NewProposal{
		Form: "domestic_membership", Title: "Związek Miast Polskich", Partner: &engine.NewPartner{Name: "Związek Miast Polskich", Country: "PL", Kind: "organisation"},
	})
	if err == nil {
		t.Error("a domestic membership was opened as a case")
	}
	imported, err := h.ImportLegacy(t.Context(), as(h.official), engine.Legacy{
		State: "recorded",
		NewProposal: engine.NewProposal{
			Form: "domestic_membership", Title: "Związek Miast Polskich", Partner: &engine.NewPartner{Name: "Związek Miast Polskich", Country: "PL", Kind: "organisation"},
		},
		Command: workflow.Command{Inputs: input(t, map[string]any{"source": "BIP-ZMP", "confidence": "S"})},
	})
	if err != nil || !imported.Proposal.Legacy || imported.Act.OccurredOn != "" || len(imported.Proposal.Tasks) > 0 {
		t.Errorf("%v, %+v", err, imported.Proposal)
	}
}
