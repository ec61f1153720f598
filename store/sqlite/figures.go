package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"hejnal/store"
	"hejnal/store/internal/listing"
)

// Figures counts what a dashboard shows, figure by figure.
func (s *Store) Figures(ctx context.Context, asked store.FiguresRequest) (store.CaseFigures, error) {
	var figures store.CaseFigures
	for _, figure := range listing.Figures(listing.SQLite, asked, &figures) {
		if err := s.query(ctx, figure.Query, func(rows *sql.Rows) error { return figure.Read(rows) }); err != nil {
			return store.CaseFigures{}, fmt.Errorf("count figures: %w", err)
		}
	}
	return figures, nil
}
