package workflow

import (
	"errors"
	"slices"
	"strings"
)

func (c *Case) unknown(id string) *Refusal {
	message := Text{
		PL: "Ta forma współpracy nie ma czynności „" + id + "”.",
		EN: "This form of cooperation has no transition “" + id + "”.",
	}
	return &Refusal{Kind: Unknown, Message: message, Errors: []FieldError{{Pointer: "/transition", Message: message}}}
}

func forbidden(t *Transition, who []Role) *Refusal {
	who = unique(who)
	titles := TitlesOf(who)
	message := Text{
		PL: "Twoja rola nie może wykonać czynności „" + t.Title.PL + "”. Może: " + titles.PL + ".",
		EN: "Your role cannot make the transition “" + t.Title.EN + "”. Who can: " + titles.EN + ".",
	}
	return &Refusal{Kind: Forbidden, Message: message, Who: who, Blockers: []Blocker{{
		Code: "role", Message: message, Severity: Block, Who: who,
	}}}
}

func (c *Case) notOffered(t *Transition) *Refusal {
	var offered, pl, en []string
	for _, other := range c.Definition.Offered(&c.Proposal) {
		if !slices.Contains(offered, other.ID) {
			offered = append(offered, other.ID)
			pl, en = append(pl, other.Title.PL), append(en, other.Title.EN)
		}
	}
	state, _ := c.Definition.State(t.Strand, c.Proposal.StateOf(t.Strand))
	message := Text{
		PL: "Stan „" + state.Title.PL + "” nie pozwala na czynność „" + t.Title.PL + "”. Możliwe teraz: " + strings.Join(pl, "; ") + ".",
		EN: "The state “" + state.Title.EN + "” does not offer “" + t.Title.EN + "”. Possible now: " + strings.Join(en, "; ") + ".",
	}
	return &Refusal{Kind: NotHere, Message: message, Blockers: []Blocker{{
		Code: "not_offered", Message: message, Basis: c.basisOf("", t), Severity: Block, Who: t.Roles, ClearedBy: offered,
	}}}
}

func blocked(t *Transition, blockers []Blocker) *Refusal {
	pl, en := make([]string, 0, len(blockers)), make([]string, 0, len(blockers))
	for _, b := range blockers {
		pl, en = append(pl, b.Message.PL), append(en, b.Message.EN)
	}
	if !slices.ContainsFunc(blockers, func(b Blocker) bool { return b.Severity == Block }) {
		passed := Text{
			PL: "To ostrzeżenie: można je pominąć, podając pisemne uzasadnienie (justification).", EN: "This is a warning: it is passed by a written justification.",
		}
		if len(blockers) > 1 {
			passed = Text{
				PL: "To ostrzeżenia: można je pominąć, podając pisemne uzasadnienie (justification).", EN: "These are warnings: they are passed by a written justification.",
			}
		}
		pl, en = append(pl, passed.PL), append(en, passed.EN)
	}
	return &Refusal{Kind: Blocked, Blockers: blockers, Message: Text{
		PL: "Nie można wykonać czynności „" + t.Title.PL + "”: " + strings.Join(pl, " "),
		EN: "The transition “" + t.Title.EN + "” cannot be made: " + strings.Join(en, " "),
	}}
}

// refusalOf gives the refusal that a guard cancelled a move with; any other error of the machine means that it and the
// definition disagree, and refuses too.
func refusalOf(t *Transition, err error) *Refusal {
	var refusal *Refusal
	if errors.As(err, &refusal) {
		return refusal
	}
	return &Refusal{Kind: NotHere, Message: Text{
		PL: "Czynność „" + t.Title.PL + "” nie jest tu możliwa.", EN: "The transition “" + t.Title.EN + "” is not possible here.",
	}}
}

func unique(roles []Role) []Role {
	var once []Role
	for _, role := range roles {
		if !slices.Contains(once, role) {
			once = append(once, role)
		}
	}
	return once
}
