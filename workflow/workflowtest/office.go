package workflowtest

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"hejnal/workflow"
	"hejnal/workflow/calendar"
	"hejnal/workflow/language"
)

// FirstDay is the day on which an office begins, a Monday.
const FirstDay calendar.Date = "2026-03-02"

// Office is where cases are handled: the definitions in force, a clock that moves only by Wait, sequential ids, and the
// facts that the cases of the office know of each other. It is not safe for use by many at once.
type Office struct {
	definitions map[string]*workflow.Definition
	forms       []string
	today       calendar.Date
	ids         int
	cases       int
	facts       workflow.Facts
}

// embedded are the definitions that are part of the program, compiled once.
var embedded = sync.OnceValues(func() ([]*workflow.Definition, error) {
	set, err := language.Load(workflow.Definitions)
	if err != nil {
		return nil, fmt.Errorf("read the embedded definitions: %w", err)
	}
	var definitions []*workflow.Definition
	for _, source := range set.Forms() {
		definition, findings := workflow.Compile(source)
		if len(findings) > 0 {
			return nil, fmt.Errorf("compile %s: %s", source.Form, findings[0].Message)
		}
		definitions = append(definitions, definition)
	}
	return definitions, nil
})

// NewOffice opens an office with the definitions that are part of the program.
func NewOffice() (*Office, error) {
	definitions, err := embedded()
	if err != nil {
		return nil, err
	}
	office := &Office{definitions: map[string]*workflow.Definition{}, today: FirstDay, facts: workflow.Facts{}}
	for _, definition := range definitions {
		office.Enforce(definition)
	}
	return office, nil
}

// Enforce brings a definition into force, in place of one of the same form.
func (o *Office) Enforce(d *workflow.Definition) {
	if _, known := o.definitions[d.Form]; !known {
		o.forms = append(o.forms, d.Form)
	}
	o.definitions[d.Form] = d
}

// Forms lists the forms of which a case can be opened, in their order.
func (o *Office) Forms() []string {
	return slices.DeleteFunc(slices.Clone(o.forms), func(form string) bool { return o.definitions[form].Source.OnlyImported })
}

// InForce gives the definition of a form that is in force.
func (o *Office) InForce(form string) (*workflow.Definition, bool) {
	definition, ok := o.definitions[form]
	return definition, ok
}

// NewID gives the next id, in the form of a UUIDv7.
func (o *Office) NewID() string {
	o.ids++
	return fmt.Sprintf("01980000-0000-7000-8000-%012x", o.ids)
}

// Moment is now: ten o'clock UTC of the office's day.
func (o *Office) Moment() workflow.Moment {
	return workflow.Moment{Now: o.today.StartOf(time.UTC).Add(10 * time.Hour), Today: o.today, NewID: o.NewID}
}

// Wait lets time pass until the day; a day in the past changes nothing.
func (o *Office) Wait(until calendar.Date) { o.today = calendar.Max(o.today, until) }

// Facts gives what the cases of the office hold.
func (o *Office) Facts() workflow.Facts { return maps.Clone(o.facts) }

// note keeps what a change holds and no longer holds.
func (o *Office) note(change *workflow.Change) {
	id := change.After.ID
	for _, hold := range change.Hold {
		scope := o.facts[hold.Scope]
		scope.Version++
		scope.Holders = append(slices.Clone(scope.Holders), workflow.Holder{Label: hold.Label, ProposalID: id})
		o.facts[hold.Scope] = scope
	}
	for _, released := range change.Release {
		scope := o.facts[released.Scope]
		scope.Version++
		scope.Holders = slices.DeleteFunc(slices.Clone(scope.Holders), func(h workflow.Holder) bool {
			return h.Label == released.Label && h.ProposalID == id
		})
		o.facts[released.Scope] = scope
	}
}

// Person is somebody who has one role: official-1, lawyer-1 and so on.
func Person(role workflow.Role) workflow.Person { return Colleague(role, 1) }

// Colleague is the n-th person of a role.
func Colleague(role workflow.Role, n int) workflow.Person {
	return workflow.Person{ID: fmt.Sprintf("%s-%d", role, n), Roles: []workflow.Role{role}}
}

// PartnerFor is a partner with whom the form's own rules agree.
func PartnerFor(form string) workflow.Partner {
	switch form {
	case "honorary_twin_title":
		return workflow.Partner{ID: "partner-cuzco", Name: "Cuzco", Country: "PE", Kind: "city", Wikidata: "Q5582862", Continent: "south_america"}
	case "association_membership":
		return workflow.Partner{ID: "partner-eurocities", Name: "Eurocities", Country: "BE", Kind: "organisation", Wikidata: "Q1374493", Continent: "europe"}
	}
	return workflow.Partner{ID: "partner-bordeaux", Name: "Bordeaux", Country: "FR", Kind: "city", Wikidata: "Q1479", Continent: "europe"}
}
