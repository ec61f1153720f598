package postgres

import (
	"cmp"
	"slices"

	"hejnal/store"
	"hejnal/store/internal/row"
)

// batch is a group of moves as the parameters of commit_moves, in its order and by its names. It is used again for group
// after group.
type batch struct {
	kLock, kPerson, kMethod, kPath, kKey, kBodyHash, kStatus, kLocation, kETag, kBody, kFirst, kAt                      array
	cID, cExpect, cVersion, cState, cStage, cUpdatedAt, cDeadlineOn, cTaskDue, cBody                                    array
	eAt, eID, eKind, eProposalID, eSeq, eCause, eSubject, eText, eLeaf, ePublic, ePublicID, ePublicSubject, ePublicText array
	pEntry, pPointer, pValue, pSalt                                                                                     array

	hold    bool
	publics int64
	others  others
	moved   []movedCase // by id
	keyed   []keyed     // by lock
}

// keyed is a change that has a key, and the place of its first entry.
type keyed struct {
	lock, first int64
	change      *store.Change
}

// fill makes the batch that of the group, and returns the place of each change's first entry, 0 for none.
func (b *batch) fill(group []*commit) []int64 {
	for _, column := range b.numbers() {
		column.reset(numberType)
	}
	for _, column := range b.texts() {
		column.reset(textType)
	}
	for _, column := range b.bytes() {
		column.reset(bytesType)
	}
	b.hold, b.publics, b.others, b.moved, b.keyed = false, 0, others{}, b.moved[:0], b.keyed[:0]
	firsts := make([]int64, len(group))
	for i, one := range group {
		if len(one.change.Entries) > 0 {
			firsts[i] = int64(b.eID.count) + 1
		}
		if one.change.Key != nil {
			b.keyed = append(b.keyed, keyed{one.move.lock, firsts[i], &one.change})
		}
		b.moved = append(b.moved, one.move.cases...)
		b.others.add(&one.move.others, one.change)
		b.addEntries(one)
	}
	b.addKeys()
	b.addCases()
	return firsts
}

func (b *batch) numbers() []*array {
	return []*array{&b.kLock, &b.kStatus, &b.kFirst, &b.kAt, &b.cExpect, &b.cVersion, &b.cUpdatedAt, &b.eAt, &b.eSeq, &b.ePublic, &b.pEntry}
}

func (b *batch) texts() []*array {
	return []*array{
		&b.kPerson, &b.kMethod, &b.kPath, &b.kKey, &b.kBodyHash, &b.kLocation, &b.kETag, &b.cID, &b.cState, &b.cStage, &b.cDeadlineOn,
		&b.cTaskDue, &b.cBody, &b.eID, &b.eKind, &b.eProposalID, &b.eCause, &b.eSubject, &b.ePublicID, &b.ePublicSubject, &b.pPointer,
	}
}

func (b *batch) bytes() []*array {
	return []*array{&b.kBody, &b.eText, &b.eLeaf, &b.ePublicText, &b.pValue, &b.pSalt}
}

func (b *batch) addEntries(one *commit) {
	for i := range one.change.Entries {
		entry := &one.change.Entries[i]
		b.eAt.number(row.Micro(one.change.At))
		b.eID.text(entry.ID)
		b.eKind.text(entry.Kind)
		b.eProposalID.text(entry.ProposalID)
		b.eSeq.number(entry.Seq)
		b.eCause.text(entry.Cause)
		b.eSubject.text(entry.Subject)
		b.eText.bytes(entry.Text)
		b.eLeaf.bytes(one.move.leaves[i])
		b.addPublic(entry.Public)
		for _, personal := range entry.Personal {
			b.pEntry.number(int64(b.eID.count))
			b.pPointer.text(personal.Pointer)
			b.pValue.bytes(personal.Value)
			b.pSalt.bytes(personal.Salt)
		}
	}
}

// addPublic numbers a public entry; one that is not public has NULL for its text.
func (b *batch) addPublic(public *store.PublicEntry) {
	if public == nil {
		b.ePublic.number(0)
		b.ePublicID.null()
		b.ePublicSubject.null()
		b.ePublicText.null()
		return
	}
	b.publics++
	b.ePublic.number(b.publics)
	b.ePublicID.text(public.ID)
	b.ePublicSubject.text(public.Subject)
	b.ePublicText.bytes(public.Text)
}

// addKeys adds the keys in the order in which they are locked.
func (b *batch) addKeys() {
	slices.SortFunc(b.keyed, func(x, y keyed) int { return cmp.Compare(x.lock, y.lock) })
	for _, one := range b.keyed {
		key := one.change.Key
		b.kLock.number(one.lock)
		b.kPerson.text(key.User)
		b.kMethod.text(key.Method)
		b.kPath.text(key.Path)
		b.kKey.text(key.Key)
		b.kBodyHash.text(key.BodyHash)
		b.kStatus.number(int64(key.Answer.Status))
		b.kLocation.text(key.Answer.Location)
		b.kETag.text(key.Answer.ETag)
		b.kBody.bytes(key.Answer.Body)
		b.kFirst.number(one.first)
		b.kAt.number(row.Micro(one.change.At))
	}
}

// addCases adds the cases that move on in the order in which they are locked.
func (b *batch) addCases() {
	slices.SortFunc(b.moved, func(x, y movedCase) int { return cmp.Compare(x.ID, y.ID) })
	for i := range b.moved {
		moved := &b.moved[i]
		b.cID.text(moved.ID)
		b.cExpect.number(moved.Expect)
		b.cVersion.number(moved.Version)
		b.cState.text(moved.State)
		b.cStage.text(moved.Stage)
		b.cUpdatedAt.number(moved.UpdatedAt)
		b.cDeadlineOn.text(moved.DeadlineOn)
		b.cBody.bytes(moved.Body)
		if moved.taskDue == "" {
			b.cTaskDue.null()
			continue
		}
		b.hold = true
		b.cTaskDue.text(moved.taskDue)
	}
}

// parameters are what commit_moves takes, in its order; they hold until the batch is filled again.
func (b *batch) parameters() ([][]byte, error) {
	rest, err := b.others.parameter()
	if err != nil {
		return nil, err
	}
	values := make([][]byte, 0, parameterCount)
	add := func(columns ...*array) {
		for _, column := range columns {
			values = append(values, column.parameter())
		}
	}
	add(&b.kLock, &b.kPerson, &b.kMethod, &b.kPath, &b.kKey, &b.kBodyHash, &b.kStatus, &b.kLocation, &b.kETag, &b.kBody, &b.kFirst, &b.kAt)
	add(&b.cID, &b.cExpect, &b.cVersion, &b.cState, &b.cStage, &b.cUpdatedAt, &b.cDeadlineOn, &b.cTaskDue, &b.cBody)
	values = append(values, flag(b.hold), rest)
	add(&b.eAt, &b.eID, &b.eKind, &b.eProposalID, &b.eSeq, &b.eCause, &b.eSubject, &b.eText, &b.eLeaf)
	add(&b.ePublic, &b.ePublicID, &b.ePublicSubject, &b.ePublicText)
	values = append(values, number(b.publics))
	add(&b.pEntry, &b.pPointer, &b.pValue, &b.pSalt)
	return values, nil
}
