package engine

import (
	"slices"

	"hejnal/workflow"
)

// mayMove refuses somebody who moves no cases, in the words given, and names who can.
func mayMove(by workflow.Person, pl, en string) error {
	moves := workflow.Role.Moves
	if slices.ContainsFunc(by.Roles, moves) {
		return nil
	}
	who := slices.DeleteFunc(workflow.Roles(), func(role workflow.Role) bool { return !moves(role) })
	titles := workflow.TitlesOf(who)
	return notFor(who, pl+" Mogą: "+titles.PL+".", en+" Who can: "+titles.EN+".")
}

// notFor refuses somebody whose roles can never do a thing.
func notFor(who []workflow.Role, pl, en string) *workflow.Refusal {
	message := workflow.Text{PL: pl, EN: en}
	return &workflow.Refusal{Kind: workflow.Forbidden, Message: message, Who: who, Blockers: []workflow.Blocker{{
		Code: "role", Message: message, Severity: workflow.Block, Who: who,
	}}}
}
