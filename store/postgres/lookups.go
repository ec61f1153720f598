package postgres

import (
	"context"
	"time"

	"hejnal/store"
	"hejnal/store/internal/coalesce"
	"hejnal/store/internal/row"
	"hejnal/store/postgres/internal/pgdb"
)

// lookups are the reads that every command needs: who asks, and the case with its partner. Under load a question costs the database
// more than the rows that it finds, so that callers who wait at the same time share one.
type lookups struct {
	cases    *coalesce.Lookup[string, caseFound]
	partners *coalesce.Lookup[string, store.Partner]
	tokens   *coalesce.Lookup[string, tokenHolder]
}

// tokenHolder is the person who has a token.
type tokenHolder struct {
	person    store.Person
	expiresAt int64 // microseconds; 0: never
}

// lookupCount is how many lookups there are.
const lookupCount = 3

// together is how many keys a question names at most.
const together = 64

func (s *Store) startLookups() lookups {
	return lookups{
		cases:    coalesce.StartLookup(together, bounded(s.casesAmong)),
		partners: coalesce.StartLookup(together, bounded(s.partnersAmong)),
		tokens:   coalesce.StartLookup(together, bounded(s.peopleByTokens)),
	}
}

func (l lookups) close() {
	l.cases.Close()
	l.partners.Close()
	l.tokens.Close()
}

// answering is how long an answer is awaited that many may wait for, before it is asked by another connection.
const answering = 5 * time.Second

// bounded gives a question so much time.
func bounded[V any](find func(context.Context, []string) (map[string]V, error)) func(context.Context, []string) (map[string]V, error) {
	return func(ctx context.Context, keys []string) (map[string]V, error) {
		ctx, cancel := context.WithTimeout(ctx, answering)
		defer cancel()
		found, err := find(ctx, keys)
		return found, away(err)
	}
}

// lookUp finds one thing while the store is open; store.ErrNotFound where there is none.
func lookUp[V any](ctx context.Context, s *Store, in *coalesce.Lookup[string, V], key string) (V, error) {
	var none V
	if err := s.gate.Enter(); err != nil {
		return none, err
	}
	defer s.gate.Leave()
	found, known, err := in.Find(ctx, key)
	if err == nil && !known {
		return none, store.ErrNotFound
	}
	return found, err
}

func (s *Store) partnersAmong(ctx context.Context, ids []string) (map[string]coalesce.Found[store.Partner], error) {
	rows, err := pgdb.New(s.asking).PartnersAmong(ctx, ids)
	found := make(map[string]coalesce.Found[store.Partner], len(rows))
	for _, each := range rows {
		found[each.ID] = coalesce.Of(row.ToPartner(each.Fold, each.Body))
	}
	return found, err
}

func (s *Store) peopleByTokens(ctx context.Context, hashes []string) (map[string]coalesce.Found[tokenHolder], error) {
	rows, err := pgdb.New(s.asking).PeopleByTokens(ctx, hashes)
	found := make(map[string]coalesce.Found[tokenHolder], len(rows))
	for _, each := range rows {
		holder, err := person(each.Person, nil)
		found[each.Hash] = coalesce.Of(tokenHolder{person: holder, expiresAt: each.ExpiresAt}, err)
	}
	return found, err
}
