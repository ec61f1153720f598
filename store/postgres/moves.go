package postgres

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"hejnal/store"
)

// commitMoves is the name of the statement that every writing connection has ready, and parameterCount how many
// parameters it has.
const (
	commitMoves    = "commit_moves"
	parameterCount = 41
)

// steady keeps the plans of the function's statements as they are best for groups of any size, whatever the tables held
// when they were planned: a row at a time, by its key.
const steady = "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off"

// prepareToMove makes a new connection ready to commit moves.
func prepareToMove(ctx context.Context, connection *pgx.Conn) error {
	if _, err := connection.PgConn().Exec(ctx, steady).ReadAll(); err != nil {
		return fmt.Errorf("set up for commits: %w", err)
	}
	places := make([]string, parameterCount)
	for i := range places {
		places[i] = fmt.Sprint("$", i+1)
	}
	if _, err := connection.PgConn().Prepare(ctx, commitMoves, "SELECT commit_moves("+strings.Join(places, ", ")+")", nil); err != nil {
		return fmt.Errorf("prepare commits: %w", err)
	}
	return nil
}

// move commits the changes at the places by one call of commit_moves. When the database finds fault with any of them it
// reports false, and nothing was committed: commit_moves does not look for what is taken, so that to call it again would not help.
func (s *Store) move(ctx context.Context, group []*commit, places []int, answers []error) bool {
	chosen := make([]*commit, len(places))
	for i, place := range places {
		chosen[i] = group[place]
	}
	var before int64
	firsts := s.batch.fill(chosen)
	values, err := s.batch.parameters()
	if err == nil {
		err = s.whileFailing(ctx, mayTryAgain, func() error {
			before, err = s.callCommitMoves(ctx, values)
			return err
		})
	}
	var fault *pgconn.PgError
	if errors.As(err, &fault) {
		return false
	}
	for i, place := range places {
		answers[place] = away(err)
		if firsts[i] > 0 {
			chosen[i].done = store.Committed{FirstPos: before + firsts[i]}
		}
	}
	return true
}

func (s *Store) callCommitMoves(ctx context.Context, values [][]byte) (int64, error) {
	connection, err := s.writing.Acquire(ctx)
	if err != nil {
		return 0, err
	}
	defer connection.Release()
	result := connection.Conn().PgConn().ExecPrepared(ctx, commitMoves, values, binaryFormat, binaryFormat).Read()
	if result.Err != nil {
		return 0, result.Err
	}
	if len(result.Rows) != 1 {
		return 0, fmt.Errorf("commit_moves answered %d rows", len(result.Rows))
	}
	answer := columns{row: result.Rows[0]}
	return answer.number(), answer.err
}

// apart chooses from a group what commit_moves can commit together, and leaves the rest: what rests on another of the
// group, and what is no move.
func apart(group []*commit) (together, rest []int) {
	taken := claims{cases: make(map[string]struct{}, len(group)), keys: map[int64]struct{}{}, scopes: map[string]bool{}}
	for i, one := range group {
		if one.move != nil && taken.free(one) {
			taken.take(one)
			together = append(together, i)
		} else {
			rest = append(rest, i)
		}
	}
	return together, rest
}

// claims are what the changes of a group name.
type claims struct {
	cases  map[string]struct{}
	keys   map[int64]struct{} // by lock
	scopes map[string]bool    // true for what one writes, false for what they only read
}

// free tells whether nothing that a change names goes against what was claimed before.
func (c claims) free(one *commit) bool {
	for i := range one.change.Cases {
		if _, claimed := c.cases[one.change.Cases[i].Proposal.ID]; claimed {
			return false
		}
	}
	if one.change.Key != nil {
		if _, claimed := c.keys[one.move.lock]; claimed {
			return false
		}
	}
	for _, read := range one.change.Scopes {
		if c.scopes[read.Scope] {
			return false
		}
	}
	for _, hold := range one.change.Holds {
		if _, claimed := c.scopes[hold.Scope]; claimed {
			return false
		}
	}
	return true
}

// take claims what a change names.
func (c claims) take(one *commit) {
	for i := range one.change.Cases {
		c.cases[one.change.Cases[i].Proposal.ID] = struct{}{}
	}
	if one.change.Key != nil {
		c.keys[one.move.lock] = struct{}{}
	}
	for _, read := range one.change.Scopes {
		if _, claimed := c.scopes[read.Scope]; !claimed {
			c.scopes[read.Scope] = false
		}
	}
	for _, hold := range one.change.Holds {
		c.scopes[hold.Scope] = true
	}
}

func flag(set bool) []byte {
	if set {
		return []byte{1}
	}
	return []byte{0}
}

func number(value int64) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(value)) //nolint:gosec // two's complement
}
