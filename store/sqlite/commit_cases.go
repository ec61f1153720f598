package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/store/sqlite/internal/sqlitedb"
)

func (g *group) writeCases(ctx context.Context, change store.Change, rows encoded) error {
	for i, write := range change.Cases {
		var err error
		if move := rows.cases[i].move; move != nil {
			err = g.moveCase(ctx, *move)
		} else {
			err = g.writeCase(ctx, write.Expect, rows.cases[i].whole)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// moveCase names no column that stays as it is: every index over a named one would be written anew.
func (g *group) moveCase(ctx context.Context, m row.Move) error {
	if m.SameState && m.SameDeadline {
		took, err := g.StayCase(ctx, sqlitedb.StayCaseParams{Version: m.Version, UpdatedAt: m.UpdatedAt, Body: string(m.Body), ID: m.ID, Expect: m.Expect})
		return tookOr(took, err, &store.StaleError{What: "case", ID: m.ID})
	}
	took, err := g.MoveCase(ctx, sqlitedb.MoveCaseParams{
		Version: m.Version, State: m.State, Stage: m.Stage, UpdatedAt: m.UpdatedAt, DeadlineOn: m.DeadlineOn, Body: string(m.Body), ID: m.ID, Expect: m.Expect,
	})
	return tookOr(took, err, &store.StaleError{What: "case", ID: m.ID})
}

func (g *group) writeCase(ctx context.Context, expect int64, c row.Case) error {
	if expect != 0 {
		took, err := g.UpdateCase(ctx, sqlitedb.UpdateCaseParams{
			Version: c.Version, Form: c.Form, State: c.State, Stage: c.Stage, Country: c.Country, PartnerID: c.PartnerID,
			NumberKey: c.NumberKey, TitleKey: row.Present(c.TitleKey), Search: c.Search, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt,
			DeadlineOn: c.DeadlineOn, Body: c.Body, ID: c.ID, Expect: expect,
		})
		return tookOr(took, err, &store.StaleError{What: "case", ID: c.ID})
	}
	took, err := g.InsertCase(ctx, sqlitedb.InsertCaseParams{
		ID: c.ID, Version: c.Version, Form: c.Form, State: c.State, Stage: c.Stage, Country: c.Country, PartnerID: c.PartnerID,
		NumberKey: c.NumberKey, TitleKey: row.Present(c.TitleKey), Search: c.Search, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt,
		DeadlineOn: c.DeadlineOn, DueOn: c.DeadlineOn, Body: c.Body,
	})
	return tookOr(took, err, &store.ExistsError{What: "case", ID: c.ID})
}

// tookOr answers otherwise when a statement took no row.
func tookOr(took int64, err, otherwise error) error {
	if err == nil && took == 0 {
		return otherwise
	}
	return err
}

func (g *group) writeTasks(ctx context.Context, change store.Change, rows encoded) error {
	for i, write := range change.Tasks {
		if err := g.writeTask(ctx, write, &rows.tasks[i]); err != nil {
			return err
		}
	}
	return nil
}

// writeTask writes a task; of one that it closes it finds out the case.
func (g *group) writeTask(ctx context.Context, write store.TaskWrite, t *row.Task) error {
	stale := &store.StaleError{What: "task", ID: t.ID}
	switch write.Do {
	case store.Insert:
		return g.InsertTask(ctx, sqlitedb.InsertTaskParams{
			ID: t.ID, ProposalID: t.ProposalID, Form: t.Form, Role: t.Role, State: t.State, Outcome: t.Outcome, Assignee: t.Assignee,
			OpenedAt: t.OpenedAt, ClosedAt: t.ClosedAt, DueOn: t.DueOn, Overdue: flag(t.Overdue), Body: t.Body,
		})
	case store.Close:
		cases, err := g.CloseTask(ctx, sqlitedb.CloseTaskParams{State: t.State, Outcome: t.Outcome, ClosedAt: t.ClosedAt, ID: t.ID})
		if err == nil && len(cases) == 1 {
			t.ProposalID = cases[0]
		}
		return tookOr(int64(len(cases)), err, stale)
	case store.Assign:
		took, err := g.AssignTask(ctx, sqlitedb.AssignTaskParams{Assignee: t.Assignee, ID: t.ID, Expect: write.ExpectAssignee})
		return tookOr(took, err, stale)
	case store.MarkOverdue:
		took, err := g.MarkTaskOverdue(ctx, t.ID)
		return tookOr(took, err, stale)
	}
	return fmt.Errorf("write task %s: no such act %q", t.ID, write.Do)
}

// refreshDue sets the next due date of every case that was written or whose tasks begin or end, but for those whose deadline stays.
func (g *group) refreshDue(ctx context.Context, change store.Change, rows encoded) error {
	touched := map[string]bool{}
	for _, c := range rows.cases {
		if c.move == nil || !c.move.SameDeadline {
			touched[c.id] = true
		}
	}
	for i, write := range change.Tasks {
		if write.Do == store.Insert || write.Do == store.Close {
			touched[rows.tasks[i].ProposalID] = true
		}
	}
	for id := range touched {
		if err := g.RefreshDue(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// writeAttached writes what is attached to cases: documents and comments.
func (g *group) writeAttached(ctx context.Context, change store.Change, _ encoded) error {
	for _, write := range change.Documents {
		document := write.Document
		body, err := json.Marshal(document)
		if err != nil {
			return fmt.Errorf("encode document %s: %w", document.ID, err)
		}
		took, err := g.InsertDocument(ctx, sqlitedb.InsertDocumentParams{
			ID: document.ID, ProposalID: write.ProposalID, Sha256: document.SHA256, Body: string(body),
		})
		if err := tookOr(took, err, &store.ExistsError{What: "document", ID: document.ID}); err != nil {
			return err
		}
	}
	for _, comment := range change.Comments {
		if err := g.InsertComment(ctx, sqlitedb.InsertCommentParams{
			ID: comment.ID, ProposalID: comment.ProposalID, Author: comment.By, Text: comment.Text, At: row.Micro(comment.At),
		}); err != nil {
			return fmt.Errorf("write comment %s: %w", comment.ID, err)
		}
	}
	return nil
}

// checkScopes compares the versions that the decision rests on, before the change's own holds raise them.
func (g *group) checkScopes(ctx context.Context, change store.Change, _ encoded) error {
	for _, read := range change.Scopes {
		version, err := g.ScopeVersion(ctx, read.Scope)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if version != read.Version {
			return &store.StaleError{What: "scope", ID: read.Scope}
		}
	}
	return nil
}

func (g *group) writeHolds(ctx context.Context, change store.Change, _ encoded) error {
	for _, write := range change.Holds {
		var err error
		if write.Release {
			err = g.Release(ctx, sqlitedb.ReleaseParams{Scope: write.Scope, Label: write.Label, ProposalID: write.ProposalID})
		} else {
			err = g.Hold(ctx, sqlitedb.HoldParams{Scope: write.Scope, Label: write.Label, ProposalID: write.ProposalID})
		}
		if err != nil {
			return err
		}
		if err := g.BumpScope(ctx, write.Scope); err != nil {
			return err
		}
	}
	return nil
}

func flag(set bool) int64 {
	if set {
		return 1
	}
	return 0
}
