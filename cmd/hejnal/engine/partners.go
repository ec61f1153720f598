package engine

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"hejnal/store"
	"hejnal/workflow"
	"hejnal/workflow/country"
)

// NewPartner is a partner as it is entered. Continent is prefilled from the country; another one needs a reason.
type NewPartner struct {
	Name            string `json:"name" yaml:"name"`
	NativeName      string `json:"native_name,omitempty" yaml:"native_name"`
	Country         string `json:"country" yaml:"country"`
	Kind            string `json:"kind" yaml:"kind"`
	Wikidata        string `json:"wikidata,omitempty" yaml:"wikidata"`
	Continent       string `json:"continent,omitempty" yaml:"continent"`
	ContinentReason string `json:"continent_reason,omitempty" yaml:"continent_reason"`
	Legacy          bool   `json:"-"` // imported: the country may be unknown
}

// PartnerPatch is a change of a partner; nil fields stay. Country and kind are what the partner is and cannot be changed.
type PartnerPatch struct {
	Name            *string `json:"name,omitempty"`
	NativeName      *string `json:"native_name,omitempty"`
	Wikidata        *string `json:"wikidata,omitempty"`
	Continent       *string `json:"continent,omitempty"`
	ContinentReason *string `json:"continent_reason,omitempty"`
}

// EnterPartner enters a partner, or gives the one that is already known under the same folded name, country and kind.
func (e *Engine) EnterPartner(ctx context.Context, request Request, asked NewPartner) (Result, error) {
	return acting(ctx, e, request, func(request Request) (Result, error) { return e.enterPartner(ctx, request, asked) })
}

func (e *Engine) enterPartner(ctx context.Context, request Request, asked NewPartner) (Result, error) {
	if err := mayKeepPartners(request.By); err != nil {
		return Result{}, err
	}
	return e.commit(ctx, request, func(ctx context.Context) (store.Change, Result, error) {
		moment := e.moment()
		partner, known, err := e.findPartner(ctx, asked, "", moment.Now)
		change := store.Change{At: moment.Now}
		if err == nil && !known {
			change.Partners = []store.PartnerWrite{{Partner: partner}}
		}
		return change, Result{Partner: partner, Known: known}, err
	})
}

// AmendPartner changes a partner, and refuses what changes nothing. Cases that were proposed keep the partner that their rules were judged on.
func (e *Engine) AmendPartner(ctx context.Context, request Request, id string, patch PartnerPatch) (Result, error) {
	return acting(ctx, e, request, func(request Request) (Result, error) { return e.amendPartner(ctx, request, id, patch) })
}

func (e *Engine) amendPartner(ctx context.Context, request Request, id string, patch PartnerPatch) (Result, error) {
	return e.commit(ctx, request, func(ctx context.Context) (store.Change, Result, error) {
		partner, err := e.store.Partner(ctx, id)
		if err != nil {
			return store.Change{}, Result{}, fmt.Errorf("load partner: %w", err)
		}
		if request.Expect != 0 && request.Expect != partner.Version {
			return store.Change{}, Result{}, &StalePartnerError{Partner: partner}
		}
		if err := mayKeepPartners(request.By); err != nil {
			return store.Change{}, Result{}, err
		}
		next := NewPartner{
			Name: pick(patch.Name, partner.Name), NativeName: pick(patch.NativeName, partner.NativeName), Country: partner.Country,
			Kind: partner.Kind, Wikidata: pick(patch.Wikidata, partner.Wikidata), Continent: pick(patch.Continent, partner.Continent),
			ContinentReason: pick(patch.ContinentReason, partner.ContinentReason),
		}
		if refusal := next.check(""); refusal != nil {
			return store.Change{}, Result{}, refusal
		}
		moment := e.moment()
		amended := next.partner(partner.ID, moment.Now)
		if amended.Partner == partner.Partner && amended.ContinentReason == partner.ContinentReason {
			return store.Change{}, Result{}, invalid("", workflow.NothingChanges.Message.PL, workflow.NothingChanges.Message.EN)
		}
		if err := e.nameIsFree(ctx, amended); err != nil {
			return store.Change{}, Result{}, err
		}
		amended.Version, amended.CreatedAt = partner.Version+1, partner.CreatedAt
		change := store.Change{At: moment.Now, Partners: []store.PartnerWrite{{Expect: partner.Version, Partner: amended}}}
		return change, Result{Partner: amended}, nil
	})
}

// nameIsFree refuses a name that another partner of the country and kind has, and says which.
func (e *Engine) nameIsFree(ctx context.Context, partner store.Partner) error {
	holder, err := e.store.PartnerByName(ctx, partner.Fold, partner.Country, partner.Kind)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil
	case err != nil:
		return fmt.Errorf("find partner: %w", err)
	case holder.ID == partner.ID:
		return nil
	}
	return invalid(
		"/name", "Tak nazywa się już inny partner z tego kraju i tego rodzaju: „"+holder.Name+"”.", "Another partner of this country and kind has this name already: “"+holder.Name+"”.",
	)
}

// StalePartnerError says that a partner is no longer at the version that the caller had seen.
type StalePartnerError struct{ Partner store.Partner }

// Error describes the lost race.
func (e *StalePartnerError) Error() string {
	return fmt.Sprintf("partner %s moved to version %d", e.Partner.ID, e.Partner.Version)
}

// MayKeepPartners refuses who neither enters and changes partners nor stands in today for somebody who does.
func (e *Engine) MayKeepPartners(ctx context.Context, by workflow.Person) error {
	_, err := acting(ctx, e, Request{By: by}, func(request Request) (struct{}, error) { return struct{}{}, mayKeepPartners(request.By) })
	return err
}

func mayKeepPartners(by workflow.Person) error {
	if by.Has(workflow.Official) {
		return nil
	}
	return notFor([]workflow.Role{workflow.Official}, "Partnerów prowadzi urzędnik.", "Partners are kept by an official.")
}

// findPartner gives the partner that is known, or a new one.
func (e *Engine) findPartner(ctx context.Context, asked NewPartner, at string, now time.Time) (partner store.Partner, known bool, err error) {
	asked.Country = strings.ToUpper(strings.TrimSpace(asked.Country))
	if refusal := asked.check(at); refusal != nil {
		return store.Partner{}, false, refusal
	}
	partner, err = e.store.PartnerByName(ctx, store.Fold(asked.Name), asked.Country, asked.Kind)
	switch {
	case err == nil:
		return partner, true, nil
	case !errors.Is(err, store.ErrNotFound):
		return store.Partner{}, false, fmt.Errorf("find partner: %w", err)
	}
	partner = asked.partner(e.opts.NewID(), now)
	partner.Version, partner.CreatedAt = 1, now
	return partner, false, nil
}

func (n NewPartner) partner(id string, now time.Time) store.Partner {
	found, _ := country.Find(n.Country)
	continent := n.Continent
	if continent == "" {
		continent = found.Continent
	}
	return store.Partner{
		Partner: workflow.Partner{
			ID: id, Name: strings.TrimSpace(n.Name), NativeName: strings.TrimSpace(n.NativeName), Country: n.Country,
			Kind: n.Kind, Wikidata: n.Wikidata, Continent: continent,
		},
		Fold: store.Fold(n.Name), ContinentReason: strings.TrimSpace(n.ContinentReason), UpdatedAt: now,
	}
}

var (
	wikidata   = regexp.MustCompile(`^Q[1-9][0-9]{0,11}$`)
	kinds      = []string{"city", "region", "organisation"}
	continents = []string{"africa", "asia", "europe", "north_america", "south_america", "oceania", "antarctica"}
)

// maxName bounds the names of a partner, in characters.
const maxName = 200

// check says everything that is wrong with a partner; at is the JSON pointer of the partner in the request.
func (n NewPartner) check(at string) *workflow.Refusal {
	var wrong []workflow.FieldError
	add := func(field, pl, en string) {
		wrong = append(wrong, workflow.FieldError{Pointer: at + "/" + field, Message: workflow.Text{PL: pl, EN: en}})
	}
	switch why := wrongText(strings.TrimSpace(n.Name), maxName, workflow.NotPlainLine); {
	case !why.IsZero():
		add("name", why.PL, why.EN)
	case store.Fold(n.Name) == "":
		add("name", "Podaj nazwę partnera, od 1 do 200 znaków.", "Give the partner's name, 1 to 200 characters.")
	}
	if why := wrongText(strings.TrimSpace(n.NativeName), maxName, workflow.NotPlainLine); !why.IsZero() {
		add("native_name", why.PL, why.EN)
	}
	found, ok := country.Find(n.Country)
	if !ok && (n.Country != "" || !n.Legacy) {
		add("country", "Podaj dwuliterowy kod kraju ISO 3166-1, na przykład JP.", "Give the two-letter ISO 3166-1 code of the country, such as JP.")
	}
	if !slices.Contains(kinds, n.Kind) {
		add("kind", "Wybierz: "+strings.Join(kinds, ", ")+".", "Choose one of: "+strings.Join(kinds, ", ")+".")
	}
	if n.Wikidata != "" && !wikidata.MatchString(n.Wikidata) {
		add("wikidata", "Podaj identyfikator Wikidanych, na przykład Q31487.", "Give a Wikidata id, such as Q31487.")
	}
	switch {
	case n.Continent != "" && !slices.Contains(continents, n.Continent):
		add("continent", "Wybierz: "+strings.Join(continents, ", ")+".", "Choose one of: "+strings.Join(continents, ", ")+".")
	case n.Continent != "" && ok && n.Continent != found.Continent && strings.TrimSpace(n.ContinentReason) == "":
		add("continent_reason", "Inny kontynent niż kraju wymaga uzasadnienia.", "Another continent than the country's needs a reason.")
	}
	if why := wrongText(strings.TrimSpace(n.ContinentReason), workflow.MaxText, workflow.NotPlain); !why.IsZero() {
		add("continent_reason", why.PL, why.EN)
	}
	if len(wrong) == 0 {
		return nil
	}
	return &workflow.Refusal{Kind: workflow.Invalid, Errors: wrong, Message: workflow.Text{
		PL: "Popraw dane partnera: " + wrong[0].Message.PL, EN: "Correct the partner: " + wrong[0].Message.EN,
	}}
}

func pick(patch *string, old string) string {
	if patch == nil {
		return old
	}
	return *patch
}
