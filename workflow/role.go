package workflow

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

// Known reports whether r is one of [Roles].
func (r Role) Known() bool {
	for _, known := range Roles() {
		if r == known {
			return true
		}
	}
	return false
}
