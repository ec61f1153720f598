package workflow

import "slices"

// misplaced reports whether the corrected day puts the act before one that it rests on, or behind one that rests on it. Then the
// correction stands as it was made, and nothing follows from it: one of the two days must be wrong still.
func (k *correcting) misplaced() bool {
	if k.part.pointer != onDay {
		return false
	}
	return slices.ContainsFunc(k.acts, func(other CorrectedAct) bool {
		if other.Seq < k.before.Seq {
			return k.after.OccurredOn < other.OccurredOn && k.t.restsOn(other.Act)
		}
		return k.after.OccurredOn > other.OccurredOn && other.Seq > k.before.Seq && k.c.Definition.transitionOf(other.Act).restsOn(k.before)
	})
}

// restsOn reports whether an act by the transition may not be dated before an earlier one; nil rests on nothing.
func (t *Transition) restsOn(earlier Act) bool {
	if t == nil || t.AnyDate {
		return false
	}
	return earlier.Track == t.Strand && earlier.From != earlier.To || slices.Contains(t.After, earlier.Transition)
}
