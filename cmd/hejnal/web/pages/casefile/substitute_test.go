package casefile_test

import (
	"net/http"
	"testing"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/pagestest"
)

func TestASubstituteActsAndIsRecordedForWhomTheyStandIn(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "on_agenda")
	lawyer := house.SignIn("lawyer")
	lawyer.Get(actPath(id, "record_vote")).Want(http.StatusOK).Says("Tę czynność wykonuje").Silent("Działasz w zastępstwie")
	_, err := house.Engine.Substitute(t.Context(), engine.Request{By: house.By("secretariat")}, engine.NewSubstitution{
		Absent: house.People["secretariat"].ID, Substitute: house.People["lawyer"].ID, From: house.Today(), Until: "2026-03-09", Reason: "Urlop",
	})
	if err != nil {
		t.Fatal(err)
	}
	lawyer.Get("/sprawy/" + id).Want(http.StatusOK).Check().Says("Odnotuj głosowanie")
	page := lawyer.Get(actPath(id, "record_vote")).Want(http.StatusOK).Check().Says("Działasz w zastępstwie: secretariat Nowak")
	lawyer.English().Get(actPath(id, "record_vote")).Check().Says("You act for: secretariat Nowak")
	form := page.Form("record_vote").Set("in.for", "30").Set("in.against", "5").Set("in.abstained", "3").Set("in.present", "38")
	form.Attach("doc.0", "wykaz.pdf", pagestest.PDF("wykaz"))
	done := form.Send().Want(http.StatusOK).Check().Form("record_vote").Send().Follow().Want(http.StatusOK).Check()
	done.Says("lawyer Nowak w zastępstwie: secretariat Nowak")
	house.SignIn("auditor").Get("/sprawy/" + id + "/historia").Check().Says("lawyer Nowak w zastępstwie: secretariat Nowak (Kancelaria Rady)")
	house.Wait("2026-03-20")
	house.SignIn("lawyer").Get(actPath(id, "correct_entry")).Want(http.StatusOK).Silent("Działasz w zastępstwie")
}
