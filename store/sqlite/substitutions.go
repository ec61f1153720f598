package sqlite

import (
	"context"
	"fmt"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/store/sqlite/internal/sqlitedb"
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
	rows, err := some(ctx, s, s.read.StandsIn, sqlitedb.StandsInParams{Substitute: substitute, Day: string(on), Today: string(on)})
	if err != nil {
		return nil, fmt.Errorf("read whom %s stands in for: %w", substitute, err)
	}
	return row.ToSubstitutions(rows)
}

// SubstitutionsOf returns the substitutions of an absent person that hold on the day or later, the earliest first.
func (s *Store) SubstitutionsOf(ctx context.Context, absent string, from calendar.Date) ([]store.Substitution, error) {
	rows, err := some(ctx, s, s.read.SubstitutionsOf, sqlitedb.SubstitutionsOfParams{Absent: absent, Day: string(from)})
	if err != nil {
		return nil, fmt.Errorf("read substitutions of %s: %w", absent, err)
	}
	return row.ToSubstitutions(rows)
}

func (g *group) writeSubstitutions(ctx context.Context, change store.Change, _ encoded) error {
	for _, write := range change.Substitutions {
		made := row.OfSubstitution(write.Substitution)
		if !write.End {
			if err := g.InsertSubstitution(ctx, sqlitedb.InsertSubstitutionParams(made)); err != nil {
				return err
			}
			continue
		}
		took, err := g.EndSubstitution(ctx, sqlitedb.EndSubstitutionParams{EndedAt: made.EndedAt, ID: made.ID})
		if err := tookOr(took, err, &store.StaleError{What: "substitution", ID: made.ID}); err != nil {
			return err
		}
	}
	return nil
}
