package frame_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

func address(target string) frame.Address {
	return frame.AddressOf(httptest.NewRequest(http.MethodGet, target, http.NoBody))
}

func TestAnAddressForgetsThePageTheLanguageAndWhatWasDone(t *testing.T) {
	for target, want := range map[string]string{
		"/sprawy": "/sprawy", "/sprawy?lang=en&po=abc&zrobiono=x&q=umowa": "/sprawy?q=umowa", "/sprawy?q=&forma=": "/sprawy",
		"/sprawy?q=a%26b&forma=x": "/sprawy?forma=x&q=a%26b",
	} {
		if got := address(target).String(); got != want {
			t.Errorf("%s: got %s, want %s", target, got, want)
		}
	}
}

func TestAnotherAddressLeavesTheFirstAsItWas(t *testing.T) {
	first := address("/sprawy?q=umowa")
	if got := first.With("forma", "x").String(); got != "/sprawy?forma=x&q=umowa" {
		t.Errorf("with: %s", got)
	}
	if got := first.Without("q").String(); got != "/sprawy" {
		t.Errorf("without: %s", got)
	}
	if got := first.Next("abc"); got != "/sprawy?po=abc&q=umowa" {
		t.Errorf("next: %s", got)
	}
	if got := first.Next(""); got != "" {
		t.Errorf("after the last page: %s", got)
	}
	if first.String() != "/sprawy?q=umowa" || first.Get("q") != "umowa" {
		t.Errorf("the first became %s", first)
	}
}

func TestAColumnSortsAndTurnsRound(t *testing.T) {
	for _, test := range []struct{ target, usual, sort, href string }{
		{"/sprawy", "-due", "none", "/sprawy?sort=title"},
		{"/sprawy", "title", "ascending", "/sprawy?sort=-title"},
		{"/sprawy?sort=title", "-due", "ascending", "/sprawy?sort=-title"},
		{"/sprawy?sort=-title&q=a", "-due", "descending", "/sprawy?q=a&sort=title"},
	} {
		got := address(test.target).Column(workflow.Text{PL: "Tytuł", EN: "Title"}, "title", test.usual)
		if got.Sort != test.sort || got.Href != test.href {
			t.Errorf("%s: got %s %s, want %s %s", test.target, got.Sort, got.Href, test.sort, test.href)
		}
	}
}

func TestAPartnerIsNamedWithItsCountry(t *testing.T) {
	for _, test := range []struct {
		partner workflow.Partner
		want    workflow.Text
	}{
		{workflow.Partner{Name: "Norymberga", Country: "DE"}, workflow.Text{PL: "Norymberga, Niemcy", EN: "Norymberga, Germany"}},
		{workflow.Partner{Name: "OWHC"}, workflow.Text{PL: "OWHC", EN: "OWHC"}},
	} {
		if got := frame.PlaceOf(test.partner); got != test.want {
			t.Errorf("got %v, want %v", got, test.want)
		}
	}
}
