package cases_test

import (
	"net/http"
	"testing"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

func TestAnAddressThatIsNoTextIsRefusedInBothLanguages(t *testing.T) {
	house := pagestest.New(t)
	for _, query := range []string{"?partner=%00", "?partner=a%00b", "?partner=%ff%fe", "?q=%00", "?po=%00", "?kraj=%c3", "?%00=x"} {
		house.SignIn("official").Get(listPath + query).Want(http.StatusBadRequest).Check().Says("znaki, których nie da się odczytać")
		house.SignIn("official").English().Get(listPath + query).Want(http.StatusBadRequest).Check().Says("characters that cannot be read")
		house.Visitor().Get("/rejestr" + query).Want(http.StatusBadRequest).Check()
	}
	house.Visitor().Get("/rejestr/%00").Want(http.StatusNotFound).Check()
	house.SignIn("official").Get(listPath + "?partner=x").Want(http.StatusOK).Check()
}
