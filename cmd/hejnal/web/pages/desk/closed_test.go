package desk_test

import (
	"testing"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

func TestOpinionsThatWereGivenAreListed(t *testing.T) {
	house := pagestest.New(t)
	house.SignIn("lawyer").Get("/zadania").Want(200).Check().Silent("Ostatnio zakończone")
	id := house.Bring("partnership_agreement", "assessment")
	house.Do(id, "give_legal_opinion")
	page := house.SignIn("lawyer").Get("/zadania").Want(200).Check()
	if part := page.Section("Ostatnio zakończone w zespole"); part == nil || len(part.All("li")) != 1 {
		t.Fatalf("completed: %v", part.Text())
	}
	page.Says(house.Case(id).Number)
	house.SignIn("lawyer").English().Get("/zadania").Want(200).Check().Says("Completed lately by the team")
	house.SignIn("auditor").Get("/zadania").Want(200).Check().Silent("Ostatnio zakończone")
}
