package postgres

// Migrate is for tests of earlier schemas.
var Migrate = migrate

// Away is for tests of what an error means.
var Away = away
