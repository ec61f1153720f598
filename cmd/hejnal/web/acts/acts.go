// Package acts is an act of a case as it is answered to those who read cases: by the API, and in a case's packet.
package acts

import (
	"slices"

	"hejnal/cmd/hejnal/engine"
	"hejnal/store"
	"hejnal/workflow"
)

// Entry is an act as it is answered: what an act may leave out is said to be empty.
type Entry struct {
	workflow.Act
	Actor         Actor  `json:"actor"`
	Comment       string `json:"comment"`
	Justification string `json:"justification"`
}

// Actor is who made an act.
type Actor struct {
	User       string        `json:"user" doc:"opaque id"`
	Role       workflow.Role `json:"role"`
	OnBehalfOf *string       `json:"on_behalf_of" doc:"for whom, or null"`
}

// Of is an act as it is answered.
func Of(act workflow.Act) Entry {
	shown := Entry{Act: act, Actor: Actor{User: act.Actor.User, Role: act.Actor.Role}, Comment: act.Comment, Justification: act.Justification}
	if act.Actor.OnBehalfOf != "" {
		shown.Actor.OnBehalfOf = &act.Actor.OnBehalfOf
	}
	if act.Documents == nil {
		shown.Documents = []workflow.DocumentRef{}
	}
	return shown
}

// Read reads an entry of a history as a reader of those roles may see it.
func Read(record store.Record, roles []workflow.Role) (Entry, error) {
	if !ReadsPersonal(roles) {
		record.Personal = nil
	}
	act, err := engine.ReadAct(record)
	return Of(act), err
}

// ReadsPersonal reports whether somebody of those roles may read remarks and personal inputs of a history.
func ReadsPersonal(roles []workflow.Role) bool {
	return slices.ContainsFunc(roles, workflow.Role.ReadsPersonal)
}
