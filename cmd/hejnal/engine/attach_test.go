package engine_test

import (
	"errors"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/store"
	"hejnal/workflow"
)

func TestDocumentsOfAKindAreVersionsAndTheNewestCounts(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "twin_city_agreement", "Porto", "PT", "city")
	first := h.attach(t, p.ID, h.official, "agreement_text")
	second := h.attach(t, p.ID, h.official, "agreement_text")
	if first.Version != 1 || second.Version != 2 {
		t.Errorf("versions %d and %d", first.Version, second.Version)
	}
	after, err := h.store.Case(t.Context(), p.ID)
	if err != nil || after.Version != p.Version+2 || len(after.Documents) != 2 {
		t.Errorf("%v, version %d, %d documents", err, after.Version, len(after.Documents))
	}
}

func TestADocumentEventTellsNoTitle(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "twin_city_agreement", "Porto", "PT", "city")
	_, err := h.Attach(t.Context(), as(h.lawyer), p.ID, engine.File{
		Kind: "legal_opinion", Title: "Opinia mec. Kowalskiej", FileName: "kowalska.pdf", MediaType: "application/pdf", Size: 10, SHA256: strings.Repeat("cd", 32),
	})
	if err != nil {
		t.Fatal(err)
	}
	records, err := h.store.After(t.Context(), h.head(t)-1, 1)
	if err != nil {
		t.Fatal(err)
	}
	text := string(records[0].Text)
	if strings.Contains(strings.ToLower(text), "kowalsk") || !strings.Contains(text, strings.Repeat("cd", 32)) {
		t.Errorf("the event tells %s", text)
	}
}

func TestAFileIsRefusedForWhatItIsCalledAndWhoBringsIt(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "twin_city_agreement", "Porto", "PT", "city")
	whole := engine.File{Kind: "agreement_text", FileName: "a.txt", MediaType: "text/plain", Size: 1, SHA256: strings.Repeat("ef", 32)}
	for name, attempt := range map[string]struct {
		by      workflow.Person
		change  func(*engine.File)
		want    workflow.Kind
		pointer string
	}{
		"an unknown kind":     {h.official, func(f *engine.File) { f.Kind = "poem" }, workflow.Invalid, "/kind"},
		"a day not in May":    {h.official, func(f *engine.File) { f.Date = "2026-05-32" }, workflow.Invalid, "/date"},
		"a long language":     {h.official, func(f *engine.File) { f.Language = "polish" }, workflow.Invalid, "/language"},
		"an endless title":    {h.official, func(f *engine.File) { f.Title = strings.Repeat("ą", 301) }, workflow.Invalid, "/title"},
		"an auditor's upload": {h.auditor, func(*engine.File) {}, workflow.Forbidden, ""},
	} {
		file := whole
		attempt.change(&file)
		_, err := h.Attach(t.Context(), as(attempt.by), p.ID, file)
		var refusal *workflow.Refusal
		if !errors.As(err, &refusal) || refusal.Kind != attempt.want || attempt.pointer != "" && refusal.Errors[0].Pointer != attempt.pointer {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.Attach(t.Context(), as(h.official), "01a00000-0000-7000-8000-000000000000", whole); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("attached to no case: %v", err)
	}
}

func TestARemarkIsTalkAndMovesNothing(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "informal_cooperation", "Bergen", "NO", "city")
	before := h.head(t)
	result, err := h.Comment(t.Context(), as(h.lawyer), p.ID, "  Proszę o projekt listu.  ")
	if err != nil || result.Comment.Text != "Proszę o projekt listu." {
		t.Fatalf("%v, %q", err, result.Comment.Text)
	}
	after, err := h.store.Case(t.Context(), p.ID)
	if err != nil || after.Version != p.Version || h.head(t) != before {
		t.Errorf("%v: version %d → %d, head %d → %d", err, p.Version, after.Version, before, h.head(t))
	}
	for name, text := range map[string]string{"nothing": " \n ", "too much": strings.Repeat("a", 4001)} {
		var refusal *workflow.Refusal
		if _, err := h.Comment(t.Context(), as(h.lawyer), p.ID, text); !errors.As(err, &refusal) || refusal.Kind != workflow.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	var refusal *workflow.Refusal
	if _, err := h.Comment(t.Context(), as(h.auditor), p.ID, "Uwaga"); !errors.As(err, &refusal) || refusal.Kind != workflow.Forbidden {
		t.Errorf("an auditor spoke: %v", err)
	}
}
