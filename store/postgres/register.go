package postgres

import (
	"context"
	"fmt"

	"hejnal/store"
	"hejnal/store/postgres/internal/pgdb"
)

// RegisterGroups counts the entries of each country and form.
func (s *Store) RegisterGroups(ctx context.Context) ([]store.RegisterGroup, error) {
	found, err := some(ctx, s, func(ctx context.Context, _ struct{}) ([]pgdb.RegisterGroupsRow, error) {
		return s.read.RegisterGroups(ctx)
	}, struct{}{})
	if err != nil {
		return nil, fmt.Errorf("count the register: %w", err)
	}
	groups := make([]store.RegisterGroup, len(found))
	for i, group := range found {
		groups[i] = store.RegisterGroup{Country: group.Country, Form: group.Form, Current: int(group.Running), Past: int(group.Ended)}
	}
	return groups, nil
}
