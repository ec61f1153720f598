package demo_test

import (
	"slices"
	"testing"

	"hejnal/cmd/hejnal/demo"
	"hejnal/cmd/hejnal/installation"
	"hejnal/workflow"
)

func TestThePlanHasOneWalkOfEachFormAndAPersonOfEachRole(t *testing.T) {
	walks, people, err := demo.Plan()
	if err != nil {
		t.Fatal(err)
	}
	forms, err := installation.LoadForms("")
	if err != nil {
		t.Fatal(err)
	}
	var asked, planned []string
	for _, form := range forms {
		if !form.Source.OnlyImported {
			asked = append(asked, form.Form)
		}
	}
	for _, walk := range walks {
		planned = append(planned, walk.Form)
	}
	slices.Sort(asked)
	slices.Sort(planned)
	if !slices.Equal(asked, planned) {
		t.Errorf("walks are planned for %v, forms are %v", planned, asked)
	}
	for _, role := range workflow.Roles() {
		if !slices.ContainsFunc(people, func(p demo.Person) bool { return slices.Contains(p.Roles, role) }) {
			t.Errorf("nobody is %s", role)
		}
	}
}

func TestAPlanIsReadStrictly(t *testing.T) {
	for text, strict := range map[string]bool{
		"walks:\n  - {form: eu_programme, title: T}\n":                     false,
		"walks:\n  - {form: eu_programme, titel: T}\n":                     true,
		"walks:\n  - {form: eu_programme}\nwalk: []\n":                     true,
		"walks:\n  - {form: eu_programme, steps: [{mak: propose}]}\n":      true,
		"walks:\n  - {form: eu_programme, partner: {name: P, land: PL}}\n": true,
		"walks: {":              true,
		"walks:\n  - just text": true,
	} {
		walks, err := demo.ReadWalks([]byte(text))
		if (err != nil) != strict || err == nil && len(walks) != 1 {
			t.Errorf("%q gives %v, %v", text, walks, err)
		}
	}
	for text, strict := range map[string]bool{
		"people:\n  - {name: a, roles: [official]}\n": false,
		"people:\n  - {name: a, role: official}\n":    true,
	} {
		people, err := demo.ReadPeople([]byte(text))
		if (err != nil) != strict || err == nil && len(people) != 1 {
			t.Errorf("%q gives %v, %v", text, people, err)
		}
	}
}
