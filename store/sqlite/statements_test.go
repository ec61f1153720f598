package sqlite_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hejnal/store/internal/listing"
)

// small are the tables that stay small, or are read whole on purpose.
var small = regexp.MustCompile(`SCAN (register|subscribers|people|leases|definitions|epochs|json_each|CONSTANT|\(subquery)`)

var named = regexp.MustCompile(`sqlc\.(arg|narg|slice)\([^)]*\)`)

// TestNoStatementReadsAGrowingTableWhole holds it of every statement that is written out.
func TestNoStatementReadsAGrowingTableWhole(t *testing.T) {
	made := database(t)
	made.Open(t)
	db := opened(t, made.Location)
	files, err := filepath.Glob(filepath.Join("queries", "*.sql"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, statement := range strings.Split(string(text), "-- name: ")[1:] {
			name, body, _ := strings.Cut(statement, "\n")
			body = named.ReplaceAllString(strings.TrimSpace(body), "?")
			args := make([]any, strings.Count(body, "?"))
			for line := range strings.Lines(plan(t, db, listing.Query{SQL: body, Args: args})) {
				if strings.HasPrefix(line, "SCAN ") && !small.MatchString(line) {
					t.Errorf("%s: %s", name, strings.TrimSpace(line))
				}
			}
		}
	}
}
