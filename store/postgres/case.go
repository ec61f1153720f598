package postgres

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"hejnal/store"
	"hejnal/store/internal/row"
	"hejnal/workflow"
)

// casesHeld asks for cases with their open tasks and their partners. Of a case or partner that has the version held no more
// than that is answered; what changes in open tasks is always told, because it does not raise the version of their case.
const casesHeld = `SELECT asked.place, cases.version, cases.updated_at, CASE WHEN cases.version = asked.version THEN '' ELSE cases.body END,
    coalesce(partners.id, ''), coalesce(partners.version, 0), coalesce(partners.fold, ''),
    CASE WHEN partners.id = asked.partner_id AND partners.version = asked.partner_version THEN '' ELSE coalesce(partners.body, '') END,
    coalesce(tasks.id, ''), coalesce(tasks.outcome, ''), coalesce(tasks.assignee, ''), coalesce(tasks.overdue, false),
    CASE WHEN cases.version = asked.version THEN '' ELSE coalesce(tasks.body, '') END
FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[]) WITH ORDINALITY AS asked (id, version, partner_id, partner_version, place)
JOIN cases ON cases.id = asked.id
LEFT JOIN partners ON partners.id = cases.partner_id
LEFT JOIN tasks ON tasks.proposal_id = cases.id AND tasks.state = 'open'`

// caseFound is a case with its open tasks, and its partner, nil where the register has none.
type caseFound struct {
	proposal *workflow.Proposal
	partner  *versioned
}

// caseAsked is a case that is asked for, with what is held of it, and what is answered.
type caseAsked struct {
	id      string
	held    *workflow.Proposal // nil: nothing
	partner *versioned         // nil: nothing

	known       bool
	version     int64
	updatedAt   int64
	body        string
	partnerID   string
	partnerNow  int64 // version
	fold        string
	partnerBody string
	open        []row.OpenTask
}

// Case returns a case with its open tasks.
func (s *Store) Case(ctx context.Context, id string) (workflow.Proposal, error) {
	found, err := lookUp(ctx, s, s.lookups.cases, id)
	if err != nil {
		return workflow.Proposal{}, fmt.Errorf("read case %s: %w", id, err)
	}
	return *found.proposal, nil
}

// CaseWithPartner returns a case with its open tasks, and its partner.
func (s *Store) CaseWithPartner(ctx context.Context, id string) (workflow.Proposal, store.Partner, error) {
	found, err := lookUp(ctx, s, s.lookups.cases, id)
	if err != nil {
		return workflow.Proposal{}, store.Partner{}, fmt.Errorf("read case %s: %w", id, err)
	}
	if found.partner == nil {
		return *found.proposal, store.Partner{}, nil
	}
	return *found.proposal, found.partner.partner, nil
}

// casesAmong asks for what has changed of the cases since it was held, and whole for what does not fit what is held.
func (s *Store) casesAmong(ctx context.Context, ids []string) (map[string]caseFound, error) {
	era, partnerEra := s.held.cases.Era(), s.held.partners.Era()
	asked := make([]caseAsked, len(ids))
	for i, id := range ids {
		asked[i].id = id
		asked[i].held, _ = s.held.cases.Get(id)
		if asked[i].held != nil {
			asked[i].partner, _ = s.held.partners.Get(asked[i].held.Partner.ID)
		}
	}
	found := make(map[string]caseFound, len(ids))
	for len(asked) > 0 {
		if err := s.ask(ctx, asked); err != nil {
			return nil, err
		}
		var unfit []caseAsked
		for i := range asked {
			one := &asked[i]
			if !one.known {
				continue
			}
			answer, fits, err := one.answer()
			if err != nil {
				return nil, err
			}
			if !fits {
				unfit = append(unfit, caseAsked{id: one.id})
				continue
			}
			found[one.id] = answer
			if answer.proposal != one.held {
				s.held.cases.Put(era, one.id, answer.proposal, weigh(answer.proposal))
			}
			if answer.partner != nil && answer.partner != one.partner {
				s.held.partners.Put(partnerEra, one.partnerID, answer.partner, len(one.partnerBody))
			}
		}
		asked = unfit
	}
	return found, nil
}

// nothing is a version that no case has.
const nothing = -1

// ask asks for the cases and fills in what is answered.
func (s *Store) ask(ctx context.Context, asked []caseAsked) error {
	ids, versions := make([]string, len(asked)), make([]int64, len(asked))
	partnerIDs, partnerVersions := make([]string, len(asked)), make([]int64, len(asked))
	for i := range asked {
		ids[i], versions[i] = asked[i].id, nothing
		if asked[i].held != nil {
			versions[i] = asked[i].held.Version
		}
		if asked[i].partner != nil {
			partnerIDs[i], partnerVersions[i] = asked[i].held.Partner.ID, asked[i].partner.version
		}
	}
	rows, err := s.asking.Query(ctx, casesHeld, ids, versions, partnerIDs, partnerVersions)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scanCase(rows, asked); err != nil {
			return err
		}
	}
	return rows.Err()
}

// scanCase reads a row: a case, with one of its open tasks.
func scanCase(rows pgx.Rows, asked []caseAsked) error {
	var place int64
	var one caseAsked
	var task row.OpenTask
	err := rows.Scan(&place, &one.version, &one.updatedAt, &one.body, &one.partnerID, &one.partnerNow, &one.fold, &one.partnerBody,
		&task.ID, &task.Outcome, &task.Assignee, &task.Overdue, &task.Body)
	if err != nil {
		return err
	}
	into := &asked[place-1]
	one.id, one.held, one.partner, one.known, one.open = into.id, into.held, into.partner, true, into.open
	if task.ID != "" {
		one.open = append(one.open, task)
	}
	*into = one
	return nil
}

// answer makes what was asked for of what is held and what was answered. It reports false where that does not fit together:
// the case has the version held but is another, or has tasks that are not held.
func (a *caseAsked) answer() (found caseFound, fits bool, err error) {
	switch {
	case a.body != "":
		found.proposal, err = a.whole()
	case a.held != nil && a.held.ID == a.id && row.Micro(a.held.UpdatedAt) == a.updatedAt:
		if found.proposal, fits = row.WithTasks(a.held, a.open); !fits {
			return found, false, nil
		}
	default:
		return found, false, nil
	}
	switch {
	case err != nil || a.partnerID == "":
	case a.partnerBody == "":
		found.partner = a.partner
	default:
		found.partner = &versioned{version: a.partnerNow}
		found.partner.partner, err = row.ToPartner(a.fold, a.partnerBody)
	}
	return found, true, err
}

func (a *caseAsked) whole() (*workflow.Proposal, error) {
	made := new(workflow.Proposal)
	if err := json.Unmarshal([]byte(a.body), made); err != nil {
		return nil, fmt.Errorf("decode case %s: %w", a.id, err)
	}
	var err error
	made.Tasks, err = row.ToTasks(a.open)
	return made, err
}
