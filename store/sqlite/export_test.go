package sqlite

// Migrate is for tests of earlier schemas.
var Migrate = migrate

// Broad are options under which no text and nobody finds few cases.
func Broad() Options { return Options{few: -1} }

// Full marks errors that say that there is no room.
var Full = full
