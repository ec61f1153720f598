package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"hejnal/store"
	"hejnal/store/internal/held"
	"hejnal/store/internal/row"
	"hejnal/workflow"
)

// Bounds of what is held, so that it is never more than a small part of a process's memory. A case takes several times the
// bytes of its stored form.
const (
	heldEntries = 8192
	heldBytes   = 16 << 20
)

// readings is what this process read and wrote last. A question tells which version is held and is answered with no more
// than what has another one. It is forgotten with each
// connection that is made for them: what it leads to may be a database that was restored.
type readings struct {
	cases    *held.Held[*workflow.Proposal]
	partners *held.Held[*versioned]
}

// versioned is a partner in a version.
type versioned struct {
	version int64
	partner store.Partner
}

func newReadings() readings {
	return readings{
		cases: held.New[*workflow.Proposal](heldEntries, heldBytes), partners: held.New[*versioned](heldEntries, heldBytes),
	}
}

// prepareToAsk makes a new connection ready for the questions of the lookups. Their plans are kept: to plan one costs more
// than to answer it.
func (r readings) prepareToAsk(ctx context.Context, connection *pgx.Conn) error {
	r.cases.Clear()
	r.partners.Clear()
	if _, err := connection.PgConn().Exec(ctx, steady).ReadAll(); err != nil {
		return fmt.Errorf("set up for lookups: %w", err)
	}
	if _, err := connection.PgConn().Prepare(ctx, askCases, casesHeld, nil); err != nil {
		return fmt.Errorf("prepare lookups: %w", err)
	}
	return nil
}

// wrote keeps the cases of a change that was committed, so that who moves a case again finds it held. It was begun in the
// era given.
func (r readings) wrote(era int64, change store.Change) {
	for _, write := range change.Cases {
		var before []workflow.Task
		if kept, known := r.cases.Get(write.Proposal.ID); known {
			before = kept.Tasks
		}
		if made, ok := row.Written(write, before, change.Tasks); ok {
			r.cases.Put(era, made.ID, made, weigh(made))
		}
	}
}

// weigh is about how many bytes a case has in its stored form.
func weigh(p *workflow.Proposal) int {
	const bare, each = 1000, 400
	return bare + len(p.Title) + len(p.Description) + each*(len(p.Documents)+len(p.Tasks)+len(p.Deadlines)+len(p.Record)) +
		each/4*(len(p.LastBy)+len(p.LastOn)+len(p.Links)+len(p.Holds))
}
