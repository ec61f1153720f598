package postgres

import (
	"slices"

	"hejnal/store"
)

// locks name the rows that a group writes or rests on; the database takes them in one order.
type locks struct {
	keys                                   []int64
	cases, tasks, partners, people, scopes []string
}

// noLocks has empty lists, which are not NULL.
func noLocks() locks {
	return locks{keys: []int64{}, cases: []string{}, tasks: []string{}, partners: []string{}, people: []string{}, scopes: []string{}}
}

// add adds what a change needs. Rows that it makes need no lock.
func (l *locks) add(change store.Change) {
	if change.Key != nil {
		l.keys = append(l.keys, lockOf(*change.Key))
		slices.Sort(l.keys)
	}
	for _, write := range change.Cases {
		if write.Expect > 0 {
			l.cases = append(l.cases, write.Proposal.ID)
		}
	}
	for _, write := range change.Tasks {
		if write.Do == store.Insert {
			l.cases = append(l.cases, write.Task.ProposalID)
		} else {
			l.tasks = append(l.tasks, write.Task.ID)
		}
	}
	for _, write := range change.Partners {
		if write.Expect > 0 {
			l.partners = append(l.partners, write.Partner.ID)
		}
	}
	for _, write := range change.People {
		if write.Expect > 0 {
			l.people = append(l.people, write.Person.ID)
		}
	}
	for _, read := range change.Scopes {
		l.scopes = append(l.scopes, read.Scope)
	}
	for _, hold := range change.Holds {
		l.scopes = append(l.scopes, hold.Scope)
	}
}
