package sqlite

import "hejnal/store/internal/listing"

// Migrate is for tests of earlier schemas.
var Migrate = migrate

// Efforts are options under which lists are found in other ways than by default: with nothing that leads to few and few
// cases near, and with none near and what leads to few by several words alone.
func Efforts() map[string]Options {
	return map[string]Options{
		"few are near":         {effort: listing.Effort{Few: -1, Near: 4, Far: 12}},
		"few answer all words": {effort: listing.Effort{Few: 13, Near: -1}},
	}
}

// Full marks errors that say that there is no room.
var Full = full
