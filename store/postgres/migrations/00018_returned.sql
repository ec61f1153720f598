-- +goose Up
-- Cases that came back for correction: they are in a later round than the first, which stands in the body.
CREATE INDEX cases_returned ON cases (updated_at, id) WHERE strpos(body, '"round":1,') = 0;
