package web

import (
	"hejnal/cmd/hejnal/engine"
	"hejnal/store"
	"hejnal/workflow"
)

// entry is an act as it is answered: what an act may leave out is said to be empty.
type entry struct {
	workflow.Act
	Actor         actor  `json:"actor"`
	Comment       string `json:"comment"`
	Justification string `json:"justification"`
}

// actor is who made an act.
type actor struct {
	User       string        `json:"user" doc:"opaque id"`
	Role       workflow.Role `json:"role"`
	OnBehalfOf *string       `json:"on_behalf_of" doc:"for whom, or null"`
}

func entryOf(act workflow.Act) entry {
	shown := entry{Act: act, Actor: actor{User: act.Actor.User, Role: act.Actor.Role}, Comment: act.Comment, Justification: act.Justification}
	if act.Actor.OnBehalfOf != "" {
		shown.Actor.OnBehalfOf = &act.Actor.OnBehalfOf
	}
	if act.Documents == nil {
		shown.Documents = []workflow.DocumentRef{}
	}
	return shown
}

// read reads an entry of a history as the reader may see it.
func read(record store.Record, reader store.Person) (entry, error) {
	if !readsPersonal(reader) {
		record.Personal = nil
	}
	act, err := engine.ReadAct(record)
	return entryOf(act), err
}
