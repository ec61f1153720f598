package population

import (
	"encoding/json"
	"slices"

	"hejnal/store"
)

// Deal gives the partners of a plan, and its copies as the changes that would have made them, proposal by proposal.
func Deal(plan Plan) ([]store.Partner, [][]store.Change, error) {
	d, err := newDealer(plan)
	if err != nil {
		return nil, nil, err
	}
	var all [][]store.Change
	for c := d.next(); c != nil; c = d.next() {
		var changes []store.Change
		for _, change := range plan.Samples[slices.Index(d.moulds, c.mould)] {
			changes = append(changes, c.change(change))
		}
		all = append(all, changes)
	}
	return d.partners, all, nil
}

// change is a change of the sample as it would have been in the copy.
func (c *copied) change(from store.Change) store.Change {
	to := store.Change{
		At: moved(c, from.At), Cases: moved(c, from.Cases), Tasks: moved(c, from.Tasks), Documents: moved(c, from.Documents),
		Comments: moved(c, from.Comments), Holds: moved(c, from.Holds),
	}
	for _, entry := range from.Entries {
		made := moved(c, store.Entry{ID: entry.ID, Kind: entry.Kind, ProposalID: entry.ProposalID, Seq: entry.Seq, Cause: entry.Cause, Subject: entry.Subject})
		made.Text, made.Personal = []byte(c.mould.cast(string(entry.Text)).text(c)), entry.Personal
		if entry.Public != nil {
			public := moved(c, store.PublicEntry{ID: entry.Public.ID, Subject: entry.Public.Subject})
			public.Text = []byte(c.mould.cast(string(entry.Public.Text)).text(c))
			made.Public = &public
		}
		to.Entries = append(to.Entries, made)
	}
	return to
}

func moved[T any](c *copied, value T) T {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	var to T
	if err := json.Unmarshal([]byte(c.mould.cast(string(text)).text(c)), &to); err != nil {
		panic(err)
	}
	return to
}
