package sqlite

import "hejnal/store/internal/listing"

// Migrate is for tests of earlier schemas.
var Migrate = migrate

// Broad are options under which no text and nobody finds few cases, and few cases are near.
func Broad() Options { return Options{effort: listing.Effort{Few: -1, Near: 4, Far: 12}} }

// Full marks errors that say that there is no room.
var Full = full
