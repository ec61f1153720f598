package workflow

import (
	"regexp"

	"hejnal/workflow/calendar"
)

// What a case is in the register, and how a state marks it.
const (
	RegisterCurrent = "current"
	RegisterPast    = "past"
)

// Register is what a case is in the register of what is agreed. A case enters it with the first state that is marked
// current and stays: a state without a mark changes nothing, one marked past ends the entry. The zero value is a case that
// is not in the register.
type Register struct {
	Status string        `json:"status"`          // current, past
	Since  calendar.Date `json:"since,omitempty"` // date of the act that first entered it; empty: not known to the day
	Until  calendar.Date `json:"until,omitempty"` // its last day, which may be still to come, or the date of the act that made it past; empty: current, or not known to the day
	// The years of Since and Until, which may be known where the days are not; 0: not known.
	SinceYear int `json:"since_year,omitempty"`
	UntilYear int `json:"until_year,omitempty"`
}

// BasisBeingRenewed reports whether the case is current in the register while it stands in a state that does not say so:
// what is agreed goes on while a new resolution or consent for it is sought, or after it was not given.
func (d *Definition) BasisBeingRenewed(p *Proposal) bool {
	state, _ := d.State(Route, p.State)
	return p.Register.Status == RegisterCurrent && state.Register == "" && d.marksRegister() && p.Since[Route] != ""
}

func (d *Definition) marksRegister() bool {
	for _, state := range d.States {
		if state.Register != "" {
			return true
		}
	}
	return false
}

// register notes where the act leads in the register. An act that stays where it was leads nowhere.
func (d *draft) register() {
	imported := d.t.Call == callImport
	if d.t.Strand != Route || d.way.to == "=" && !imported {
		return
	}
	mark, kind := d.mark()
	if mark == "" && imported {
		mark = RegisterCurrent
		if kind == End {
			mark = RegisterPast
		}
	}
	entry, until := &d.after.Register, d.until()
	switch {
	case mark == RegisterCurrent && entry.Status == "":
		*entry = Register{Status: mark, Since: d.v.date, SinceYear: int(yearOf(d.v.date))}
	case mark == RegisterCurrent:
		entry.Status, entry.Until, entry.UntilYear = mark, "", 0
	case mark == RegisterPast && (imported || entry.Status == RegisterCurrent):
		entry.Status, entry.Until, entry.UntilYear = mark, until, int(yearOf(until))
	}
	if imported {
		d.dateEntry(entry)
	}
}

// until is the day by which an act ends an entry: the one that it gives, or its own.
func (d *draft) until() calendar.Date {
	if told := date(d.t.effect.endsEntry.textOf(d.v)); told != "" {
		return told
	}
	return d.v.date
}

// dateEntry dates an imported entry by what the sources tell; where they tell nothing, its last known day is that of the act.
func (d *draft) dateEntry(entry *Register) {
	since, until := d.t.effect.registerSince.textOf(d.v), d.t.effect.registerUntil.textOf(d.v)
	if since != "" || entry.Status == RegisterPast {
		entry.Since, entry.SinceYear = known(since)
	}
	if entry.Status == RegisterPast && since+until != "" {
		entry.Until, entry.UntilYear = known(until)
	}
}

// mark is the mark of the state that the act leads to, and the state's kind. A case of a definition from before there were
// marks takes that of the definition in force.
func (d *draft) mark() (mark, kind string) {
	definition := d.c.Definition
	state, _ := definition.State(Route, d.to)
	if !definition.marksRegister() && d.c.InForce != nil {
		if inForce, ok := d.c.InForce(definition.Form); ok {
			marked, _ := inForce.State(Route, d.to)
			state.Register = marked.Register
		}
	}
	return state.Register, state.Kind
}

var incomplete = regexp.MustCompile(`^\d{4}(-\d\d)?$`)

// known gives the day and the year of a date that may be incomplete; neither is known where the text is none.
func known(told string) (calendar.Date, int) {
	if day := date(told); day != "" {
		return day, int(yearOf(day))
	}
	if !incomplete.MatchString(told) {
		return "", 0
	}
	return "", int(yearOf(calendar.Date(told)))
}
