package postgres

import (
	"hejnal/store"
	"hejnal/store/internal/listing"
)

// Efforts are options under which lists are found in other ways than by default: with nothing that leads to few and few
// cases near, and with none near and what leads to few by several words alone.
func Efforts() map[string]Options {
	return map[string]Options{
		"few are near":         {effort: listing.Effort{Few: -1, Near: 4, Far: 12}},
		"few answer all words": {effort: listing.Effort{Few: 13, Near: -1}},
	}
}

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
