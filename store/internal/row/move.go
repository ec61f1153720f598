package row

import (
	"fmt"

	"hejnal/store"
)

// Move is what changes in the row of a case that moves on: its form, number, title, partner and beginning stay.
type Move struct {
	ID, State, Stage           string
	Expect, Version, UpdatedAt int64
	DeadlineOn                 string
	SameState, SameDeadline    bool // state and stage, or the deadline, are as they were
	Body                       []byte
}

// IsMove tells whether a write of a case is no more than a move, as far as it tells what was before.
func IsMove(write store.CaseWrite) bool {
	before, after := write.Before, &write.Proposal
	return write.Expect > 0 && before != nil && before.ID == after.ID && before.Version == write.Expect && before.Form == after.Form &&
		before.Number == after.Number && before.Serial == after.Serial && before.Title == after.Title && before.Partner == after.Partner &&
		before.CreatedAt.Equal(after.CreatedAt)
}

// ordinary is more bytes than the body of most cases has.
const ordinary = 1 << 10

// OfMove makes the row of a move.
func OfMove(write store.CaseWrite) (Move, error) {
	p := &write.Proposal
	body, err := p.AppendJSON(make([]byte, 0, ordinary))
	if err != nil {
		return Move{}, fmt.Errorf("encode case %s: %w", p.ID, err)
	}
	deadline := nextDeadline(p.Deadlines)
	return Move{
		ID: p.ID, State: p.State, Stage: p.Stage, Expect: write.Expect, Version: p.Version, UpdatedAt: Micro(p.UpdatedAt),
		DeadlineOn: deadline, SameState: p.State == write.Before.State && p.Stage == write.Before.Stage,
		SameDeadline: deadline == nextDeadline(write.Before.Deadlines), Body: body,
	}, nil
}
