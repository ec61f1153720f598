package opening_test

import (
	"slices"
	"testing"

	"golang.org/x/net/html"

	"hejnal/cmd/hejnal/engine"
	"hejnal/cmd/hejnal/web/pages/pagestest"
)

func TestTheDocumentsOfANewProposalAreThoseOnTheWayToItsGoal(t *testing.T) {
	house := pagestest.New(t)
	_, draft := begun(t, house, "sector_agreement")
	part := house.SignIn("official").Get(draft).Want(200).Section("Dokumenty, które będą potrzebne")
	var named []string
	for _, item := range part.All("li") {
		named = append(named, pagestest.Text(item))
	}
	for _, want := range []string{"Opinia prawna", "Projekt uchwały", "Podpisana umowa"} {
		if !slices.Contains(named, want) {
			t.Errorf("%s is not among %q", want, named)
		}
	}
	if slices.Contains(named, "Wypowiedzenie") {
		t.Errorf("the end of the agreement is among %q", named)
	}
}

func TestAPartnersOwnNameIsShownWhereItIsAnother(t *testing.T) {
	house := pagestest.New(t)
	for _, one := range []engine.NewPartner{{Name: "Bergen", NativeName: "Bergen", Country: "NO", Kind: "city"}, {Name: "Norymberga", NativeName: "Nürnberg", Country: "DE", Kind: "city"}} {
		if _, err := house.Engine.EnterPartner(t.Context(), engine.Request{By: house.By("official")}, one); err != nil {
			t.Fatal(err)
		}
	}
	reader, draft := begun(t, house, "sector_agreement")
	page := reader.Get(draft + "/partner").Want(200).Check()
	var labels []string
	for _, label := range pagestest.Every(page.Root, func(n *html.Node) bool { return n.Data == "label" }) {
		labels = append(labels, pagestest.Text(label))
	}
	for _, want := range []string{"Bergen, Norwegia", "Norymberga, Niemcy (Nürnberg)"} {
		if !slices.Contains(labels, want) {
			t.Errorf("%s is not among %q", want, labels)
		}
	}
}
