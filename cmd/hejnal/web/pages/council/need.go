package council

import (
	"fmt"

	"hejnal/cmd/hejnal/web/call"
	"hejnal/cmd/hejnal/web/pages/frame"
	"hejnal/workflow"
)

// need is what a vote of a form needs, found by asking the definition how votes would end.
type need struct {
	Composition int // statutory number of councillors
	Quorum      int // the least number present with which anything is decided
	Alone       int // the least number for, of all present, when nobody is against
	Opposed     int // the least number for, of all present, when everybody else is against
}

// needOf asks the definition; false where the end of a vote rests on more than its numbers.
func needOf(d *workflow.Definition, vote *workflow.Transition) (need, bool) {
	n := need{Composition: d.Source.City.Composition}
	ends := func(cast, opposed, there int) string {
		result, ok := d.Outcome(vote, map[string]int{inFavour: cast, against: opposed, abstained: there - cast - opposed, present: there})
		if !ok {
			return ""
		}
		return result.Event
	}
	all := n.Composition
	nobody, carried := ends(0, 0, 0), ends(all, 0, all)
	if nobody == "" || carried == "" {
		return n, false
	}
	least := func(holds func(int) bool) int {
		i := 0
		for i <= all && !holds(i) {
			i++
		}
		return i
	}
	n.Quorum = least(func(i int) bool { return ends(0, 0, i) != nobody })
	n.Alone = least(func(i int) bool { return ends(i, 0, all) == carried })
	n.Opposed = least(func(i int) bool { return ends(i, all-i, all) == carried })
	return n, true
}

// Text says what the vote needs, in words and numbers.
func (n need) Text() workflow.Text {
	return workflow.Text{PL: n.in(frame.WordsOf(call.Polish)), EN: n.in(frame.WordsOf(call.English))}
}

func (n need) in(w frame.Words) string {
	quorum := w.T(
		fmt.Sprintf("Kworum: co najmniej %d obecnych z %d radnych. ", n.Quorum, n.Composition),
		fmt.Sprintf("Quorum: at least %d of %d councillors present. ", n.Quorum, n.Composition),
	)
	votes := w.Count(n.Alone, "głos|głosy|głosów", "vote|votes")
	switch {
	case n.Alone == n.Opposed:
		return quorum + w.T(
			fmt.Sprintf("Większość bezwzględna ustawowego składu Rady: co najmniej %s za.", votes),
			fmt.Sprintf("Absolute majority of the statutory composition: at least %s for.", votes),
		)
	case n.Alone == 1 && n.Opposed == n.Composition/2+1:
		return quorum + w.T(
			"Większość zwykła: więcej głosów za niż przeciw; przy równej liczbie uchwała nie przechodzi.",
			"Simple majority: more votes for than against; a tie does not carry.",
		)
	}
	return quorum + w.T(
		fmt.Sprintf("Przy pełnym składzie potrzeba od %d do %d głosów za, zależnie od liczby głosów przeciw.", n.Alone, n.Opposed),
		fmt.Sprintf("With everybody present it takes %d to %d votes for, depending on those against.", n.Alone, n.Opposed),
	)
}
