package casefile_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

func TestTheFormOfAVoteSaysWhatItNeedsAndSumsUp(t *testing.T) {
	house := pagestest.New(t)
	for form, says := range map[string][2]string{
		"sector_agreement":       {"Większość zwykła: więcej głosów za niż przeciw", "Simple majority: more votes for than against"},
		"association_membership": {"Większość bezwzględna ustawowego składu Rady: co najmniej 22 głosy za.", "Absolute majority of the statutory composition: at least 22 votes for."},
	} {
		id := house.Bring(form, "on_agenda")
		clerk := house.SignIn("secretariat")
		page := clerk.Get(actPath(id, "record_vote")).Want(http.StatusOK).Check().Says("Kworum: co najmniej 22 obecnych z 43 radnych.", says[0], "Czeka od")
		clerk.English().Get(actPath(id, "record_vote")).Check().Says(says[1], "Waits since")
		var summed []string
		for _, n := range pagestest.Every(page.Root, func(n *html.Node) bool { return pagestest.Attribute(n, "data-sum") == "votes" }) {
			summed = append(summed, pagestest.Attribute(n, "name"))
		}
		if !slices.Equal(summed, []string{"in.for", "in.against", "in.abstained"}) {
			t.Errorf("%s sums up %v", form, summed)
		}
		if text := page.Text(); strings.Index(text, "Liczby, które zostawisz puste") > strings.Index(text, "Imienny wykaz głosowania (") {
			t.Error("what is said of the numbers stands behind the roll call")
		}
		if sum := pagestest.First(page.Root, pagestest.Tag("output")); sum == nil || pagestest.Attribute(sum, "data-max") != "43" {
			t.Error("there is no sum")
		}
	}
}

func TestAnEmptyFormNamesEveryFieldThatIsDue(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "on_agenda")
	answer := house.SignIn("secretariat").Get(actPath(id, "record_vote")).Form("record_vote").Send().Want(http.StatusUnprocessableEntity).Check()
	for _, label := range []string{"Głosy za", "Głosy przeciw", "Głosy wstrzymujące się", "Obecni radni"} {
		if !slices.ContainsFunc(answer.Errors(), func(line string) bool { return strings.Contains(line, "Wypełnij pole „"+label+"”") }) {
			t.Errorf("%s is not among %q", label, answer.Errors())
		}
	}
}

func TestNothingIsDecidedForWhoeverDecidesAndTheCitysNameIsThere(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "print_registered")
	form := house.SignIn("secretariat").Get(actPath(id, "record_committee_opinion")).Form("record_committee_opinion")
	if form.Values.Get("in.opinion") != "" || form.Values.Get("in.committee") != "" {
		t.Errorf("prefilled: %v", form.Values)
	}
	found := false
	for _, transition := range []string{"prepare_signing", "sign_agreement"} {
		id := house.Bring("sector_agreement", "ready_to_sign")
		if transition == "prepare_signing" {
			id = house.Bring("sector_agreement", "resolution_adopted")
		}
		act, offered := house.Action(id, transition, "everybody")
		if _, asks := pagestest.Examples(act)["city_party"]; !offered || !asks {
			continue
		}
		found = true
		form := house.SignIn("everybody").Get(actPath(id, transition)).Want(http.StatusOK).Form(transition)
		if name := form.Values.Get("in.city_party"); name != "Stołeczne Królewskie Miasto Kraków" {
			t.Errorf("the City is called %q", name)
		}
	}
	if !found {
		t.Error("no act asks for the City's name")
	}
}

func TestTheCheckOfAVoteSaysHowItWillEnd(t *testing.T) {
	house := pagestest.New(t)
	id := house.Bring("sector_agreement", "on_agenda")
	clerk := house.SignIn("secretariat")
	for name, c := range map[string]struct {
		votes      []string
		says, hush string
	}{
		"no quorum": {[]string{"10", "3", "2", "15"}, "Wynik będzie: Brak kworum, uchwały nie podjęto. Sprawa przejdzie do stanu: Druk zarejestrowany.", "Uchwała podjęta"},
		"carried":   {[]string{"30", "5", "3", "38"}, "Wynik będzie: Rada Miasta Krakowa podjęła uchwałę. Sprawa przejdzie do stanu: Uchwała podjęta.", "albo"},
	} {
		t.Run(name, func(t *testing.T) {
			form := clerk.Get(actPath(id, "record_vote")).Form("record_vote")
			for i, field := range []string{"in.for", "in.against", "in.abstained", "in.present"} {
				form.Set(field, c.votes[i])
			}
			check := form.Send().Want(http.StatusOK).Check()
			if will := check.Section("Co się stanie").Text(); !strings.Contains(will, c.says) || strings.Contains(will, c.hush) {
				t.Errorf("told %q", will)
			}
		})
	}
}
