package postgres

import (
	"context"
	"fmt"

	"hejnal/workflow"
)

// Scopes returns the fact scopes named.
func (s *Store) Scopes(ctx context.Context, scopes []string) (workflow.Facts, error) {
	rows, err := some(ctx, s, s.read.ScopesAmong, scopes)
	if err != nil {
		return nil, fmt.Errorf("read scopes: %w", err)
	}
	facts := workflow.Facts{}
	for _, scope := range scopes {
		facts[scope] = workflow.Scope{}
	}
	for _, row := range rows {
		scope := facts[row.Scope]
		scope.Version = row.Version
		if row.Label != nil {
			scope.Holders = append(scope.Holders, workflow.Holder{Label: *row.Label, ProposalID: *row.ProposalID})
		}
		facts[row.Scope] = scope
	}
	return facts, nil
}
