package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"hejnal/store"
	"hejnal/store/internal/listing"
	"hejnal/workflow"
)

// ListCases returns a page of cases with their open tasks.
func (s *Store) ListCases(ctx context.Context, filter store.CaseFilter) (store.Page[workflow.Proposal], error) {
	page, err := listing.FindCases(ctx, listing.Postgres, s.effort, s.look, filter)
	if err != nil {
		return page, fmt.Errorf("list cases: %w", err)
	}
	return page, nil
}

func (s *Store) look(ctx context.Context, query listing.Query, read func(listing.Rows) error) error {
	return s.query(ctx, query, func(rows pgx.Rows) error { return read(rows) })
}

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

// ListComments returns the comments of a case.
func (s *Store) ListComments(ctx context.Context, filter store.CommentFilter) (store.Page[store.Comment], error) {
	var page store.Page[store.Comment]
	query, err := listing.Comments(filter)
	if err == nil {
		err = s.query(ctx, query, func(rows pgx.Rows) error {
			page, err = query.ReadComments(rows)
			return err
		})
	}
	if err != nil {
		return store.Page[store.Comment]{}, fmt.Errorf("list comments: %w", err)
	}
	return page, nil
}
