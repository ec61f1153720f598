package postgres

import (
	"context"
	"fmt"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/store/postgres/internal/pgdb"
	"hejnal/workflow/calendar"
)

// Substitution returns a substitution, ended or not.
func (s *Store) Substitution(ctx context.Context, id string) (store.Substitution, error) {
	from, err := one(ctx, s, s.read.SubstitutionByID, id)
	if err != nil {
		return store.Substitution{}, fmt.Errorf("read substitution %s: %w", id, err)
	}
	return row.ToSubstitution(row.Substitution(from))
}

// StandsIn returns the substitutions that a substitute has on the day, the earliest first.
func (s *Store) StandsIn(ctx context.Context, substitute string, on calendar.Date) ([]store.Substitution, error) {
	rows, err := some(ctx, s, s.read.StandsIn, pgdb.StandsInParams{Substitute: substitute, Day: string(on)})
	if err != nil {
		return nil, fmt.Errorf("read whom %s stands in for: %w", substitute, err)
	}
	return row.ToSubstitutions(rows)
}

// SubstitutionsOf returns the substitutions of an absent person that hold on the day or later, the earliest first.
func (s *Store) SubstitutionsOf(ctx context.Context, absent string, from calendar.Date) ([]store.Substitution, error) {
	rows, err := some(ctx, s, s.read.SubstitutionsOf, pgdb.SubstitutionsOfParams{Absent: absent, Day: string(from)})
	if err != nil {
		return nil, fmt.Errorf("read substitutions of %s: %w", absent, err)
	}
	return row.ToSubstitutions(rows)
}
