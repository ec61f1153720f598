package frame

import (
	"context"
	"fmt"
	"slices"
	"time"

	"hejnal/workflow"
)

// LookKept is how long somebody who opened an act of a case counts as being at it.
const LookKept = 15 * time.Minute

// Look says that somebody has an act of a case open.
type Look struct {
	Name string
	At   time.Time
}

// Looks are the others than the reader who have the cases of tasks open and could do the tasks by a role of their own, by task:
// whoever opened one last comes first.
func (s *Site) Looks(ctx context.Context, tasks []workflow.Task, reader string, names *Names) (map[string][]Look, error) {
	open := map[string][]Look{}
	var cases []string
	for _, task := range tasks {
		if !slices.Contains(cases, task.ProposalID) {
			cases = append(cases, task.ProposalID)
		}
	}
	if len(cases) == 0 {
		return open, nil
	}
	found, err := s.Store.Looks(ctx, cases, s.Now().Add(-LookKept))
	if err != nil {
		return nil, fmt.Errorf("read who has cases open: %w", err)
	}
	for _, task := range tasks {
		for _, look := range found {
			if look.ProposalID != task.ProposalID || look.PersonID == reader {
				continue
			}
			could, err := names.Has(ctx, look.PersonID, task.Role)
			if err != nil {
				return nil, err
			}
			if !could {
				continue
			}
			name, err := names.Of(ctx, look.PersonID)
			if err != nil {
				return nil, err
			}
			open[task.ID] = append(open[task.ID], Look{Name: name, At: look.At})
		}
	}
	return open, nil
}
