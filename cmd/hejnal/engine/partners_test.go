package engine_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/store"
	"hejnal/workflow"
)

func TestAPartnerIsEnteredOnceUnderItsFoldedName(t *testing.T) {
	h := open(t)
	names := []string{"Łódź nad Łyną", "łódź nad łyną", "LODZ  NAD LYNA", "Łódź nad Łyną "}
	ids := make([]string, len(names))
	var group sync.WaitGroup
	for i, name := range names {
		group.Go(func() {
			result, err := h.EnterPartner(t.Context(), as(h.official), engine.NewPartner{Name: name, Country: "UA", Kind: "city"})
			if err != nil {
				t.Error(err)
			}
			ids[i] = result.Partner.ID
		})
	}
	group.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Fatalf("one city became several partners: %v", ids)
		}
	}
	region, err := h.EnterPartner(t.Context(), as(h.official), engine.NewPartner{Name: names[0], Country: "UA", Kind: "region"})
	if err != nil || region.Partner.ID == ids[0] {
		t.Errorf("a region of the same name is another partner: %v", err)
	}
}

func TestTheContinentIsPrefilledAndChangedWithAReason(t *testing.T) {
	h := open(t)
	result, err := h.EnterPartner(t.Context(), as(h.official), engine.NewPartner{Name: "Stambuł", Country: "TR", Kind: "city"})
	if err != nil || result.Partner.Continent != "asia" {
		t.Fatalf("%v, continent %q", err, result.Partner.Continent)
	}
	europe, reason := "europe", "Część miasta leży w Europie"
	var refusal *workflow.Refusal
	_, err = h.AmendPartner(t.Context(), as(h.official), result.Partner.ID, engine.PartnerPatch{Continent: &europe})
	if !errors.As(err, &refusal) || refusal.Errors[0].Pointer != "/continent_reason" {
		t.Errorf("changed without a reason: %v", err)
	}
	turned := "Część\u202eEuropy"
	_, err = h.AmendPartner(t.Context(), as(h.official), result.Partner.ID, engine.PartnerPatch{Continent: &europe, ContinentReason: &turned})
	if !errors.As(err, &refusal) || refusal.Errors[0].Pointer != "/continent_reason" {
		t.Errorf("changed with a reason that turns round: %v", err)
	}
	changed, err := h.AmendPartner(t.Context(), as(h.official), result.Partner.ID, engine.PartnerPatch{Continent: &europe, ContinentReason: &reason})
	if err != nil || changed.Partner.Continent != "europe" || changed.Partner.Version != 2 {
		t.Errorf("%v, %+v", err, changed.Partner)
	}
	for name, patch := range map[string]engine.PartnerPatch{"what it is": {Continent: &europe}, "nothing": {}} {
		_, err = h.AmendPartner(t.Context(), as(h.official), result.Partner.ID, patch)
		if !errors.As(err, &refusal) || refusal.Kind != workflow.Invalid || refusal.Errors[0] != workflow.NothingChanges {
			t.Errorf("changed to %s: %v", name, err)
		}
	}
	if now, err := h.store.Partner(t.Context(), result.Partner.ID); err != nil || now.Version != 2 {
		t.Errorf("what changes nothing raised the version to %d: %v", now.Version, err)
	}
}

func TestWhatIsWrongWithTheNameOfAPartnerIsSaid(t *testing.T) {
	h := open(t)
	for name, c := range map[string]struct {
		entered engine.NewPartner
		says    string
	}{
		"too long":     {engine.NewPartner{Name: strings.Repeat("a", 201)}, "Najwyżej 200 znaków; jest 201."},
		"empty":        {engine.NewPartner{}, "Podaj nazwę partnera, od 1 do 200 znaków."},
		"two lines":    {engine.NewPartner{Name: "a\r\nb"}, "w jednym wierszu"},
		"turned round": {engine.NewPartner{Name: "Jerozolima", NativeName: "\u200fירושלים"}, "zmieniający kierunek pisma"},
	} {
		c.entered.Country, c.entered.Kind = "IL", "city"
		var refusal *workflow.Refusal
		_, err := h.EnterPartner(t.Context(), as(h.official), c.entered)
		if !errors.As(err, &refusal) || len(refusal.Errors) != 1 || !strings.Contains(refusal.Errors[0].Message.PL, c.says) {
			t.Errorf("%s: %v, %+v", name, err, refusal)
		}
	}
}

func TestAPartnerDoesNotTakeTheNameOfAnother(t *testing.T) {
	h := open(t)
	enter := func(name, kind string) store.Partner {
		t.Helper()
		result, err := h.EnterPartner(t.Context(), as(h.official), engine.NewPartner{Name: name, Country: "UA", Kind: kind})
		if err != nil {
			t.Fatal(err)
		}
		return result.Partner
	}
	city, region := enter("Lwów", "city"), enter("Wołyń", "region")
	enter("Łuck", "city")
	for _, wanted := range []struct {
		whose, id, name string
		free            bool
	}{
		{"of another city", city.ID, "LUCK", false},
		{"of a region, for a city", city.ID, "Wołyń", true},
		{"its own, written otherwise", city.ID, "WOLYN", true},
		{"of a city, for a region", region.ID, "Łuck", true},
	} {
		_, err := h.AmendPartner(t.Context(), as(h.official), wanted.id, engine.PartnerPatch{Name: &wanted.name})
		var refusal *workflow.Refusal
		switch {
		case wanted.free && err != nil:
			t.Errorf("%s: %v", wanted.whose, err)
		case wanted.free:
		case !errors.As(err, &refusal) || refusal.Kind != workflow.Invalid || refusal.Errors[0].Pointer != "/name" ||
			!strings.Contains(refusal.Errors[0].Message.PL, "„Łuck”") || !strings.Contains(refusal.Errors[0].Message.EN, "“Łuck”"):
			t.Errorf("%s: %v", wanted.whose, err)
		}
	}
}

func TestAPartnerIsCheckedFieldByField(t *testing.T) {
	h := open(t)
	_, err := h.EnterPartner(t.Context(), as(h.official), engine.NewPartner{Name: " ", Country: "Japan", Kind: "village", Wikidata: "31487", Continent: "atlantis"})
	var refusal *workflow.Refusal
	if !errors.As(err, &refusal) || refusal.Kind != workflow.Invalid {
		t.Fatalf("got %v", err)
	}
	var pointers []string
	for _, wrong := range refusal.Errors {
		pointers = append(pointers, wrong.Pointer)
		if !wrong.Message.Complete() {
			t.Errorf("%s is not said in both languages", wrong.Pointer)
		}
	}
	want := []string{"/name", "/country", "/kind", "/wikidata", "/continent"}
	if len(pointers) != len(want) {
		t.Errorf("found %v, want %v", pointers, want)
	}
	if _, err := h.EnterPartner(t.Context(), as(h.auditor), engine.NewPartner{Name: "Oslo", Country: "NO", Kind: "city"}); !errors.As(err, &refusal) || refusal.Kind != workflow.Forbidden {
		t.Errorf("an auditor entered a partner: %v", err)
	}
}

func TestACaseKeepsThePartnerThatItsRulesWereJudgedOn(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "honorary_twin_title", "Stambuł", "TR", "city")
	if _, err := h.Advance(t.Context(), as(h.official), p.ID, workflow.Command{Transition: "propose"}); err != nil {
		t.Fatal(err)
	}
	europe, reason := "europe", "Zmiana zapatrywania"
	if _, err := h.AmendPartner(t.Context(), as(h.official), p.Partner.ID, engine.PartnerPatch{Continent: &europe, ContinentReason: &reason}); err != nil {
		t.Fatal(err)
	}
	c, err := h.Load(t.Context(), p.ID, workflow.Command{})
	if err != nil || c.Proposal.Partner.Continent != "asia" {
		t.Errorf("the case has its partner in %s: %v", c.Proposal.Partner.Continent, err)
	}
	second := h.proposal(t, "honorary_twin_title", "Stambuł", "TR", "city")
	var refusal *workflow.Refusal
	if _, err := h.Advance(t.Context(), as(h.official), second.ID, workflow.Command{Transition: "propose"}); !errors.As(err, &refusal) || refusal.Kind != workflow.Blocked {
		t.Errorf("a title for a city that now counts as European: %v", err)
	}
}

func TestACaseIsFoundByTheNameThatItsPartnerGotMeanwhile(t *testing.T) {
	h := open(t)
	p := h.proposal(t, "informal_cooperation", "Bergen", "NO", "city")
	name := "Bjørgvin"
	if _, err := h.AmendPartner(t.Context(), as(h.official), p.Partner.ID, engine.PartnerPatch{Name: &name}); err != nil {
		t.Fatal(err)
	}
	note := workflow.Command{Transition: "record_contact", Inputs: input(t, map[string]any{"note": "Rozmowa"})}
	if _, err := h.Advance(t.Context(), as(h.official), p.ID, note); err != nil {
		t.Fatal(err)
	}
	found, err := h.store.ListCases(t.Context(), store.CaseFilter{Text: "bjorgvin"})
	if err != nil || len(found.Items) != 1 {
		t.Errorf("found %d cases: %v", len(found.Items), err)
	}
}

func TestACountryIsOneHoweverItsCodeIsWritten(t *testing.T) {
	h := open(t)
	result, err := h.EnterPartner(t.Context(), as(h.official), engine.NewPartner{Name: "Związek Miast Polskich", Country: "pl", Kind: "organisation"})
	if err != nil || result.Partner.Country != "PL" {
		t.Fatalf("%v, entered in %q", err, result.Partner.Country)
	}
	p := h.proposal(t, "association_membership", "zwiazek miast polskich", "Pl", "organisation")
	if p.Partner.ID != result.Partner.ID {
		t.Error("one association became two partners")
	}
	_, err = h.Advance(t.Context(), as(h.official), p.ID, workflow.Command{Transition: "propose", Inputs: input(t, map[string]any{
		"international_association": "yes", "hands_over_tasks_or_property": "no", "answer_reason": "Statut",
	})})
	var refusal *workflow.Refusal
	if !errors.As(err, &refusal) || refusal.Blockers[0].Code != "association_domestic" {
		t.Errorf("a domestic association went through: %v", err)
	}
}
