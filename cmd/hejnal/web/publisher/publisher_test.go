package publisher_test

import (
	"net/url"
	"strings"
	"testing"

	"hejnal/cmd/hejnal/web/publisher"
)

func TestWhoKeepsTheRegisterIsNamedAsFarAsItIsKnown(t *testing.T) {
	for name, test := range map[string]struct {
		publisher publisher.Publisher
		pl, en    string
	}{
		"nothing is said": {publisher.Publisher{}, "Urząd Miasta Krakowa", "Office of the City of Kraków"},
		"a unit alone":    {publisher.Publisher{Unit: "Biuro X"}, "Urząd Miasta Krakowa, Biuro X", "Office of the City of Kraków, Biuro X"},
		"another body":    {publisher.Publisher{Name: "Urząd Miasta Gdyni", Unit: "Biuro Y"}, "Urząd Miasta Gdyni, Biuro Y", "Urząd Miasta Gdyni, Biuro Y"},
	} {
		if got := test.publisher.Keeper(); got.PL != test.pl || got.EN != test.en {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestAMistakeIsReportedByALetter(t *testing.T) {
	if got := (publisher.Publisher{}).Report("x", "y"); got != "" {
		t.Errorf("without an address it leads to %s", got)
	}
	got := publisher.Publisher{Email: "rejestr@example.pl"}.Report("Błąd we wpisie", "https://example.pl/rejestr/1")
	if strings.Contains(got, "+") {
		t.Errorf("a letter has no space as plus: %s", got)
	}
	letter, err := url.Parse(got)
	if err != nil || letter.Scheme != "mailto" || letter.Opaque != "rejestr@example.pl" {
		t.Fatalf("%s: %v", got, err)
	}
	if query := letter.Query(); query.Get("subject") != "Błąd we wpisie" || !strings.HasPrefix(query.Get("body"), "https://example.pl/rejestr/1\n") {
		t.Errorf("the letter begins with %v", query)
	}
}

func TestDataAreUnderALicenceInAnyCase(t *testing.T) {
	if got := (publisher.Publisher{}).LicenceURL(); !strings.Contains(got, "creativecommons.org/publicdomain/zero/1.0") {
		t.Error(got)
	}
	if got := (publisher.Publisher{Licence: "https://example.pl/l"}).LicenceURL(); got != "https://example.pl/l" {
		t.Error(got)
	}
}
