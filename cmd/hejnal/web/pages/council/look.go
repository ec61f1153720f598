package council

import (
	"context"
	"fmt"
	"time"

	"hejnal/workflow"
)

// fresh is how long somebody who opened an act is taken to have it open.
const fresh = 15 * time.Minute

// looked says that somebody has an act of a case open.
type looked struct {
	Name string
	At   time.Time
}

// looks tells who else has the cases of tasks open and could do the tasks, by task: whoever opened one last.
func (p *pages) looks(ctx context.Context, tasks []workflow.Task, self string) (map[string]*looked, error) {
	open, names := map[string]*looked{}, p.Names()
	if len(tasks) == 0 {
		return open, nil
	}
	ids := make([]string, len(tasks))
	for i, task := range tasks {
		ids[i] = task.ProposalID
	}
	found, err := p.Store.Looks(ctx, ids, p.Now().Add(-fresh))
	if err != nil {
		return nil, fmt.Errorf("read who has cases open: %w", err)
	}
	for _, task := range tasks {
		for _, look := range found {
			if look.ProposalID != task.ProposalID || look.PersonID == self || open[task.ID] != nil {
				continue
			}
			could, err := names.Has(ctx, look.PersonID, task.Role)
			if err != nil {
				return nil, err
			}
			name, err := names.Of(ctx, look.PersonID)
			if err != nil {
				return nil, err
			}
			if could {
				open[task.ID] = &looked{Name: name, At: look.At}
			}
		}
	}
	return open, nil
}
