package journeys_test

import (
	"testing"

	"hejnal/cmd/hejnal/web/pages/pagestest"
	"hejnal/tools/browser"
)

func TestFromTheFirstContactToTheSignedAgreement(t *testing.T) {
	house := pagestest.New(t)
	m := newMatter(t, house)
	m.open("Umowa branżowa", "Gandawa", "Umowa branżowa z Gandawą", "Miasto")
	m.do(step{by: "official", act: "Odnotuj kontakt", fill: [][2]string{{"Notatka", "Rozmowa z burmistrzem"}}})
	m.do(step{by: "official", act: "Zgłoś propozycję"})
	m.do(step{by: "lawyer", act: "Wydaj opinię prawną", choose: []string{"Pozytywna"}, attach: []string{"Opinia prawna"}})
	m.do(step{by: "official", act: "Ukończ projekt uchwały", choose: []string{"Czas określony"}, attach: []string{"Projekt uchwały", "Uzasadnienie projektu", "Tekst umowy"}})
	m.do(toCouncil[0])
	m.do(step{by: "secretariat", act: "Zwróć do poprawy", fill: [][2]string{{"Powód zwrotu", "Projekt wymaga uzupełnienia uzasadnienia"}}})

	official := m.by("official")
	official.Open("/zadania")
	official.Sees("Umowa branżowa z Gandawą", "runda 2")
	m.do(step{by: "official", act: "Ukończ projekt uchwały", choose: []string{"Czas określony"}})
	for _, s := range toCouncil {
		m.do(s)
	}
	m.do(step{by: "secretariat", act: "Opublikuj uchwałę", fill: [][2]string{{"Adres w BIP", "https://www.bip.krakow.pl/?dok_id=1"}}})
	m.do(step{by: "official", act: "Przygotuj podpisanie", fill: [][2]string{
		{"Nazwa partnera jako strony", "Miasto Gandawa"}, {"Nazwa Miasta jako strony", "Stołeczne Królewskie Miasto Kraków"}, {"Wersje językowe", "pl"},
	}})
	m.do(step{by: "president", act: "Podpisz umowę", choose: []string{"Prezydent Miasta Krakowa"}, attach: []string{"Podpisana umowa"}, fill: [][2]string{
		{"Miejsce podpisania", "Kraków"}, {"Podpisujący w imieniu Miasta", "Prezydent Miasta Krakowa"}, {"Podpisujący w imieniu partnera", "Burmistrz Gandawy"},
	}})
	if state := house.Case(m.id).State; state != "agreement_signed" {
		t.Errorf("the case is in %s", state)
	}
	resident := browser.New(t, house.URL)
	resident.Open("/rejestr/" + m.id)
	resident.Sees("Gandawa", "XLII/777/26")
	resident.SeesNot("official Nowak", "president Nowak", "Burmistrz Gandawy", "Rozmowa z burmistrzem")
	m.sound()
}

func TestMembershipOfAnAssociationNeedsTheMinistersConsent(t *testing.T) {
	house := pagestest.New(t)
	m := newMatter(t, house)
	m.id = house.Bring("association_membership", "draft_ready")
	for _, s := range toCouncil {
		m.do(s)
	}
	m.do(step{by: "official", act: "Wyślij wniosek o zgodę", choose: []string{"e-Doręczenia"}, attach: []string{
		"Statut zrzeszenia", "Wykaz członków zrzeszenia", "Tłumaczenie urzędowe statutu", "Tłumaczenie urzędowe wykazu",
	}})
	m.do(step{by: "official", act: "Odnotuj opinię wojewody", choose: []string{"Pozytywna"}})
	m.do(step{by: "official", act: "Odnotuj zgodę ministra", attach: []string{"Decyzja ministra"}, fill: [][2]string{
		{"Numer decyzji", "DWRP.001.1.2026"}, {"Data decyzji", "2026-03-02"},
	}})
	m.do(step{by: "president", act: "Podpisz deklarację przystąpienia", choose: []string{"Prezydent Miasta Krakowa"}, attach: []string{"Deklaracja przystąpienia"}, fill: [][2]string{
		{"Miejsce podpisania", "Kraków"}, {"Podpisujący w imieniu Miasta", "Prezydent Miasta Krakowa"},
	}})
	m.do(step{by: "official", act: "Odnotuj przyjęcie"})
	if state := house.Case(m.id).State; state != "member" {
		t.Errorf("the case is in %s", state)
	}
	m.sound()
}
