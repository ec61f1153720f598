package country_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"hejnal/workflow"
	"hejnal/workflow/country"
)

func TestTheTableIsComplete(t *testing.T) {
	all := country.All()
	if len(all) != 249 {
		t.Errorf("%d countries, ISO 3166-1 has 249", len(all))
	}
	if !slices.IsSortedFunc(all, func(a, b country.Country) int { return strings.Compare(a.Code, b.Code) }) {
		t.Error("not sorted by code")
	}
	continents := map[string]bool{}
	for _, continent := range country.Continents() {
		continents[continent.ID] = continent.Title.Complete()
	}
	seen := map[string]string{}
	for _, c := range all {
		if !c.Name.Complete() || !continents[c.Continent] {
			t.Errorf("incomplete: %+v", c)
		}
		for _, key := range []string{"code " + c.Code, "pl " + c.Name.PL, "en " + c.Name.EN} {
			if other, twice := seen[key]; twice {
				t.Errorf("%s is both %s and %s", key, other, c.Code)
			}
			seen[key] = c.Code
		}
		if c.Name.PL != strings.TrimSpace(c.Name.PL) || c.Name.EN != strings.TrimSpace(c.Name.EN) || strings.Contains(c.Name.EN, "&") {
			t.Errorf("badly written: %+v", c.Name)
		}
	}
}

// The Unicode tables know which codes ISO assigns, apart from a few that are reserved or withdrawn.
func TestTheCodesAreThoseOfISO(t *testing.T) {
	for _, c := range country.All() {
		region, err := language.ParseRegion(c.Code)
		if err != nil || !region.IsCountry() || region.String() != c.Code || region.ISO3() == "ZZZ" {
			t.Errorf("%s is no code of a country: %v", c.Code, err)
		}
	}
	for _, code := range []string{"UK", "EU", "XK", "AN", "SU", "DD", "YU", "CS", "AC", "TA", "EA", "IC", "DG", "CP", "ZZ", "", "P", "POL"} {
		if c, found := country.Find(code); found {
			t.Errorf("%q is no assigned code, found %+v", code, c)
		}
	}
}

func TestContinentsAreThoseOfTheUnitedNations(t *testing.T) {
	cases := map[string]string{
		country.Africa:       "EG RE SH YT EH IO TF CV MU",
		country.Antarctica:   "AQ",
		country.Asia:         "GE AM AZ TR CY KZ IL PS TW JP TL ID",
		country.Europe:       "RU PL UA IS GB SJ AX MT VA GI BY MD",
		country.NorthAmerica: "US CA MX GL PR CU PA TT BM AW",
		country.SouthAmerica: "BR GF FK GS BV CO SR",
		country.Oceania:      "AU NZ FJ GU HM CX CC PF UM",
	}
	for continent, codes := range cases {
		for _, code := range strings.Fields(codes) {
			if c, found := country.Find(code); !found || c.Continent != continent {
				t.Errorf("%s lies in %q, want %s", code, c.Continent, continent)
			}
		}
	}
	counts := map[string]int{}
	for _, c := range country.All() {
		counts[c.Continent]++
	}
	want := map[string]int{"africa": 60, "antarctica": 1, "asia": 51, "europe": 51, "north_america": 41, "oceania": 29, "south_america": 16}
	for continent, n := range want {
		if counts[continent] != n {
			t.Errorf("%s has %d countries, want %d", continent, counts[continent], n)
		}
	}
}

func TestNamesAreThePresentOfficialOnes(t *testing.T) {
	cases := map[string]workflow.Text{
		"MK": {PL: "Macedonia Północna", EN: "North Macedonia"},
		"SZ": {PL: "Eswatini", EN: "Eswatini"},
		"TR": {PL: "Turcja", EN: "Türkiye"},
		"CZ": {PL: "Czechy", EN: "Czechia"},
		"CV": {PL: "Republika Zielonego Przylądka", EN: "Cabo Verde"},
		"CI": {PL: "Wybrzeże Kości Słoniowej", EN: "Côte d'Ivoire"},
		"GB": {PL: "Wielka Brytania", EN: "United Kingdom"},
		"US": {PL: "Stany Zjednoczone", EN: "United States"},
		"UA": {PL: "Ukraina", EN: "Ukraine"},
		"DE": {PL: "Niemcy", EN: "Germany"},
		"CN": {PL: "Chiny", EN: "China"},
		"PS": {PL: "Palestyna", EN: "Palestine"},
		"VA": {PL: "Watykan", EN: "Holy See"},
		"KR": {PL: "Korea Południowa", EN: "South Korea"},
	}
	for code, want := range cases {
		if c, _ := country.Find(code); c.Name != want {
			t.Errorf("%s is %+v, want %+v", code, c.Name, want)
		}
	}
}

func TestEveryCodeLeadsToItsCountry(t *testing.T) {
	for _, c := range country.All() {
		if found, ok := country.Find(strings.ToLower(c.Code)); !ok || found != c {
			t.Errorf("%s is not found in small letters", c.Code)
		}
	}
}

func TestTheListIsTheCallersOwn(t *testing.T) {
	country.All()[0].Code = "XX"
	if c, _ := country.Find("AD"); c.Code != "AD" {
		t.Error("a caller changed the table")
	}
}

func ExampleFind() {
	japan, _ := country.Find("JP")
	fmt.Println(japan.Name.PL, japan.Continent)
	// Output: Japonia asia
}
