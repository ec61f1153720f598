package published

import (
	"slices"
	"strconv"

	"hejnal/workflow/calendar"
)

// Events and inputs that the page of an entry lays out by themselves; whatever else is public stands in the history. They are the
// public names of the installation, as its subscribers know them.
var signed = []string{"agreement_signed", "accession_signed", "grant_agreement_signed"}

// SignedOn is when it was signed, in the form in which it is known: a day, a month, a year; empty: not known, or nothing is signed.
func (c Case) SignedOn() string {
	for _, act := range slices.Backward(c.Acts) {
		if slices.Contains(signed, act.Event) {
			return string(act.OccurredOn)
		}
	}
	return c.Known("signed_on")
}

// Signs reports whether something is signed on the way of the case's form.
func (c Case) Signs() bool {
	for _, transition := range c.Definition.Transitions {
		if slices.Contains(signed, transition.Event) {
			return true
		}
	}
	return false
}

// ValidUntil is the last day, as the last public act that tells of it, or else as it was agreed; empty: none is set.
func (c Case) ValidUntil() calendar.Date {
	for _, act := range slices.Backward(c.Acts) {
		for _, name := range []string{"ends_on", "valid_until"} {
			if day := act.Text(name); day != "" {
				return calendar.Date(day)
			}
		}
	}
	if c.Standing != Agreed {
		return ""
	}
	day, _ := c.proposal.Record["valid_until"].(string)
	return calendar.Date(day)
}

// Known is one of the dates of an imported entry, which may be a month or a year alone; empty: not known.
func (c Case) Known(name string) string {
	for _, act := range c.Acts {
		if date := act.Dates("dates")[name]; date != "" {
			return date
		}
	}
	return ""
}

// Source is where an imported entry is known from, and how surely; empty for any other.
func (c Case) Source() (source, confidence string) {
	for _, act := range c.Acts {
		if source := act.Text("source"); act.Legacy && source != "" {
			return source, act.Text("confidence")
		}
	}
	return "", ""
}

// Since is when an entry of the register began, as far as it is known: a day, a month, a year, or nothing.
func (c Case) Since() string {
	for _, date := range []string{string(c.Register.Since), c.Known("began_on"), c.Known("signed_on"), c.Known("resolved_on"), year(c.Register.SinceYear)} {
		if date != "" {
			return date
		}
	}
	return ""
}

// Until is when a past entry of the register ended, as far as it is known.
func (c Case) Until() string {
	for _, date := range []string{string(c.Register.Until), c.Known("ended_on"), year(c.Register.UntilYear)} {
		if date != "" {
			return date
		}
	}
	return ""
}

func year(number int) string {
	if number == 0 {
		return ""
	}
	return strconv.Itoa(number)
}
