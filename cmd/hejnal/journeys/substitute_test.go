package journeys_test

import (
	"testing"

	"hejnal/cmd/hejnal/web/pages/pagestest"
)

func TestASubstituteActsForWhoeverIsAbsentAndTheHistoryNamesBoth(t *testing.T) {
	house := pagestest.New(t)
	m := newMatter(t, house)
	m.id = house.Bring("sector_agreement", "draft_ready")
	president := m.by("president")
	president.Open("/zastepstwa")
	president.Click("Ustaw zastępstwo")
	president.Select("Kto zastępuje", "lawyer-2 Nowak")
	president.Fill("Dzień powrotu", "2026-03-20")
	president.Fill("Powód", "Wyjazd służbowy")
	president.Send()
	president.Sees("lawyer-2 Nowak", "Wyjazd służbowy")

	substitute := m.by("lawyer-2")
	substitute.Open("/zadania")
	substitute.Sees("Zastępujesz: president Nowak")
	substitute.Click("Zadania: president Nowak")
	substitute.Sees("Współpraca z: Bordeaux 1")
	m.begin(step{by: "lawyer-2", act: toCouncil[0].act, fill: toCouncil[0].fill, attach: toCouncil[0].attach})
	substitute.Sees("Działasz w zastępstwie:", "president Nowak")
	substitute.Send()
	substitute.Click("Zatwierdź: " + toCouncil[0].act)
	substitute.Sees("Zapisano jako wpis")
	substitute.Open("/sprawy/" + m.id + "/historia")
	substitute.Sees("lawyer-2 Nowak w zastępstwie: president Nowak")
	m.sound()
}
