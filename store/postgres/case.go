package postgres

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"hejnal/store"
	"hejnal/store/internal/coalesce"
	"hejnal/store/internal/row"
	"hejnal/workflow"
)

// casesHeld asks for cases with their open tasks and their partners. Of a case or partner that has the version held no more
// than that is answered; what changes in open tasks is always told, because it does not raise the version of their case.
const casesHeld = `SELECT asked.place, cases.version, cases.updated_at, CASE WHEN cases.version = asked.version THEN '' ELSE cases.body END,
    partners.id, partners.version, partners.fold,
    CASE WHEN partners.id = asked.partner_id AND partners.version = asked.partner_version THEN '' ELSE partners.body END,
    tasks.id, tasks.outcome, tasks.assignee, tasks.overdue,
    CASE WHEN cases.version = asked.version THEN '' ELSE tasks.body END
FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[]) WITH ORDINALITY AS asked (id, version, partner_id, partner_version, place)
JOIN cases ON cases.id = asked.id
LEFT JOIN partners ON partners.id = cases.partner_id
LEFT JOIN tasks ON tasks.proposal_id = cases.id AND tasks.state = 'open'`

// askCases is casesHeld by the name under which every connection for lookups has it ready.
const askCases = "ask_cases"

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
func (s *Store) casesAmong(ctx context.Context, ids []string) (map[string]coalesce.Found[caseFound], error) {
	era, partnerEra := s.held.cases.Era(), s.held.partners.Era()
	asked := make([]caseAsked, len(ids))
	for i, id := range ids {
		asked[i].id = id
		asked[i].held, _ = s.held.cases.Get(id)
		if asked[i].held != nil {
			asked[i].partner, _ = s.held.partners.Get(asked[i].held.Partner.ID)
		}
	}
	found := make(map[string]coalesce.Found[caseFound], len(ids))
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
			if err == nil && !fits {
				unfit = append(unfit, caseAsked{id: one.id})
				continue
			}
			found[one.id] = coalesce.Of(answer, err)
			if err != nil {
				continue
			}
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

// ask asks for the cases and fills in what is answered. It speaks the binary format itself: this is the question that comes
// before every decision.
func (s *Store) ask(ctx context.Context, asked []caseAsked) error {
	var ids, versions, partnerIDs, partnerVersions array
	ids.reset(textType)
	versions.reset(numberType)
	partnerIDs.reset(textType)
	partnerVersions.reset(numberType)
	for i := range asked {
		one := &asked[i]
		version, partnerID, partnerVersion := int64(nothing), "", int64(0)
		if one.held != nil {
			version = one.held.Version
		}
		if one.partner != nil {
			partnerID, partnerVersion = one.held.Partner.ID, one.partner.version
		}
		ids.text(one.id)
		versions.number(version)
		partnerIDs.text(partnerID)
		partnerVersions.number(partnerVersion)
	}
	connection, err := s.asking.Acquire(ctx)
	if err != nil {
		return err
	}
	defer connection.Release()
	result := connection.Conn().PgConn().ExecPrepared(ctx, askCases,
		[][]byte{ids.parameter(), versions.parameter(), partnerIDs.parameter(), partnerVersions.parameter()}, binaryFormat, binaryFormat)
	for result.NextRow() {
		if err = scanCase(result.Values(), asked); err != nil {
			break
		}
	}
	_, closed := result.Close()
	return cmp.Or(err, closed)
}

// scanCase reads a row: a case, with one of its open tasks.
func scanCase(row [][]byte, asked []caseAsked) error {
	columns := columns{row: row}
	place := columns.number()
	if place < 1 || place > int64(len(asked)) {
		return fmt.Errorf("case %d of %d was answered", place, len(asked))
	}
	one := &asked[place-1]
	one.known = true
	one.version, one.updatedAt, one.body = columns.number(), columns.number(), columns.text()
	one.partnerID, one.partnerNow, one.fold, one.partnerBody = columns.text(), columns.number(), columns.text(), columns.text()
	task := openTask(&columns)
	if task.ID != "" {
		one.open = append(one.open, task)
	}
	return columns.err
}

func openTask(columns *columns) row.OpenTask {
	return row.OpenTask{ID: columns.text(), Outcome: columns.text(), Assignee: columns.text(), Overdue: columns.flag(), Body: columns.text()}
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
