package places

import (
	"errors"
	"fmt"
	"net/http"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/cmd/hejnal/web/published"
	"hejnal/store"
	"hejnal/workflow"
)

// partner is what the page of a partner shows: what anybody may know of it.
type partner struct {
	workflow.Partner
	Country, Kind, Continent workflow.Text
	Native                   string // language of its own name; empty: not known
	Entries                  entries
	Proceedings              []published.Case // under way
}

// proceedings is how many cases of a partner are looked at for public proceedings.
const proceedings = 50

func (p *pages) partner(w http.ResponseWriter, r *http.Request) error {
	id, err := call.ID(r, "id")
	if err != nil {
		return err
	}
	found, err := p.Store.Partner(r.Context(), id)
	if err != nil {
		return fmt.Errorf("find partner: %w", err)
	}
	city := p.Engine.AllForms()[0].Source.City
	shown := partner{
		Partner: found.Partner, Country: published.Country(found.Country), Native: published.LanguageOf(found.Country),
		Kind: frame.TitleOf(city.Lists["partner_kinds"], found.Kind), Continent: frame.TitleOf(city.Lists["continents"], found.Continent),
	}
	if shown.Entries, err = p.read(r, store.RegisterFilter{PartnerID: id, Sort: "-since"}); err != nil {
		return err
	}
	if shown.Proceedings, err = p.underWay(r, id); err != nil {
		return err
	}
	if len(shown.Entries.Rows) == 0 && len(shown.Proceedings) == 0 {
		return store.ErrNotFound // whom the City may be talking to is nobody's business yet
	}
	return p.RenderOpen(w, r, http.StatusOK, frame.Page{Template: "places/partner", Title: found.Name, Main: shown})
}

// underWay are the partner's cases of which something is public and nothing is agreed yet.
func (p *pages) underWay(r *http.Request, id string) ([]published.Case, error) {
	page, err := p.Store.ListCases(r.Context(), store.CaseFilter{PartnerID: id, PageRequest: store.PageRequest{Limit: proceedings}})
	if err != nil {
		return nil, fmt.Errorf("list the cases of a partner: %w", err)
	}
	var shown []published.Case
	for _, item := range page.Items {
		if item.Register.Status != "" {
			continue
		}
		found, err := published.Find(r.Context(), p.Store, p.Engine, item.ID)
		switch {
		case errors.Is(err, store.ErrNotFound):
		case err != nil:
			return nil, err
		case found.Standing == published.UnderWay:
			shown = append(shown, found)
		}
	}
	return shown, nil
}
