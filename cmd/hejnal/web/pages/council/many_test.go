package council_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

func TestAHeadingShowsFiftyCasesAndWhereTheOthersAre(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes many cases")
	}
	house := pagestest.New(t)
	begun := time.Now()
	for range 51 {
		house.Bring("sector_agreement", "submitted_to_council")
	}
	t.Log("made in", time.Since(begun))
	secretariat := house.SignIn("secretariat")
	begun = time.Now()
	page := secretariat.Get("/sekretariat").Want(http.StatusOK)
	t.Log("board in", time.Since(begun))
	section := underHeading(t, page, headings[0])
	if title := pagestest.Text(pagestest.First(section, pagestest.Tag("h2"))); !strings.HasSuffix(title, " 50+") || len(cards(section)) != 50 {
		t.Errorf("%d cards under %q", len(cards(section)), title)
	}
	if more := page.Link("Pokaż wszystkie"); more != "/sprawy?etap=council&stan=submitted_to_council" {
		t.Errorf("the others are at %q", more)
	}
}
