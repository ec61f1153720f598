package council

import (
	"context"
	"fmt"
	"time"
)

// fresh is how long somebody who opened an act is taken to have it open.
const fresh = 15 * time.Minute

// looked says that somebody has an act of a case open.
type looked struct {
	Name string
	At   time.Time
}

// looks tells who else has the cases open, by case: whoever opened one last.
func (p *pages) looks(ctx context.Context, ids []string, self string) (map[string]*looked, error) {
	open, names := map[string]*looked{}, p.Names()
	if len(ids) == 0 {
		return open, nil
	}
	found, err := p.Store.Looks(ctx, ids, p.Now().Add(-fresh))
	if err != nil {
		return nil, fmt.Errorf("read who has cases open: %w", err)
	}
	for _, look := range found {
		if look.PersonID == self || open[look.ProposalID] != nil {
			continue
		}
		name, err := names.Of(ctx, look.PersonID)
		if err != nil {
			return nil, err
		}
		open[look.ProposalID] = &looked{Name: name, At: look.At}
	}
	return open, nil
}
