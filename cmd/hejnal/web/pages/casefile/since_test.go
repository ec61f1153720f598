package casefile_test

import (
	"strings"
	"testing"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

const meanwhileTitle = "Co się zmieniło od Twojej ostatniej decyzji"

func TestACaseThatComesBackTellsWhatHappenedSinceTheReadersDecision(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "submitted_to_council")
	if text := house.SignIn("secretariat").Get(actPath(id, "return_for_correction")).Check().Text(); strings.Contains(text, meanwhileTitle) {
		t.Error("it is told in the first round")
	}
	house.Do(id, "return_for_correction")
	official := house.SignIn("official")
	page := official.Get(actPath(id, "complete_draft")).Want(200).Check()
	page.Says(meanwhileTitle, "Zwrócono projekt do poprawy (secretariat Nowak); Powód zwrotu: ")
	house.Do(id, "complete_draft")
	house.SignIn("auditor").Get(actPath(id, "withdraw_draft")).Want(200).Check()
	if text := house.SignIn("auditor").Get(actPath(id, "submit_to_council")).Text(); strings.Contains(text, meanwhileTitle) {
		t.Error("it is told to somebody who decides nothing")
	}
}
