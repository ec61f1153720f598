package postgres

import (
	"hejnal/store"
	"hejnal/store/internal/listing"
)

// Broad are options under which no text finds few cases, and few cases are near.
func Broad() Options { return Options{effort: listing.Effort{Few: -1, Near: 4, Far: 12}} }

// Migrate is for tests of earlier schemas.
var Migrate = migrate

// Away is for tests of what an error means.
var Away = away

// Apart is for tests of what is committed together.
func Apart(changes []store.Change) (together, rest []int, err error) {
	group := make([]*commit, len(changes))
	for i, change := range changes {
		made, err := encodeMove(change)
		if err != nil {
			return nil, nil, err
		}
		group[i] = &commit{change: change, move: made}
	}
	together, rest = apart(group)
	return together, rest, nil
}

// RandomPageCost is what reads are planned with.
const RandomPageCost = randomPageCost
