package workflow

import "strings"

// Role is what a person may do in the installation. The ids are public (DOMAIN §1).
type Role string

// The roles of an installation.
const (
	Official    Role = "official"    // the City's international-cooperation office
	Lawyer      Role = "lawyer"      // the legal office
	President   Role = "president"   // the President of the City or a written delegate
	Secretariat Role = "secretariat" // the Council secretariat
	Auditor     Role = "auditor"     // reads everything, moves nothing
	Admin       Role = "admin"       // runs the installation, no say in proposals
	Subscriber  Role = "subscriber"  // receives the events it may see
)

// Roles lists every role, in the order in which they are shown.
func Roles() []Role {
	return []Role{Official, Lawyer, President, Secretariat, Auditor, Admin, Subscriber}
}

// Moves reports whether the role may make transitions at all.
func (r Role) Moves() bool {
	switch r {
	case Official, Lawyer, President, Secretariat:
		return true
	case Auditor, Admin, Subscriber:
		return false
	}
	return false
}

// Reads reports whether the role reads cases: every role that is known, but the one that only receives events.
func (r Role) Reads() bool { return r.Known() && r != Subscriber }

// ReadsPersonal reports whether the role reads remarks and personal inputs of a history.
func (r Role) ReadsPersonal() bool { return r.Moves() || r == Auditor }

// Known reports whether r is one of [Roles].
func (r Role) Known() bool {
	for _, known := range Roles() {
		if r == known {
			return true
		}
	}
	return false
}

// Title names the role for people.
func (r Role) Title() Text {
	switch r {
	case Official:
		return Text{PL: "urzędnik współpracy międzynarodowej", EN: "official"}
	case Lawyer:
		return Text{PL: "radca prawny", EN: "lawyer"}
	case President:
		return Text{PL: "Prezydent Miasta", EN: "President"}
	case Secretariat:
		return Text{PL: "Kancelaria Rady", EN: "Council secretariat"}
	case Auditor:
		return Text{PL: "kontroler", EN: "auditor"}
	case Admin:
		return Text{PL: "administrator", EN: "administrator"}
	case Subscriber:
		return Text{PL: "odbiorca zdarzeń", EN: "subscriber"}
	}
	return Text{PL: string(r), EN: string(r)}
}

// idsOf lists the ids of several roles.
func idsOf(roles []Role) string {
	ids := make([]string, len(roles))
	for i, role := range roles {
		ids[i] = string(role)
	}
	return strings.Join(ids, ", ")
}

// TitlesOf names several roles for people, separated by commas.
func TitlesOf(roles []Role) Text {
	var pl, en []string
	for _, role := range roles {
		pl, en = append(pl, role.Title().PL), append(en, role.Title().EN)
	}
	return Text{PL: strings.Join(pl, ", "), EN: strings.Join(en, ", ")}
}
