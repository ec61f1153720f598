package council

import (
	"context"
	"fmt"
	"time"

	"hejnal/cmd/hejnal/web/pages/frame"
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
	open, names := map[string]*looked{}, map[string]string{}
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
		if names[look.PersonID] == "" {
			person, err := p.Store.Person(ctx, look.PersonID)
			if err != nil {
				return nil, fmt.Errorf("find who has a case open: %w", err)
			}
			names[look.PersonID] = frame.NameOf(person)
		}
		open[look.ProposalID] = &looked{Name: names[look.PersonID], At: look.At}
	}
	return open, nil
}
