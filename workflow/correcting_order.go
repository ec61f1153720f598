package workflow

import "slices"

// misplaced finds the act that the corrected day puts the act on the wrong side of: one that it rests on, or one that rests on
// it. While it stands so, nothing follows from the day.
func (k *correcting) misplaced() (by CorrectedAct, found bool) {
	if k.part.pointer != onDay {
		return by, false
	}
	d := k.c.Definition
	i := slices.IndexFunc(k.acts, func(other CorrectedAct) bool {
		if other.Seq < k.before.Seq {
			return k.after.OccurredOn < other.OccurredOn && d.rests(k.t, other.Act)
		}
		return k.after.OccurredOn > other.OccurredOn && other.Seq > k.before.Seq && d.rests(d.transitionOf(other.Act), k.before)
	})
	if i < 0 {
		return by, false
	}
	return k.acts[i], true
}

// order refuses a day that puts the act on the wrong side of another. Of two wrong days one can always be put right first.
func (k *correcting) order() (wrong []FieldError) {
	other, found := k.misplaced()
	if !found || k.after.OccurredOn == k.before.OccurredOn {
		return nil
	}
	title, day := k.c.Definition.titleOf(other.Transition), string(other.OccurredOn)
	message := Text{
		PL: "To przed dniem " + day + ", w którym wykonano czynność „" + title.PL + "”, a ta się na niej opiera.", EN: "That is before " + day + ", the day of “" + title.EN + "”, on which this act rests.",
	}
	if other.Seq > k.before.Seq {
		message = Text{
			PL: "To po dniu " + day + ", w którym wykonano czynność „" + title.PL + "”, a ona opiera się na tej.", EN: "That is after " + day + ", the day of “" + title.EN + "”, which rests on this act.",
		}
	}
	message.PL += " Jeśli błędny jest tamten dzień, popraw go najpierw."
	message.EN += " If that day is the wrong one, correct it first."
	return []FieldError{{Pointer: fieldPointer(k.field), Message: message}}
}

// rests reports whether an act by the transition may not be dated before an earlier one; nil rests on nothing. Acts may be
// older than their case is here.
func (d *Definition) rests(t *Transition, earlier Act) bool {
	if t == nil || t.AnyDate {
		return false
	}
	if slices.Contains(t.After, earlier.Transition) {
		return true
	}
	by := d.transitionOf(earlier)
	return earlier.Track == t.Strand && earlier.From != earlier.To && (by == nil || by.Call != callOpen)
}
