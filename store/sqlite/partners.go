package sqlite

import (
	"context"
	"fmt"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/store/sqlite/internal/sqlitedb"
)

// Partner returns a partner.
func (s *Store) Partner(ctx context.Context, id string) (store.Partner, error) {
	found, err := one(ctx, s, s.read.PartnerByID, id)
	if err != nil {
		return store.Partner{}, fmt.Errorf("read partner %s: %w", id, err)
	}
	return row.ToPartner(found.Fold, found.Body)
}

// PartnerByName finds a partner by its folded name, country and kind.
func (s *Store) PartnerByName(ctx context.Context, fold, country, kind string) (store.Partner, error) {
	found, err := one(ctx, s, s.read.PartnerByName, sqlitedb.PartnerByNameParams{Fold: fold, Country: country, Kind: kind})
	if err != nil {
		return store.Partner{}, fmt.Errorf("read partner %q: %w", fold, err)
	}
	return row.ToPartner(found.Fold, found.Body)
}
