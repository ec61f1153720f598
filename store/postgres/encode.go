package postgres

import (
	"encoding/json"
	"fmt"

	"hejnal/store"
	"hejnal/store/internal/row"
)

// blobs gathers the byte strings of a group.
type blobs [][]byte

// add returns the place of the bytes, from 1.
func (b *blobs) add(value []byte) int {
	*b = append(*b, row.Present(value))
	return len(*b)
}

// encode makes the document of a change; its byte strings join the group's.
func (b *blobs) encode(change store.Change) (document, error) {
	made := document{At: row.Micro(change.At)}
	for _, add := range []func(store.Change, *document) error{b.addPartners, b.addCases, addTasks, addDocuments} {
		if err := add(change, &made); err != nil {
			return made, err
		}
	}
	b.addKey(change, &made)
	addPeople(change, &made)
	addComments(change, &made)
	addFacts(change, &made)
	addLogins(change, &made)
	addSubstitutions(change, &made)
	for _, entry := range change.Entries {
		made.Entries = append(made.Entries, b.entry(entry))
	}
	return made, nil
}

func (b *blobs) addKey(change store.Change, made *document) {
	if key := change.Key; key != nil {
		made.Key = &keyRow{
			Person: key.User, Method: key.Method, Path: key.Path, Key: key.Key, BodyHash: key.BodyHash,
			Status: key.Answer.Status, Location: key.Answer.Location, ETag: key.Answer.ETag, Body: b.add(key.Answer.Body),
		}
	}
}

func (b *blobs) addPartners(change store.Change, made *document) error {
	for _, write := range change.Partners {
		p, err := row.OfPartner(write.Partner)
		if err != nil {
			return err
		}
		made.Partners = append(made.Partners, partnerRow{
			Expect: write.Expect, ID: p.ID, Version: p.Version, Fold: p.Fold, Country: p.Country, Kind: p.Kind,
			NameKey: b.add(p.NameKey), Search: p.Search, Body: p.Body,
		})
	}
	return nil
}

func (b *blobs) addCases(change store.Change, made *document) error {
	for _, write := range change.Cases {
		c, err := row.OfCase(write.Proposal)
		if err != nil {
			return err
		}
		added := caseOf(c)
		added.Expect, added.TitleKey = write.Expect, b.add(c.TitleKey)
		made.Cases = append(made.Cases, added)
	}
	return nil
}

// caseOf lacks the version that is expected, and the title's key.
func caseOf(c row.Case) caseRow {
	return caseRow{
		ID: c.ID, Version: c.Version, Form: c.Form, State: c.State, Stage: c.Stage, Country: c.Country, PartnerID: c.PartnerID,
		NumberKey: c.NumberKey, Search: c.Search, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt, DeadlineOn: c.DeadlineOn, Body: c.Body,
	}
}

func addTasks(change store.Change, made *document) error {
	for _, write := range change.Tasks {
		t, err := row.OfTask(write.Task)
		if err != nil {
			return err
		}
		made.Tasks = append(made.Tasks, taskOf(write, t))
	}
	return nil
}

func taskOf(write store.TaskWrite, t row.Task) taskRow {
	return taskRow{
		Act: string(write.Do), ExpectAssignee: write.ExpectAssignee, ID: t.ID, ProposalID: t.ProposalID, Form: t.Form, Role: t.Role,
		State: t.State, Outcome: t.Outcome, Assignee: t.Assignee, OpenedAt: t.OpenedAt, ClosedAt: t.ClosedAt, DueOn: t.DueOn,
		Overdue: t.Overdue, Body: t.Body,
	}
}

func addDocuments(change store.Change, made *document) error {
	for _, write := range change.Documents {
		added, err := documentOf(write)
		if err != nil {
			return err
		}
		made.Documents = append(made.Documents, added)
	}
	return nil
}

func documentOf(write store.DocumentWrite) (documentRow, error) {
	body, err := json.Marshal(write.Document)
	if err != nil {
		return documentRow{}, fmt.Errorf("encode document %s: %w", write.Document.ID, err)
	}
	return documentRow{ID: write.Document.ID, ProposalID: write.ProposalID, SHA256: write.Document.SHA256, Body: string(body)}, nil
}

func addPeople(change store.Change, made *document) {
	for _, write := range change.People {
		p := write.Person
		made.People = append(made.People, personRow{
			Expect: write.Expect, ID: p.ID, Name: p.Name, FullName: p.FullName, Roles: row.List(p.Roles), PasswordHash: p.PasswordHash,
			MustChange: p.MustChange, Disabled: p.Disabled, Version: p.Version, CreatedAt: row.Micro(p.CreatedAt),
		})
	}
}

func addComments(change store.Change, made *document) {
	for _, c := range change.Comments {
		made.Comments = append(made.Comments, commentOf(c))
	}
}

func commentOf(c store.Comment) commentRow {
	return commentRow{ID: c.ID, ProposalID: c.ProposalID, Author: c.By, Text: c.Text, At: row.Micro(c.At)}
}

func addFacts(change store.Change, made *document) {
	for _, read := range change.Scopes {
		made.Scopes = append(made.Scopes, scopeRow(read))
	}
	for _, hold := range change.Holds {
		made.Holds = append(made.Holds, holdRow(hold))
	}
}

func addLogins(change store.Change, made *document) {
	for _, t := range change.Tokens {
		made.Tokens = append(made.Tokens, tokenRow{
			ID: t.ID, PersonID: t.PersonID, Hash: t.Hash, CreatedAt: row.Micro(t.CreatedAt), ExpiresAt: row.Expiry(t.ExpiresAt),
		})
	}
	for _, write := range change.Subscribers {
		s := write.Subscriber
		made.Subscribers = append(made.Subscribers, subscriberRow{
			Replace: write.Replace, Name: s.Name, PasswordHash: s.PasswordHash, Allow: row.List(s.Allow), Disabled: s.Disabled,
			CreatedAt: row.Micro(s.CreatedAt),
		})
	}
}

func addSubstitutions(change store.Change, made *document) {
	for _, write := range change.Substitutions {
		s := row.OfSubstitution(write.Substitution)
		made.Substitutions = append(made.Substitutions, substitutionRow{
			Ends: write.End, ID: s.ID, Absent: s.Absent, Substitute: s.Substitute, FromDay: s.FromDay, UntilDay: s.UntilDay, Roles: s.Roles,
			Reason: s.Reason, SetBy: s.SetBy, CreatedAt: s.CreatedAt, EndedAt: s.EndedAt,
		})
	}
}

func (b *blobs) entry(entry store.Entry) entryRow {
	made := entryRow{
		ID: entry.ID, Kind: entry.Kind, ProposalID: entry.ProposalID, Seq: entry.Seq, Cause: entry.Cause, Subject: entry.Subject,
		Text: b.add(entry.Text),
	}
	if public := entry.Public; public != nil {
		made.PublicID, made.PublicSubject, made.Public = public.ID, public.Subject, b.add(public.Text)
	}
	for _, personal := range entry.Personal {
		made.Personal = append(made.Personal, personalRow{Pointer: personal.Pointer, Value: b.add(personal.Value), Salt: b.add(personal.Salt)})
	}
	return made
}
