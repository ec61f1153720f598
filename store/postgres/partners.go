package postgres

import (
	"context"
	"fmt"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/store/postgres/internal/pgdb"
)

// Partner returns a partner.
func (s *Store) Partner(ctx context.Context, id string) (store.Partner, error) {
	found, err := lookUp(ctx, s, s.lookups.partners, id)
	if err != nil {
		return store.Partner{}, fmt.Errorf("read partner %s: %w", id, err)
	}
	return found, nil
}

// PartnerByName finds a partner by its folded name, country and kind.
func (s *Store) PartnerByName(ctx context.Context, fold, country, kind string) (store.Partner, error) {
	found, err := one(ctx, s, s.read.PartnerByName, pgdb.PartnerByNameParams{Fold: fold, Country: country, Kind: kind})
	if err != nil {
		return store.Partner{}, fmt.Errorf("read partner %q: %w", fold, err)
	}
	return row.ToPartner(found.Fold, found.Body)
}
