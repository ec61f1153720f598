package postgres

// Migrate is for tests of earlier schemas.
var Migrate = migrate
