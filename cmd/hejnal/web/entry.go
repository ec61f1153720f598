package web

import (
	"hejnal/cmd/hejnal/web/acts"
	"hejnal/store"
	"hejnal/workflow"
)

// entry is an act as it is answered.
type entry = acts.Entry

func entryOf(act workflow.Act) entry { return acts.Of(act) }

// read reads an entry of a history as the reader may see it.
func read(record store.Record, reader store.Person) (entry, error) {
	return acts.Read(record, reader.Roles)
}
