package engine

import (
	"slices"
	"strings"

	"hejnal/workflow"
)

// mayMove refuses somebody who moves no cases, in the words given, and names who can.
func mayMove(by workflow.Person, pl, en string) error {
	moves := workflow.Role.Moves
	if slices.ContainsFunc(by.Roles, moves) {
		return nil
	}
	who := slices.DeleteFunc(workflow.Roles(), func(role workflow.Role) bool { return !moves(role) })
	names := make([]string, len(who))
	for i, role := range who {
		names[i] = string(role)
	}
	list := strings.Join(names, ", ")
	return notFor(who, pl+" Mogą: "+list+".", en+" Who can: "+list+".")
}

// notFor refuses somebody whose roles can never do a thing.
func notFor(who []workflow.Role, pl, en string) *workflow.Refusal {
	message := workflow.Text{PL: pl, EN: en}
	return &workflow.Refusal{Kind: workflow.Forbidden, Message: message, Who: who, Blockers: []workflow.Blocker{{
		Code: "role", Message: message, Severity: workflow.Block, Who: who,
	}}}
}
