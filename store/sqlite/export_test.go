package sqlite

// Migrate is for tests of earlier schemas.
var Migrate = migrate
