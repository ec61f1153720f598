package workflow

// fact is a compiled fact: how many others hold a label in a scope.
type fact struct {
	FactSource
	scope *Expression
}

// count counts the other holders of the fact's label in its scope.
func (f *fact) count(v *view) int {
	count := 0
	for _, holder := range v.facts[f.scope.textOf(v)].Holders {
		if holder.Label == f.Label && holder.ProposalID != v.proposal.ID {
			count++
		}
	}
	return count
}

// factNamed returns the fact that a variable facts.<name> stands for.
func (d *Definition) factNamed(variable string) (*fact, bool) {
	for _, fact := range d.facts {
		if "facts."+fact.Name == variable {
			return fact, true
		}
	}
	return nil, false
}
