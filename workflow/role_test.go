package workflow_test

import (
	"testing"

	"hejnal/workflow"
)

func TestWhoMovesCases(t *testing.T) {
	moves := map[workflow.Role]bool{
		workflow.Official: true, workflow.Lawyer: true, workflow.President: true, workflow.Secretariat: true,
		workflow.Auditor: false, workflow.Admin: false, workflow.Subscriber: false,
	}
	if len(workflow.Roles()) != len(moves) {
		t.Errorf("roles %v", workflow.Roles())
	}
	for _, role := range workflow.Roles() {
		if want, known := moves[role]; !known || role.Moves() != want || !role.Known() {
			t.Errorf("%s moves %v", role, role.Moves())
		}
	}
	if role := workflow.Role("mayor"); role.Known() || role.Moves() || role.Reads() || role.ReadsPersonal() {
		t.Error("a role that does not exist moves cases")
	}
}

func TestWhoReadsCasesAndWhatIsPersonalInThem(t *testing.T) {
	for _, role := range workflow.Roles() {
		if want := role != workflow.Subscriber; role.Reads() != want {
			t.Errorf("%s reads cases: %v", role, role.Reads())
		}
		if want := role.Moves() || role == workflow.Auditor; role.ReadsPersonal() != want {
			t.Errorf("%s reads what is personal: %v", role, role.ReadsPersonal())
		}
	}
}

func TestATextIsPolishUnlessEnglishIsAskedFor(t *testing.T) {
	text := workflow.Text{PL: "uchwała", EN: "resolution"}
	for language, want := range map[string]string{"pl": "uchwała", "en": "resolution", "": "uchwała", "de": "uchwała"} {
		if got := text.In(language); got != want {
			t.Errorf("in %q: %s", language, got)
		}
	}
	if !text.Complete() || text.IsZero() || (workflow.Text{PL: "uchwała"}).Complete() || !(workflow.Text{}).IsZero() {
		t.Error("complete or not")
	}
}

func TestOnlyImportedFormsAreNotOpened(t *testing.T) {
	office := office(t)
	for _, form := range []string{"domestic_membership", "unknown"} {
		if _, ok := office.InForce(form); !ok {
			t.Fatalf("no form %s", form)
		}
		if _, err := office.Open(form); err == nil {
			t.Errorf("a case of %s was opened", form)
		}
	}
}
