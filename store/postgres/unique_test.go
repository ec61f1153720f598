package postgres_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"hejnal/store"
	"hejnal/workflow"
)

func TestAPartnerThatAnotherProcessEntersAtTheSameTimeIsTold(t *testing.T) {
	made := database(t)
	s := made.Open(t)
	other, err := pgx.Connect(t.Context(), made.Location)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close(context.WithoutCancel(t.Context())) })
	entering, err := other.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const theirs = "INSERT INTO partners (id, version, fold, country, kind, name_key, body) VALUES ('theirs', 1, 'kyoto', 'JP', 'city', '', '{}')"
	if _, err := entering.Exec(t.Context(), theirs); err != nil {
		t.Fatal(err)
	}

	answer := make(chan error, 1)
	go func() {
		partner := store.Partner{Partner: workflow.Partner{ID: "ours", Name: "Kyoto", Country: "JP", Kind: "city"}, Version: 1, Fold: "kyoto"}
		_, err := s.Commit(t.Context(), store.Change{At: time.UnixMicro(1).UTC(), Partners: []store.PartnerWrite{{Partner: partner}}})
		answer <- err
	}()
	for waiting := 0; waiting == 0; {
		const question = "SELECT count(*) FROM pg_locks WHERE NOT granted AND transactionid = pg_current_xact_id()::xid"
		if err := entering.QueryRow(t.Context(), question).Scan(&waiting); err != nil {
			t.Fatal(err)
		}
	}
	if err := entering.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	var taken *store.ExistsError
	if err := <-answer; !errors.As(err, &taken) || *taken != (store.ExistsError{What: "partner", ID: "theirs"}) {
		t.Errorf("the second to enter a partner is told %v", err)
	}
}
