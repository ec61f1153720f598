package workflow

import (
	"cmp"
	"slices"
	"strings"
)

// blockers collects everything that stands against a transition. With inputs every rule is judged; without, only those
// that read none, and documents are asked for as the first examples would.
func (c *Case) blockers(t *Transition, by Person, v *view, withInputs bool) []Blocker {
	var found []Blocker
	for _, r := range t.rules {
		if !withInputs && r.readsInputs() || r.holds.holds(v) {
			continue
		}
		found = append(found, c.failed(r, t))
	}
	for _, asked := range c.asked(t, v) {
		if !asked.Present {
			found = append(found, c.missing(asked, t))
		}
	}
	if other, same := c.sameEyes(t, by); same {
		found = append(found, c.fourEyes(t, other))
	}
	if _, allowed := c.earliest(t, v); v.date < allowed {
		found = append(found, Blocker{Code: "too_early", Severity: Block, Basis: cmp.Or(c.Definition.basisOfDay(t), c.basisOf("", t)), Message: Text{
			PL: "Najwcześniejsza możliwa data to " + string(allowed) + ".", EN: "The earliest possible date is " + string(allowed) + ".",
		}})
	}
	if refers, ok := c.foreignEntry(t, by, v); ok {
		found = append(found, refers)
	}
	return found
}

// failed is a rule of the transition that does not hold.
func (c *Case) failed(r *rule, t *Transition) Blocker {
	who, clearedBy := c.waysOut(r)
	return Blocker{Code: r.ID, Message: r.Message, Basis: c.basisOf(r.Basis, t), Severity: Severity(r.Severity), Who: who, ClearedBy: clearedBy}
}

// waysOut gives who could clear a rule that fails, and by which transitions: those that the present state offers, where
// it offers any.
func (c *Case) waysOut(r *rule) (who []Role, clearedBy []string) {
	for _, id := range r.ClearedBy {
		for _, t := range c.Definition.named[id] {
			if slices.Contains(t.From, c.Proposal.StateOf(t.Strand)) && !slices.Contains(clearedBy, id) {
				clearedBy = append(clearedBy, id)
				who = append(who, t.Roles...)
			}
		}
	}
	if len(clearedBy) == 0 {
		return r.Who, r.ClearedBy
	}
	return unique(who), clearedBy
}

// basisOf gives the nearest legal basis: of the rule itself, of the transition, of the form.
func (c *Case) basisOf(basis string, t *Transition) string {
	return cmp.Or(basis, t.Basis, c.Definition.Source.Basis)
}

// basisOfDay gives the legal basis of a transition's first day: that of the clock which it waits for.
func (d *Definition) basisOfDay(t *Transition) string {
	for _, name := range t.notBefore.reads {
		if clock := d.numbers[strings.TrimPrefix(name, "deadlines.")]; clock != nil {
			return clock.Basis
		}
	}
	return ""
}

// AskedDocument is a document that a transition needs: any one of the kinds, attached by one of the roles.
type AskedDocument struct {
	AnyOf    []string `json:"any_of"`
	By       []Role   `json:"by,omitempty"`
	Optional bool     `json:"-"`
	Fresh    bool     `json:"fresh,omitempty"` // a new one is needed, not the one an earlier transition used
	Present  bool     `json:"present"`
	Basis    string   `json:"basis,omitempty"`
	document Document
}

// asked lists the documents that the transition needs or may have, with what is there.
func (c *Case) asked(t *Transition, v *view) []AskedDocument {
	var list []AskedDocument
	for _, r := range t.documents {
		if !r.when.holds(v) {
			continue
		}
		document, present := c.Proposal.newest(func(d Document) bool {
			return slices.Contains(r.AnyOf, d.Kind) && (!r.Fresh || !d.Used) && (len(r.By) == 0 || Person{Roles: d.Roles}.Has(r.By...))
		})
		list = append(list, AskedDocument{
			AnyOf: r.AnyOf, By: r.By, Optional: r.Optional, Fresh: r.Fresh, Present: present || r.Optional, Basis: r.Basis, document: document,
		})
	}
	return list
}

func (c *Case) missing(asked AskedDocument, t *Transition) Blocker {
	message := c.kinds(asked.AnyOf)
	message = Text{PL: "Brakuje dokumentu: " + message.PL, EN: "A document is missing: " + message.EN}
	if len(asked.By) > 0 {
		message.PL += " (dołącza: " + TitlesOf(asked.By).PL + ")"
		message.EN += " (attached by: " + TitlesOf(asked.By).EN + ")"
	}
	message.PL += "."
	message.EN += "."
	used := func(d Document) bool { return d.Used && slices.Contains(asked.AnyOf, d.Kind) }
	if asked.Fresh && slices.ContainsFunc(c.Proposal.Documents, used) {
		message.PL += " Dokument wykorzystany we wcześniejszej czynności nie wystarcza."
		message.EN += " One that an earlier transition used is not enough."
	}
	who := asked.By
	if len(who) == 0 {
		who = t.Roles
	}
	return Blocker{Code: "document_missing", Message: message, Basis: c.basisOf(asked.Basis, t), Severity: Block, Who: who, AnyOf: asked.AnyOf}
}

// sameEyes reports the transition of which the person was the last actor and whose actor may not make this one.
func (c *Case) sameEyes(t *Transition, by Person) (string, bool) {
	for _, id := range t.NotBy {
		for _, user := range c.Proposal.LastBy[id] {
			if user == by.ID || by.OnBehalfOf != "" && user == by.OnBehalfOf {
				return id, true
			}
		}
	}
	return "", false
}

// kinds names kinds of documents for people, with their codes for programs.
func (c *Case) kinds(ids []string) Text {
	var pl, en []string
	for _, id := range ids {
		title := Text{PL: id, EN: id}
		for _, code := range c.Definition.codes["documents"] {
			if code.ID == id {
				title = Text{PL: code.Title.PL + " (" + id + ")", EN: code.Title.EN + " (" + id + ")"}
			}
		}
		pl, en = append(pl, title.PL), append(en, title.EN)
	}
	return Text{PL: strings.Join(pl, " albo "), EN: strings.Join(en, " or ")}
}

// titleOf gives the title of a transition.
func (d *Definition) titleOf(id string) Text {
	for _, t := range d.named[id] {
		return t.Title
	}
	return Text{PL: id, EN: id}
}

func (c *Case) fourEyes(t *Transition, other string) Blocker {
	before := c.Definition.titleOf(other)
	return Blocker{Code: "four_eyes", Severity: Block, Basis: c.basisOf("", t), Who: t.Roles, Message: Text{
		PL: "Zasada dwóch par oczu: kto wykonał czynność „" + before.PL + "”, nie może wykonać czynności „" + t.Title.PL + "”. Musi to zrobić inna osoba.",
		EN: "Four eyes: whoever made “" + before.EN + "” cannot make “" + t.Title.EN + "”. Another person must do it.",
	}}
}

// foreignEntry blocks a reference to an entry that was made in a role which the person does not hold, unless the person
// is an official. An entry that is not among the acts says nothing: Decide refuses it before, as none of the case.
func (c *Case) foreignEntry(t *Transition, by Person, v *view) (Blocker, bool) {
	for _, input := range t.Inputs {
		id, ok := v.inputs[input.Name].(string)
		if input.Type != "transition" || !ok {
			continue
		}
		if act, known := c.Acts[id]; known && !by.Has(act.Actor.Role, Official) {
			return Blocker{Code: "not_your_entry", Severity: Block, Basis: c.basisOf("", t), Who: unique([]Role{act.Actor.Role, Official}), Message: Text{
				PL: "Ten wpis może sprostować tylko rola, która go zrobiła, albo urzędnik.",
				EN: "Only the role that made this entry, or an official, can correct it.",
			}}, true
		}
	}
	return Blocker{}, false
}
